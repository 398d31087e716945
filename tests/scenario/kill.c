/* SPDX-License-Identifier: Apache-2.0
 *
 * Kill: plays disputes, all of them at once, through the gateway of a node whose processes are being killed.
 *
 *     kill points                                         the fail points that there are, one a line
 *     kill play FOLDER SEED DISPUTES MOMENTS LAST KEPT    plays DISPUTES disputes up to the first step named LAST
 * ("end")
 *
 * FOLDER holds `profiles` (clerk-1, mediator-1, clerk-2, ... for each office), `mediators` (the mediators' numbers by
 * office), and `time`, the node's time file. It prints `kill` MOMENTS times, spread by SEED over all that happens, and
 * `time` when the later steps may begin; each wants a line as answer. At the end it prints one line with figures. KEPT
 * gets what was acknowledged, for kill_judge.
 *
 * Refuses   to go on when a command is refused, or is not answered in PATIENCE_MS: the exit code is 1 then.
 */
#include "clients/partner/partner.h"
#include "common/base/conf.h"
#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/net/json.h"
#include "common/service.h"
#include "proto/log.pb-c.h"
#include "tests/scenario/kill_steps.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PATIENCE_MS = 120000,
    TURN_MS = 2,
    ASK_AGAIN_US = 40000,
    JITTER_US = 60000,
    DISPUTES_MAX = 256,
    OFFICES_MAX = 16,
    SOON_DAYS = 2,
    LATE_DAYS = 40
};

struct dispute {
    unsigned number;
    unsigned office; /* index */
    size_t step;
    bool in_flight;
    int64_t began_at;   /* monotonic: the step at hand */
    int64_t not_before; /* a question that is to be asked again */
    uint64_t application, its_case;
};

struct office {
    struct partner *people[PEOPLE];
    uint64_t mediator;
};

struct run {
    const char *folder;
    struct arena *whole; /* as long as the run */
    struct arena *arena; /* of the step at hand */
    struct office offices[OFFICES_MAX];
    unsigned office_count;
    struct dispute disputes[DISPUTES_MAX];
    unsigned count;
    size_t last;   /* steps that are played */
    int32_t today; /* business day on which it began */
    bool later;    /* the later steps have begun */
    FILE *kept;
    uint64_t random;          /* xorshift; never 0 */
    unsigned moments, told;   /* to kill at */
    unsigned asked, answered; /* lines that we printed, and lines that came back */
    int64_t tell_at;
    uint64_t commands, acknowledged, repeated;
    int64_t slowest;
};

_Noreturn static void give_up(struct run *run, const char *what, const struct refusal *refusal)
{
    fprintf(stderr, "%s: %s: %s; %s\n", what, refusal->field,
            text_fill(run->arena, refusal->reason, refusal->values, refusal->value_count),
            text_fill(run->arena, refusal->remedy, refusal->values, refusal->value_count));
    exit(1);
}

static FILE *file_open(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);

    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static uint64_t next_random(struct run *run)
{
    run->random ^= run->random << 13;
    run->random ^= run->random >> 7;
    run->random ^= run->random << 17;
    return run->random;
}

/* ---- people ---- */

static struct partner *person_open(struct run *run, const char *name)
{
    static const struct conf_key PROFILE[] = {{"", "endpoint", NULL, 0, 0},
                                              {"", "server_key", NULL, 0, 0},
                                              {"", "key", NULL, 0, 0},
                                              {"", "office", "0", 0, UINT64_MAX},
                                              {NULL, NULL, NULL, 0, 0}};
    struct partner_conf conf;
    struct partner *partner;
    struct conf *profile;
    struct refusal refusal;
    const char *path = text_print(run->whole, "%s/profiles/%s", run->folder, name);

