/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law costs, in one thread and without any I/O between the measured parts. Of several rounds the median
 * counts.
 *
 *     bench_law step NOTICE... -- DEFINITION...
 *         steps of all definitions are judged as a batch judges them: the definition by its hash, then the step with
 *         its facts and clock rows, in the arena of a batch; those that are refused with all facts given are left out
 *     bench_law load COUNT -- DEFINITION...
 *         COUNT different definitions, made of these by other names and places, are unpacked, checked and indexed
 *
 * NOTICE and DEFINITION are compiled files, as an operator loads them. The last line is the figure, such as "ns=400";
 * the one before it says what it stands on.
 */
#include "common/base/file.h"
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "common/procedure/review.h"
#include "common/store/rows.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 15,
    STEPS_A_ROUND = 200000,
    LOADS = 5,
    FILE_BYTES_MAX = 1 << 20,
    PLACE_FIRST = 110000,
    TODAY = 20600,
    SUBJECT = 1,
    DEFINITIONS_MAX = 1000,
};

struct bench {
    struct arena *arena;
    struct arena *batch; /* cleared as a batch clears its own */
    struct refusal refusal;
};

static void give_up(struct bench *bench, const char *what)
{
    const struct refusal *refusal = &bench->refusal;
    fprintf(stderr, "%s: %s: %s\n", what, refusal->field,
            text_fill(bench->arena, refusal->reason, refusal->values, refusal->value_count));
    exit(1);
}

static ProtobufCBinaryData read_file(struct bench *bench, const char *path)
{
    ProtobufCBinaryData bytes;
    if (file_read(bench->arena, "FILE", path, FILE_BYTES_MAX, &bytes, &bench->refusal))
        give_up(bench, path);
    return bytes;
}

static int compare(const void *a, const void *b)
{
    const int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

static int64_t median(int64_t *figures, size_t count)
{
    qsort(figures, count, sizeof *figures, compare);
    return figures[count / 2];
}

/* ---- step ---- */

struct trial {
    const char *hash;
    const char *state;
    const char *step;
    struct step_facts facts;
};

struct trials {
    struct bench *bench;
    struct law *law;
    struct rows *rows;
    struct context now;
    struct trial *list;
    size_t count;
    size_t left_out;
};

/* Whatever a step asks for is there. */
static struct step_facts all_facts(const struct trials *trials, uint64_t about, const Tiaojie__Procedure__Step *step)
{
    struct step_facts facts = {.claims = 1,
                               .representatives = 1,
                               .respondent_consents = true,
                               .mediator_set = true,
                               .all_sums_fixed = true,
                               .instalments_sum = true,
                               .parties_signed = true,
                               .mediator_signed = true,
                               .sealed = true,
                               .performed = true,
                               .invited_consents = true,
                               .subject = SUBJECT,
                               .agreed_last_day = TODAY + 30,
                               .papers = (const char *const *)step->papers,
                               .paper_count = step->n_papers,
                               .rows = trials->rows,
                               .about = about,
                               .clock = step->n_extends ? step->extends[0] : "",
                               .reason = "appraisal",
                               .evidence = "notice 7",
                               .extend_day = TODAY + 90};
    for (size_t i = 0; i < STEP_MOMENTS; i++)
        facts.moments[i] = trials->now.now - INSTANT_DAY;
    return facts;
}

static enum status judge(const struct trials *trials, const struct trial *trial)
{
    Tiaojie__StepTaken taken;
    return procedure_step(law_procedure(trials->law, trial->hash), trial->state, trial->step, &trial->facts,
                          &trials->now, &taken, &trials->bench->refusal);
}

static void add_trial(struct trials *trials, const struct trial *trial)
{
    if (judge(trials, trial)) {
        trials->left_out++;
        return;
    }
    trials->list = arena_more(trials->bench->arena, trials->list, trials->count, sizeof *trials->list);
    trials->list[trials->count++] = *trial;
}

/* Every clock of the definition runs, as far as this aggregate's rows tell. */
static void start_clocks(struct trials *trials, const struct procedure *procedure, uint64_t about)
{
    const Tiaojie__Procedure *definition = procedure_definition(procedure);
    for (size_t i = 0; i < definition->n_clocks; i++) {
        const Tiaojie__Procedure__Clock *clock = definition->clocks[i];
        const uint32_t subject = clock->per_subject ? SUBJECT : 0;
        Store__Clock *row =
            rows_new_child(trials->rows, &CLOCK, about, procedure_clock_ordinal(procedure, clock->name, subject));
        row->name = clock->name;
        row->subject = subject;
        row->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
        row->started_at = day_start(TODAY - 10);
        row->last_day = TODAY + 20;
    }
}

static void add_definition(struct trials *trials, const char *path, uint64_t about)
{
    const ProtobufCBinaryData bytes = read_file(trials->bench, path);
    char *hash = arena_take(trials->bench->arena, PROCEDURE_HASH_TEXT);
    if (law_add_procedure(trials->law, bytes.data, bytes.len, &trials->bench->refusal))
        give_up(trials->bench, path);
    procedure_content_hash(bytes.data, bytes.len, hash);
    const struct procedure *procedure = law_procedure(trials->law, hash);
    const Tiaojie__Procedure *definition = procedure_definition(procedure);
    start_clocks(trials, procedure, about);
    for (size_t i = 0; i < definition->n_steps; i++)
        for (size_t k = 0; k < definition->steps[i]->n_from; k++)
            add_trial(trials, &(struct trial){hash, definition->steps[i]->from[k], definition->steps[i]->name,
                                              all_facts(trials, about, definition->steps[i])});
}

/* Microseconds of a round over random steps, in batches of the size that a busy node has. */
static int64_t step_round(const struct trials *trials)
{
    const int64_t begun = instant_monotonic();
    for (size_t done = 0; done < STEPS_A_ROUND; done++) {
        if (done % BATCH_COMMANDS_MAX == 0)
            arena_clear(trials->bench->batch);
        enum status status = judge(trials, &trials->list[(size_t)random() % trials->count]);
        assert(!status);
    }
    return instant_monotonic() - begun;
}

static void bench_step(struct bench *bench, char **notices, char **definitions)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    struct layouts *layouts = layouts_new(TABLES);
    struct trials trials = {.bench = bench, .law = law_new(), .rows = rows_make(layouts, bench->arena)};
    int64_t rounds[ROUNDS];
    uint64_t about = 0;

    rows_complete(trials.rows);
    trials.now = (struct context){.now = day_start(TODAY) + INSTANT_DAY / 2,
                                  .today = TODAY,
                                  .roles = UINT32_MAX,
                                  .law = trials.law,
                                  .arena = bench->batch};
    for (; *notices; notices++) {
        const ProtobufCBinaryData bytes = read_file(bench, *notices);
        if (law_add_calendar(trials.law, bytes.data, bytes.len, &bench->refusal))
            give_up(bench, *notices);
    }
    for (; *definitions; definitions++)
        add_definition(&trials, *definitions, ++about);
    for (size_t i = 0; i < ROUNDS; i++)
        rounds[i] = step_round(&trials);
    printf("definitions=%llu steps=%zu left_out=%zu\n", (unsigned long long)about, trials.count, trials.left_out);
    printf("ns=%lld\n", (long long)(median(rounds, ROUNDS) * 1000 / STEPS_A_ROUND));
    rows_free(&trials.rows);
    layouts_free(&layouts);
    law_free(&trials.law);
}

