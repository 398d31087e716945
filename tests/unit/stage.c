/* SPDX-License-Identifier: Apache-2.0
 *
 * Stage: what the store does with one command, without a database.
 */
#include "tests/unit/stage.h"

#include "common/base/instant.h"
#include "common/net/json.h"
#include "common/procedure/law.h"
#include "common/store/column.h"
#include "common/store/rows.h"

#include <assert.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { STAGE_ROWS_MAX = 8192, STAGE_ENTRIES_MAX = 1024 };

struct kept {
    size_t table;
    void *message;
};

struct entry {
    uint64_t about;
    struct past past;
};

struct stage {
    const struct service *service;
    struct arena *arena;
    struct layouts *layouts;
    struct rows *rows;
    struct law *law;
    struct context context;
    struct kept *kept;
    size_t kept_count;
    struct entry *entries;
    size_t entry_count;
    struct events events;
    enum status status;
    uint64_t changes; /* of rows, since it was made */
    uint64_t changes_before;
};

/* ---- making ---------------------------------------------------------------------------------------------------- */

struct stage *stage_new(const struct service *service, const char *today)
{
    struct stage *stage = calloc(1, sizeof *stage);
    struct refusal refusal;
    int32_t day = 0;

    assert(stage);
    stage->service = service;
    stage->arena = arena_new(SIZE_MAX);
    stage->layouts = layouts_new(service->tables);
    stage->rows = rows_make(stage->layouts, stage->arena);
    stage->law = law_new();
    stage->kept = arena_array(stage->arena, STAGE_ROWS_MAX, sizeof *stage->kept);
    stage->entries = arena_array(stage->arena, STAGE_ENTRIES_MAX, sizeof *stage->entries);
    assert_int_equal(day_parse(today, "today", &day, &refusal), OK);
    stage->context = (struct context){
        .now = day_start(day) + INSTANT_DAY / 2,
        .today = day,
        .principal = 1,
        .partitions = STAGE_PARTITIONS,
        .position = 1,
        .law = stage->law,
        .node = "stage",
        .trace = "",
        .arena = stage->arena,
    };
    return stage;
}

void stage_free(struct stage **stage)
{
    rows_free(&(*stage)->rows);
    layouts_free(&(*stage)->layouts);
    law_free(&(*stage)->law);
    arena_free(&(*stage)->arena);
    free(*stage);
    *stage = NULL;
}

struct context *stage_context(struct stage *stage)
{
    return &stage->context;
}

struct arena *stage_arena(struct stage *stage)
{
    return stage->arena;
}

void stage_at(struct stage *stage, const char *instant)
{
    struct refusal refusal;

    assert_int_equal(instant_parse(instant, "instant", &stage->context.now, &refusal), OK);
    stage->context.today = day_of(stage->context.now);
}

void stage_sender(struct stage *stage, uint64_t office, uint32_t roles)
{
    stage->context.office = office;
    stage->context.roles = roles;
    stage->context.mediator = 0;
}

/* ---- given ----------------------------------------------------------------------------------------------------- */

static void *read_json(struct stage *stage, const ProtobufCMessageDescriptor *descriptor, const char *json)
{
    char *text = arena_text(stage->arena, json);
    struct refusal refusal = {0};
    ProtobufCMessage *message = NULL;

    for (char *at = text; *at; at++)
        if (*at == '\'')
            *at = '"';
    if (json_read(descriptor, text, strlen(text), stage->arena, &message, &refusal))
        fail_msg("%s: %s: %s", descriptor->name, refusal.field,
                 text_fill(stage->arena, refusal.reason, refusal.values, refusal.value_count));
    return message;
}

static struct kept *find(struct stage *stage, size_t table, uint64_t id, uint32_t ordinal)
{
    const struct layout *layout = &stage->layouts->list[table];

    for (size_t i = 0; i < stage->kept_count; i++) {
        struct kept *kept = &stage->kept[i];
        if (kept->table == table && layout_id(layout, kept->message) == id &&
            layout_ordinal(layout, kept->message) == ordinal)
            return kept;
    }
    return NULL;
}

