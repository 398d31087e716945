/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrate: whom a move of what runs from one version of a procedure to another would touch, and how. Reads only, as
 * each service's reading role.
 *
 *     running service=S table=T id=N [ordinal=N] [number=TEXT] state="..." verdict=same|moved|stuck
 *     state id=N [ordinal=N] here=no                                   (the other version does not go on from it)
 *     clock id=N [ordinal=N] name="..." subject=N last_day=DAY moves_to=DAY|none
 *     steps id=N [ordinal=N] lost="..." gained="..."
 *     migrate cases=N same=N moved=N stuck=N
 *
 * A table whose rows have a procedure and a state holds what runs: it need not be known here by name.
 */
#include "common/procedure/migrate.h"

#include "clients/admin/database.h"
#include "clients/admin/definition.h"
#include "clients/admin/reader.h"
#include "common/base/instant.h"
#include "common/runtime/law_load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Something that runs under the version that is left. */
struct running {
    uint64_t id;
    uint32_t ordinal; /* of a child such as a proceeding; its clocks' ordinals lie above CLOCK_BASE times it */
    const char *state;
    const char *number; /* "": it has none */
    const Store__Clock **clocks;
    size_t clock_count;
};

struct move {
    struct admin *admin;
    struct law *law;
    const struct procedure *from, *to;
    struct store_reader *reader;
    const struct table *table; /* that is being read */
    struct arena *arena;       /* of one partition of one table */
    struct running *list;
    size_t count;
    uint64_t verdicts[MIGRATION_STUCK + 1];
};

/* ---- rows by their descriptors ---- */

static const void *field_of(const ProtobufCMessage *row, const char *name, ProtobufCType type)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(row->descriptor, name);

    return field && field->type == type ? (const char *)row + field->offset : NULL;
}

static const char *text_of(const ProtobufCMessage *row, const char *name)
{
    const char *const *text = field_of(row, name, PROTOBUF_C_TYPE_STRING);
    return text ? *text : "";
}

static bool holds_running(const struct table *table)
{
    return protobuf_c_message_descriptor_get_field_by_name(table->row, "procedure") &&
           protobuf_c_message_descriptor_get_field_by_name(table->row, "state");
}

/* "440305-2026-000123" where the row has place, year and number, as people name a case. */
static const char *number_of(const ProtobufCMessage *row, struct arena *arena)
{
    const uint32_t *place = field_of(row, "place", PROTOBUF_C_TYPE_UINT32);
    const uint32_t *year = field_of(row, "year", PROTOBUF_C_TYPE_UINT32);
    const uint32_t *number = field_of(row, "number", PROTOBUF_C_TYPE_UINT32);

    if (!place || !year || !number)
        return "";
    return text_print(arena, "%06" PRIu32 "-%04" PRIu32 "-%06" PRIu32, *place, *year, *number);
}

/* ---- collecting ---- */

static void see_running(void *data, const ProtobufCMessage *row, struct arena *arena)
{
    struct move *move = data;
    const ProtobufCFieldDescriptor *keys = row->descriptor->fields;

    (void)arena;
    if (strcmp(text_of(row, "procedure"), procedure_hash(move->from)) != 0 ||
        !procedure_runs(move->from, text_of(row, "state")))
        return;
    move->list = arena_more(move->arena, move->list, move->count, sizeof *move->list);
    move->list[move->count++] = (struct running){
        .id = *(const uint64_t *)(const void *)((const char *)row + keys[0].offset),
        .ordinal = move->table->child ? *(const uint32_t *)(const void *)((const char *)row + keys[1].offset) : 0,
        .state = arena_text(move->arena, text_of(row, "state")),
        .number = number_of(row, move->arena),
    };
}

static int compare_running(const void *a, const void *b)
{
    const struct running *one = a, *other = b;

    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    return one->ordinal < other->ordinal ? -1 : one->ordinal > other->ordinal;
}

