/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury by grade: the one-time benefit, the monthly allowance and nursing (Regulation, Arts 34-37).
 */
#include "common/claim/injury.h"

enum { GRADES = 10, ALLOWANCE_GRADES = 6, FUND_ALLOWANCE_GRADES = 4, NURSING_LEVELS = 3 };

static const uint32_t BENEFIT_MONTHS[GRADES] = {27, 25, 23, 21, 18, 16, 13, 11, 9, 7};
static const uint32_t ALLOWANCE_PERCENT[ALLOWANCE_GRADES] = {90, 85, 80, 75, 70, 60};
static const uint32_t NURSING_PERCENT[NURSING_LEVELS] = {50, 40, 30};

#define ARTICLE_APPRAISAL N_("Regulation on Work-Injury Insurance 21, 23")
#define ARTICLE_NURSING N_("Regulation on Work-Injury Insurance, Art. 34")

/* Arts 35, 36 and 37 are those of grades 1-4, 5-6 and 7-10. */
static const char *article_of(uint32_t grade)
{
    if (grade <= FUND_ALLOWANCE_GRADES)
        return N_("Regulation on Work-Injury Insurance, Art. 35");
    return grade <= ALLOWANCE_GRADES ? N_("Regulation on Work-Injury Insurance, Art. 36")
                                     : N_("Regulation on Work-Injury Insurance, Art. 37");
}

/* ---- one-time benefit: one for each injury (Opinion I, 10) ---- */

static void benefit(struct injury *injury, uint32_t grade, const struct own_wage *wage)
{
    Claim__Line *line = counting_line(injury->counting, CLAIM__ITEM__ITEM_DISABILITY_BENEFIT, article_of(grade));

    injury_months_of_wage(injury, line, wage, BENEFIT_MONTHS[grade - 1]);
    line->payer = injury->fund;
}

static void other_benefits(struct injury *injury)
{
    struct own_wage wage;

    for (size_t i = 0; i < injury->asked->n_others; i++) {
        const Claim__OtherInjury *other = injury->asked->others[i];
        if (!other->grade || !other->injury_day || !other->own_wage_fen)
            counting_missing(injury->counting, "others", N_("another injury lacks its day, grade or own wage"),
                             N_("enter all three"), NULL);
        else if (injury_bounded_wage(injury, other->injury_day, other->own_wage_fen, &wage))
            benefit(injury, other->grade, &wage);
    }
}

/* ---- allowance: not below the minimum wage ---- */

static void allowance(struct injury *injury, const struct own_wage *wage)
{
    struct counting *counting = injury->counting;
    const uint32_t grade = injury->asked->grade;
    struct base_figure minimum;

    if (!injury->asked->graded_day) {
        counting_missing(counting, "graded_day", N_("it says which minimum wage and average wage hold"),
                         N_("enter the day of the appraisal's decision"), NULL);
        return;
    }
    if (!counting_minimum_wage(counting, injury->asked->graded_day, &minimum))
        return;
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_DISABILITY_ALLOWANCE, article_of(grade));
    injury_percent_of_wage(injury, line, wage, ALLOWANCE_PERCENT[grade - 1]);
    counting_base(counting, line, &minimum, N_("the day of the appraisal"));
    const int64_t floor_fen = figure_month(counting, &minimum);
    if (line->amount_fen < floor_fen) {
        counting_formula(counting, line, N_("own wage %1 x %2 percent = %3 a month, raised to the minimum wage %4"),
                         yuan_text(counting, wage->fen), number_text(counting, ALLOWANCE_PERCENT[grade - 1]),
                         yuan_text(counting, line->amount_fen), yuan_text(counting, floor_fen), NULL);
        line->amount_fen = floor_fen;
    }
    line->payer = grade <= FUND_ALLOWANCE_GRADES ? injury->fund : CLAIM__PAYER__PAYER_EMPLOYER;
}

/* Grades 1-4 always; 5 and 6 while the contract goes on and the employer has no suitable work. */
static bool allowance_due(struct injury *injury)
{
    const Claim__Injury *asked = injury->asked;

    if (asked->grade <= FUND_ALLOWANCE_GRADES)
        return true;
    if (asked->grade > ALLOWANCE_GRADES || asked->ending)
        return false;
    if (asked->suitable_work == CLAIM__FACT__FACT_NONE)
        counting_missing(injury->counting, "suitable_work", N_("an allowance is due where there is no suitable work"),
                         N_("say whether the employer has suitable work"), NULL);
    return asked->suitable_work == CLAIM__FACT__FACT_NO;
}

/* ---- nursing ---- */

static void nursing_line(struct injury *injury, const struct base_figure *figure, uint32_t percent,
                         const Claim__InjuryRules *local)
{
    struct counting *counting = injury->counting;
    Claim__Line *line =
        counting_line(counting, CLAIM__ITEM__ITEM_NURSING_ALLOWANCE, local ? local->nursing_article : ARTICLE_NURSING);

    counting_formula(counting, line, N_("average wage %1 x %2 percent a month"),
                     yuan_text(counting, figure_month(counting, figure)), number_text(counting, percent), NULL);
    counting_amount(counting, line, figure->fen, percent, CLAIM_WHOLE * figure_months(figure));
    counting_base(counting, line, figure, N_("the year before the appraisal"));
    line->unverified = line->unverified || (local && local->unverified);
    line->monthly = true;
    line->payer = injury->fund;
}

static void nursing(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const uint32_t level = injury->asked->nursing_level;
    const int32_t day = injury->asked->graded_day;
    struct base_figure figure;

    if (!level)
        return;
    if (!day) {
        counting_missing(counting, "graded_day", N_("it says which minimum wage and average wage hold"),
                         N_("enter the day of the appraisal's decision"), NULL);
        return;
    }
    const Claim__InjuryRules *rules = bases_injury_rules(counting->bases, counting->place, day);
    const bool local = rules && rules->n_nursing_percent > 0;
    if (level > (local ? rules->n_nursing_percent : NURSING_LEVELS)) {
        counting_refuse(counting, "nursing_level", N_("there are not so many levels of nursing here"),
                        N_("enter the level of the appraisal, 1 for the heaviest"));
        return;
    }
    const bool named = local && rules->nursing_series[0];
    if (named ? counting_year_before(counting, rules->nursing_series, counting->place, day, &figure)
              : counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_AREA_WAGE, day, &figure))
        nursing_line(injury, &figure, local ? rules->nursing_percent[level - 1] : NURSING_PERCENT[level - 1],
                     local ? rules : NULL);
}

void injury_grade(struct injury *injury)
{
    const Claim__Injury *asked = injury->asked;
    struct own_wage wage;

    if (!asked->grade) {
        if (!asked->death)
            counting_missing(injury->counting, "grade", N_("without a grade no benefit can be counted"),
                             N_("hand in the decision on the appraisal of work capacity"), NULL)
                ->article = (char *)ARTICLE_APPRAISAL;
        return;
    }
    const Claim__LumpSum *at_once = asked->death ? NULL : injury_at_once(injury);
    if (at_once)
        injury_lump_sum(injury, at_once);
    else if (injury_own_wage(injury, &wage)) {
        benefit(injury, asked->grade, &wage);
        if (!asked->death && allowance_due(injury))
            allowance(injury, &wage);
    }
    other_benefits(injury);
    if (!at_once)
        nursing(injury);
}
