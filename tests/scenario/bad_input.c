/* SPDX-License-Identifier: Apache-2.0
 *
 * Bad input: sends the cases of bad_input_cases.h through the gateway of a running node and says for each whether the
 * answer is the one that must come.
 *
 *     bad_input accepted FOLDER     the cases that must pass, in their order; what they made is kept in FOLDER/kept
 *     bad_input refused FOLDER      the others; the last line is the sum
 *
 * FOLDER/profiles holds one profile a person. Whoever starts it looks into the database between and after the two.
 */
#include "clients/partner/partner.h"
#include "common/base/conf.h"
#include "common/base/instant.h"
#include "common/net/json.h"
#include "common/runtime/reply.h"
#include "common/service.h"
#include "proto/intake.pb-c.h"
#include "tests/scenario/bad_input_cases.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    WAIT_MS = 15000,
    NOBODY_MS = 3000,
    UNTIL_US = 20 * 1000000,
    KEPT_MAX = 64,
    SENDERS_MAX = 16,
    NAME_MAX_SIZE = 40
};

/* One who sends: with the library, and on a socket of his own for what the library would not send. */
struct sender {
    const char *profile;
    struct partner_conf conf;
    struct partner *partner;
    void *socket;
};

struct kept {
    char name[NAME_MAX_SIZE];
    char value[NAME_MAX_SIZE];
};

struct run {
    const char *folder;
    struct arena *whole; /* as long as the run */
    struct arena *arena; /* of the case at hand */
    void *context;
    struct sender senders[SENDERS_MAX];
    size_t sender_count;
    struct kept kept[KEPT_MAX];
    size_t kept_count;
};

struct outcome {
    enum status status;
    struct refusal refusal;
    const Tiaojie__Answer *answer; /* NULL: none came */
};

/* ---- what is kept ---- */

static const char *kept_find(const struct run *run, const char *name)
{
    for (size_t i = run->kept_count; i-- > 0;)
        if (strcmp(run->kept[i].name, name) == 0)
            return run->kept[i].value;
    return NULL;
}

static void keep(struct run *run, const char *name, const char *value)
{
    assert(run->kept_count < KEPT_MAX);
    struct kept *kept = &run->kept[run->kept_count++];

    snprintf(kept->name, sizeof kept->name, "%s", name);
    snprintf(kept->value, sizeof kept->value, "%s", value);
}

static void keep_number(struct run *run, const char *name, int64_t number)
{
    char text[NAME_MAX_SIZE];

    snprintf(text, sizeof text, "%lld", (long long)number);
    keep(run, name, text);
}

static FILE *kept_file(struct run *run, const char *mode)
{
    FILE *file = fopen(text_print(run->whole, "%s/kept", run->folder), mode);

    if (!file) {
        perror("kept");
        exit(1);
    }
    return file;
}

static void kept_write(struct run *run)
{
    FILE *file = kept_file(run, "w");

    for (size_t i = 0; i < run->kept_count; i++)
        fprintf(file, "%s=%s\n", run->kept[i].name, run->kept[i].value);
    fclose(file);
}

static void kept_read(struct run *run)
{
    FILE *file = kept_file(run, "r");
    struct kept kept;

    while (fscanf(file, "%39[^=]=%39[^\n]\n", kept.name, kept.value) == 2)
        keep(run, kept.name, kept.value);
    fclose(file);
}

/* ---- who sends ---- */

static void give_up(const char *what, struct run *run, const struct refusal *refusal)
{
    fprintf(stderr, "%s: %s: %s\n", what, refusal->field,
            text_fill(run->arena, refusal->reason, refusal->values, refusal->value_count));
    exit(1);
}

