/* SPDX-License-Identifier: Apache-2.0
 *
 * Check: a sheet that somebody handed in, line by line: its own arithmetic, and what the claim comes to where its facts
 * are given too. Lines that were provisional are counted again: what the published figure changes is no fault of
 * theirs.
 */
#include "common/base/amount.h"
#include "common/claim/counting.h"

#define ARTICLE_LEAVE N_("Regulation on Work-Injury Insurance, Art. 33")

enum { LEAVE_MONTHS = 12, LEAVE_MONTHS_MAX = 24 };

struct checking {
    struct counting counting; /* its sheet is what the claim comes to, empty without its facts */
    const Claim__Check *check;
    Claim__Handed **lines; /* the check's, or of the sheet that it has instead */
    size_t count;
    Claim__Checked *checked;
    bool *used; /* lines of the counted sheet that a handed one answers */
};

static Claim__Off *off_new(struct checking *checking, uint32_t line, int64_t handed, int64_t counted)
{
    Claim__Off *off = arena_take(checking->counting.arena, sizeof *off);

    claim__off__init(off);
    off->line = line;
    off->handed_fen = handed;
    off->counted_fen = counted;
    off->off_fen = handed - counted;
    checking->checked->off[checking->checked->n_off++] = off;
    return off;
}

static void add(struct checking *checking, int64_t fen)
{
    struct refusal refusal;
    int64_t *total = &checking->checked->total_fen;

    if (amount_add(*total, fen, "total_fen", total, &refusal) != OK)
        counting_refuse(&checking->counting, "total_fen", refusal.reason, refusal.remedy);
}

/* ---- what a line should be ---- */

/* Borrowed reason and values of why it should be so. */
struct should {
    int64_t fen;
    bool monthly;
    const char *reason;
    const char *article;
    char **values;
    size_t value_count;
};

/* The counted line for a handed one: the first of its item that no other answers, one of the same name before others.
 */
static const Claim__Line *counted_line(struct checking *checking, const Claim__Handed *handed)
{
    const Claim__Sheet *sheet = checking->counting.sheet;
    size_t best = sheet->n_lines;

    for (size_t i = 0; i < sheet->n_lines; i++) {
        if (checking->used[i] || sheet->lines[i]->item != handed->item)
            continue;
        if (best == sheet->n_lines || sheet->lines[i]->amount_fen == handed->amount_fen)
            best = i;
        if (sheet->lines[best]->amount_fen == handed->amount_fen)
            break;
    }
    if (best == sheet->n_lines)
        return NULL;
    checking->used[best] = true;
    return sheet->lines[best];
}

static const Claim__NotDue *not_due(const Claim__Sheet *sheet, Claim__Item item)
{
    for (size_t i = 0; i < sheet->n_not_due; i++)
        if (sheet->not_due[i]->item == item)
            return sheet->not_due[i];
    return NULL;
}

/* By the claim's facts, `line` being what they give for it, if anything; false: they say nothing about it. */
static bool should_by_facts(struct checking *checking, const Claim__Handed *handed, const Claim__Line *line,
                            struct should *should)
{
    const Claim__Sheet *sheet = checking->counting.sheet;

    if (line) {
        *should = (struct should){line->amount_fen, line->monthly, line->formula,
                                  line->article,    line->values,  line->n_values};
        return true;
    }
    const Claim__NotDue *reason = not_due(sheet, handed->item);
    if (reason)
        *should = (struct should){0, false, reason->reason, reason->article, reason->values, reason->n_values};
    else if (checking->check->count && sheet->n_missing == 0 && handed->item != CLAIM__ITEM__ITEM_OTHER)
        *should = (struct should){0, false, N_("the facts of the claim give no such line"), "", NULL, 0};
    else
        return false;
    return true;
}

/* Leave with pay has limits that a sheet's arithmetic does not show. */
static uint32_t quantity_allowed(struct checking *checking, const Claim__Handed *handed)
{
    const uint32_t asked = handed->quantity_hundredths;

    if (handed->item != CLAIM__ITEM__ITEM_LEAVE_PAY || asked <= LEAVE_MONTHS * CLAIM_WHOLE)
        return asked;
    counting_missing(&checking->counting, "leave_extended", N_("%1 months: more than 12 need an extension"),
                     N_("hand in the decision of the city's committee that confirmed it"),
                     quantity_text(&checking->counting, asked), NULL);
    return asked < LEAVE_MONTHS_MAX * CLAIM_WHOLE ? asked : LEAVE_MONTHS_MAX * CLAIM_WHOLE;
}

