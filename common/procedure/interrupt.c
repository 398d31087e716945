/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupt: limits that begin anew with a step, and limits of the case that a step of another body's procedure ends.
 *
 * What the limit was before stays in its ledger, so that whoever disputes the new date sees what it rests on.
 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"

#include <string.h>

/* When the act was done: on the day that was named, else when it was received, else now. */
static int64_t interrupting_moment(const struct judgement *judgement)
{
    const struct step_facts *facts = judgement->facts;
    int64_t received = facts->moments[TIAOJIE__PROCEDURE__START__START_RECEIPT];

    return !facts->event_at && received ? received : act_moment(judgement);
}

/* ---- what began anew before ---- */

static const char *papers_words(const struct judgement *judgement)
{
    const struct step_facts *facts = judgement->facts;
    const char *words = facts->evidence ? facts->evidence : "";

    for (size_t i = 0; i < facts->paper_count; i++)
        words = text_print(judgement->now->arena, "%s%s%s", words, *words ? ", " : "", facts->papers[i]);
    return words;
}

static Tiaojie__ClockLedger__Interrupted *interrupted_new(const struct judgement *judgement, const struct step *step,
                                                          const Store__Clock *row)
{
    const struct context *now = judgement->now;
    Tiaojie__ClockLedger__Interrupted *interrupted = arena_take(now->arena, sizeof *interrupted);

    tiaojie__clock_ledger__interrupted__init(interrupted);
    interrupted->on_day = day_of(interrupting_moment(judgement));
    interrupted->old_last_day = row->last_day;
    interrupted->step = step->definition->name;
    interrupted->evidence = arena_text(now->arena, papers_words(judgement));
    interrupted->article = arena_text(now->arena, step->article);
    interrupted->principal = now->principal;
    interrupted->at = now->now;
    return interrupted;
}

/* Pauses, extensions and recounts were of the count that ends. */
static ProtobufCBinaryData ledger_anew(const struct judgement *judgement, const struct step *step,
                                       const Store__Clock *row)
{
    Tiaojie__ClockLedger *ledger = ledger_open(row, judgement->now->arena);

    ledger->n_pauses = ledger->n_extensions = ledger->n_recounts = 0;
    ledger->interruptions[ledger->n_interruptions++] = interrupted_new(judgement, step, row);
    return ledger_pack(ledger, judgement->now->arena);
}

/* ---- beginning anew ---- */

/* What is interrupted begins anew, also where the act is entered after the limit ran out, but was done in time. An act
 * from before the present count moves nothing back. */
static bool is_interrupted(const struct judgement *judgement, const Store__Clock *row)
{
    int32_t day = day_of(interrupting_moment(judgement));

    if (!row || day < day_of(row->started_at))
        return false;
    return clock_is_open(row) || (row->state == STORE__CLOCK_STATE__CLOCK_STATE_FIRED && day <= row->last_day);
}

static void interrupt_clock(const struct judgement *judgement, const struct step *step,
                            const Tiaojie__Procedure__Clock *clock, Tiaojie__StepTaken *taken)
{
    const Store__Clock *row = clock_row(judgement, clock, judgement->facts->subject);
    struct agreed_day same = {.subject = clock->per_subject ? judgement->facts->subject : 0,
                              .last_day = judgement->facts->agreed_last_day};

    if (!is_interrupted(judgement, row) || lacks_last_day(clock, same))
        return;
    /* Anew from this step's own event, whatever it was first counted from. */
    Tiaojie__ClockStart *start = clock_start(judgement, clock, same, interrupting_moment(judgement));
    start->generation = 0;
    start->again = true;
    start->ledger = ledger_anew(judgement, step, row);
    taken->starts[taken->n_starts++] = start;
}

void interrupts_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    for (size_t i = 0; i < step->definition->n_interrupts; i++)
        interrupt_clock(judgement, step, step->interrupts[i], taken);
}

static bool only_interrupts(const Tiaojie__Procedure__Step *step)
{
    return step->n_interrupts && !*step->to && !step->n_starts && !step->n_stops && !step->n_pauses &&
           !step->n_resumes && !step->n_extends && !step->n_establishes && !step->n_refutes && !step->n_stops_beside &&
           !step->n_interrupts_beside;
}

/* An act that is entered before the day from which the limit counts would be lost unseen: the limit would start without
 * it. */
enum status interrupts_judge(const struct judgement *judgement, const struct step *step,
                             const Tiaojie__StepTaken *taken)
{
    if (!only_interrupts(step->definition) || judgement->facts->form_only || !judgement->facts->rows)
        return OK;
    for (size_t i = 0; i < taken->n_starts; i++)
        if (taken->starts[i]->again)
            return OK;
    enum status status =
        refuse(judgement->refusal, CONFLICT, "event_day", N_("no time limit that begins anew by it ran on that day"),
               N_("record first from which day the limit is counted, and name the day of the act; see `case clocks`"));
    judgement->refusal->article = step->article;
    return status;
}

/* ---- beside ---- */

static void stop_beside(const struct judgement *judgement, const Tiaojie__Procedure__Clock *clock,
                        Tiaojie__StepTaken *taken)
{
    const Store__Clock *row = clock_row(judgement, clock, 0);

    if (clock_is_open(row))
        taken->stops[taken->n_stops++] = clock_stop(judgement, clock, 0, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
}

void beside_decide(const struct judgement *judgement, const struct step *step, Tiaojie__StepTaken *taken)
{
    const Tiaojie__Procedure__Step *definition = step->definition;
    struct step_facts facts = *judgement->facts;
    struct judgement of_case = *judgement;

    if (!facts.own)
        return;
    facts.base = 0;
    facts.subject = 0;
    of_case.facts = &facts;
    of_case.procedure = facts.own;
    of_case.state = facts.own_state;
    for (size_t i = 0; i < definition->n_stops_beside; i++) {
        const Tiaojie__Procedure__Clock *clock = procedure_clock(facts.own->definition, definition->stops_beside[i]);
        if (clock)
            stop_beside(&of_case, clock, taken);
    }
    for (size_t i = 0; i < definition->n_interrupts_beside; i++) {
        const Tiaojie__Procedure__Clock *clock =
            procedure_clock(facts.own->definition, definition->interrupts_beside[i]);
        if (clock)
            interrupt_clock(&of_case, step, clock, taken);
    }
}
