/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury death: funeral, dependants' monthly allowance, one-time benefit (Regulation, Art. 39); a missing worker (41).
 */
#include "common/claim/injury.h"

#define ARTICLE_DEATH N_("Regulation on Work-Injury Insurance, Art. 39")
#define ARTICLE_MISSING N_("Regulation on Work-Injury Insurance, Art. 41")

enum {
    FUNERAL_MONTHS = 6,
    INCOMES = 20,
    ADVANCE_PERCENT = 50,
    MISSING_MONTHS = 3,
    SPOUSE_PERCENT = 40,
    OTHER_PERCENT = 30,
    ALONE_PERCENT = 10,
};

static void funeral(struct injury *injury)
{
    struct counting *counting = injury->counting;
    struct base_figure figure;

    if (!counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_AREA_WAGE, injury->asked->death_day, &figure))
        return;
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_FUNERAL, ARTICLE_DEATH);
    counting_formula(counting, line, N_("average wage %1 x %2 months"),
                     yuan_text(counting, figure_month(counting, &figure)), number_text(counting, FUNERAL_MONTHS), NULL);
    counting_amount(counting, line, figure.fen, FUNERAL_MONTHS, figure_months(&figure));
    counting_base(counting, line, &figure, N_("the year before the death"));
    line->payer = injury->fund;
}

static void death_benefit(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const bool missing = injury->asked->death == CLAIM__DEATH__DEATH_MISSING;
    struct base_figure figure;

    if (injury->asked->death == CLAIM__DEATH__DEATH_AFTER_LEAVE) {
        counting_not_due(counting, CLAIM__ITEM__ITEM_DEATH_BENEFIT,
                         N_("after the leave with pay only funeral and dependants' allowance are paid"), ARTICLE_DEATH,
                         NULL);
        return;
    }
    if (!counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_DISPOSABLE_INCOME, injury->asked->death_day, &figure))
        return;
    Claim__Line *line =
        counting_line(counting, CLAIM__ITEM__ITEM_DEATH_BENEFIT, missing ? ARTICLE_MISSING : ARTICLE_DEATH);
    counting_formula(counting, line,
                     missing ? N_("disposable income %1 x 20, half of it in advance") : N_("disposable income %1 x 20"),
                     yuan_text(counting, figure.fen), NULL);
    counting_amount(counting, line, figure.fen, INCOMES * (missing ? ADVANCE_PERCENT : CLAIM_WHOLE), CLAIM_WHOLE);
    counting_base(counting, line, &figure, N_("the year before the death"));
    line->payer = injury->fund;
}

/* ---- dependants: together not above the own wage ---- */

static uint32_t percent_of(const Claim__Dependant *dependant)
{
    const uint32_t percent = dependant->spouse ? SPOUSE_PERCENT : OTHER_PERCENT;

    return dependant->alone ? percent + ALONE_PERCENT : percent;
}

/* Where the percents sum to more than the wage, each gets his part of it; the last takes the difference. */
static void capped(struct injury *injury, Claim__Line *line, const struct own_wage *wage, uint32_t percent,
                   uint32_t sum, int64_t left)
{
    struct counting *counting = injury->counting;

    counting_formula(counting, line,
                     N_("own wage %1 x %2 / %3 a month: all together %3 percent, not above the own wage"),
                     yuan_text(counting, wage->fen), number_text(counting, percent), number_text(counting, sum), NULL);
    line->amount_fen = left >= 0 ? left : wage->fen / sum * percent + wage->fen % sum * percent / sum;
}

static void dependant_lines(struct injury *injury, const struct own_wage *wage, uint32_t sum)
{
    const Claim__Injury *asked = injury->asked;
    const bool missing = asked->death == CLAIM__DEATH__DEATH_MISSING;
    const Claim__LumpSum *at_once = missing ? NULL : injury_at_once(injury);
    int64_t left = wage->fen;

    for (size_t i = 0; i < asked->n_dependants; i++) {
        const uint32_t percent = percent_of(asked->dependants[i]);
        Claim__Line *line = counting_line(injury->counting, CLAIM__ITEM__ITEM_DEPENDANTS_ALLOWANCE,
                                          missing ? ARTICLE_MISSING : ARTICLE_DEATH);
        line->name = asked->dependants[i]->name;
        line->payer = injury->fund;
        injury_percent_of_wage(injury, line, wage, percent);
        if (sum > CLAIM_WHOLE)
            capped(injury, line, wage, percent, sum, i + 1 == asked->n_dependants ? left : -1);
        left -= line->amount_fen;
        if (at_once)
            injury_dependant_at_once(injury, line, asked->dependants[i], at_once);
    }
}

static void dependants(struct injury *injury)
{
    const Claim__Injury *asked = injury->asked;
    struct own_wage wage;
    uint32_t sum = 0;

    if (!asked->n_dependants || !injury_own_wage(injury, &wage))
        return;
    for (size_t i = 0; i < asked->n_dependants; i++)
        sum += percent_of(asked->dependants[i]);
    dependant_lines(injury, &wage, sum);
}

/* The employer goes on paying for three months. */
static void missing_pay(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const int64_t wage = injury->asked->leave_wage_fen;

    if (!wage) {
        counting_missing(counting, "leave_wage_fen", N_("the pay before the injury is not known"),
                         N_("enter the monthly pay and benefits that go on in the leave"), NULL);
        return;
    }
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_WAGES, ARTICLE_MISSING);
    counting_formula(counting, line, N_("pay before the injury %1 x %2 months"), yuan_text(counting, wage),
                     number_text(counting, MISSING_MONTHS), NULL);
    counting_amount(counting, line, wage, MISSING_MONTHS, 1);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

void injury_death(struct injury *injury)
{
    if (!injury->asked->death_day) {
        counting_missing(injury->counting, "death_day", N_("it says which year's figures count"),
                         N_("enter the day of the death, or of the accident after which the worker is missing"), NULL);
        return;
    }
    if (injury->asked->death == CLAIM__DEATH__DEATH_MISSING)
        missing_pay(injury);
    else
        funeral(injury);
    dependants(injury);
    death_benefit(injury);
}