/* By its own base and quantity. */
static void should_by_itself(struct checking *checking, const Claim__Handed *handed, struct should *should)
{
    struct counting *counting = &checking->counting;
    const uint32_t quantity = quantity_allowed(checking, handed);

    if (!handed->base_fen || !handed->quantity_hundredths) {
        *should = (struct should){handed->amount_fen, false, "", "", NULL, 0};
        return;
    }
    char **values = arena_array(counting->arena, 2, sizeof *values);
    values[0] = (char *)yuan_text(counting, handed->base_fen);
    values[1] = (char *)quantity_text(counting, quantity);
    *should = (struct should){counting_times(counting, "lines", handed->base_fen, quantity, CLAIM_WHOLE),
                              false,
                              N_("%1 x %2"),
                              quantity < handed->quantity_hundredths ? ARTICLE_LEAVE : "",
                              values,
                              2};
}

/* ---- provisional lines ---- */

static void recount(struct checking *checking, uint32_t number, const Claim__Handed *handed, const Claim__Line *line)
{
    Claim__Checked *checked = checking->checked;
    Claim__Recounted *recounted = arena_take(checking->counting.arena, sizeof *recounted);

    claim__recounted__init(recounted);
    recounted->line = number;
    recounted->item = line->item;
    recounted->name = line->name;
    recounted->old_fen = handed->amount_fen;
    recounted->new_fen = line->amount_fen;
    recounted->difference_fen = line->amount_fen - handed->amount_fen;
    recounted->monthly = line->monthly;
    recounted->provisional = line->provisional;
    recounted->formula = line->formula;
    recounted->values = line->values;
    recounted->n_values = line->n_values;
    recounted->article = line->article;
    recounted->bases = line->bases;
    recounted->n_bases = line->n_bases;
    checked->recounted[checked->n_recounted++] = recounted;
    /* Each difference is below 2^53, and a list has at most 400. */
    *(line->monthly ? &checked->monthly_top_up_fen : &checked->top_up_fen) += recounted->difference_fen;
    if (!line->monthly)
        add(checking, line->amount_fen);
}

static void ask_for_the_facts(struct checking *checking)
{
    counting_missing(&checking->counting, "count",
                     N_("a provisional line is counted again from the facts of the claim"),
                     N_("hand in the question that the sheet answered"), NULL);
}

/* ---- amounts in words ---- */

/* Words beside a figure must say the same; without a figure they are it. */
static int64_t by_words(struct checking *checking, const char *field, const char *words, int64_t fen, uint32_t line)
{
    struct refusal refusal;
    int64_t said = 0;

    if (!words[0])
        return fen;
    if (amount_capitals_read(words, field, &said, &refusal) != OK)
        counting_refuse(&checking->counting, field, refusal.reason, refusal.remedy);
    else if (fen && said != fen)
        off_new(checking, line, said, fen)->reason = N_("the amount in words is not the one in figures");
    return fen ? fen : said;
}

/* ---- lines ---- */

static void judge(struct checking *checking, uint32_t number, const Claim__Handed *handed, const struct should *should)
{
    if (!should->monthly)
        add(checking, should->fen);
    if (should->fen == handed->amount_fen) {
        checking->checked->right++;
        return;
    }
    Claim__Off *off = off_new(checking, number, handed->amount_fen, should->fen);
    off->item = handed->item;
    off->name = handed->name;
    off->reason = (char *)should->reason;
    off->article = (char *)should->article;
    off->values = should->values;
    off->n_values = should->value_count;
}

static void check_line(struct checking *checking, size_t index)
{
    const uint32_t number = (uint32_t)index + 1;
    Claim__Handed handed = *checking->lines[index];
    struct should should;

    handed.amount_fen = by_words(checking, "lines.amount_words", handed.amount_words, handed.amount_fen, number);
    const Claim__Line *line = checking->check->count ? counted_line(checking, &handed) : NULL;
    if (handed.provisional && line) {
        recount(checking, number, &handed, line);
        return;
    }
    if (handed.provisional && !checking->check->count)
        ask_for_the_facts(checking);
    if (!should_by_facts(checking, &handed, line, &should))
        should_by_itself(checking, &handed, &should);
    judge(checking, number, &handed, &should);
}

/* ---- the sheet as a whole ---- */

static void left_out(struct checking *checking)
{
    const Claim__Sheet *sheet = checking->counting.sheet;

    for (size_t i = 0; i < sheet->n_lines; i++) {
        const Claim__Line *line = sheet->lines[i];
        if (checking->used[i])
            continue;
        Claim__Off *off = off_new(checking, 0, 0, line->amount_fen);
        off->item = line->item;
        off->name = line->name;
        off->reason = N_("the sheet leaves it out");
        off->article = line->article;
        if (!line->monthly)
            add(checking, line->amount_fen);
    }
}