static void sender_load(struct run *run, struct sender *sender)
{
    static const struct conf_key PROFILE[] = {{"", "endpoint", NULL, 0, 0},
                                              {"", "server_key", NULL, 0, 0},
                                              {"", "key", NULL, 0, 0},
                                              {"", "office", "0", 0, UINT64_MAX},
                                              {NULL, NULL, NULL, 0, 0}};
    struct conf *conf;
    struct refusal refusal;
    const char *path = text_print(run->whole, "%s/profiles/%s", run->folder, sender->profile);

    if (conf_load(run->whole, path, PROFILE, &conf, &refusal) != OK)
        give_up(path, run, &refusal);
    sender->conf.endpoint = conf_get(conf, "", "endpoint");
    sender->conf.server_key = conf_get(conf, "", "server_key");
    const char *key = conf_get(conf, "", "key");
    if (key[0] != '/')
        key = text_print(run->whole, "%s/profiles/%s", run->folder, key);
    if (curve_key_load(&sender->conf.key, key, &refusal) != OK)
        give_up(key, run, &refusal);
}

static struct sender *sender_of(struct run *run, const char *profile)
{
    for (size_t i = 0; i < run->sender_count; i++)
        if (strcmp(run->senders[i].profile, profile) == 0)
            return &run->senders[i];
    assert(run->sender_count < SENDERS_MAX);
    struct sender *sender = &run->senders[run->sender_count++];
    sender->profile = profile;
    sender_load(run, sender);
    return sender;
}

static struct partner *partner_of(struct run *run, struct sender *sender)
{
    struct refusal refusal;

    if (!sender->partner && partner_open(&sender->conf, &sender->partner, &refusal) != OK)
        give_up(sender->profile, run, &refusal);
    return sender->partner;
}

static void *socket_of(struct run *run, struct sender *sender)
{
    struct refusal refusal;

    if (!sender->socket && socket_connect(run->context, ZMQ_DEALER, sender->conf.endpoint, &sender->conf.key,
                                          sender->conf.server_key, &sender->socket, &refusal) != OK)
        give_up(sender->profile, run, &refusal);
    return sender->socket;
}

/* ---- from a case to a message ---- */

static const char *repeated_text(struct run *run, const struct bad_case *one)
{
    size_t size = strlen(one->again) + 1;
    char *text = arena_take(run->arena, size * one->times), *end = text;

    for (unsigned i = 0; i < one->times; i++) {
        if (i > 0)
            *end++ = ',';
        end = stpcpy(end, one->again);
    }
    return text;
}

/* The text with each <name> replaced. */
static const char *fill(struct run *run, const struct bad_case *one, const char *text)
{
    char *filled;
    size_t size;
    FILE *to = open_memstream(&filled, &size);

    for (const char *open; (open = strchr(text, '<')) != NULL; text = strchr(open, '>') + 1) {
        const char *name = text_print(run->arena, "%.*s", (int)strcspn(open + 1, ">"), open + 1);
        const char *value = strcmp(name, "again") == 0 ? repeated_text(run, one) : kept_find(run, name);
        fprintf(to, "%.*s%s", (int)(open - text), text, value ? value : "0");
    }
    fputs(text, to);
    fclose(to);
    const char *kept = arena_text(run->arena, filled);
    free(filled);
    return kept;
}

static const ProtobufCMessageDescriptor *body_descriptor(const struct bad_case *one)
{
    const struct service *service = one->service ? service_find(one->service) : NULL;
    const struct command *command = service ? service_command(service, one->name) : NULL;
    const struct question *question = service ? service_question(service, one->name) : NULL;

    if (command)
        return command->message;
    return question ? question->message : &intake__accept__descriptor;
}

static const ProtobufCMessage *body_of(struct run *run, const struct bad_case *one)
{
    const char *text = one->body ? fill(run, one, one->body) : "{}";
    ProtobufCMessage *body;
    struct refusal refusal;

    if (json_read(body_descriptor(one), text, strlen(text), run->arena, &body, &refusal) != OK)
        give_up(one->sentence, run, &refusal);
    return body;
}

/* An id is made at its first use and is the same wherever its name comes again, in the second run too. */
static struct uuid id_of(struct run *run, const struct bad_case *one)
{
    struct uuid id = partner_id();
    char text[UUID_TEXT];
    const char *known = one->id ? kept_find(run, one->id) : NULL;

