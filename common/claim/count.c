/* SPDX-License-Identifier: Apache-2.0
 *
 * Count: which calculator a question wants, and the sums at the foot of the sheet.
 */
#include "common/base/amount.h"
#include "common/claim/counting.h"

static void calculate(struct counting *counting)
{
    const Claim__Count *count = counting->count;

    switch (count->what_case) {
    case CLAIM__COUNT__WHAT_INJURY:
        injury_count(counting, count->injury);
        break;
    case CLAIM__COUNT__WHAT_WAGES:
        wages_count(counting, count->wages);
        break;
    case CLAIM__COUNT__WHAT_COMPENSATION:
        compensation_count(counting, count->compensation);
        break;
    case CLAIM__COUNT__WHAT_COSTS:
        costs_count(counting, count->costs);
        break;
    default:
        counting_refuse(counting, "what", N_("the question does not say what is to be counted"),
                        N_("give one of injury, wages, compensation, costs"));
    }
}

static void add(struct counting *counting, int64_t fen, int64_t *sum)
{
    struct refusal refusal;

    if (amount_add(*sum, fen, "total_fen", sum, &refusal) != OK)
        counting_refuse(counting, "total_fen", refusal.reason, refusal.remedy);
}

int64_t counting_paid(struct counting *counting, Claim__Payment **paid, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        add(counting, paid[i]->amount_fen, &sum);
    return sum;
}

static void sum_up(struct counting *counting)
{
    Claim__Sheet *sheet = counting->sheet;

    for (size_t i = 0; i < sheet->n_lines; i++) {
        const Claim__Line *line = sheet->lines[i];
        add(counting, line->amount_fen, line->monthly ? &sheet->monthly_fen : &sheet->total_fen);
        sheet->provisional = sheet->provisional || line->provisional;
        sheet->unverified = sheet->unverified || line->unverified;
    }
    sheet->paid = counting->count->paid;
    sheet->n_paid = counting->count->n_paid;
    sheet->paid_fen = counting_paid(counting, sheet->paid, sheet->n_paid);
    /* Step order: nothing of an injury is due while its recognition is missing. */
    sheet->withheld = counting->withheld;
    if (!counting->withheld)
        sheet->payable_fen = sheet->total_fen > sheet->paid_fen ? sheet->total_fen - sheet->paid_fen : 0;
    if (sheet->payable_fen)
        sheet->payable_words = (char *)amount_capitals(counting->arena, sheet->payable_fen);
    sheet->rounding = N_("averages and bounds are rounded to the fen, then each line once; half a fen up");
}

enum status claim_count(const struct bases *bases, const Claim__Count *count, uint32_t place, struct arena *arena,
                        Claim__Sheet *sheet, struct refusal *refusal)
{
    struct counting counting = {.bases = bases,
                                .count = count,
                                .place = count->place ? count->place : place,
                                .arena = arena,
                                .sheet = sheet,
                                .status = OK,
                                .refusal = refusal};

    form_check(&counting, &count->base);
    if (counting.status == OK)
        calculate(&counting);
    if (counting.status == OK)
        sum_up(&counting);
    return counting.status;
}
