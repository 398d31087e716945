/* SPDX-License-Identifier: Apache-2.0
 *
 * Audit: the log is walked from its beginning: do its hashes hold, and do the tables follow from it?
 */
#include "common/store/fault.h"
#include "common/store/reader.h"

#include <assert.h>
#include <string.h>

enum { PAGE = 1000 };

/* ---- the log
 * ---------------------------------------------------------------------------------------------------------- */

/* `see` gets each entry in order; false ends the walk. */
static enum status walk_log(struct store_reader *reader, uint32_t partition,
                            bool (*see)(void *data, const struct entry *entry, const uint8_t hash[HASH_BYTES],
                                        struct arena *arena),
                            void *data, struct refusal *refusal)
{
    struct arena *arena = arena_new(SIZE_MAX);
    enum status status = OK;
    uint64_t after = 0;
    for (bool more = true; more && status == OK;) {
        pipeline_clear(reader->pipeline);
        reader_add_entries(reader, partition, after, PAGE);
        status = reader_run(reader, refusal);
        const PGresult *result = status == OK ? pipeline_result(reader->pipeline, 0) : NULL;
        int count = result ? PQntuples(result) : 0;
        more = count == PAGE;
        for (int i = 0; i < count; i++) {
            uint8_t hash[HASH_BYTES] = {0};
            struct entry entry = entry_row(result, i, partition, arena, hash);
            after = entry.position;
            if (!see(data, &entry, hash, arena)) {
                more = false;
                break;
            }
        }
        arena_clear(arena);
    }
    pipeline_clear(reader->pipeline);
    arena_free(&arena);
    return status;
}

struct chain {
    const char *service;
    struct hash *hash;
    uint8_t before[HASH_BYTES];
    uint64_t entries;
    uint64_t bad;
};

static bool see_link(void *data, const struct entry *entry, const uint8_t hash[HASH_BYTES], struct arena *arena)
{
    struct chain *chain = data;
    uint8_t computed[HASH_BYTES];
    (void)arena;
    entry_hash(chain->hash, chain->service, chain->before, entry, computed);
    bool holds = entry->position == chain->entries + 1 && memcmp(computed, hash, HASH_BYTES) == 0;
    chain->entries++;
    if (!holds)
        chain->bad = chain->entries;
    memcpy(chain->before, hash, HASH_BYTES);
    return holds;
}

enum status store_verify(struct store_reader *reader, uint32_t partition, uint64_t *entries, uint64_t *bad,
                         struct refusal *refusal)
{
    struct chain chain = {.service = reader->service->name, .hash = hash_new(HASH_SHA256)};
    enum status status = walk_log(reader, partition, see_link, &chain, refusal);
    hash_free(&chain.hash);
    *entries = chain.entries;
    *bad = chain.bad;
    return status;
}

/* ---- replay
 * -------------------------------------------------------------------------------------------------------------- */

struct fold {
    const struct service *service;
    const struct layouts *layouts;
    struct rows *rows;
    uint64_t unknown; /* entries that this version cannot apply */
};

static bool fold_event(struct fold *fold, const Tiaojie__Event *event, uint64_t about, struct arena *arena)
{
    const struct event *known = service_event(fold->service, event->name);
    if (!known)
        return false;
    ProtobufCMessage *message =
        protobuf_c_message_unpack(known->message, arena_allocator(arena), event->body.len, event->body.data);
    if (message)
        known->apply(message, about, fold->rows);
    return message != NULL;
}

static void fold_version(struct fold *fold, const struct entry *entry)
{
    const struct command *command = service_command(fold->service, entry->command);
    if (!command || !command->on)
        return;
    size_t table = layouts_index(fold->layouts, command->on);
    struct row *row = rows_find(fold->rows, table, entry->target, 0);
    if (row)
        layout_set_version(&fold->layouts->list[table], row->message, entry->position);
}

static bool see_fold(void *data, const struct entry *entry, const uint8_t hash[HASH_BYTES], struct arena *arena)
{
    struct fold *fold = data;
    (void)hash;
    const Tiaojie__Events *events = entry_events(entry, arena);
    bool good = events != NULL;
    for (size_t i = 0; good && i < events->n_events; i++)
        good = fold_event(fold, events->events[i], entry->target, arena);
    fold->unknown += !good;
    fold_version(fold, entry);
    return true;
}

