/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists: an office's referrals by pages, and one of them with its stages.
 */
#include "common/base/instant.h"
#include "services/referral/handover.h"

static void list_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Referral__List *list = question;

    reads_page(reads, &REFERRAL_ROW, "office", now->target, affinity_partition(now->target, now->partitions),
               list->after, page_rows(list->limit));
}

static Referral__Line *line_new(const ReferralRows__Referral *row, struct arena *arena)
{
    Referral__Line *line = arena_take(arena, sizeof *line);

    referral__line__init(line);
    line->id = row->id;
    line->version = row->version;
    line->outgoing = row->outgoing;
    line->link = row->link;
    line->conversation = row->conversation;
    line->state = row->state;
    line->request = row->request;
    line->department = row->department;
    line->outcome = row->outcome;
    line->at = row->at;
    return line;
}

static enum status list_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Referral__Listed *page = answer;
    size_t count;
    const void *const *list = rows_page(rows, &REFERRAL_ROW, &count);

    if (now->target != now->office && !(now->roles & REFERRAL_SUPERVISOR))
        return refuse(refusal, FORBIDDEN, "target", N_("another office's referrals"),
                      N_("list those of your own office"));
    page->referrals = arena_array(now->arena, count + 1, sizeof *page->referrals);
    for (size_t i = 0; i < count; i++)
        page->referrals[page->n_referrals++] = line_new(list[i], now->arena);
    if (count == page_rows(((const Referral__List *)question)->limit))
        page->next = ((const ReferralRows__Referral *)list[count - 1])->id;
    return OK;
}

/* ---- one ---- */

static void show_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &REFERRAL_ROW, now->target);
    reads_children(reads, &REFERRAL_STAGE, now->target);
    reads_children(reads, &CLOCK, now->target);
}

static Referral__StageLine *stage_line(const ReferralRows__Stage *row, struct arena *arena)
{
    Referral__StageLine *line = arena_take(arena, sizeof *line);

    referral__stage_line__init(line);
    line->stage = row->stage;
    line->text = row->note;
    line->at = row->at;
    line->outgoing = row->outgoing;
    /* The exchange takes no receipt whose signature does not verify; `exchange show` verifies it anew. */
    line->valid = !row->outgoing;
    return line;
}

static void stages_fill(const ReferralRows__Referral *row, const struct rows *rows, struct arena *arena,
                        Referral__Shown *shown)
{
    size_t count;
    const void *const *list = rows_children(rows, &REFERRAL_STAGE, row->id, &count);

    shown->stages = arena_array(arena, count + 1, sizeof *shown->stages);
    for (size_t i = 0; i < count; i++)
        shown->stages[shown->n_stages++] = stage_line(list[i], arena);
}

static Referral__Limit *limit_line(const Store__Clock *row, struct arena *arena)
{
    Referral__Limit *line = arena_take(arena, sizeof *line);

    referral__limit__init(line);
    line->name = row->name;
    line->state = arena_text(arena, clock_state_name(row->state));
    line->from_day = day_of(row->started_at);
    line->last_day = row->last_day;
    line->effect = row->effect;
    line->begun = row->generation;
    line->article = row->article;
    line->unverified = row->unverified;
    line->provisional = row->provisional;
    return line;
}

static void limits_fill(const ReferralRows__Referral *row, const struct rows *rows, struct arena *arena,
                        Referral__Shown *shown)
{
    size_t count;
    const void *const *list = rows_children(rows, &CLOCK, row->id, &count);

    shown->limits = arena_array(arena, count + 1, sizeof *shown->limits);
    for (size_t i = 0; i < count; i++)
        shown->limits[shown->n_limits++] = limit_line(list[i], arena);
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    Referral__Shown *shown = answer;
    const ReferralRows__Referral *row = rows_one(rows, &REFERRAL_ROW, now->target);

    (void)question;
    if (!row)
        return refuse(refusal, UNKNOWN, "target", N_("no referral has this id"), N_("look it up with `referral list`"));
    if (row->office != now->office && !(now->roles & REFERRAL_SUPERVISOR))
        return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"),
                      N_("ask the office that it belongs to"));
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    shown->referral = line_new(row, now->arena);
    shown->office = row->office;
    shown->dispute = intake__dispute__unpack(arena_allocator(now->arena), row->dispute.len, row->dispute.data);
    if (row->outcome[0] != '\0')
        shown->outcome = outcome_from(row, now->arena);
    shown->reason = row->reason;
    stages_fill(row, rows, now->arena, shown);
    limits_fill(row, rows, now->arena, shown);
    shown->evidence = row->evidence;
    shown->procedure = row->procedure;
    if (procedure)
        shown->allowed = (char *)(uintptr_t)procedure_allowed(procedure, row->state, now->arena);
    return OK;
}

const struct question REFERRAL_LIST = {
    .name = "referral list",
    .message = &referral__list__descriptor,
    .answer = &referral__listed__descriptor,
    .creates = true,
    .may = REFERRAL_CLERK | REFERRAL_HEAD | REFERRAL_SUPERVISOR | REFERRAL_PARTNER,
    .reads = list_reads,
    .answer_from = list_answer,
    .target_help = "OFFICE",
    .help = N_("an office's referrals, sent and received, a page at a time"),
    .example = "referral list 7 --limit 20",
};

const struct question REFERRAL_SHOW = {
    .name = "referral show",
    .message = &referral__show__descriptor,
    .answer = &referral__shown__descriptor,
    .may = REFERRAL_CLERK | REFERRAL_HEAD | REFERRAL_SUPERVISOR | REFERRAL_PARTNER,
    .reads = show_reads,
    .answer_from = show_answer,
    .target_help = "REFERRAL",
    .help = N_("a referral: the dispute, the stages of both sides, the time limits, the outcome"),
    .example = "referral show 1025",
};
