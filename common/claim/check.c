/* SPDX-License-Identifier: Apache-2.0
 *
 * Check: a sheet that somebody handed in, line by line: its own arithmetic, and what the claim comes to where its facts
 * are given too.
 */
#include "common/base/amount.h"
#include "common/claim/counting.h"

#define ARTICLE_LEAVE N_("Regulation on Work-Injury Insurance, Art. 33")

enum { LEAVE_MONTHS = 12, LEAVE_MONTHS_MAX = 24 };

struct checking {
    struct counting counting; /* its sheet is what the claim comes to, empty without its facts */
    const Claim__Check *check;
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

/* By the claim's facts; false: they say nothing about it. */
static bool should_by_facts(struct checking *checking, const Claim__Handed *handed, struct should *should)
{
    const Claim__Sheet *sheet = checking->counting.sheet;
    const Claim__Line *line = checking->check->count ? counted_line(checking, handed) : NULL;

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

static void check_line(struct checking *checking, size_t index)
{
    const Claim__Handed *handed = checking->check->lines[index];
    struct should should;

    if (!should_by_facts(checking, handed, &should))
        should_by_itself(checking, handed, &should);
    if (!should.monthly)
        add(checking, should.fen);
    if (should.fen == handed->amount_fen) {
        checking->checked->right++;
        return;
    }
    Claim__Off *off = off_new(checking, (uint32_t)index + 1, handed->amount_fen, should.fen);
    off->item = handed->item;
    off->name = handed->name;
    off->reason = (char *)should.reason;
    off->article = (char *)should.article;
    off->values = should.values;
    off->n_values = should.value_count;
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

static void check_sums(struct checking *checking)
{
    const Claim__Check *check = checking->check;
    Claim__Checked *checked = checking->checked;

    checked->paid_fen = counting_paid(&checking->counting, check->paid, check->n_paid);
    checked->payable_fen = checked->total_fen > checked->paid_fen ? checked->total_fen - checked->paid_fen : 0;
    if (check->total_fen && check->total_fen != checked->total_fen)
        off_new(checking, 0, check->total_fen, checked->total_fen)->reason = N_("the total of the lines");
    if (check->payable_fen && check->payable_fen != checked->payable_fen)
        off_new(checking, 0, check->payable_fen, checked->payable_fen)->reason =
            N_("what is payable after what was paid");
}

static void check_all(struct checking *checking)
{
    const Claim__Check *check = checking->check;
    const size_t counted = checking->counting.sheet->n_lines;

    checking->used = arena_array(checking->counting.arena, counted, sizeof *checking->used);
    checking->checked->off =
        arena_array(checking->counting.arena, check->n_lines + counted + 2, sizeof *checking->checked->off);
    for (size_t i = 0; i < check->n_lines; i++)
        check_line(checking, i);
    left_out(checking);
    check_sums(checking);
    checking->checked->missing = checking->counting.sheet->missing;
    checking->checked->n_missing = checking->counting.sheet->n_missing;
}

enum status claim_check(const struct bases *bases, const Claim__Check *check, uint32_t place, struct arena *arena,
                        Claim__Checked *checked, struct refusal *refusal)
{
    Claim__Sheet *sheet = arena_take(arena, sizeof *sheet);
    struct checking checking = {
        .counting = {.bases = bases, .arena = arena, .sheet = sheet, .status = OK, .refusal = refusal},
        .check = check,
        .checked = checked,
    };

    claim__sheet__init(sheet);
    form_check(&checking.counting, &check->base);
    if (!check->n_lines)
        counting_refuse(&checking.counting, "lines", N_("the sheet has no line"), N_("hand in its lines"));
    if (checking.counting.status == OK && check->count) {
        checking.counting.status = claim_count(bases, check->count, place, arena, sheet, refusal);
        checked->counted = sheet;
        /* What it asks for stands once, beside the lines; more may come. */
    }
    if (checking.counting.status == OK)
        check_all(&checking);
    return checking.counting.status;
}
