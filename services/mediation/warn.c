/* SPDX-License-Identifier: Apache-2.0
 *
 * Warnings: what a mediation is about to use up while it goes on: time limits that it doesn't stop, until when, what to
 * do now; limits that nobody watches because nobody said from which day; what an injury's benefits still lack. Nothing
 * is kept: it follows from the rows and the day.
 */
#include "common/procedure/watch.h"
#include "services/mediation/proceeding.h"
#include "services/mediation/steps.h"

enum { LACKING_MAX = 8 };

/* ---- of one case ---- */

static struct watch watch_of(const MediationRows__Case *row, const struct context *now)
{
    return (struct watch){.law = now->law, .place = row->place, .today = now->today, .arena = now->arena};
}

/* The state of the procedure that a clock belongs to. */
static const char *state_of(const MediationRows__Case *row, const struct rows *rows, uint32_t proceeding)
{
    const MediationRows__Proceeding *found = proceeding ? rows_child(rows, &PROCEEDING, row->id, proceeding) : NULL;

    return found ? found->state : row->state;
}

Tiaojie__ClockWarning *clock_warning(const MediationRows__Case *row, const struct rows *rows, const Store__Clock *clock,
                                     const struct context *now)
{
    const struct watch watch = watch_of(row, now);

    return watch_warning(&watch, clock, state_of(row, rows, proceeding_of_clock(clock->ordinal)));
}

/* The nearest end first. */
static void put_by_day(Tiaojie__ClockWarning **list, size_t count, Tiaojie__ClockWarning *warning)
{
    size_t at = count;

    for (; at > 0 && list[at - 1]->last_day > warning->last_day; at--)
        list[at] = list[at - 1];
    list[at] = warning;
}

Tiaojie__ClockWarning **case_warnings(const MediationRows__Case *row, const struct rows *rows,
                                      const struct context *now, size_t *count)
{
    size_t clocks;
    const void *const *list = rows_children(rows, &CLOCK, row->id, &clocks);
    Tiaojie__ClockWarning **warnings = arena_array(now->arena, clocks + 1, sizeof(Tiaojie__ClockWarning *));

    *count = 0;
    for (size_t i = 0; i < clocks; i++) {
        Tiaojie__ClockWarning *warning = clock_warning(row, rows, list[i], now);
        if (warning)
            put_by_day(warnings, (*count)++, warning);
    }
    return warnings;
}

Tiaojie__ClockUnknown **case_unknown(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                                     size_t *count)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    const struct watch watch = watch_of(row, now);
    size_t clocks;
    const void *const *list = rows_children(rows, &CLOCK, row->id, &clocks);

    *count = 0;
    return procedure ? watch_unknown(&watch, procedure, row->state, list, clocks, count) : NULL;
}

Mediation__LackingLine **case_lacking(const MediationRows__Case *row, const struct context *now, size_t *count)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    const struct step_facts facts = {.established = row->facts};
    struct refusal lack;
    size_t at = 0;
    Mediation__LackingLine **lines = arena_array(now->arena, LACKING_MAX, sizeof(Mediation__LackingLine *));

    *count = 0;
    while (procedure && *count < LACKING_MAX && procedure_lacks(procedure, &facts, &at, &lack)) {
        Mediation__LackingLine *line = arena_take(now->arena, sizeof *line);
        mediation__lacking_line__init(line);
        line->reason = arena_text(now->arena, lack.reason);
        line->remedy = arena_text(now->arena, lack.remedy);
        line->article = arena_text(now->arena, lack.article);
        lines[(*count)++] = line;
    }
    return lines;
}

Tiaojie__ClockUntold **case_untold(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                                   size_t *count)
{
    size_t clocks;
    const void *const *list = rows_children(rows, &CLOCK, row->id, &clocks);
    Tiaojie__ClockUntold **untold = arena_array(now->arena, clocks + 1, sizeof(Tiaojie__ClockUntold *));

    *count = 0;
    for (size_t i = 0; i < clocks; i++) {
        untold[*count] = clock_untold(list[i], now->arena);
        *count += untold[*count] != NULL;
    }
    return untold;
}