    if (one->age)
        id = uuid_new((int64_t)(time(NULL) - one->age) * 1000);
    if (known && uuid_parse(known, &id) != OK)
        abort();
    if (one->id && !known) {
        uuid_print(&id, text);
        keep(run, one->id, text);
    }
    return id;
}

static uint64_t target_of(struct run *run, const struct bad_case *one)
{
    return one->target ? strtoull(fill(run, one, one->target), NULL, 10) : 0;
}

/* ---- sending with the library ---- */

static struct outcome send_by_partner(struct run *run, const struct bad_case *one)
{
    struct outcome outcome = {.status = OK};
    struct uuid id = id_of(run, one);
    struct partner_request request = {
        .service = one->service,
        .name = one->name,
        .question = one->question,
        .target = target_of(run, one),
        .body = body_of(run, one),
        .expected_version = one->version,
        .deadline = one->deadline,
        .id = &id,
    };
    struct partner *partner = partner_of(run, sender_of(run, one->as));
    Tiaojie__Answer *answer = NULL;

    outcome.status = partner_call(partner, &request, one->status == UNAVAILABLE ? NOBODY_MS : WAIT_MS, run->arena,
                                  &answer, &outcome.refusal);
    outcome.answer = answer;
    return outcome;
}

/* ---- sending by hand ---- */

static ProtobufCBinaryData with_tail(struct run *run, const uint8_t *bytes, size_t size, struct bytes tail)
{
    uint8_t *all = arena_take(run->arena, size + tail.size + 1);

    memcpy(all, bytes, size);
    memcpy(all + size, tail.text ? tail.text : "", tail.size);
    return (ProtobufCBinaryData){size + tail.size, all};
}

static ProtobufCBinaryData pack(struct run *run, const ProtobufCMessage *message, struct bytes tail)
{
    uint8_t *bytes = arena_take(run->arena, protobuf_c_message_get_packed_size(message) + 1);

    return with_tail(run, bytes, protobuf_c_message_pack(message, bytes), tail);
}

static ProtobufCBinaryData spoiled_body(struct run *run, const struct bad_case *one)
{
    ProtobufCBinaryData body = pack(run, body_of(run, one), one->body_tail);

    if (one->find.size == 0)
        return body;
    uint8_t *place = memmem(body.data, body.len, one->find.text, one->find.size);
    assert(place && one->find.size == one->put.size);
    memcpy(place, one->put.text, one->put.size);
    return body;
}

static ProtobufCBinaryData frame_of(struct run *run, const struct bad_case *one)
{
    Tiaojie__Command command = TIAOJIE__COMMAND__INIT;
    struct uuid id = id_of(run, one);

    if (one->way == AS_IT_IS)
        return with_tail(run, NULL, 0, one->tail);
    command.id = (ProtobufCBinaryData){sizeof id.bytes, id.bytes};
    if (one->id_bytes.size > 0)
        command.id = (ProtobufCBinaryData){one->id_bytes.size, (uint8_t *)(uintptr_t)one->id_bytes.text};
    command.service = (char *)(uintptr_t)one->service;
    command.name = (char *)(uintptr_t)one->name;
    command.question = one->question;
    command.target = target_of(run, one);
    command.body = spoiled_body(run, one);
    return pack(run, &command.base, one->tail);
}

static struct outcome receive(struct run *run, void *socket)
{
    struct outcome outcome = {.status = UNAVAILABLE, .refusal = {.field = "", .reason = "no answer", .remedy = ""}};
    int64_t ends_at = instant_monotonic() + WAIT_MS * INT64_C(1000);
    struct received received;
    enum status status = BUSY;

    received_init(&received);
    while (status == BUSY && instant_monotonic() < ends_at) {
        socket_wait(socket, WAIT_MS);
        status = socket_receive(socket, &received);
    }
    if (status == OK)
        outcome.answer = tiaojie__answer__unpack(arena_allocator(run->arena), received.size, received.bytes);
    received_free(&received);
    if (!outcome.answer)
        return outcome;
    outcome.status = (enum status)outcome.answer->status;
    refusal_from_contract(outcome.answer->refusal, outcome.status, &outcome.refusal);
    return outcome;
}

