/* SPDX-License-Identifier: Apache-2.0
 *
 * The store without anything around it: no network, no vault, one thread. `load` makes the existing cases that the
 * benchmark stands on, by the same commands in the same order as in life, 512 at a time; `pay` measures what a batch
 * costs.
 *
 *     bench_store offices PARTITIONS
 *         the lowest office of each partition, so that all partitions have work
 *     bench_store load NODE.CONF CASES SESSIONS FILE OFFICE...
 *         CASES with an agreement in effect and SESSIONS with an open session, over the offices; FILE gets a line
 *         "office id agreed|session" for each
 *     bench_store pay NODE.CONF FILE INFLIGHT SECONDS IDS
 *         pays instalments of random cases in batches of INFLIGHT; IDS gets a line "partition id" for each step that
 *         was acknowledged
 *
 * Refuses   to run beside the service: both would write, and the fence would throw one of them out again and again.
 */
#include "common/base/conf.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/law_load.h"
#include "common/store/store.h"
#include "services/mediation/case.h"
#include "services/mediation/mediation.h"
#include "services/mediation/steps.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 2, SUMMARY_BYTES = 200, TERMS_BYTES = 400, NAME_BYTES = 40, MONTHS = 3, FIRST_MONTH_DAYS = 30 };

/* So much that a case can be paid a fen at a time for ever. */
static const int64_t WAGE_FEN = 3000000000;

struct subject {
    uint64_t office;
    uint64_t id;
};

struct bench {
    struct arena *arena;
    struct law *law;
    struct store *store;
    uint32_t partitions;
    uint32_t place;
    uint64_t persons; /* given so far */
    int64_t started_at;
    struct arena *batch_arena;
    struct work works[BATCH_COMMANDS_MAX];
    struct work *list[BATCH_COMMANDS_MAX];
    size_t count;
};

static void give_up(const char *what, const struct refusal *refusal)
{
    log_refusal(LEVEL_ERROR, what, refusal, "");
    exit(1);
}

static uint64_t number_of(const char *text)
{
    char *end;
    uint64_t number = strtoull(text, &end, 10);
    if (end == text || *end || !number) {
        fprintf(stderr, "\"%s\" is no number over 0\n", text);
        exit(2);
    }
    return number;
}

/* ---- opening ---- */

static void bench_open(struct bench *bench, const char *path)
{
    struct refusal refusal;
    struct conf *conf;
    bench->arena = arena_new(SIZE_MAX);
    bench->batch_arena = arena_new(SIZE_MAX);
    if (conf_load(bench->arena, path, NODE_CONF, &conf, &refusal))
        give_up("configuration cannot be used", &refusal);
    const char *node = conf_get(conf, "node", "name");
    const char *conninfo =
        text_print(bench->arena, "%s user=%s_mediation", conf_get(conf, "database", "conninfo"), node);
    bench->partitions = (uint32_t)conf_number(conf, "node", "partitions");
    bench->place = (uint32_t)conf_number(conf, "node", "place");
    if (law_load(conninfo, &bench->law, &refusal))
        give_up("no law", &refusal);
    struct store_conf store = {conninfo, node, bench->partitions, bench->law, false};
    if (store_open(&bench->store, &store, &MEDIATION, &refusal))
        give_up("no store", &refusal);
    for (uint32_t p = 0; p < bench->partitions; p++)
        if (store_take(bench->store, p, &refusal))
            give_up("partition cannot be taken", &refusal);
    bench->started_at = instant_monotonic();
}

static void bench_close(struct bench *bench)
{
    store_free(&bench->store);
    law_free(&bench->law);
    arena_free(&bench->batch_arena);
    arena_free(&bench->arena);
}

static double seconds_since(int64_t started_at)
{
    return (double)(instant_monotonic() - started_at) / 1e6;
}

/* ---- a batch ---- */

static uint64_t mediator_of(uint64_t office)
{
    return office * PARTITIONS_MAX + 1;
}

static void batch_add(struct bench *bench, const struct command *command, const struct subject *subject,
                      ProtobufCMessage *body)
{
    struct work *work = &bench->works[bench->count];
    const int64_t now = instant_now();
    *work = (struct work){.command = command, .arena = bench->batch_arena, .body = body, .id = uuid_new(now / 1000)};
    work->target = command->creates ? subject->office : subject->id;
    work->partition =
        command->creates ? affinity_partition(subject->office, bench->partitions) : id_partition(subject->id);
    tiaojie__stamp__init(&work->stamp);
    work->stamp.received_at = now;
    work->stamp.principal = subject->office;
    work->stamp.roles = UINT32_MAX;
    work->stamp.office = subject->office;
    work->stamp.place = bench->place;
    work->stamp.mediator = mediator_of(subject->office);
    memcpy(work->digest, work->id.bytes, sizeof work->id.bytes);
    char *trace = arena_take(bench->batch_arena, UUID_TEXT);
    uuid_print(&work->id, trace);
    work->trace = trace;
    bench->list[bench->count++] = work;
}