/* ---- load ---- */

/* The definition of a file, as if another place had written it. */
static ProtobufCBinaryData altered(struct bench *bench, const char *path, uint32_t number)
{
    const ProtobufCBinaryData bytes = read_file(bench, path);
    Tiaojie__Procedure *definition = tiaojie__procedure__unpack(arena_allocator(bench->arena), bytes.len, bytes.data);
    assert(definition);
    definition->name = (char *)(uintptr_t)text_print(bench->arena, "%s, %u", definition->name, number);
    definition->place = PLACE_FIRST + number;
    const size_t size = tiaojie__procedure__get_packed_size(definition);
    ProtobufCBinaryData packed = {size, arena_take(bench->arena, size)};
    tiaojie__procedure__pack(definition, packed.data);
    return packed;
}

static int64_t load_all(struct bench *bench, const ProtobufCBinaryData *list, size_t count)
{
    struct law *law = law_new();
    const int64_t begun = instant_monotonic();
    for (size_t i = 0; i < count; i++)
        if (law_add_procedure(law, list[i].data, list[i].len, &bench->refusal))
            give_up(bench, "an altered definition");
    const int64_t took = instant_monotonic() - begun;
    law_free(&law);
    return took;
}

/* What an operator's tool does besides, before it stores them. */
static int64_t review_all(struct bench *bench, const ProtobufCBinaryData *list, size_t count)
{
    struct law *law = law_new();
    int64_t took = 0;
    for (size_t i = 0; i < count; i++) {
        char hash[PROCEDURE_HASH_TEXT];
        procedure_content_hash(list[i].data, list[i].len, hash);
        if (law_add_procedure(law, list[i].data, list[i].len, &bench->refusal))
            give_up(bench, "an altered definition");
        const int64_t begun = instant_monotonic();
        const struct findings findings = procedure_review(law_procedure(law, hash), bench->batch);
        took += instant_monotonic() - begun;
        assert(findings.count == 0);
        arena_clear(bench->batch);
    }
    law_free(&law);
    return took;
}

static void bench_load(struct bench *bench, size_t count, char **definitions)
{
    ProtobufCBinaryData *list = arena_array(bench->arena, count, sizeof *list);
    int64_t loads[LOADS];
    size_t files = 0, bytes = 0;

    while (definitions[files])
        files++;
    for (size_t i = 0; i < count; i++) {
        list[i] = altered(bench, definitions[i % files], (uint32_t)i);
        bytes += list[i].len;
    }
    for (size_t i = 0; i < LOADS; i++)
        loads[i] = load_all(bench, list, count);
    printf("bytes=%zu review_ms=%lld\n", bytes, (long long)(review_all(bench, list, count) / 1000));
    printf("ms=%lld\n", (long long)(median(loads, LOADS) / 1000));
}

static int usage(void)
{
    fprintf(stderr, "usage: bench_law step NOTICE... -- DEFINITION... | bench_law load COUNT -- DEFINITION...\n");
    return 2;
}

int main(int argc, char **argv)
{
    char **definitions = argv;
    while (*definitions && strcmp(*definitions, "--") != 0)
        definitions++;
    if (argc < 5 || !*definitions || !definitions[1])
        return usage();
    const bool loads = strcmp(argv[1], "load") == 0;
    const long count = loads ? strtol(argv[2], NULL, 10) : 0;
    if ((loads && (count < 1 || count > DEFINITIONS_MAX)) || (!loads && strcmp(argv[1], "step") != 0))
        return usage();
    struct bench bench = {.arena = arena_new(SIZE_MAX), .batch = arena_new(SIZE_MAX)};
    *definitions++ = NULL;
    srandom(4); /* the same steps in each run */
    if (loads)
        bench_load(&bench, (size_t)count, definitions);
    else
        bench_step(&bench, argv + 2, definitions);
    arena_free(&bench.batch);
    arena_free(&bench.arena);
    return 0;
}