static struct outcome send_frame(struct run *run, const struct bad_case *one, const uint8_t *bytes, size_t size)
{
    void *socket = socket_of(run, sender_of(run, one->as));

    if (one->way == BY_PARTS && zmq_send(socket, "", 0, ZMQ_SNDMORE) != 0)
        return (struct outcome){.status = BROKEN};
    if (socket_send(socket, NULL, bytes, size) != OK)
        return (struct outcome){.status = BROKEN};
    return receive(run, socket);
}

/* Every beginning must be refused as what it is; the first outcome that is not so is the case's. */
static struct outcome send_prefixes(struct run *run, const struct bad_case *one, ProtobufCBinaryData frame)
{
    struct outcome outcome = {.status = BROKEN};

    for (size_t size = 0; size < frame.len; size++) {
        outcome = send_frame(run, one, frame.data, size);
        bool refused = outcome.status == INVALID || outcome.status == UNKNOWN;
        if (!refused || !outcome.refusal.field[0] || !outcome.refusal.reason[0] || !outcome.refusal.remedy[0])
            return outcome;
    }
    outcome.status = INVALID;
    return outcome;
}

static struct outcome send_one(struct run *run, const struct bad_case *one)
{
    if (one->way == BY_PARTNER)
        return send_by_partner(run, one);
    ProtobufCBinaryData frame = frame_of(run, one);
    return one->way == BY_PREFIXES ? send_prefixes(run, one, frame) : send_frame(run, one, frame.data, frame.len);
}

/* ---- judging ---- */

static const char *refusal_words(struct run *run, const struct refusal *refusal)
{
    const char *reason = text_fill(run->arena, refusal->reason, refusal->values, refusal->value_count);
    const char *remedy = text_fill(run->arena, refusal->remedy, refusal->values, refusal->value_count);

    return text_print(run->arena, "%s; %s; %s", reason, remedy, refusal->article ? refusal->article : "");
}

static bool has_words(struct run *run, const struct bad_case *one, const char *text)
{
    for (size_t i = 0; i < sizeof one->words / sizeof *one->words && one->words[i]; i++)
        if (!strstr(text, fill(run, one, one->words[i])))
            return false;
    return true;
}

/* Named: the field's path, why, and what helps. */
static bool is_named(struct run *run, const struct bad_case *one, const struct refusal *refusal)
{
    return strstr(refusal->field, one->field) && refusal->reason[0] && refusal->remedy[0] &&
           has_words(run, one, refusal_words(run, refusal));
}

static const char *json_of(struct run *run, const ProtobufCMessageDescriptor *descriptor, ProtobufCBinaryData body)
{
    ProtobufCMessage *message = protobuf_c_message_unpack(descriptor, arena_allocator(run->arena), body.len, body.data);
    const char *text;

    return message && json_write(message, false, run->arena, &text) == OK ? text : "";
}

/* A question's body, or a command's events with their names. */
static const char *answer_text(struct run *run, const struct bad_case *one, const Tiaojie__Answer *answer)
{
    const struct service *service = service_find(one->service);
    const char *text = "";

    if (one->question)
        return json_of(run, service_question(service, one->name)->answer, answer->body);
    for (size_t i = 0; i < answer->n_events; i++) {
        const struct event *event = service_event(service, answer->events[i]->name);
        text = text_print(run->arena, "%s%s %s\n", text, answer->events[i]->name,
                          event ? json_of(run, event->message, answer->events[i]->body) : "");
    }
    return text;
}

/* The number at a path such as "dispute.claims.0.amount_fen"; 0: there is none. */
static int64_t number_at(const char *text, const char *path)
{
    json_t *whole = json_loads(text, 0, NULL), *at = whole;
    char step[NAME_MAX_SIZE];

    for (; at && *path; path += path[strcspn(path, ".")] ? strcspn(path, ".") + 1 : strcspn(path, ".")) {
        snprintf(step, sizeof step, "%.*s", (int)strcspn(path, "."), path);
        at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
    }
    int64_t number = json_is_integer(at) ? json_integer_value(at) : 0;
    json_decref(whole);
    return number;
}