    if (conf_load(run->whole, path, PROFILE, &profile, &refusal) != OK)
        give_up(run, path, &refusal);
    conf.endpoint = conf_get(profile, "", "endpoint");
    conf.server_key = conf_get(profile, "", "server_key");
    const char *key = text_print(run->whole, "%s/profiles/%s", run->folder, conf_get(profile, "", "key"));
    if (curve_key_load(&conf.key, key, &refusal) != OK || partner_open(&conf, &partner, &refusal) != OK)
        give_up(run, key, &refusal);
    return partner;
}

static void offices_open(struct run *run)
{
    FILE *file = file_open(text_print(run->whole, "%s/mediators", run->folder), "r");
    uint64_t mediator;

    while (run->office_count < OFFICES_MAX && fscanf(file, "%" SCNu64, &mediator) == 1) {
        struct office *office = &run->offices[run->office_count++];
        office->mediator = mediator;
        office->people[CLERK] = person_open(run, text_print(run->whole, "clerk-%u", run->office_count));
        office->people[MEDIATOR] = person_open(run, text_print(run->whole, "mediator-%u", run->office_count));
    }
    fclose(file);
    assert(run->office_count > 0);
}

/* ---- from a step to a message ---- */

/* Born in a year that follows from the day of the run: two runs on one node have different workers. */
static const char *identity_number(struct run *run, unsigned year, unsigned sequence)
{
    static const unsigned WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const char *number = text_print(run->arena, "440305%u0101%03u", year, sequence);
    unsigned sum = 0;

    for (size_t i = 0; i < sizeof WEIGHTS / sizeof *WEIGHTS; i++)
        sum += (unsigned)(number[i] - '0') * WEIGHTS[i];
    return text_print(run->arena, "%s%c", number, "10X98765432"[sum % 11]);
}

static int64_t amount_one(const struct dispute *dispute)
{
    return 100000 + 1000 * (int64_t)dispute->number;
}

static int64_t amount_two(const struct dispute *dispute)
{
    return 50000 + 7 * (int64_t)dispute->number;
}

static const char *value_of(struct run *run, const struct dispute *dispute, const char *name)
{
    const unsigned year = 1950 + (unsigned)(run->today % 40);
    int64_t number = 0;

    if (strcmp(name, "worker") == 0)
        return identity_number(run, year, dispute->number);
    if (strcmp(name, "shared worker") == 0)
        return identity_number(run, year, 900 + dispute->office);
    if (strcmp(name, "one") == 0)
        number = amount_one(dispute);
    else if (strcmp(name, "two") == 0)
        number = amount_two(dispute);
    else if (strcmp(name, "rest") == 0)
        number = amount_one(dispute) + amount_two(dispute) - 100000;
    else if (strcmp(name, "soon") == 0)
        number = run->today + SOON_DAYS;
    else if (strcmp(name, "late") == 0)
        number = run->today + LATE_DAYS;
    assert(number > 0);
    return text_print(run->arena, "%" PRId64, number);
}

/* The text with each <name> replaced. */
static const char *fill(struct run *run, const struct dispute *dispute, const char *text)
{
    const char *filled = "";

    for (const char *open; (open = strchr(text, '<')) != NULL; text = strchr(open, '>') + 1) {
        const char *name = text_print(run->arena, "%.*s", (int)strcspn(open + 1, ">"), open + 1);
        filled = text_print(run->arena, "%s%.*s%s", filled, (int)(open - text), text, value_of(run, dispute, name));
    }
    return text_print(run->arena, "%s%s", filled, text);
}

static const ProtobufCMessage *body_of(struct run *run, const struct dispute *dispute, const struct step *step)
{
    const struct service *service = service_find(step->service);
    const ProtobufCMessageDescriptor *descriptor =
        step->path ? service_question(service, step->name)->message : service_command(service, step->name)->message;
    const char *text = step->body ? fill(run, dispute, step->body) : "{}";
    ProtobufCMessage *body;
    struct refusal refusal;

    if (json_read(descriptor, text, strlen(text), run->arena, &body, &refusal) != OK)
        give_up(run, step->name, &refusal);
    return body;
}

