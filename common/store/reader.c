/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader: questions and followers, on a connection that cannot write.
 */
#include "common/store/reader.h"

#include "common/store/fault.h"
#include "common/store/sql_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One answer to a follower: so many entries, and no more after so many bytes: it has to fit a frame. */
enum { FOLLOW_MAX = 1000, FOLLOW_BYTES = 512 * 1024 };

enum { WAIT_MS = 5000, PAST_MAX = 1000 };

/* ---- opening -------------------------------------------------------------------------------------------------------
 */

static enum status prepare_all(struct store_reader *reader, struct refusal *refusal)
{
    static const char *const NAMES[] = {"begin_read", "commit", "head",        "entry_hash",
                                        "entries",    "past",   "answer_find", NULL};
    /* A question's rows may be anywhere, so it always sweeps. */
    enum status status = loader_open(&reader->loader, reader->pg, reader->service, FORM_SWEEP, false, refusal);
    for (const char *const *name = NAMES; *name && status == OK; name++)
        status = loader_prepare(reader->loader, reader->pg, *name, refusal);
    return status;
}

static enum status connect_read_only(struct store_reader *reader, const char *conninfo, struct refusal *refusal)
{
    const char *session = text_print(reader->arena, "%s%s", sql_text("session"), sql_text("session_read"));
    return pg_open(&reader->pg, conninfo, session, WAIT_MS, refusal);
}

enum status store_reader_open(struct store_reader **reader, const struct store_conf *conf,
                              const struct service *service, struct refusal *refusal)
{
    struct store_reader *new = calloc(1, sizeof *new);
    assert(new);
    new->service = service;
    new->arena = arena_new(SIZE_MAX);
    enum status status = connect_read_only(new, conf->conninfo, refusal);
    if (status == OK)
        status = prepare_all(new, refusal);
    if (status == OK) {
        new->pipeline = pipeline_new(new->pg);
        new->rows = rows_make(new->loader->layouts, new->arena);
    } else {
        store_reader_free(&new);
    }
    *reader = new;
    return status;
}

void store_reader_free(struct store_reader **reader)
{
    if (!*reader)
        return;
    rows_free(&(*reader)->rows);
    pipeline_free(&(*reader)->pipeline);
    loader_free(&(*reader)->loader);
    pg_free(&(*reader)->pg);
    arena_free(&(*reader)->arena);
    free(*reader);
    *reader = NULL;
}

enum status reader_run(struct store_reader *reader, struct refusal *refusal)
{
    enum pg_outcome outcome = pipeline_run(reader->pipeline);
    if (outcome == PG_LOST && pg_reconnect(reader->pg, WAIT_MS))
        outcome = pipeline_run(reader->pipeline);
    return outcome == PG_DONE ? OK : fault_refuse(pg_fault(reader->pg), refusal);
}

/* ---- questions ------------------------------------------------------------------------------------------------------
 */

/* A question whose second part meets a lost connection is asked again from its beginning by the asker. */
enum status reader_load(struct store_reader *reader, struct arena *arena, bool begin, struct refusal *refusal)
{
    pipeline_clear(reader->pipeline);
    if (begin)
        pipeline_add(reader->pipeline, "begin_read", TAG_OTHER);
    if (!load_add(reader->loader, reader->pg, reader->pipeline, reader->rows, 0))
        return fault_refuse(pg_fault(reader->pg), refusal);
    enum pg_outcome outcome = pipeline_run(reader->pipeline);
    if (outcome == PG_LOST && begin && pg_reconnect(reader->pg, WAIT_MS))
        outcome = pipeline_run(reader->pipeline);
    if (outcome != PG_DONE)
        return fault_refuse(pg_fault(reader->pg), refusal);
    load_take(reader->loader, reader->pipeline, reader->rows, arena);
    return OK;
}

/* Position of the target's last entry: the version of the aggregate with this id among the rows that were read. */
static uint64_t last_entry(const struct store_reader *reader, uint64_t target)
{
    const struct layouts *layouts = reader->loader->layouts;
    for (size_t i = 0; i < layouts->count; i++) {
        const struct row *row = layouts->list[i].version ? rows_find(reader->rows, i, target, 0) : NULL;
        if (row)
            return layout_version(&layouts->list[i], row->message);
    }
    return 0;
}

