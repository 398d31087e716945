/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch, second part: decide and apply, command by command, over one working set. No database in here.
 */
#include "common/base/instant.h"
#include "common/store/batch.h"

#include <assert.h>
#include <string.h>

/* ---- the outcome of one command -------------------------------------------------------------------------------------
 */

static void refused(struct item *item, const struct refusal *refusal)
{
    assert(refusal->status != OK && refusal->field && refusal->reason &&
           refusal->remedy); /* a rule forgot to say why */
    item->state = ITEM_REFUSED;
    item->refusal = *refusal;
    refusal_keep(&item->refusal, item->work->arena); /* its texts may stand in rows, which go with the batch */
    item->parks = item->marks;
}

enum status repetition_judge(const struct work *work, uint64_t principal, const uint8_t digest[32],
                             struct refusal *refusal)
{
    if (principal == work->stamp.principal && memcmp(digest, work->digest, sizeof work->digest) == 0)
        return OK;
    return refuse(refusal, REUSED, "id",
                  N_("this command id was accepted before, with another body or from another sender"),
                  N_("make a new id for a new command"));
}

static void repeated(struct item *item, uint64_t principal, const uint8_t digest[32])
{
    struct refusal refusal;
    if (repetition_judge(item->work, principal, digest, &refusal) == OK)
        item->state = ITEM_REPEATED;
    else
        refused(item, &refusal);
}

/* ---- ids within the batch
 * ----------------------------------------------------------------------------------------------- */