static void warnings_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &PROCEEDING, now->target);
    reads_children(reads, &CLOCK, now->target);
}

static enum status warnings_answer(const void *question, const struct rows *rows, const struct context *now,
                                   void *answer, struct refusal *refusal)
{
    const MediationRows__Case *row = case_target(rows, now);
    Mediation__WarningList *list = answer;
    enum status status = case_seen(row, now, refusal);

    (void)question;
    if (status)
        return status;
    list->warnings = case_warnings(row, rows, now, &list->n_warnings);
    list->unknown = case_unknown(row, rows, now, &list->n_unknown);
    list->lacking = case_lacking(row, now, &list->n_lacking);
    list->untold = case_untold(row, rows, now, &list->n_untold);
    return OK;
}

const struct question CASE_WARNINGS = {
    .name = "case warnings",
    .message = &mediation__warnings__descriptor,
    .answer = &mediation__warning_list__descriptor,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .reads = warnings_reads,
    .answer_from = warnings_answer,
    .target_help = "CASE",
    .help = N_("what the mediation is about to use up: limits near their end, what to do now, days that nobody named"),
    .example = "case warnings 1025",
};

/* ---- of an office ---- */

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Mediation__WarningsList *list = question;

    reads_page(reads, &CASE, "office", now->target, affinity_partition(now->target, now->partitions), list->after,
               page_rows(list->limit));
}

/* Limits of a case that is over are not mediation's any more; those of procedures that it led to still are. */
static bool may_warn(const MediationRows__Case *row)
{
    return !row->outcome[0] || row->proceedings;
}

static void list_reads_more(const void *question, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    size_t count;
    const void *const *list = rows_page(rows, &CASE, &count);

    (void)question;
    (void)now;
    for (size_t i = 0; i < count; i++) {
        const MediationRows__Case *row = list[i];
        if (!may_warn(row))
            continue;
        reads_children(reads, &CLOCK, row->id);
        reads_children(reads, &PROCEEDING, row->id);
    }
}

/* NULL: nothing to warn of, or not the asker's to see. */
static Mediation__CaseWarnings *warnings_of(const MediationRows__Case *row, const struct rows *rows,
                                            const struct context *now)
{
    struct refusal unseen = {0};
    Mediation__CaseWarnings *line = arena_take(now->arena, sizeof *line);

    if (row->office != now->target || !may_warn(row) || case_seen(row, now, &unseen) != OK)
        return NULL;
    mediation__case_warnings__init(line);
    line->id = row->id;
    line->number = (char *)(uintptr_t)case_number(row, now->arena);
    line->mediator_name = row->mediator_name;
    line->warnings = case_warnings(row, rows, now, &line->n_warnings);
    line->untold = case_untold(row, rows, now, &line->n_untold);
    return line->n_warnings || line->n_untold ? line : NULL;
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Mediation__OfficeWarnings *page = answer;
    size_t count;
    const void *const *list = rows_page(rows, &CASE, &count);

    if (now->target != now->office && !(now->roles & MAY_SUPERVISOR))
        return refuse(refusal, FORBIDDEN, "target", N_("another office's cases"), N_("list those of your own office"));
    page->cases = arena_array(now->arena, count + 1, sizeof(Mediation__CaseWarnings *));
    for (size_t i = 0; i < count; i++) {
        Mediation__CaseWarnings *line = warnings_of(list[i], rows, now);
        if (line)
            page->cases[page->n_cases++] = line;
    }
    if (count == page_rows(((const Mediation__WarningsList *)question)->limit))
        page->next = ((const MediationRows__Case *)list[count - 1])->id;
    return OK;
}

const struct question WARNING_LIST = {
    .name = "warning list",
    .message = &mediation__warnings_list__descriptor,
    .answer = &mediation__office_warnings__descriptor,
    .creates = true,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .reads = list_reads,
    .reads_more = list_reads_more,
    .answer_from = list_answer,
    .target_help = "OFFICE",
    .help = N_("an office's cases whose mediation is about to use up a time limit, a page at a time"),
    .example = "warning list 7 --limit 200",
};
