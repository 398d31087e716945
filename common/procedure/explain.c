/* SPDX-License-Identifier: Apache-2.0
 *
 * Explain: how a clock row was counted. It counts again, with the calendar as it is now: what a later list changed
 * shows as the difference to the row, until the row is counted again too.
 */
#include "common/base/instant.h"
#include "common/procedure/deadline.h"
#include "common/procedure/procedure.h"

const char *clock_state_name(Store__ClockState state)
{
    switch (state) {
    case STORE__CLOCK_STATE__CLOCK_STATE_RUNNING:
        return "running";
    case STORE__CLOCK_STATE__CLOCK_STATE_STOPPED:
        return "stopped";
    case STORE__CLOCK_STATE__CLOCK_STATE_FIRED:
        return "fired";
    case STORE__CLOCK_STATE__CLOCK_STATE_CLOSED:
        return "closed";
    case STORE__CLOCK_STATE__CLOCK_STATE_PAUSED:
        return "paused";
    default:
        return "";
    }
}

static const char *unit_name(Tiaojie__Procedure__Unit unit)
{
    static const char *const NAMES[] = {
        [TIAOJIE__PROCEDURE__UNIT__UNIT_NONE] = "",
        [TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS] = N_("calendar days"),
        [TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS] = N_("working days"),
        [TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS] = N_("months"),
        [TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS] = N_("years"),
        [TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED] = N_("a day that was agreed"),
    };
    return NAMES[unit];
}

static const char *roll_name(Tiaojie__Procedure__Roll roll)
{
    static const char *const NAMES[] = {
        [TIAOJIE__PROCEDURE__ROLL__ROLL_NONE] = N_("the last day is never moved"),
        [TIAOJIE__PROCEDURE__ROLL__ROLL_STATUTORY] = N_("moved past statutory holidays only"),
        [TIAOJIE__PROCEDURE__ROLL__ROLL_DAY_OFF] = N_("moved past every day off"),
        [TIAOJIE__PROCEDURE__ROLL__ROLL_BACK] = N_("moved back to the working day before"),
    };
    return NAMES[roll];
}

static void explain_earlier(const Tiaojie__Procedure__Clock *clock, const struct deadline *deadline,
                            Tiaojie__ClockExplained *explained)
{
    if (!clock->earlier)
        return;
    explained->earlier_day = deadline->warn_day;
    explained->earlier_article = clock->earlier->article;
    explained->earlier_unverified = clock->earlier->unverified;
}

static void explain_count(const struct law *law, const Tiaojie__Procedure__Clock *clock, const Store__Clock *row,
                          struct arena *arena, Tiaojie__ClockExplained *explained)
{
    struct deadline_account account = {.arena = arena};
    struct deadline deadline = row_deadline(law, clock, row, explained->ledger, &account);

    explained->start_day = day_of(row->started_at);
    explained->counted = account.counted;
    explained->skipped = account.skipped;
    explained->n_skipped = account.skipped_count;
    explained->raw_day = deadline.raw_day;
    explained->last_day = deadline.last_day;
    explain_earlier(clock, &deadline, explained);
}

Tiaojie__ClockExplained *law_explain(const struct law *law, const Store__Clock *row, struct arena *arena)
{
    const struct procedure *procedure;
    const Tiaojie__Procedure__Clock *clock = row_rule(law, row, &procedure);

    if (!clock)
        return NULL;
    const Tiaojie__Procedure *definition = procedure->definition;
    Tiaojie__ClockExplained *explained = arena_take(arena, sizeof *explained);
    tiaojie__clock_explained__init(explained);
    explained->procedure = definition->name;
    explained->rules = row->rules;
    explained->valid_from = definition->valid_from;
    explained->place = definition->place;
    explained->counted_from = clock->start;
    explained->amount = clock->amount;
    explained->unit = arena_text(arena, unit_name(clock->unit));
    explained->roll = arena_text(arena, roll_name(clock->roll));
    explained->extension = clock->extension;
    explained->when_over = clock->expiry_text;
    explained->advice = clock->advice;
    explained->calendar = clock->calendar;
    explained->ledger = (Tiaojie__ClockLedger *)(uintptr_t)clock_ledger(row, arena);
    explain_count(law, clock, row, arena, explained);
    return explained;
}