static struct item **id_slot(const struct batch *batch, const struct work *work)
{
    uint64_t mixed;
    memcpy(&mixed, work->id.bytes + 8, sizeof mixed); /* the random half */
    size_t at = (size_t)(mixed * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (batch->id_slots - 1);
    for (; batch->ids[at]; at = (at + 1) & (batch->id_slots - 1)) {
        const struct work *known = batch->ids[at]->work;
        if (known->partition == work->partition && memcmp(&known->id, &work->id, sizeof work->id) == 0)
            break;
    }
    return &batch->ids[at];
}

/* ---- readers' marks
 * -------------------------------------------------------------------------------------------------- */

/* The batch's place for this work's cursor, made with the cursor as it stood before the batch. */
static struct moved *find_moved(struct batch *batch, const struct work *work, uint64_t *position)
{
    const struct inbox_mark *mark = &work->mark;
    for (size_t i = 0; i < batch->moved_count; i++) {
        struct moved *moved = &batch->moved[i];
        if (moved->partition == work->partition && moved->mark->source_partition == mark->source_partition &&
            strcmp(moved->mark->source, mark->source) == 0) {
            *position = moved->mark->position;
            return moved;
        }
    }
    const struct cursor *cursor =
        partition_cursor(&batch->store->partitions[work->partition], mark->source, mark->source_partition);
    *position = cursor ? cursor->position : 0;
    return &batch->moved[batch->moved_count];
}

/* A reader's work out of its turn waits until the one before it was done: nothing overtakes what failed. */
static bool refuse_out_of_turn(struct batch *batch, struct item *item)
{
    const struct work *work = item->work;
    if (!work->has_mark)
        return false;
    uint64_t position;
    struct moved *moved = find_moved(batch, work, &position);
    if (position == work->mark.after && position < work->mark.position) {
        batch->moved_count += moved == &batch->moved[batch->moved_count];
        *moved = (struct moved){work->partition, &work->mark};
        item->marks = true;
        return false;
    }
    struct refusal refusal;
    refuse_with(&refusal, BUSY, "mark", N_("the reader of %1 stands at another place"),
                N_("go on from the cursor as it is"), work->mark.source);
    refused(item, &refusal);
    return true;
}

/* What was refused while it was prepared is parked as if it had been refused here. */
static bool was_refused(struct item *item)
{
    if (item->work->refusal.status == OK)
        return false;
    refused(item, &item->work->refusal);
    return true;
}

/* ---- checks before a command's own rules
 * ------------------------------------------------------------------------------------ */

static const char *number_text(const struct work *work, uint64_t number)
{
    return text_print(work->arena, "%llu", (unsigned long long)number);
}

static bool refuse_parked(struct batch *batch, struct item *item)
{
    const struct work *work = item->work;
    if (!item->marks)
        return false;
    const struct partition *partition = &batch->store->partitions[work->partition];
    uint64_t behind = partition_parked(partition, work->mark.source, work->source_about);
    for (size_t i = 0; !behind && &batch->items[i] != item; i++) {
        const struct item *earlier = &batch->items[i];
        if (earlier->parks && earlier->work->source_about == work->source_about &&
            earlier->work->partition == work->partition && strcmp(earlier->work->mark.source, work->mark.source) == 0)
            behind = earlier->work->mark.position;
    }
    if (!behind)
        return false;
    struct refusal refusal;
    refuse_with(&refusal, BARRED, "target", N_("parked behind position %1 of %2"),
                N_("mend what was refused there, then release the parked aggregate"),
                number_text(work, behind / EVENTS_MAX), work->mark.source);
    refused(item, &refusal);
    return true;
}

enum status late_judge(const struct service *service, const struct work *work, struct refusal *refusal)
{
    int64_t made = uuid_time(&work->id) * 1000;
    bool of_store = work->command == service->clock_fire || work->command == service->clock_recount;
    bool old = !work->has_mark && made >= 0 && made < work->stamp.received_at - ANSWERS_KEPT && !of_store;
    if (old)
        return refuse(refusal, TOO_OLD, "id", N_("the command was made more than 35 days ago"),
                      N_("look whether it was done, then make a new one"));
    if (work->deadline != 0 && work->deadline < instant_now())
        return refuse(refusal, EXPIRED, "deadline", N_("the command's deadline passed before it was decided"),
                      N_("send it again with a later deadline"));
    return OK;
}

static bool refuse_late(const struct batch *batch, struct item *item)
{
    struct refusal refusal;
    if (late_judge(batch->store->service, item->work, &refusal) == OK)
        return false;
    refused(item, &refusal);
    return true;
}

struct row *row_about(const struct rows *rows, const struct layouts *layouts, const struct command *command,
                      uint64_t about)
{
    return command->on ? rows_find(rows, layouts_index(layouts, command->on), about, 0) : NULL;
}

static uint64_t version_of(const struct layouts *layouts, const struct row *row)
{
    return row ? layout_version(&layouts->list[row->table], row->message) : 0;
}

enum status version_judge(const struct rows *rows, const struct layouts *layouts, const struct work *work,
                          struct refusal *refusal)
{
    const struct row *row = work->expected_version ? row_about(rows, layouts, work->command, work->target) : NULL;
    uint64_t version = version_of(layouts, row);
    if (!row || version == work->expected_version)
        return OK;
    return refuse_with(refusal, CONFLICT, "expected_version", N_("it has changed: version %1 was expected, it is %2"),
                       N_("read it again to see what changed, then decide again"),
                       number_text(work, work->expected_version), number_text(work, version));
}

static bool refuse_version(const struct batch *batch, struct item *item)
{
    struct refusal refusal;
    if (version_judge(batch->store->rows, batch->store->loader->layouts, item->work, &refusal) == OK)
        return false;
    refused(item, &refusal);
    return true;
}

/* ---- accepting
 * ------------------------------------------------------------------------------------------------------------- */

static Tiaojie__Event *pack_event(struct arena *arena, const struct decided *decided)
{
    Tiaojie__Event *event = message_new(&tiaojie__event__descriptor, arena);
    size_t size = protobuf_c_message_get_packed_size(decided->message);
    event->name = arena_text(arena, decided->event->name);
    event->body.data = size > 0 ? arena_take(arena, size) : NULL;
    event->body.len = size;
    if (size > 0)
        protobuf_c_message_pack(decided->message, event->body.data);
    return event;
}

static void pack_events(struct item *item, const struct events *events)
{
    struct arena *arena = item->work->arena;
    Tiaojie__Events all = TIAOJIE__EVENTS__INIT;
    item->event_count = events->count;
    item->events = arena_array(arena, events->count + 1, sizeof *item->events);
    for (size_t i = 0; i < events->count; i++)
        item->events[i] = pack_event(arena, &events->list[i]);
    all.n_events = item->event_count;
    all.events = item->events;
    item->entry.events_size = tiaojie__events__get_packed_size(&all);
    uint8_t *bytes = arena_take(arena, item->entry.events_size + 1);
    tiaojie__events__pack(&all, bytes);
    item->entry.events = bytes;
}

static void apply(struct batch *batch, struct item *item, const struct events *events)
{
    const struct command *command = item->work->command;
    const struct layouts *layouts = batch->store->loader->layouts;
    const struct row *before = row_about(batch->store->rows, layouts, command, events->about);
    item->entry.before = version_of(layouts, before);
    for (size_t i = 0; i < events->count; i++)
        events->list[i].event->apply(events->list[i].message, events->about, batch->store->rows);
    batch->changed = true;
    if (!command->on)
        return;
    struct row *row = row_about(batch->store->rows, layouts, command, events->about);
    assert(row); /* what the command is on must exist after its events */
    layout_set_version(&layouts->list[row->table], row->message, item->entry.position);
    rows_mark_dirty(batch->store->rows, row);
}

static void accepted(struct batch *batch, struct item *item, const struct events *events)
{
    const struct work *work = item->work;
    struct running *running = &batch->running[work->partition];
    item->state = ITEM_ACCEPTED;
    item->about = events->about;
    item->entry.partition = work->partition;
    item->entry.position = running->head + 1;
    item->entry.command_id = work->id;
    item->entry.principal = work->stamp.principal;
    item->entry.target = events->about;
    item->entry.at = work->stamp.received_at;
    item->entry.rules = arena_text(work->arena, events->rules ? events->rules : "");
    item->entry.command = work->command->name;
    item->entry.trace = work->trace ? work->trace : "";
    pack_events(item, events);
    apply(batch, item, events);
    entry_hash(batch->store->hash, batch->store->service->name, running->hash, &item->entry, item->hash);
    memcpy(running->hash, item->hash, sizeof running->hash);
    running->head++;
    batch->accepted++;
    *id_slot(batch, work) = item;
}

/* ---- waiting
 * ---------------------------------------------------------------------------------------------------------------- */

/* A clock that was started in this batch and is due before a later command was received fires before that one. */
static void note_clocks(struct batch *batch)
{
    struct store *store = batch->store;
    size_t table = layouts_index(store->loader->layouts, &CLOCK);
    for (const struct row *row = rows_take_touched(store->rows, table); row; row = row->next_touched) {
        const Store__Clock *clock = row->message;
        struct running *running = &batch->running[id_partition(clock->about)];
        if (clock->state == STORE__CLOCK_STATE__CLOCK_STATE_RUNNING && clock->fire_at > 0 &&
            clock->fire_at < running->next_due)
            running->next_due = clock->fire_at;
    }
}

/* What reads_more wants now may be more than what it wanted before the commands in front of this one were applied. */
static bool reads_enough(const struct batch *batch, const struct item *item)
{
    const struct command *command = item->work->command;
    if (!command->reads_more || !batch->changed)
        return true;
    struct reads reads = {.rows = batch->store->rows, .partition = item->work->partition, .checking = true};
    struct context context = batch_context(batch, item);
    command->reads_more(item->work->body, &context, batch->store->rows, &reads);
    return !reads.missing;
}

static bool must_wait(struct batch *batch, const struct item *item)
{
    struct running *running = &batch->running[item->work->partition];
    if (running->waits)
        return true;
    if (item->work->command)
        running->waits = running->next_due < item->work->stamp.received_at || !reads_enough(batch, item);
    return running->waits;
}

/* ---- deciding
 * ---------------------------------------------------------------------------------------------------------------- */

static void decide(struct batch *batch, struct item *item)
{
    const struct work *work = item->work;
    struct context context = batch_context(batch, item);
    struct events events;
    memset(&events.refusal, 0, sizeof events.refusal);
    events.about = work->target;
    events.rules = "";
    events.count = 0;
    events.arena = work->arena;
    if (work->command->decide(work->body, batch->store->rows, &context, &events) != OK) {
        refused(item, &events.refusal);
        return;
    }
    accepted(batch, item, &events);
    if (batch->store->service->clock_fire)
        note_clocks(batch);
}

static bool was_answered(struct batch *batch, struct item *item)
{
    if (item->answered) {
        repeated(item, item->answer_principal, item->answer_digest);
        return true;
    }
    item->first = *id_slot(batch, item->work);
    if (!item->first)
        return false;
    repeated(item, item->first->work->stamp.principal, item->first->work->digest);
    return true;
}

static void decide_item(struct batch *batch, struct item *item)
{
    if (must_wait(batch, item) || refuse_out_of_turn(batch, item))
        return;
    if (!item->work->command)
        item->state = ITEM_MARKED;
    else if (!was_refused(item) && !was_answered(batch, item) && !refuse_parked(batch, item) &&
             !refuse_late(batch, item) && !refuse_version(batch, item))
        decide(batch, item);
}

void batch_decide(struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++)
        decide_item(batch, &batch->items[i]);
}