static bool is_good(struct run *run, const struct bad_case *one, const struct outcome *outcome)
{
    if (outcome->status != OK || !outcome->answer)
        return false;
    const char *text = answer_text(run, one, outcome->answer);
    int64_t number = one->from ? number_at(text, one->from) : (int64_t)outcome->answer->about;

    if (!has_words(run, one, text) || (one->keep && number == 0))
        return false;
    if (one->repeated && !outcome->answer->repeated_command)
        return false;
    if (one->keep)
        keep_number(run, one->keep, number);
    return true;
}

/* ---- one case ---- */

static const char *told(struct run *run, const struct bad_case *one, const struct outcome *outcome)
{
    if (outcome->status == OK)
        return outcome->answer ? answer_text(run, one, outcome->answer) : "no answer";
    return text_print(run->arena, "%s: %s", outcome->refusal.field ? outcome->refusal.field : "",
                      outcome->refusal.reason ? refusal_words(run, &outcome->refusal) : "");
}

static void say(struct run *run, const struct bad_case *one, const struct outcome *outcome, bool good)
{
    if (good)
        printf("ok %s\n", one->sentence);
    else
        printf("not ok %s: %s, %s\n", one->sentence, status_name(outcome->status), told(run, one, outcome));
    fflush(stdout);
}

static bool run_accepted(struct run *run, const struct bad_case *one)
{
    int64_t ends_at = instant_monotonic() + UNTIL_US;
    struct outcome outcome;
    bool good;

    do {
        arena_clear(run->arena);
        outcome = send_one(run, one);
        good = is_good(run, one, &outcome);
    } while (!good && one->until && instant_monotonic() < ends_at);
    say(run, one, &outcome, good);
    return good;
}

struct sum {
    unsigned refused;
    unsigned named;
};

static void run_refused(struct run *run, const struct bad_case *one, struct sum *sum)
{
    arena_clear(run->arena);
    struct outcome outcome = send_one(run, one);
    bool refused = outcome.status == one->status;
    bool named = refused && is_named(run, one, &outcome.refusal);

    sum->refused += refused;
    sum->named += named;
    say(run, one, &outcome, named);
}

/* ---- the run ---- */

static void run_open(struct run *run, const char *folder)
{
    run->folder = folder;
    run->whole = arena_new(SIZE_MAX);
    run->arena = arena_new(SIZE_MAX);
    run->context = zmq_ctx_new();
}

static void run_close(struct run *run)
{
    for (size_t i = 0; i < run->sender_count; i++) {
        partner_close(&run->senders[i].partner);
        socket_close(&run->senders[i].socket);
    }
    zmq_ctx_term(run->context);
    arena_free(&run->arena);
    arena_free(&run->whole);
}

static void run_first(struct run *run)
{
    keep_number(run, "tomorrow", day_of(instant_now()) + 1);
    keep_number(run, "later", instant_now() + INSTANT_DAY);
    for (size_t i = 0; i < CASE_COUNT; i++)
        if (CASES[i].status == OK)
            run_accepted(run, &CASES[i]);
    kept_write(run);
}

static void run_second(struct run *run)
{
    struct sum sum = {0};

    kept_read(run);
    for (size_t i = 0; i < CASE_COUNT; i++)
        if (CASES[i].status != OK)
            run_refused(run, &CASES[i], &sum);
    printf("cases=%d refused=%u named=%u\n", (int)CASE_COUNT, sum.refused, sum.named);
}

int main(int argc, char **argv)
{
    struct run run = {0};

    if (argc != 3 || (strcmp(argv[1], "accepted") != 0 && strcmp(argv[1], "refused") != 0)) {
        fprintf(stderr, "usage: bad_input accepted|refused FOLDER\n");
        return 2;
    }
    run_open(&run, argv[2]);
    if (strcmp(argv[1], "accepted") == 0)
        run_first(&run);
    else
        run_second(&run);
    run_close(&run);
    return 0;
}