static uint64_t target_of(const struct dispute *dispute, const struct step *step)
{
    switch (step->about) {
    case THE_OFFICE:
        return dispute->office + 1;
    case THE_APPLICATION:
        return dispute->application;
    default:
        return dispute->its_case;
    }
}

static void submit(struct run *run, struct dispute *dispute)
{
    const struct step *step = &STEPS[dispute->step];
    struct refusal refusal;

    arena_clear(run->arena);
    struct partner_request request = {
        .service = step->service,
        .name = step->name,
        .question = step->path != NULL,
        .target = target_of(dispute, step),
        .body = body_of(run, dispute, step),
    };
    struct partner *partner = run->offices[dispute->office].people[step->who];
    if (partner_submit(partner, &request, PATIENCE_MS, dispute, &refusal) != OK)
        give_up(run, step->name, &refusal);
    dispute->in_flight = true;
}

/* ---- what comes back ---- */

static void keep_aggregate(struct run *run, const struct dispute *dispute, const char *service, uint64_t id)
{
    fprintf(run->kept, "has %u %s %" PRIu64 "\n", dispute->number, service, id);
}

/* Where it stands by the answer, and what it said happened, as it must be found in the log. */
static void keep_acknowledged(struct run *run, const struct step *step, const struct partner_outcome *outcome)
{
    const Tiaojie__Answer *answer = outcome->answer;
    Tiaojie__Events events = TIAOJIE__EVENTS__INIT;
    char id[UUID_TEXT];

    events.n_events = answer->n_events;
    events.events = answer->events;
    size_t size = tiaojie__events__get_packed_size(&events);
    uint8_t *bytes = arena_take(run->arena, size + 1);
    tiaojie__events__pack(&events, bytes);
    uuid_print(&outcome->id, id);
    fprintf(run->kept, "ack %s %" PRIu32 " %" PRIu64 " %s ", step->service, answer->token->partition,
            answer->token->position, id);
    for (size_t i = 0; i < size; i++)
        fprintf(run->kept, "%02x", bytes[i]);
    fputc('\n', run->kept);
}

static bool moment_due(const struct run *run)
{
    return run->told < run->moments &&
           run->acknowledged * (run->moments + 1) >= (uint64_t)(run->told + 1) * run->commands;
}

/* Whoever kills has not come so far yet: no new step begins, or all would be over before he has. */
static bool held(const struct run *run)
{
    return moment_due(run) && run->asked > run->answered;
}

static void ask_for(struct run *run, const char *what)
{
    puts(what);
    run->asked++;
}

static void take_answers(struct run *run, int wait_ms)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char line[16];

    while (run->answered < run->asked && poll(&input, 1, wait_ms) > 0) {
        if (!fgets(line, sizeof line, stdin)) {
            fprintf(stderr, "nobody answers any more\n");
            exit(1);
        }
        run->answered++;
    }
}

/* At a random moment after it is due, with steps in flight. */
static void tell_moment(struct run *run)
{
    const int64_t now = instant_monotonic();

    take_answers(run, 0);
    if (!moment_due(run) || held(run))
        return;
    if (run->tell_at == 0)
        run->tell_at = now + (int64_t)(next_random(run) % JITTER_US);
    if (now < run->tell_at)
        return;
    run->tell_at = 0;
    run->told++;
    ask_for(run, "kill");
}

static void next_step(struct dispute *dispute)
{
    dispute->step++;
    dispute->not_before = 0;
    dispute->began_at = instant_monotonic();
}

