/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists: an office's cases by pages, and one case's time limits.
 */
#include "services/mediation/proceeding.h"
#include "services/mediation/steps.h"

/* ---- cases
 * ----------------------------------------------------------------------------------------------------------- */

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Mediation__List *list = question;
    const uint32_t partition = affinity_partition(now->target, now->partitions);

    if (list->application)
        reads_page(reads, &CASE, "application", list->application, partition, list->after, page_rows(list->limit));
    else
        reads_page(reads, &CASE, "office", now->target, partition, list->after, page_rows(list->limit));
}

static Mediation__CaseLine *case_line(const MediationRows__Case *row, struct arena *arena)
{
    Mediation__CaseLine *line = arena_take(arena, sizeof *line);

    mediation__case_line__init(line);
    line->id = row->id;
    line->version = row->version;
    line->number = (char *)case_number(row, arena);
    line->state = row->state;
    line->kind = row->kind;
    line->workers = row->claims;
    line->agreed_fen = row->agreed_fen;
    line->paid_fen = row->paid_fen;
    line->overdue = row->overdue;
    line->mediator_name = row->mediator_name;
    line->outcome = row->outcome;
    line->application = row->application;
    return line;
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Mediation__CaseList *page = answer;
    size_t count;
    const void *const *list = rows_page(rows, &CASE, &count);

    if (now->target != now->office && !(now->roles & MAY_SUPERVISOR))
        return refuse(refusal, FORBIDDEN, "target", N_("another office's cases"), N_("list those of your own office"));
    page->cases = arena_array(now->arena, count, sizeof *page->cases);
    for (size_t i = 0; i < count; i++) {
        const MediationRows__Case *row = list[i];
        struct refusal unseen = {0};
        if (row->office == now->target && case_seen(row, now, &unseen) == OK)
            page->cases[page->n_cases++] = case_line(row, now->arena);
    }
    if (count == page_rows(((const Mediation__List *)question)->limit))
        page->next = ((const MediationRows__Case *)list[count - 1])->id;
    return OK;
}

const struct question CASE_LIST = {
    .name = "case list",
    .message = &mediation__list__descriptor,
    .answer = &mediation__case_list__descriptor,
    .creates = true,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .reads = list_reads,
    .answer_from = list_answer,
    .target_help = "OFFICE",
    .help = "an office's cases, a page at a time",
    .example = "case list 7 --limit 20",
};

/* ---- time limits
 * ----------------------------------------------------------------------------------------------------- */

static Mediation__ClockLine *clock_line(const Store__Clock *row, struct arena *arena)
{
    Mediation__ClockLine *line = arena_take(arena, sizeof *line);

    mediation__clock_line__init(line);
    line->ordinal = row->ordinal;
    line->name = row->name;
    line->subject = row->subject;
    line->state = (char *)clock_state_name(row->state);
    line->started_at = row->started_at;
    line->last_day = row->last_day;
    line->due_at = row->due_at;
    line->ended_at = row->ended_at;
    line->effect = row->effect;
    line->article = row->article;
    line->unverified = row->unverified;
    line->provisional = row->provisional;
    line->proceeding = proceeding_of_clock(row->ordinal);
    line->warn_day = row->warn_day;
    return line;
}

const Tiaojie__StepTaken *event_step(const ProtobufCMessage *message)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, "step");
    const void *step = NULL;

    if (field && field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &tiaojie__step_taken__descriptor)
        step = *(void *const *)((const char *)message + field->offset);
    return step;
}

/* A row says that its limit ended and when; the step of that moment says by what. */
static void note_end(Mediation__ClockLine *line, const Store__Clock *row, const Tiaojie__StepTaken *step)
{
    for (size_t i = 0; i < step->n_stops; i++)
        if (step->stops[i]->ordinal == row->ordinal && step->stops[i]->at == row->ended_at) {
            line->ended_by = step->stops[i]->reason;
            line->ended_article = step->article;
        }
    if (row->state == STORE__CLOCK_STATE__CLOCK_STATE_CLOSED && step->closes && step->at == row->ended_at &&
        step->ordinal_base / CLOCK_BASE == row->ordinal / CLOCK_BASE) {
        line->ended_by = step->step;
        line->ended_article = step->article;
    }
}

static void note_ends(Mediation__ClockLine **lines, const void *const *list, size_t count, const struct rows *rows)
{
    size_t entries;
    const struct past *past = question_entries(rows, &entries);

    for (size_t i = 0; i < entries; i++)
        for (size_t k = 0; k < past[i].event_count; k++) {
            const Tiaojie__StepTaken *step = event_step(past[i].events[k].message);
            for (size_t line = 0; step && line < count; line++)
                note_end(lines[line], list[line], step);
        }
}

Mediation__ClockLine **clock_lines(const struct rows *rows, const struct context *now, bool explained, size_t *count)
{
    const void *const *list = rows_children(rows, &CLOCK, now->target, count);
    Mediation__ClockLine **lines = arena_array(now->arena, *count, sizeof *lines);

    for (size_t i = 0; i < *count; i++) {
        lines[i] = clock_line(list[i], now->arena);
        if (!explained)
            continue;
        lines[i]->explained = law_explain(now->law, list[i], now->arena);
        lines[i]->warning = clock_warning(case_target(rows, now), rows, list[i], now);
    }
    note_ends(lines, list, *count, rows);
    return lines;
}

static void clocks_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &PROCEEDING, now->target);
    reads_children(reads, &CLOCK, now->target);
}

static enum status clocks_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                                 struct refusal *refusal)
{
    Mediation__ClockList *list = answer;
    enum status status = case_seen(case_target(rows, now), now, refusal);

    (void)question;
    if (status)
        return status;
    list->clocks = clock_lines(rows, now, true, &list->n_clocks);
    return OK;
}

const struct question CASE_CLOCKS = {
    .name = "case clocks",
    .message = &mediation__clocks__descriptor,
    .answer = &mediation__clock_list__descriptor,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .timeline = true,
    .reads = clocks_reads,
    .answer_from = clocks_answer,
    .target_help = "CASE",
    .help = N_("the time limits of a case, and how each was counted: start, days passed over, pauses, extensions, end"),
    .example = "case clocks 1025",
};