static void batch_write(struct bench *bench)
{
    store_batch(bench->store, bench->list, bench->count);
    for (size_t i = 0; i < bench->count; i++)
        if (bench->works[i].status)
            give_up(bench->works[i].command->name, &bench->works[i].refusal);
}

static void batch_clear(struct bench *bench)
{
    arena_clear(bench->batch_arena);
    bench->count = 0;
}

/* ---- the story of a case ---- */

/* Bytes as the vault's look: nobody can tell, and nothing compresses them. */
static Tiaojie__Sealed *sealed_new(struct bench *bench, size_t size, uint64_t subject)
{
    Tiaojie__Sealed *sealed = arena_take(bench->batch_arena, sizeof *sealed);
    uint8_t *bytes = arena_take(bench->batch_arena, size);
    tiaojie__sealed__init(sealed);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)random();
    sealed->sealed = (ProtobufCBinaryData){size, bytes};
    sealed->subject = subject;
    return sealed;
}

static Intake__Claim *claim_new(struct bench *bench)
{
    Intake__Claim *claim = arena_take(bench->batch_arena, sizeof *claim);
    Tiaojie__Person *worker = arena_take(bench->batch_arena, sizeof *worker);
    intake__claim__init(claim);
    tiaojie__person__init(worker);
    worker->person = ++bench->persons * PARTITIONS_MAX;
    worker->name = sealed_new(bench, NAME_BYTES, worker->person);
    worker->identity_number = sealed_new(bench, NAME_BYTES, worker->person);
    worker->phone = sealed_new(bench, NAME_BYTES, worker->person);
    claim->worker = worker;
    claim->amount_fen = WAGE_FEN;
    claim->work = arena_text(bench->batch_arena, "formwork");
    return claim;
}

static Intake__Party *party_new(struct bench *bench)
{
    Intake__Party *party = arena_take(bench->batch_arena, sizeof *party);
    intake__party__init(party);
    party->role = INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT;
    party->name = arena_text(bench->batch_arena, "Subcontractor of the benchmark");
    party->credit_code = arena_text(bench->batch_arena, "91350100M000100Y43");
    return party;
}

static ProtobufCMessage *open_body(struct bench *bench, const struct subject *subject)
{
    Mediation__Open *open = arena_take(bench->batch_arena, sizeof *open);
    Intake__Dispute *dispute = arena_take(bench->batch_arena, sizeof *dispute);
    mediation__open__init(open);
    intake__dispute__init(dispute);
    dispute->kind = arena_text(bench->batch_arena, "labour-wages");
    dispute->place = bench->place;
    dispute->n_claims = WORKERS;
    dispute->claims = arena_array(bench->batch_arena, WORKERS, sizeof(Intake__Claim *));
    for (size_t i = 0; i < WORKERS; i++)
        dispute->claims[i] = claim_new(bench);
    dispute->n_parties = 1;
    dispute->parties = arena_array(bench->batch_arena, 1, sizeof(Intake__Party *));
    dispute->parties[0] = party_new(bench);
    dispute->summary = sealed_new(bench, SUMMARY_BYTES, subject->office);
    open->office = subject->office;
    open->application = bench->persons;
    open->dispute = dispute;
    return &open->base;
}

static ProtobufCMessage *consent_body(struct bench *bench, const struct subject *subject)
{
    Mediation__Consent *consent = arena_take(bench->batch_arena, sizeof *consent);
    (void)subject;
    mediation__consent__init(consent);
    consent->party = 1;
    consent->consents = true;
    return &consent->base;
}

static ProtobufCMessage *assign_body(struct bench *bench, const struct subject *subject)
{
    Mediation__Assign *assign = arena_take(bench->batch_arena, sizeof *assign);
    mediation__assign__init(assign);
    assign->mediator = mediator_of(subject->office);
    assign->mediator_name = arena_text(bench->batch_arena, "mediator");
    assign->principal = subject->office;
    return &assign->base;
}

static ProtobufCMessage *session_body(struct bench *bench, const struct subject *subject)
{
    Mediation__SessionOpen *open = arena_take(bench->batch_arena, sizeof *open);
    (void)subject;
    mediation__session_open__init(open);
    open->place = arena_text(bench->batch_arena, "room 2");
    open->closed = true;
    return &open->base;
}

static Mediation__Portion *portion_new(struct bench *bench, uint32_t claim)
{
    Mediation__Portion *portion = arena_take(bench->batch_arena, sizeof *portion);
    mediation__portion__init(portion);
    portion->claim = claim;
    portion->amount_fen = WAGE_FEN;
    return portion;
}