static void take_command(struct run *run, struct dispute *dispute, const struct partner_outcome *outcome)
{
    const struct step *step = &STEPS[dispute->step];
    const int64_t took = instant_monotonic() - dispute->began_at;

    if (outcome->status != OK || !outcome->answer || !outcome->answer->token)
        give_up(run, text_print(run->arena, "dispute %u: %s", dispute->number, step->name), &outcome->refusal);
    if (step->about == THE_OFFICE) {
        dispute->application = outcome->answer->about;
        keep_aggregate(run, dispute, "intake", dispute->application);
    }
    keep_acknowledged(run, step, outcome);
    run->acknowledged++;
    run->repeated += outcome->answer->repeated_command ? 1 : 0;
    run->slowest = took > run->slowest ? took : run->slowest;
    next_step(dispute);
}

static json_t *at_path(json_t *at, const char *path)
{
    char name[64];

    for (; at && *path; path += path[strcspn(path, ".")] ? strcspn(path, ".") + 1 : strcspn(path, ".")) {
        snprintf(name, sizeof name, "%.*s", (int)strcspn(path, "."), path);
        at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10)) : json_object_get(at, name);
    }
    return at;
}

/* The number that stands there, 1 for the wanted text, 0: not yet. */
static uint64_t learned(struct run *run, const struct step *step, ProtobufCBinaryData body)
{
    const ProtobufCMessageDescriptor *answer = service_question(service_find(step->service), step->name)->answer;
    ProtobufCMessage *message = protobuf_c_message_unpack(answer, arena_allocator(run->arena), body.len, body.data);
    const char *text;

    if (!message || json_write(message, true, run->arena, &text) != OK)
        return 0;
    json_t *whole = json_loads(text, 0, NULL);
    const json_t *there = at_path(whole, step->path);
    uint64_t number = json_is_integer(there) ? (uint64_t)json_integer_value(there) : 0;
    if (step->wanted)
        number = json_is_string(there) && strcmp(json_string_value(there), step->wanted) == 0;
    json_decref(whole);
    return number;
}

static void take_question(struct run *run, struct dispute *dispute, const struct partner_outcome *outcome)
{
    const struct step *step = &STEPS[dispute->step];
    const int64_t now = instant_monotonic();
    uint64_t number = outcome->status == OK && outcome->answer ? learned(run, step, outcome->answer->body) : 0;

    if (number > 0 && step->learns_case) {
        dispute->its_case = number;
        keep_aggregate(run, dispute, "mediation", number);
        keep_aggregate(run, dispute, "assignment", number);
    }
    if (number > 0) {
        next_step(dispute);
        return;
    }
    dispute->not_before = now + ASK_AGAIN_US;
    if (now - dispute->began_at < PATIENCE_MS * INT64_C(1000))
        return;
    fprintf(stderr, "dispute %u: `%s` does not come to %s %s: %s\n", dispute->number, step->name, step->path,
            step->wanted ? step->wanted : "", outcome->status != OK ? outcome->refusal.reason : "another value");
    exit(1);
}

static bool collect(struct run *run, struct partner *partner, int wait_ms)
{
    struct partner_outcome outcome;

    arena_clear(run->arena);
    if (!partner_collect(partner, wait_ms, run->arena, &outcome))
        return false;
    struct dispute *dispute = outcome.data;
    dispute->in_flight = false;
    if (STEPS[dispute->step].path)
        take_question(run, dispute, &outcome);
    else
        take_command(run, dispute, &outcome);
    return true;
}

/* ---- the loop ---- */

static bool may_go(const struct run *run, const struct dispute *dispute, int64_t now)
{
    return dispute->step < run->last && !dispute->in_flight && now >= dispute->not_before && !held(run) &&
           (run->later || !STEPS[dispute->step].later);
}

/* How many have something left to do, now or later. */
static unsigned submit_all(struct run *run, bool *all_wait)
{
    const int64_t now = instant_monotonic();
    unsigned open = 0;

    *all_wait = true;
    for (unsigned i = 0; i < run->count; i++) {
        struct dispute *dispute = &run->disputes[i];
        if (may_go(run, dispute, now))
            submit(run, dispute);
        open += dispute->step < run->last;
        *all_wait = *all_wait && (dispute->step == run->last || (STEPS[dispute->step].later && !run->later));
    }
    return open;
}