static void take_known_events(const struct service *service, const Tiaojie__Events *events, struct past *past,
                              struct arena *arena)
{
    past->events = arena_array(arena, events->n_events + 1, sizeof *past->events);
    for (size_t i = 0; i < events->n_events; i++) {
        const struct event *event = service_event(service, events->events[i]->name);
        ProtobufCBinaryData body = events->events[i]->body;
        ProtobufCMessage *message =
            event ? protobuf_c_message_unpack(event->message, arena_allocator(arena), body.len, body.data) : NULL;
        if (message)
            past->events[past->event_count++] = (struct decided){event, message};
    }
}

static struct past past_row(const struct store_reader *reader, const PGresult *result, int row, uint32_t partition,
                            struct arena *arena)
{
    struct entry entry = entry_row(result, row, partition, arena, NULL);
    struct past past = {entry.position, entry.at, entry.principal, entry.command, entry.rules, NULL, 0};
    const Tiaojie__Events *events = entry_events(&entry, arena);
    if (events)
        take_known_events(reader->service, events, &past, arena);
    return past;
}

static enum status load_past(struct store_reader *reader, uint64_t target, struct arena *arena, struct refusal *refusal)
{
    uint64_t last = last_entry(reader, target);
    uint32_t partition = id_partition(target);
    if (last == 0)
        return OK;
    pipeline_clear(reader->pipeline);
    struct params *params = pipeline_add(reader->pipeline, "past", TAG_OTHER);
    params_int32(params, (int32_t)partition);
    params_int64(params, (int64_t)last);
    params_int32(params, PAST_MAX);
    if (pipeline_run(reader->pipeline) != PG_DONE)
        return fault_refuse(pg_fault(reader->pg), refusal);
    const PGresult *result = pipeline_result(reader->pipeline, 0);
    size_t count = (size_t)PQntuples(result);
    struct past *past = arena_array(arena, count + 1, sizeof *past);
    for (size_t i = 0; i < count; i++) /* newest first there, oldest first here */
        past[count - 1 - i] = past_row(reader, result, (int)i, partition, arena);
    rows_set_past(reader->rows, past, count);
    return OK;
}

static enum status load_all(struct store_reader *reader, const struct question *question, const void *body,
                            const struct context *now, struct refusal *refusal)
{
    struct reads reads = {.rows = reader->rows, .partition = now->partition, .any_partition = true};
    if (question->reads)
        question->reads(body, now, &reads);
    enum status status = reader_load(reader, now->arena, true, refusal);
    if (status == OK && question->reads_more) {
        question->reads_more(body, now, reader->rows, &reads);
        if (rows_are_wanted(reader->rows))
            status = reader_load(reader, now->arena, false, refusal);
    }
    if (status == OK && question->timeline)
        status = load_past(reader, now->target, now->arena, refusal);
    return status;
}

/* It has only read: how the transaction ends does not matter. */
void reader_end(struct store_reader *reader)
{
    pipeline_clear(reader->pipeline);
    pipeline_add(reader->pipeline, "rollback", TAG_OTHER);
    (void)pipeline_run(reader->pipeline);
    pipeline_clear(reader->pipeline);
}

enum status store_ask(struct store_reader *reader, const struct question *question, const void *body,
                      const struct context *now, ProtobufCMessage **answer, struct refusal *refusal)
{
    *answer = message_new(question->answer, now->arena);
    rows_clear_into(reader->rows, now->arena);
    enum status status = load_all(reader, question, body, now, refusal);
    reader_end(reader);
    return status == OK ? question->answer_from(body, reader->rows, now, *answer, refusal) : status;
}

/* ---- followers
 * ------------------------------------------------------------------------------------------------------- */