static void keep(struct stage *stage, size_t table, void *message)
{
    const struct layout *layout = &stage->layouts->list[table];
    struct kept *kept = find(stage, table, layout_id(layout, message), layout_ordinal(layout, message));

    if (!kept) {
        assert_true(stage->kept_count < STAGE_ROWS_MAX);
        kept = &stage->kept[stage->kept_count++];
    }
    *kept = (struct kept){table, message};
}

void given(struct stage *stage, const struct table *table, const char *json)
{
    keep(stage, layouts_index(stage->layouts, table), read_json(stage, table->row, json));
}

static uint8_t *packed(struct stage *stage, const ProtobufCMessage *message, size_t *size)
{
    *size = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(stage->arena, *size + 1);
    protobuf_c_message_pack(message, bytes);
    return bytes;
}

const char *given_procedure(struct stage *stage, const char *json)
{
    const Tiaojie__Procedure *procedure = read_json(stage, &tiaojie__procedure__descriptor, json);
    struct refusal refusal = {0};
    size_t size;
    const uint8_t *bytes = packed(stage, &procedure->base, &size);

    if (law_add_procedure(stage->law, bytes, size, &refusal))
        fail_msg("procedure: %s: %s", refusal.field,
                 text_fill(stage->arena, refusal.reason, refusal.values, refusal.value_count));
    const struct procedure *chosen = law_choose(stage->law, procedure->kind, procedure->place, stage->context.today);
    return chosen ? procedure_hash(chosen) : "";
}

/* ---- when ------------------------------------------------------------------------------------------------------ */

/* Brings what was declared, as the store does before the decision. */
static void load(struct stage *stage)
{
    for (size_t table = 0; table < stage->layouts->count; table++) {
        const struct layout *layout = &stage->layouts->list[table];
        for (struct row *row = rows_wanted(stage->rows, table, false).first; row; row = row->next) {
            const struct kept *kept = find(stage, table, row->id, row->ordinal);
            if (kept)
                rows_put(stage->rows, table, kept->message);
        }
        for (struct row *row = rows_wanted(stage->rows, table, true).first; row; row = row->next)
            for (size_t i = 0; i < stage->kept_count; i++)
                if (stage->kept[i].table == table && layout_id(layout, stage->kept[i].message) == row->id)
                    rows_put(stage->rows, table, stage->kept[i].message);
    }
}

static uint64_t column_value(const struct layout *layout, const char *column, const void *message)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(layout->table->row, column);

    assert(field && (field->type == PROTOBUF_C_TYPE_UINT64 || field->type == PROTOBUF_C_TYPE_INT64));
    return *(const uint64_t *)((const char *)message + field->offset);
}

/* Fills a question's page by id upwards. */
static void load_page(struct stage *stage, size_t table, struct page *page)
{
    const struct layout *layout = &stage->layouts->list[table];

    for (uint64_t after = page->after; page->count < page->limit;) {
        void *next = NULL;
        for (size_t i = 0; i < stage->kept_count; i++) {
            void *message = stage->kept[i].message;
            if (stage->kept[i].table != table || layout_id(layout, message) <= after ||
                id_partition(layout_id(layout, message)) != page->partition ||
                column_value(layout, page->column, message) != page->value)
                continue;
            if (!next || layout_id(layout, message) < layout_id(layout, next))
                next = message;
        }
        if (!next)
            return;
        after = layout_id(layout, next);
        rows_put_page(stage->rows, table, next);
    }
}

static void settle(struct stage *stage)
{
    load(stage);
    for (size_t table = 0; table < stage->layouts->count; table++)
        if (rows_wanted_page(stage->rows, table))
            load_page(stage, table, rows_wanted_page(stage->rows, table));
    rows_settle(stage->rows);
}

static void remember(void *data, const struct row *row)
{
    struct stage *stage = data;

    keep(stage, row->table, row->message);
    if (row->dirty)
        stage->changes++;
}

