/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury at an illegal employer: lump sums in years of the area's average wage (Order 9 of 2010 of the Ministry of
 * Human Resources and Social Security).
 */
#include "common/claim/injury.h"

#define ARTICLE_ILLEGAL N_("MOHRSS Order 9 of 2010")

enum { MULTIPLE_GRADES = 10, DEATH_INCOMES = 20, OTHER_INCOMES = 10 };

static const uint32_t MULTIPLES[MULTIPLE_GRADES] = {16, 14, 12, 10, 8, 6, 4, 3, 2, 1};

static void lump_sum(struct injury *injury)
{
    struct counting *counting = injury->counting;
    struct base_figure figure;

    if (!counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_ANNUAL_AREA_WAGE, injury->asked->injury_day, &figure))
        return;
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_LUMP_SUM, ARTICLE_ILLEGAL);
    injury_years_of_wage(injury, line, &figure, MULTIPLES[injury->asked->grade - 1]);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

static void living_costs(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const uint32_t quantity = injury->asked->treatment_hundredths;
    struct base_figure figure;

    if (!quantity || !counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_AREA_WAGE, injury->asked->injury_day, &figure))
        return;
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_LIVING_COSTS, ARTICLE_ILLEGAL);
    counting_formula(counting, line, N_("average wage %1 x %2 months"),
                     yuan_text(counting, figure_month(counting, &figure)), quantity_text(counting, quantity), NULL);
    counting_amount(counting, line, figure.fen, quantity, CLAIM_WHOLE * figure_months(&figure));
    counting_base(counting, line, &figure, N_("the year before the injury or diagnosis"));
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

static void incomes(struct injury *injury, Claim__Item item, int64_t times, const char *formula)
{
    struct counting *counting = injury->counting;
    struct base_figure figure;

    if (!counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_DISPOSABLE_INCOME, injury->asked->death_day, &figure))
        return;
    Claim__Line *line = counting_line(counting, item, ARTICLE_ILLEGAL);
    counting_formula(counting, line, formula, yuan_text(counting, figure.fen), NULL);
    counting_amount(counting, line, figure.fen, times, 1);
    counting_base(counting, line, &figure, N_("the year before the death"));
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

static void dead(struct injury *injury)
{
    if (!injury->asked->death_day) {
        counting_missing(injury->counting, "death_day", N_("it says which year's figures count"),
                         N_("enter the day of the death, or of the accident after which the worker is missing"), NULL);
        return;
    }
    incomes(injury, CLAIM__ITEM__ITEM_DEATH_BENEFIT, DEATH_INCOMES, N_("disposable income %1 x 20"));
    incomes(injury, CLAIM__ITEM__ITEM_FUNERAL, OTHER_INCOMES,
            N_("disposable income %1 x 10, for the funeral and all else"));
}

void injury_illegal(struct injury *injury)
{
    if (!injury->asked->injury_day) {
        counting_missing(injury->counting, "injury_day", N_("it says which year's figures count"),
                         N_("enter the day of the injury or of the diagnosis"), NULL);
        return;
    }
    if (injury->asked->death)
        dead(injury);
    else if (injury->asked->grade)
        lump_sum(injury);
    else
        counting_missing(injury->counting, "grade", N_("without a grade no benefit can be counted"),
                         N_("hand in the decision on the appraisal of work capacity"), NULL);
    living_costs(injury);
}