static void collect_all(struct run *run)
{
    bool any = false;

    for (unsigned i = 0; i < run->office_count; i++)
        for (int who = 0; who < PEOPLE; who++)
            while (collect(run, run->offices[i].people[who], 0))
                any = true;
    if (!any)
        collect(run, run->offices[0].people[CLERK], TURN_MS);
}

/* Whoever reads our lines moves the time and says so. */
static void wait_for_time(struct run *run)
{
    ask_for(run, "time");
    while (run->answered < run->asked)
        take_answers(run, -1);
    run->later = true;
}

static void play(struct run *run)
{
    bool all_wait;

    while (submit_all(run, &all_wait) > 0 || moment_due(run)) {
        if (all_wait && !run->later && !moment_due(run))
            wait_for_time(run);
        collect_all(run);
        tell_moment(run);
    }
}

/* ---- beginning and end ---- */

static size_t steps_until(const char *name)
{
    for (size_t i = 0; i < STEP_COUNT; i++)
        if (strcmp(STEPS[i].name, name) == 0)
            return i + 1;
    return STEP_COUNT;
}

static void begin(struct run *run)
{
    struct refusal refusal;

    if (instant_use_file(text_print(run->whole, "%s/time", run->folder), &refusal) != OK)
        give_up(run, "time", &refusal);
    run->today = day_of(instant_now());
    offices_open(run);
    for (unsigned i = 0; i < run->count; i++)
        run->disputes[i] =
            (struct dispute){.number = i + 1, .office = i % run->office_count, .began_at = instant_monotonic()};
    for (size_t i = 0; i < run->last; i++)
        run->commands += STEPS[i].path ? 0 : run->count;
}

static void end(struct run *run)
{
    printf("played disputes=%u acknowledged=%" PRIu64 " repeated=%" PRIu64 " slowest_ms=%" PRId64 " case=%" PRIu64 "\n",
           run->count, run->acknowledged, run->repeated, run->slowest / 1000, run->disputes[0].its_case);
    for (unsigned i = 0; i < run->office_count; i++)
        for (int who = 0; who < PEOPLE; who++)
            partner_close(&run->offices[i].people[who]);
    if (fclose(run->kept) != 0) {
        perror("what was acknowledged cannot be kept");
        exit(1);
    }
    arena_free(&run->arena);
    arena_free(&run->whole);
}

static int points(void)
{
    for (const char *const *name = fail_point_names(); *name; name++)
        puts(*name);
    return 0;
}

int main(int argc, char **argv)
{
    enum { VERB = 1, FOLDER, SEED, DISPUTES, MOMENTS, LAST, KEPT, WORDS };
    static struct run run;

    if (argc == FOLDER && strcmp(argv[VERB], "points") == 0)
        return points();
    if (argc != WORDS || strcmp(argv[VERB], "play") != 0) {
        fprintf(stderr, "usage: kill points | kill play FOLDER SEED DISPUTES MOMENTS LAST KEPT\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    setvbuf(stdin, NULL, _IONBF, 0); /* poll must see each line */
    run.whole = arena_new(SIZE_MAX);
    run.arena = arena_new(SIZE_MAX);
    run.folder = argv[FOLDER];
    run.random = strtoull(argv[SEED], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    run.count = (unsigned)strtoul(argv[DISPUTES], NULL, 10);
    run.moments = (unsigned)strtoul(argv[MOMENTS], NULL, 10);
    run.last = steps_until(argv[LAST]);
    run.kept = file_open(argv[KEPT], "w");
    if (run.count < 1 || run.count > DISPUTES_MAX) {
        fprintf(stderr, "1 to %d disputes\n", DISPUTES_MAX);
        return 2;
    }
    begin(&run);
    play(&run);
    end(&run);
    return 0;
}
