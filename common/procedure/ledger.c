/* SPDX-License-Identifier: Apache-2.0
 *
 * Ledger: what happened to a time limit since it began. It stands packed in its row.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

#include <string.h>

const Tiaojie__ClockLedger *clock_ledger(const Store__Clock *row, struct arena *arena)
{
    return tiaojie__clock_ledger__unpack(arena_allocator(arena), row->ledger.len, row->ledger.data);
}

/* A copy of a list of pointers with room for one more. */
static void *list_copy(struct arena *arena, const void *list, size_t count)
{
    void **copy = arena_array(arena, count + 1, sizeof *copy);
    if (count > 0)
        memcpy(copy, list, count * sizeof *copy);
    return copy;
}

Tiaojie__ClockLedger *ledger_open(const Store__Clock *row, struct arena *arena)
{
    const Tiaojie__ClockLedger *kept = clock_ledger(row, arena);
    Tiaojie__ClockLedger *ledger = arena_take(arena, sizeof *ledger);
    *ledger = *kept;
    ledger->pauses = list_copy(arena, kept->pauses, kept->n_pauses);
    ledger->extensions = list_copy(arena, kept->extensions, kept->n_extensions);
    ledger->recounts = list_copy(arena, kept->recounts, kept->n_recounts);
    ledger->interruptions = list_copy(arena, kept->interruptions, kept->n_interruptions);
    return ledger;
}

ProtobufCBinaryData ledger_pack(const Tiaojie__ClockLedger *ledger, struct arena *arena)
{
    size_t size = tiaojie__clock_ledger__get_packed_size(ledger);
    ProtobufCBinaryData bytes = {size, arena_take(arena, size + 1)};
    tiaojie__clock_ledger__pack(ledger, bytes.data);
    return bytes;
}

void ledger_add_recount(Tiaojie__ClockLedger *ledger, const Store__Clock *row, int32_t new_last_day, const char *reason,
                        int64_t at, struct arena *arena)
{
    Tiaojie__ClockLedger__Recount *recount = arena_take(arena, sizeof *recount);
    tiaojie__clock_ledger__recount__init(recount);
    recount->old_last_day = row->last_day;
    recount->new_last_day = new_last_day;
    recount->reason = arena_text(arena, reason);
    recount->at = at;
    ledger->recounts[ledger->n_recounts++] = recount;
}

const Tiaojie__Procedure__Clock *row_rule(const struct law *law, const Store__Clock *row,
                                          const struct procedure **procedure)
{
    *procedure = law_procedure(law, row->rules);
    return *procedure ? procedure_clock((*procedure)->definition, row->name) : NULL;
}

struct deadline row_deadline(const struct law *law, const Tiaojie__Procedure__Clock *rule, const Store__Clock *row,
                             const Tiaojie__ClockLedger *ledger, struct deadline_account *account)
{
    Tiaojie__ClockLedger counted = *ledger;
    /* Extensions are counted from the day that was agreed first; the row's has them in it. */
    int32_t agreed = counted.n_extensions > 0 ? counted.extensions[0]->old_last_day : row->last_day;
    struct deadline_start start = {.day = day_of(row->started_at), .agreed = agreed, .ledger = &counted};

    if (counted.n_pauses > 0 && counted.pauses[counted.n_pauses - 1]->until_day == 0)
        counted.n_pauses--;
    return deadline_count(law_calendar_of(law, rule->calendar), rule, &start, account);
}