void reader_add_entries(struct store_reader *reader, uint32_t partition, uint64_t after, uint32_t limit)
{
    struct params *params = pipeline_add(reader->pipeline, "entries", TAG_OTHER);
    params_int32(params, (int32_t)partition);
    params_int64(params, (int64_t)after);
    params_int32(params, (int32_t)limit);
}

static ProtobufCBinaryData bytes_of(const void *bytes, size_t size, struct arena *arena)
{
    return (ProtobufCBinaryData){size, arena_copy(arena, bytes, size)};
}

static Tiaojie__Entry *contract_entry(const PGresult *result, int row, uint32_t partition, struct arena *arena)
{
    uint8_t hash[HASH_BYTES];
    struct entry from = entry_row(result, row, partition, arena, hash);
    Tiaojie__Events *events = entry_events(&from, arena);
    Tiaojie__Entry *entry = message_new(&tiaojie__entry__descriptor, arena);
    entry->position = from.position;
    entry->command_id = bytes_of(from.command_id.bytes, sizeof from.command_id.bytes, arena);
    entry->principal = from.principal;
    entry->target = from.target;
    entry->at = from.at;
    entry->rules = (char *)(uintptr_t)from.rules;
    entry->command = (char *)(uintptr_t)from.command;
    entry->trace = (char *)(uintptr_t)from.trace;
    entry->hash = bytes_of(hash, sizeof hash, arena);
    entry->n_events = events ? events->n_events : 0;
    entry->events = events ? events->events : NULL;
    return entry;
}

static void take_entries(Tiaojie__Followed *followed, const PGresult *result, struct arena *arena)
{
    size_t bytes = 0;
    followed->entries = arena_array(arena, (size_t)PQntuples(result) + 1, sizeof *followed->entries);
    for (int i = 0; i < PQntuples(result) && bytes < FOLLOW_BYTES; i++) {
        Tiaojie__Entry *entry = contract_entry(result, i, followed->partition, arena);
        bytes += tiaojie__entry__get_packed_size(entry);
        if (i == 0 || bytes < FOLLOW_BYTES)
            followed->entries[followed->n_entries++] = entry;
    }
}

static bool is_fork(const PGresult *hash, const Tiaojie__Follow *follow)
{
    if (follow->position == 0 || follow->hash.len == 0)
        return false;
    return PQntuples(hash) != 1 || (size_t)PQgetlength(hash, 0, 0) != follow->hash.len ||
           memcmp(PQgetvalue(hash, 0, 0), follow->hash.data, follow->hash.len) != 0;
}

enum status store_follow(struct store_reader *reader, const Tiaojie__Follow *follow, struct arena *arena,
                         Tiaojie__Followed **followed, struct refusal *refusal)
{
    enum { CALL_HASH, CALL_ENTRIES, CALL_HEAD };
    uint32_t limit = follow->at_most > 0 && follow->at_most < FOLLOW_MAX ? follow->at_most : FOLLOW_MAX;
    pipeline_clear(reader->pipeline);
    struct params *params = pipeline_add(reader->pipeline, "entry_hash", CALL_HASH);
    params_int32(params, (int32_t)follow->partition);
    params_int64(params, (int64_t)follow->position);
    reader_add_entries(reader, follow->partition, follow->position, limit);
    params_int32(pipeline_add(reader->pipeline, "head", CALL_HEAD), (int32_t)follow->partition);
    enum status status = reader_run(reader, refusal);
    if (status != OK)
        return status;
    *followed = message_new(&tiaojie__followed__descriptor, arena);
    (*followed)->partition = follow->partition;
    const PGresult *head = pipeline_result(reader->pipeline, CALL_HEAD);
    (*followed)->head = PQntuples(head) > 0 ? (uint64_t)pg_get_int64(head, 0, 0) : 0;
    (*followed)->forked = is_fork(pipeline_result(reader->pipeline, CALL_HASH), follow);
    if ((*followed)->forked)
        return refuse(refusal, UNVERIFIED, "hash", N_("the log has another entry at this position"),
                      N_("the source was restored from a backup: compare both logs before going on"));
    take_entries(*followed, pipeline_result(reader->pipeline, CALL_ENTRIES), arena);
    return OK;
}