/* ---- the tables
 * -------------------------------------------------------------------------------------------------------------- */

/* `see` gets each row in the order of the keys; it lives as long as the arena is not cleared, which is after a page. */
static enum status walk_table(struct store_reader *reader, uint32_t partition, size_t table,
                              void (*see)(void *data, const ProtobufCMessage *row, struct arena *arena), void *data,
                              struct refusal *refusal)
{
    const struct layout *layout = &reader->loader->layouts->list[table];
    struct arena *arena = arena_new(SIZE_MAX);
    enum status status = OK;
    uint64_t id = 0;
    uint32_t ordinal = 0;
    for (int count = PAGE; count == PAGE && status == OK;) {
        pipeline_clear(reader->pipeline);
        struct params *params = pipeline_add(reader->pipeline, reader->loader->names[table].walk, TAG_OTHER);
        params_int32(params, (int32_t)partition);
        params_int64(params, (int64_t)id);
        params_int32(params, (int32_t)ordinal);
        params_int32(params, PAGE);
        status = reader_run(reader, refusal);
        const PGresult *result = status == OK ? pipeline_result(reader->pipeline, 0) : NULL;
        count = result ? PQntuples(result) : 0;
        for (int i = 0; i < count; i++) {
            const void *message = layout_row(layout, result, i, 0, arena);
            id = layout_id(layout, message);
            ordinal = layout_ordinal(layout, message);
            see(data, message, arena);
        }
        arena_clear(arena);
    }
    pipeline_clear(reader->pipeline);
    arena_free(&arena);
    return status;
}

enum status store_walk(struct store_reader *reader, const struct table *table, uint32_t partition,
                       void (*see)(void *data, const ProtobufCMessage *row, struct arena *arena), void *data,
                       struct refusal *refusal)
{
    return walk_table(reader, partition, layouts_index(reader->loader->layouts, table), see, data, refusal);
}

/* ---- comparing with the tables
 * ---------------------------------------------------------------------------------------------- */

static bool same_row(const ProtobufCMessage *a, const ProtobufCMessage *b, struct arena *arena)
{
    size_t size = protobuf_c_message_get_packed_size(a);
    if (size != protobuf_c_message_get_packed_size(b))
        return false;
    uint8_t *bytes = arena_take(arena, 2 * size + 1);
    protobuf_c_message_pack(a, bytes);
    protobuf_c_message_pack(b, bytes + size);
    return memcmp(bytes, bytes + size, size) == 0;
}

struct comparison {
    const struct fold *fold;
    size_t table;
    uint64_t rows;
    uint64_t found; /* of them in the fold */
    uint64_t differ;
};

static void compare_row(void *data, const ProtobufCMessage *message, struct arena *arena)
{
    struct comparison *comparison = data;
    const struct layout *layout = &comparison->fold->layouts->list[comparison->table];
    const struct row *row = rows_find(comparison->fold->rows, comparison->table, layout_id(layout, message),
                                      layout_ordinal(layout, message));
    comparison->rows++;
    comparison->found += row != NULL;
    comparison->differ += !row || !same_row(row->message, message, arena);
}

static void count_row(void *data, const struct row *row)
{
    uint64_t *count = data;
    (void)row;
    (*count)++;
}

enum status store_replay(struct store_reader *reader, uint32_t partition, uint64_t *rows, uint64_t *differ,
                         struct refusal *refusal)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct fold fold = {reader->service, reader->loader->layouts, rows_make(reader->loader->layouts, arena), 0};
    struct comparison comparison = {.fold = &fold};
    uint64_t folded = 0;
    rows_complete(fold.rows);
    enum status status = walk_log(reader, partition, see_fold, &fold, refusal);
    for (size_t i = 0; i < fold.layouts->count && status == OK; i++) {
        comparison.table = i;
        status = walk_table(reader, partition, i, compare_row, &comparison, refusal);
    }
    rows_each(fold.rows, count_row, &folded);
    rows_free(&fold.rows);
    arena_free(&arena);
    *rows = comparison.rows;
    /* What the tables lack, and what could not be folded, differs too. */
    *differ = comparison.differ + (folded - comparison.found) + fold.unknown;
    return status;
}