static ProtobufCMessage *draft_body(struct bench *bench, const struct subject *subject)
{
    Mediation__AgreementDraft *draft = arena_take(bench->batch_arena, sizeof *draft);
    Mediation__Monthly *monthly = arena_take(bench->batch_arena, sizeof *monthly);
    mediation__agreement_draft__init(draft);
    mediation__monthly__init(monthly);
    draft->n_portions = WORKERS;
    draft->portions = arena_array(bench->batch_arena, WORKERS, sizeof(Mediation__Portion *));
    for (uint32_t i = 0; i < WORKERS; i++)
        draft->portions[i] = portion_new(bench, i + 1);
    monthly->count = MONTHS;
    monthly->from_day = day_of(instant_now()) + FIRST_MONTH_DAYS;
    draft->monthly = monthly;
    draft->terms = sealed_new(bench, TERMS_BYTES, subject->id);
    return &draft->base;
}

static ProtobufCMessage *assent_body(struct bench *bench, const struct subject *subject)
{
    Mediation__AgreementConsent *consent = arena_take(bench->batch_arena, sizeof *consent);
    (void)subject;
    mediation__agreement_consent__init(consent);
    consent->consents = true;
    return &consent->base;
}

static ProtobufCMessage *sign_body(struct bench *bench, const struct subject *subject)
{
    Mediation__AgreementSign *sign = arena_take(bench->batch_arena, sizeof *sign);
    (void)subject;
    mediation__agreement_sign__init(sign);
    sign->n_parties = 1;
    sign->parties = arena_array(bench->batch_arena, 1, sizeof *sign->parties);
    sign->parties[0] = 1;
    sign->n_claims = WORKERS;
    sign->claims = arena_array(bench->batch_arena, WORKERS, sizeof *sign->claims);
    for (uint32_t i = 0; i < WORKERS; i++)
        sign->claims[i] = i + 1;
    sign->mediator = true;
    return &sign->base;
}

static ProtobufCMessage *seal_body(struct bench *bench, const struct subject *subject)
{
    Mediation__AgreementSeal *seal = arena_take(bench->batch_arena, sizeof *seal);
    (void)subject;
    mediation__agreement_seal__init(seal);
    return &seal->base;
}

static const struct chapter {
    const struct command *command;
    ProtobufCMessage *(*body)(struct bench *bench, const struct subject *subject);
} STORY[] = {
    {&CASE_OPEN, open_body},       {&CASE_CONSENT, consent_body},  {&CASE_ASSIGN, assign_body},
    {&SESSION_OPEN, session_body}, {&AGREEMENT_DRAFT, draft_body}, {&AGREEMENT_CONSENT, assent_body},
    {&AGREEMENT_SIGN, sign_body},  {&AGREEMENT_SEAL, seal_body},
};

enum { CHAPTERS = sizeof STORY / sizeof *STORY, CHAPTERS_TO_SESSION = 4 };

/* ---- load ---- */

static void load_group(struct bench *bench, struct subject *subjects, size_t count, size_t chapters)
{
    for (size_t chapter = 0; chapter < chapters; chapter++) {
        for (size_t i = 0; i < count; i++)
            batch_add(bench, STORY[chapter].command, &subjects[i], STORY[chapter].body(bench, &subjects[i]));
        batch_write(bench);
        for (size_t i = 0; i < count; i++)
            subjects[i].id = bench->works[i].about;
        batch_clear(bench);
    }
}