/* In the order of the keys, as they were read. */
static struct running *find_running(const struct move *move, uint64_t id, uint32_t ordinal)
{
    const struct running wanted = {.id = id, .ordinal = ordinal};

    return move->count ? bsearch(&wanted, move->list, move->count, sizeof wanted, compare_running) : NULL;
}

static void see_clock(void *data, const ProtobufCMessage *message, struct arena *arena)
{
    struct move *move = data;
    const Store__Clock *row = (const Store__Clock *)message;

    (void)arena;
    if (!clock_is_open(row))
        return;
    struct running *running = find_running(move, row->about, row->ordinal / CLOCK_BASE);
    if (!running)
        return;
    size_t size = store__clock__get_packed_size(row);
    uint8_t *bytes = arena_take(move->arena, size + 1);
    store__clock__pack(row, bytes);
    running->clocks = arena_more(move->arena, running->clocks, running->clock_count, sizeof(const Store__Clock *));
    running->clocks[running->clock_count++] = store__clock__unpack(arena_allocator(move->arena), size, bytes);
}

/* ---- saying ---- */

static void say_key(const char *what, const struct running *running)
{
    printf("%s id=%" PRIu64, what, running->id);
    if (running->ordinal)
        printf(" ordinal=%" PRIu32, running->ordinal);
}

static void say_clock(const struct running *running, const struct migration_clock *clock)
{
    char old[DAY_TEXT], new[DAY_TEXT];

    say_key("clock", running);
    printf(" name=\"%s\" subject=%" PRIu32 " last_day=%s moves_to=%s", clock->row->name, clock->row->subject,
           day_format(clock->row->last_day, old), clock->known ? day_format(clock->last_day, new) : "none");
    printf("%s%s%s\n", clock->row->state == STORE__CLOCK_STATE__CLOCK_STATE_PAUSED ? " paused=yes" : "",
           clock->provisional ? " provisional=yes" : "", clock->differs ? " rule=other" : "");
}

static void say_migration(const struct service *service, const struct table *table, const struct running *running,
                          const struct migration *migration)
{
    printf("running service=%s table=%s", service->name, table->name);
    say_key("", running);
    if (*running->number)
        printf(" number=%s", running->number);
    printf(" state=\"%s\" verdict=%s\n", running->state, migration_verdict_name(migration->verdict));
    if (migration->verdict == MIGRATION_SAME)
        return;
    if (!migration->goes_on) {
        say_key("state", running);
        printf(" here=no\n");
    }
    for (size_t i = 0; i < migration->clock_count; i++)
        say_clock(running, &migration->clocks[i]);
    if (*migration->lost || *migration->gained) {
        say_key("steps", running);
        printf(" lost=\"%s\" gained=\"%s\"\n", migration->lost, migration->gained);
    }
}

/* ---- all of it ---- */

static enum status judge_table(struct move *move, const struct service *service, const struct table *table,
                               uint32_t partition)
{
    struct admin *admin = move->admin;

    move->table = table;
    enum status status = store_walk(move->reader, table, partition, see_running, move, &admin->refusal);

    if (status == OK && move->count > 0)
        status = store_walk(move->reader, &CLOCK, partition, see_clock, move, &admin->refusal);
    for (size_t i = 0; i < move->count && status == OK; i++) {
        const struct running *running = &move->list[i];
        const struct migration migration = migration_judge(move->law, move->from, move->to, running->state,
                                                           running->clocks, running->clock_count, move->arena);
        say_migration(service, table, running, &migration);
        move->verdicts[migration.verdict]++;
    }
    move->list = NULL;
    move->count = 0;
    arena_clear(move->arena);
    return status;
}

static enum status judge_service(struct move *move, const struct service *service)
{
    const uint32_t partitions = (uint32_t)conf_number(move->admin->conf, "node", "partitions");
    enum status status = reader_open(move->admin, move->law, service, &move->reader);