static void play_events(struct stage *stage, const char *command)
{
    struct decided *list = arena_array(stage->arena, stage->events.count + 1, sizeof *list);

    for (size_t i = 0; i < stage->events.count; i++) {
        const struct decided *decided = &stage->events.list[i];
        size_t size;
        const uint8_t *bytes = packed(stage, decided->message, &size);
        ProtobufCMessage *message =
            protobuf_c_message_unpack(decided->event->message, arena_allocator(stage->arena), size, bytes);
        assert_non_null(message);
        list[i] = (struct decided){decided->event, message};
        decided->event->apply(message, stage->events.about, stage->rows);
    }
    rows_each(stage->rows, remember, stage);
    assert_true(stage->entry_count < STAGE_ENTRIES_MAX);
    stage->entries[stage->entry_count++] = (struct entry){
        .about = stage->events.about,
        .past = {.position = stage->context.position,
                 .at = stage->context.now,
                 .principal = stage->context.principal,
                 .command = command,
                 .rules = stage->events.rules,
                 .events = list,
                 .event_count = stage->events.count},
    };
    stage->context.position++;
}

static void set_target(struct stage *stage, bool creates, uint64_t target)
{
    stage->context.target = target;
    stage->context.partition = creates ? affinity_partition(target, STAGE_PARTITIONS) : id_partition(target);
}

static enum status play(struct stage *stage, const struct command *command, uint64_t target, const void *body)
{
    struct reads reads = {.rows = stage->rows};

    set_target(stage, command->creates, target);
    reads.partition = stage->context.partition;
    rows_clear(stage->rows);
    stage->changes_before = stage->changes;
    command->reads(body, &stage->context, &reads);
    settle(stage);
    if (command->reads_more) {
        command->reads_more(body, &stage->context, stage->rows, &reads);
        settle(stage);
    }
    stage->events = (struct events){.about = target, .rules = "", .arena = stage->arena};
    stage->status = command->decide(body, stage->rows, &stage->context, &stage->events);
    if (stage->status)
        stage->events.count = 0;
    else
        play_events(stage, command->name);
    return stage->status;
}

enum status when_body(struct stage *stage, const char *command, uint64_t target, const void *body)
{
    const struct command *found = service_command(stage->service, command);

    if (!found)
        fail_msg("no command \"%s\"", command);
    return play(stage, found, target, body);
}

enum status when(struct stage *stage, const char *command, uint64_t target, const char *json)
{
    const struct command *found = service_command(stage->service, command);

    if (!found)
        fail_msg("no command \"%s\"", command);
    return play(stage, found, target, read_json(stage, found->message, json));
}

enum status when_follows(struct stage *stage, const char *source, const char *event, uint64_t about,
                         const void *message)
{
    const struct origin origin = {.service = source,
                                  .position = 1,
                                  .about = about,
                                  .at = stage->context.now,
                                  .principal = stage->context.principal,
                                  .partitions = STAGE_PARTITIONS,
                                  .arena = stage->arena};
    const uint32_t roles = stage->context.roles;
    struct derived derived = {0};

    for (const struct follow *follow = stage->service->follows; follow->source; follow++)
        if (strcmp(follow->source, source) == 0 && strcmp(follow->event, event) == 0)
            follow->derive(message, &origin, &derived);
    if (!derived.command)
        fail_msg("nothing follows from \"%s\" of %s", event, source);
    stage->context.roles = 1u << TIAOJIE__ROLE__ROLE_SERVICE;
    const enum status status = play(stage, derived.command, derived.target, derived.body);
    stage->context.roles = roles;
    return status;
}

enum status when_clock_fires(struct stage *stage, uint64_t about, uint32_t ordinal)
{
    const Store__Clock *clock = then_row(stage, &CLOCK, about, ordinal);
    const struct context before = stage->context;
    Store__ClockFire fire = STORE__CLOCK_FIRE__INIT;

