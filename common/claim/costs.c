/* SPDX-License-Identifier: Apache-2.0
 *
 * Costs: what a court takes and what late performance costs, for choosing a route.
 *
 * Source    Measures on the Payment of Litigation Costs (2007), 13, 14; Civil Procedure Law 264 and Fa Shi [2014] 8 for
 * the double part of the interest.
 */
#include "common/base/amount.h"
#include "common/claim/counting.h"

enum {
    POINTS = 10000, /* rates are hundredths of a percent */
    SIMPLE_PART = 2,
    ORDER_PART = 3,
    INTEREST_RATE = 175, /* 0.0175 percent a day */
    INTEREST_WHOLE = 1000000,
};

#define YUAN INT64_C(100)
#define LABOUR_FEE (10 * YUAN)
#define FIRST_FEE (50 * YUAN)
#define ARTICLE_FEE N_("Measures on the Payment of Litigation Costs 13")
#define ARTICLE_ORDER N_("Measures on the Payment of Litigation Costs 14(3)")
#define ARTICLE_ENFORCEMENT N_("Measures on the Payment of Litigation Costs 14")
#define ARTICLE_INTEREST N_("Civil Procedure Law 264; Fa Shi [2014] 8")

/* Of what lies above the row before, up to `until`, the rate is taken; the first row is a fixed fee. */
struct bracket {
    int64_t until;
    uint32_t points;
    bool unverified;
};

static const struct bracket COURT[] = {
    {10000 * YUAN, 0, false},     {100000 * YUAN, 250, false}, {200000 * YUAN, 200, false}, {500000 * YUAN, 150, false},
    {1000000 * YUAN, 100, false}, {2000000 * YUAN, 90, true},  {5000000 * YUAN, 80, true},  {10000000 * YUAN, 70, true},
    {20000000 * YUAN, 60, true},  {INT64_MAX, 50, true},
};

static const struct bracket ENFORCEMENT[] = {
    {10000 * YUAN, 0, false},    {500000 * YUAN, 150, false}, {5000000 * YUAN, 100, true},
    {10000000 * YUAN, 50, true}, {INT64_MAX, 10, true},
};

/* The fee times POINTS, exact: rounding comes after the part that is taken of it. */
static int64_t fee_points(const struct bracket *brackets, int64_t fen, bool *unverified)
{
    int64_t fee = FIRST_FEE * POINTS, below = 0;

    for (const struct bracket *bracket = brackets; fen > below; bracket++) {
        const int64_t top = fen < bracket->until ? fen : bracket->until;
        fee += (top - below) * bracket->points;
        *unverified = bracket->unverified;
        below = bracket->until;
    }
    return fee;
}

static Claim__Line *fee_line(struct counting *counting, Claim__Item item, const char *article,
                             const struct bracket *brackets, int64_t fen, int64_t part)
{
    Claim__Line *line = counting_line(counting, item, article);
    bool unverified = false;
    const int64_t points = fee_points(brackets, fen, &unverified), whole = POINTS * part;

    line->amount_fen = points / whole + (2 * (points % whole) >= whole);
    line->unverified = unverified;
    return line;
}

static void court_fee(struct counting *counting, const Claim__Costs *asked)
{
    const int64_t part = asked->simple ? SIMPLE_PART : 1;
    Claim__Line *line;

    if (asked->labour) {
        line = counting_line(counting, CLAIM__ITEM__ITEM_COURT_FEE, ARTICLE_FEE);
        counting_amount(counting, line, LABOUR_FEE, 1, part);
        counting_formula(
            counting, line,
            asked->simple ? N_("labour case 10 yuan, half in the simple procedure") : N_("labour case 10 yuan"), NULL);
    } else {
        line = fee_line(counting, CLAIM__ITEM__ITEM_COURT_FEE, ARTICLE_FEE, COURT, asked->claim_fen, part);
        counting_formula(counting, line,
                         asked->simple ? N_("by the steps of the claim %1, half in the simple procedure")
                                       : N_("by the steps of the claim %1"),
                         yuan_text(counting, asked->claim_fen), NULL);
    }
    line->payer = CLAIM__PAYER__PAYER_APPLICANT;
}

static void order_fee(struct counting *counting, const Claim__Costs *asked)
{
    Claim__Line *line =
        fee_line(counting, CLAIM__ITEM__ITEM_PAYMENT_ORDER_FEE, ARTICLE_ORDER, COURT, asked->claim_fen, ORDER_PART);

    counting_formula(counting, line, N_("a third of the court fee for %1; the applicant's if the debtor objects"),
                     yuan_text(counting, asked->claim_fen), NULL);
    line->payer = CLAIM__PAYER__PAYER_DEBTOR;
}

static void enforcement_fee(struct counting *counting, int64_t fen)
{
    Claim__Line *line = fee_line(counting, CLAIM__ITEM__ITEM_ENFORCEMENT_FEE, ARTICLE_ENFORCEMENT, ENFORCEMENT, fen, 1);

    counting_formula(counting, line, N_("by the steps of what is enforced %1, taken after it"),
                     yuan_text(counting, fen), NULL);
    line->payer = CLAIM__PAYER__PAYER_DEBTOR;
}

static void late_interest(struct counting *counting, const Claim__Costs *asked)
{
    if (!asked->late_days) {
        counting_missing(counting, "late_days", N_("for how many days it is late is not said"),
                         N_("count from the end of the period that the document set"), NULL);
        return;
    }
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_LATE_INTEREST, ARTICLE_INTEREST);
    counting_formula(counting, line, N_("unpaid %1 x 0.0175 percent x %2 days"), yuan_text(counting, asked->unpaid_fen),
                     number_text(counting, asked->late_days), NULL);
    counting_amount(counting, line, asked->unpaid_fen, (int64_t)INTEREST_RATE * asked->late_days, INTEREST_WHOLE);
    line->payer = CLAIM__PAYER__PAYER_DEBTOR;
}

void costs_count(struct counting *counting, const Claim__Costs *asked)
{
    if (asked->claim_fen || asked->labour)
        court_fee(counting, asked);
    if (asked->payment_order && asked->claim_fen)
        order_fee(counting, asked);
    if (asked->enforced_fen)
        enforcement_fee(counting, asked->enforced_fen);
    if (asked->unpaid_fen)
        late_interest(counting, asked);
    if (!counting->sheet->n_lines && !counting->sheet->n_missing)
        counting_missing(counting, "claim_fen", N_("no amount is given"),
                         N_("enter what is claimed, enforced or unpaid"), NULL);
}