static void load_cases(struct bench *bench, uint64_t cases, char **offices, size_t office_count, size_t chapters,
                       FILE *file)
{
    struct subject subjects[BATCH_COMMANDS_MAX];
    for (uint64_t done = 0; done < cases;) {
        size_t count = cases - done < BATCH_COMMANDS_MAX ? (size_t)(cases - done) : BATCH_COMMANDS_MAX;
        for (size_t i = 0; i < count; i++)
            subjects[i] = (struct subject){.office = number_of(offices[(done + i) % office_count])};
        load_group(bench, subjects, count, chapters);
        for (size_t i = 0; i < count; i++)
            fprintf(file, "%" PRIu64 " %" PRIu64 " %s\n", subjects[i].office, subjects[i].id,
                    chapters == CHAPTERS ? "agreed" : "session");
        done += count;
    }
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

static void file_close(FILE *file, const char *path)
{
    if (ferror(file) || fclose(file)) {
        perror(path);
        exit(1);
    }
}

static void load(struct bench *bench, char **arguments, size_t count)
{
    enum { CASES, SESSIONS, CASES_FILE, OFFICES };
    const uint64_t cases = number_of(arguments[CASES]), sessions = number_of(arguments[SESSIONS]);
    FILE *file = file_open(arguments[CASES_FILE], "we");
    load_cases(bench, cases, arguments + OFFICES, count - OFFICES, CHAPTERS, file);
    load_cases(bench, sessions, arguments + OFFICES, count - OFFICES, CHAPTERS_TO_SESSION, file);
    file_close(file, arguments[CASES_FILE]);
    const struct store_counts counts = store_counts(bench->store);
    const double seconds = seconds_since(bench->started_at);
    printf("bench load cases=%" PRIu64 " entries=%" PRIu64 " seconds=%.0f per_s=%.0f batch_mean=%.0f\n",
           cases + sessions, counts.entries, seconds, (double)counts.entries / seconds,
           (double)counts.entries / (double)counts.batches);
}

/* ---- pay ---- */

static struct subject *subjects_read(struct bench *bench, const char *path, size_t *count)
{
    FILE *file = file_open(path, "re");
    size_t room = 1024;
    struct subject *subjects = malloc(room * sizeof *subjects);
    char state[16];
    *count = 0;
    assert(subjects);
    struct subject one;
    while (fscanf(file, "%" SCNu64 " %" SCNu64 " %15s", &one.office, &one.id, state) == 3) {
        if (strcmp(state, "agreed") != 0)
            continue;
        if (*count == room)
            subjects = realloc(subjects, (room *= 2) * sizeof *subjects);
        assert(subjects);
        subjects[(*count)++] = one;
    }
    fclose(file);
    struct subject *kept = arena_copy(bench->arena, subjects, *count * sizeof *subjects);
    free(subjects);
    return kept;
}

static ProtobufCMessage *pay_body(struct bench *bench)
{
    Mediation__InstalmentPay *pay = arena_take(bench->batch_arena, sizeof *pay);
    mediation__instalment_pay__init(pay);
    pay->ordinal = (uint32_t)(random() % MONTHS) + 1;
    pay->amount_fen = 1;
    return &pay->base;
}

static void ids_write(const struct bench *bench, FILE *file)
{
    char id[UUID_TEXT];
    for (size_t i = 0; i < bench->count; i++) {
        uuid_print(&bench->works[i].id, id);
        fprintf(file, "%" PRIu32 "\t%s\n", bench->works[i].partition, id);
    }
}

static void pay(struct bench *bench, char **arguments)
{
    size_t count;
    const struct subject *subjects = subjects_read(bench, arguments[0], &count);
    const uint64_t inflight = number_of(arguments[1]), seconds = number_of(arguments[2]);
    FILE *ids = file_open(arguments[3], "ae");
    if (!count || inflight > BATCH_COMMANDS_MAX) {
        fprintf(stderr, "there are no cases, or a batch has no room for so many\n");
        exit(2);
    }
    bench->started_at = instant_monotonic();
    while (seconds_since(bench->started_at) < (double)seconds) {
        for (uint64_t i = 0; i < inflight; i++)
            batch_add(bench, &INSTALMENT_PAY, &subjects[(size_t)random() % count], pay_body(bench));
        batch_write(bench);
        ids_write(bench, ids);
        batch_clear(bench);
    }
    const struct store_counts counts = store_counts(bench->store);
    printf("bench store inflight=%" PRIu64 " per_s=%.0f batch_mean=%.1f statements_a_batch=%.1f\n", inflight,
           (double)counts.entries / seconds_since(bench->started_at), (double)counts.entries / (double)counts.batches,
           (double)counts.statements / (double)counts.batches);
    file_close(ids, arguments[3]);
}

static void tell_offices(uint32_t partitions)
{
    for (uint32_t partition = 0; partition < partitions; partition++) {
        uint64_t office = 1;
        while (affinity_partition(office, partitions) != partition)
            office++;
        printf("%" PRIu64 "\n", office);
    }
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_store offices PARTITIONS\n"
                    "       bench_store load NODE.CONF CASES SESSIONS FILE OFFICE...\n"
                    "       bench_store pay NODE.CONF FILE INFLIGHT SECONDS IDS\n");
    return 2;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 2 ? argv[1] : "";
    const bool loads = argc >= 7 && strcmp(verb, "load") == 0;
    log_open("bench_store");
    if (argc == 3 && strcmp(verb, "offices") == 0) {
        tell_offices((uint32_t)number_of(argv[2]));
        return 0;
    }
    if (!loads && !(argc == 7 && strcmp(verb, "pay") == 0))
        return usage();
    struct bench *bench = calloc(1, sizeof *bench);
    assert(bench);
    srandom(4); /* the same cases in each run */
    bench_open(bench, argv[2]);
    if (loads)
        load(bench, argv + 3, (size_t)argc - 3);
    else
        pay(bench, argv + 3);
    bench_close(bench);
    free(bench);
    return 0;
}