static int64_t left_of(int64_t total, int64_t paid)
{
    return total > paid ? total - paid : 0;
}

static void check_sum(struct checking *checking, int64_t handed, int64_t counted, const char *reason)
{
    if (handed && handed != counted)
        off_new(checking, 0, handed, counted)->reason = (char *)reason;
}

/* The sheet's own sums are held against its lines as they were before a figure was published. */
static void check_sums(struct checking *checking)
{
    const Claim__Check *check = checking->check;
    Claim__Checked *checked = checking->checked;
    const int64_t before = checked->total_fen - checked->top_up_fen;

    checked->paid_fen = counting_paid(&checking->counting, check->paid, check->n_paid);
    checked->payable_fen = left_of(checked->total_fen, checked->paid_fen);
    check_sum(checking, check->total_fen, before, N_("the total of the lines"));
    check_sum(checking, by_words(checking, "payable_words", check->payable_words, check->payable_fen, 0),
              left_of(before, checked->paid_fen), N_("what is payable after what was paid"));
}

static void check_all(struct checking *checking)
{
    const size_t counted = checking->counting.sheet->n_lines;

    checking->used = arena_array(checking->counting.arena, counted, sizeof *checking->used);
    /* A line may be off in figures and in words; so may what is payable, and the total in figures. */
    checking->checked->off =
        arena_array(checking->counting.arena, 2 * checking->count + counted + 3, sizeof *checking->checked->off);
    checking->checked->recounted =
        arena_array(checking->counting.arena, checking->count, sizeof *checking->checked->recounted);
    for (size_t i = 0; i < checking->count; i++)
        check_line(checking, i);
    left_out(checking);
    check_sums(checking);
    checking->checked->missing = checking->counting.sheet->missing;
    checking->checked->n_missing = checking->counting.sheet->n_missing;
}

/* ---- what is handed in ---- */

/* A sheet of ours as if its lines, payments and sums had been handed in one by one. */
static void take_sheet(struct checking *checking, const Claim__Sheet *sheet, Claim__Check *check)
{
    struct arena *arena = checking->counting.arena;

    checking->count = sheet->n_lines;
    checking->lines = arena_array(arena, sheet->n_lines, sizeof *checking->lines);
    for (size_t i = 0; i < sheet->n_lines; i++) {
        Claim__Handed *handed = arena_take(arena, sizeof *handed);
        claim__handed__init(handed);
        handed->item = sheet->lines[i]->item;
        handed->name = sheet->lines[i]->name;
        handed->amount_fen = sheet->lines[i]->amount_fen;
        handed->provisional = sheet->lines[i]->provisional;
        checking->lines[i] = handed;
    }
    if (!check->n_paid) {
        check->paid = sheet->paid;
        check->n_paid = sheet->n_paid;
    }
    check->total_fen = sheet->total_fen;
    check->payable_fen = sheet->payable_fen;
    check->payable_words = sheet->payable_words;
}

static void take_lines(struct checking *checking, Claim__Check *check)
{
    checking->lines = check->lines;
    checking->count = check->n_lines;
    if (check->sheet && check->n_lines)
        counting_refuse(&checking->counting, "lines", N_("both a sheet and single lines are handed in"),
                        N_("hand in one of the two"));
    else if (check->sheet)
        take_sheet(checking, check->sheet, check);
    if (!checking->count)
        counting_refuse(&checking->counting, "lines", N_("the sheet has no line"), N_("hand in its lines"));
}

enum status claim_check(const struct bases *bases, const Claim__Check *check, uint32_t place, struct arena *arena,
                        Claim__Checked *checked, struct refusal *refusal)
{
    Claim__Sheet *sheet = arena_take(arena, sizeof *sheet);
    Claim__Check taken = *check;
    struct checking checking = {
        .counting = {.bases = bases, .arena = arena, .sheet = sheet, .status = OK, .refusal = refusal},
        .check = &taken,
        .checked = checked,
    };

    claim__sheet__init(sheet);
    form_check(&checking.counting, &check->base);
    take_lines(&checking, &taken);
    if (checking.counting.status == OK && check->count) {
        checking.counting.status = claim_count(bases, check->count, place, arena, sheet, refusal);
        checked->counted = sheet;
        /* What it asks for stands once, beside the lines; more may come. */
    }
    if (checking.counting.status == OK)
        check_all(&checking);
    return checking.counting.status;
}