    fire.ordinal = ordinal;
    fire.generation = clock->generation;
    stage->context.now = clock->fire_at;
    stage->context.today = day_of(clock->fire_at);
    stage->context.roles = 0;
    const enum status status = play(stage, stage->service->clock_fire, about, &fire);
    const uint64_t position = stage->context.position;
    stage->context = before;
    stage->context.position = position;
    return status;
}

static void set_past(struct stage *stage, uint64_t target)
{
    struct past *past = arena_array(stage->arena, stage->entry_count + 1, sizeof *past);
    size_t count = 0;

    for (size_t i = 0; i < stage->entry_count; i++)
        if (stage->entries[i].about == target)
            past[count++] = stage->entries[i].past;
    rows_set_past(stage->rows, past, count);
}

const void *when_asked(struct stage *stage, const char *name, uint64_t target, const char *json)
{
    const struct question *question = service_question(stage->service, name);
    struct reads reads = {.rows = stage->rows, .any_partition = true};

    if (!question)
        fail_msg("no question \"%s\"", name);
    const void *body = read_json(stage, question->message, json);
    set_target(stage, question->creates, target);
    rows_clear(stage->rows);
    question->reads(body, &stage->context, &reads);
    settle(stage);
    if (question->reads_more) {
        question->reads_more(body, &stage->context, stage->rows, &reads);
        settle(stage);
    }
    if (question->timeline)
        set_past(stage, target);
    void *answer = message_new(question->answer, stage->arena);
    stage->events = (struct events){.arena = stage->arena};
    stage->changes_before = stage->changes;
    stage->status = question->answer_from(body, stage->rows, &stage->context, answer, &stage->events.refusal);
    return stage->status ? NULL : answer;
}

/* ---- then ------------------------------------------------------------------------------------------------------ */

static const char *fill(struct stage *stage, const char *text)
{
    return text_fill(stage->arena, text ? text : "", stage->events.refusal.values, stage->events.refusal.value_count);
}

void then_refused(struct stage *stage, enum status status, const char *field, const char *words)
{
    const struct refusal *refusal = &stage->events.refusal;

    if (stage->status == OK)
        fail_msg("it was not refused");
    const char *text = text_print(stage->arena, "%s; %s; %s", fill(stage, refusal->reason),
                                  fill(stage, refusal->remedy), refusal->article ? refusal->article : "");
    if (stage->status != status || strcmp(refusal->field, field) != 0)
        fail_msg("refused as %s of %s: %s", status_name(stage->status), refusal->field, text);
    if (!strstr(text, words))
        fail_msg("no \"%s\" in: %s", words, text);
}

void then_nothing_changed(struct stage *stage)
{
    assert_int_equal(stage->events.count, 0);
    assert_int_equal(stage->changes, stage->changes_before);
}

static void then_accepted(struct stage *stage)
{
    const struct refusal *refusal = &stage->events.refusal;

    if (stage->status)
        fail_msg("refused as %s of %s: %s", status_name(stage->status), refusal->field, fill(stage, refusal->reason));
}

const void *then_event(struct stage *stage, size_t index, const char *name)
{
    then_accepted(stage);
    assert_true(index < stage->events.count);
    assert_string_equal(stage->events.list[index].event->name, name);
    return stage->events.list[index].message;
}

void then_event_count(struct stage *stage, size_t count)
{
    then_accepted(stage);
    assert_int_equal(stage->events.count, count);
}

uint64_t then_about(struct stage *stage)
{
    then_accepted(stage);
    return stage->events.about;
}

const void *then_row(struct stage *stage, const struct table *table, uint64_t id, uint32_t ordinal)
{
    const struct kept *kept = find(stage, layouts_index(stage->layouts, table), id, ordinal);

    if (!kept)
        fail_msg("no row of %s with this key", table->name);
    return kept->message;
}

void then_no_row(struct stage *stage, const struct table *table, uint64_t id, uint32_t ordinal)
{
    assert_null(find(stage, layouts_index(stage->layouts, table), id, ordinal));
}