    if (status != OK)
        return status;
    for (size_t i = 0; service->tables[i] && status == OK; i++)
        for (uint32_t partition = 0; partition < partitions && status == OK && holds_running(service->tables[i]);
             partition++)
            status = judge_table(move, service, service->tables[i], partition);
    store_reader_free(&move->reader);
    return status;
}

static enum status judge_all(struct move *move)
{
    enum status status = OK;

    move->arena = arena_new(SIZE_MAX);
    for (size_t i = 0; SERVICES[i] && status == OK; i++)
        status = judge_service(move, SERVICES[i]);
    arena_free(&move->arena);
    if (status == OK)
        printf("migrate cases=%" PRIu64 " same=%" PRIu64 " moved=%" PRIu64 " stuck=%" PRIu64 "\n",
               move->verdicts[MIGRATION_SAME] + move->verdicts[MIGRATION_MOVED] + move->verdicts[MIGRATION_STUCK],
               move->verdicts[MIGRATION_SAME], move->verdicts[MIGRATION_MOVED], move->verdicts[MIGRATION_STUCK]);
    return status;
}

/* ---- which two ---- */

static enum status find_version(struct move *move, const char *option, const struct procedure **version)
{
    const char *hash;
    enum status status = admin_need(move->admin, option, &hash);

    if (status != OK)
        return status;
    *version = law_procedure(move->law, hash);
    if (*version)
        return OK;
    return refuse_with(&move->admin->refusal, UNKNOWN, text_print(move->admin->arena, "--%s", option),
                       N_("no procedure with the hash %1 is loaded"),
                       N_("`procedure load` prints it; a file that is not loaded yet can be named after the command"),
                       hash);
}

static enum status judge_versions(struct move *move)
{
    const Tiaojie__Procedure *from = procedure_definition(move->from), *to = procedure_definition(move->to);

    if (move->from == move->to)
        return refuse(&move->admin->refusal, INVALID, "--to", N_("the two versions are the same"),
                      N_("name another one"));
    if (strcmp(from->kind, to->kind) != 0)
        return refuse_with(&move->admin->refusal, INVALID, "--to", N_("the two are of different kinds: %1 and %2"),
                           N_("name two versions of one procedure"), from->kind, to->kind);
    return OK;
}

static enum status read_files(struct move *move)
{
    struct definition definition;
    enum status status = OK;

    for (size_t i = 0; i < move->admin->word_count && status == OK; i++)
        status = definition_read(move->admin, move->law, move->admin->words[i], &definition);
    return status;
}

static enum status with_law(struct move *move)
{
    enum status status = read_files(move);

    if (status == OK)
        status = find_version(move, "from", &move->from);
    if (status == OK)
        status = find_version(move, "to", &move->to);
    if (status == OK)
        status = judge_versions(move);
    return status == OK ? judge_all(move) : status;
}

static enum status procedure_migrate(struct admin *admin)
{
    struct move move = {.admin = admin};
    const char *conninfo;

    if (!admin_option(admin, "dry-run"))
        return refuse(
            &admin->refusal, CONFLICT, "--dry-run",
            N_("what runs keeps the version of its procedure that it began with"),
            N_("add --dry-run to see whom a move would touch; what is new takes the version in force by itself"));
    enum status status = database_conninfo(admin, &conninfo);
    if (status == OK)
        status = law_load(conninfo, &move.law, &admin->refusal);
    if (status == OK)
        status = with_law(&move);
    if (move.law)
        definition_done(admin, &move.law);
    return status;
}

const struct verb VERB_PROCEDURE_MIGRATE = {
    .name = "procedure migrate",
    .options = "conf from to",
    .flags = "dry-run",
    .words = N_("FILE ..."),
    .help = N_("say whom a move from one version of a procedure to another would touch and how; nothing is moved"),
    .run = procedure_migrate,
};
