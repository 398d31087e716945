/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury: own wage, leave with pay, costs.
 */
#include "common/claim/injury.h"

#define ARTICLE_WAGE N_("Regulation on Work-Injury Insurance, Art. 64")
#define ARTICLE_RECOGNITION N_("Regulation on Work-Injury Insurance 17, 18")
#define ARTICLE_LEAVE N_("Regulation on Work-Injury Insurance, Art. 33")
#define ARTICLE_COSTS N_("Social Insurance Law 38")

enum {
    GRADE_MAX = 10,
    LOWER_PERCENT = 60,
    UPPER_PERCENT = 300,
    LEAVE_MONTHS = 12,
    LEAVE_MONTHS_MAX = 24,
};

/* ---- own wage ---- */

bool injury_bounded_wage(struct injury *injury, int32_t day, int64_t average, struct own_wage *wage)
{
    struct counting *counting = injury->counting;

    if (!counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_OWN_WAGE_BOUNDS, day, &wage->figure))
        return false;
    const int64_t months = figure_months(&wage->figure) * CLAIM_WHOLE, area = wage->figure.fen;
    const int64_t low = counting_times(counting, "base", area, LOWER_PERCENT, months);
    const int64_t high = counting_times(counting, "base", area, UPPER_PERCENT, months);
    wage->area_fen = figure_month(counting, &wage->figure);
    wage->bound = average < low ? OWN_WAGE_LIFTED : average > high ? OWN_WAGE_CAPPED : OWN_WAGE_AS_IT_IS;
    wage->fen = average < low ? low : average > high ? high : average;
    return counting->status == OK;
}

bool injury_own_wage(struct injury *injury, struct own_wage *wage)
{
    const Claim__Injury *asked = injury->asked;
    int64_t average =
        counting_average(injury->counting, "wages_fen", asked->wages_fen, asked->n_wages_fen, asked->own_wage_fen);

    if (!average)
        counting_missing(injury->counting, "wages_fen", N_("the own wage is not known (%1)"),
                         N_("hand in the contribution wages of the twelve months before the injury"), ARTICLE_WAGE,
                         NULL);
    if (!asked->injury_day)
        counting_missing(injury->counting, "injury_day", N_("it says which year's average wage bounds the own wage"),
                         N_("enter the day of the injury or of the diagnosis"), NULL);
    return average && asked->injury_day && injury_bounded_wage(injury, asked->injury_day, average, wage);
}

static void keep_wage(struct injury *injury, Claim__Line *line, const struct own_wage *wage)
{
    counting_base(injury->counting, line, &wage->figure, N_("the year before the injury or diagnosis"));
}

void injury_months_of_wage(struct injury *injury, Claim__Line *line, const struct own_wage *wage, uint32_t months)
{
    static const char *const FORMULAS[] = {
        [OWN_WAGE_AS_IT_IS] = N_("own wage %1 x %2 months"),
        [OWN_WAGE_LIFTED] = N_("own wage lifted to %1 (60 percent of %3) x %2 months"),
        [OWN_WAGE_CAPPED] = N_("own wage capped at %1 (300 percent of %3) x %2 months"),
    };
    struct counting *counting = injury->counting;

    counting_formula(counting, line, FORMULAS[wage->bound], yuan_text(counting, wage->fen),
                     number_text(counting, months), yuan_text(counting, wage->area_fen), NULL);
    counting_amount(counting, line, wage->fen, months, 1);
    keep_wage(injury, line, wage);
}

void injury_percent_of_wage(struct injury *injury, Claim__Line *line, const struct own_wage *wage, uint32_t percent)
{
    static const char *const FORMULAS[] = {
        [OWN_WAGE_AS_IT_IS] = N_("own wage %1 x %2 percent a month"),
        [OWN_WAGE_LIFTED] = N_("own wage lifted to %1 (60 percent of %3) x %2 percent a month"),
        [OWN_WAGE_CAPPED] = N_("own wage capped at %1 (300 percent of %3) x %2 percent a month"),
    };
    struct counting *counting = injury->counting;

    counting_formula(counting, line, FORMULAS[wage->bound], yuan_text(counting, wage->fen),
                     number_text(counting, percent), yuan_text(counting, wage->area_fen), NULL);
    counting_amount(counting, line, wage->fen, percent, CLAIM_WHOLE);
    line->monthly = true;
    keep_wage(injury, line, wage);
}

/* ---- leave with pay ---- */

static uint32_t leave_allowed(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const uint32_t asked = injury->asked->leave_hundredths;

    if (asked > LEAVE_MONTHS_MAX * CLAIM_WHOLE)
        counting_not_due(counting, CLAIM__ITEM__ITEM_LEAVE_PAY, N_("%1 months: leave with pay ends after 24 months"),
                         ARTICLE_LEAVE, quantity_text(counting, asked), NULL);
    if (asked > LEAVE_MONTHS * CLAIM_WHOLE && injury->asked->leave_extended == CLAIM__FACT__FACT_NONE)
        counting_missing(counting, "leave_extended", N_("%1 months: more than 12 need an extension"),
                         N_("hand in the decision of the city's committee that confirmed it"),
                         quantity_text(counting, asked), NULL);
    const uint32_t most = injury->asked->leave_extended == CLAIM__FACT__FACT_YES ? LEAVE_MONTHS_MAX : LEAVE_MONTHS;
    if (asked > LEAVE_MONTHS * CLAIM_WHOLE && injury->asked->leave_extended == CLAIM__FACT__FACT_NO)
        counting_not_due(counting, CLAIM__ITEM__ITEM_LEAVE_PAY,
                         N_("%1 months: without an extension leave with pay ends after 12 months"), ARTICLE_LEAVE,
                         quantity_text(counting, asked), NULL);
    return asked < most * CLAIM_WHOLE ? asked : most * CLAIM_WHOLE;
}

static void leave_pay(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const int64_t wage = injury->asked->leave_wage_fen;

    if (!injury->asked->leave_hundredths)
        return;
    if (!wage) {
        counting_missing(counting, "leave_wage_fen", N_("the pay before the injury is not known"),
                         N_("enter the monthly pay and benefits that go on in the leave"), NULL);
        return;
    }
    const uint32_t months = leave_allowed(injury);
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_LEAVE_PAY, ARTICLE_LEAVE);
    counting_formula(counting, line, N_("pay before the injury %1 x %2 months"), yuan_text(counting, wage),
                     quantity_text(counting, months), NULL);
    counting_amount(counting, line, wage, months, CLAIM_WHOLE);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

/* ---- by the day, and as paid ---- */

static void by_day(struct injury *injury, Claim__Item item, const char *field, uint32_t days, int64_t fen,
                   Claim__Payer payer, const char *article)
{
    struct counting *counting = injury->counting;

    if (!days)
        return;
    if (!fen) {
        counting_missing(counting, field, N_("the rate of a day is not known"),
                         N_("enter the local rate, or what was paid a day"), NULL);
        return;
    }
    Claim__Line *line = counting_line(counting, item, article);
    counting_formula(counting, line, N_("%1 a day x %2 days"), yuan_text(counting, fen), number_text(counting, days),
                     NULL);
    counting_amount(counting, line, fen, days, 1);
    line->payer = payer;
}

static void as_paid(struct injury *injury, Claim__Item item, int64_t fen)
{
    struct counting *counting = injury->counting;

    if (!fen)
        return;
    Claim__Line *line = counting_line(counting, item, ARTICLE_COSTS);
    counting_formula(counting, line, N_("as on the receipts: %1"), yuan_text(counting, fen), NULL);
    counting_amount(counting, line, fen, 1, 1);
    line->payer = injury->fund;
}

static void costs(struct injury *injury)
{
    const Claim__Injury *asked = injury->asked;

    by_day(injury, CLAIM__ITEM__ITEM_NURSING_IN_LEAVE, "nursing_day_fen", asked->nursing_days, asked->nursing_day_fen,
           CLAIM__PAYER__PAYER_EMPLOYER, ARTICLE_LEAVE);
    by_day(injury, CLAIM__ITEM__ITEM_HOSPITAL_MEALS, "meal_day_fen", asked->meal_days, asked->meal_day_fen,
           injury->fund, ARTICLE_COSTS);
    as_paid(injury, CLAIM__ITEM__ITEM_APPRAISAL_FEE, asked->appraisal_fen);
    as_paid(injury, CLAIM__ITEM__ITEM_TRAVEL, asked->travel_fen);
    as_paid(injury, CLAIM__ITEM__ITEM_MEDICAL_COSTS, asked->medical_fen);
    as_paid(injury, CLAIM__ITEM__ITEM_DEVICES, asked->devices_fen);
}

/* ---- the claim ---- */

static bool grades_exist(struct injury *injury)
{
    bool exist = injury->asked->grade <= GRADE_MAX;

    for (size_t i = 0; i < injury->asked->n_others; i++)
        exist = exist && injury->asked->others[i]->grade <= GRADE_MAX;
    if (!exist)
        counting_refuse(injury->counting, "grade", N_("grades of work capacity are 1 to 10"),
                        N_("enter the grade of the appraisal"));
    return exist;
}

static void find_payer(struct injury *injury)
{
    switch (injury->asked->insured) {
    case CLAIM__FACT__FACT_YES:
        injury->fund = CLAIM__PAYER__PAYER_FUND;
        break;
    case CLAIM__FACT__FACT_NO:
        injury->fund = CLAIM__PAYER__PAYER_EMPLOYER;
        break;
    default:
        counting_missing(injury->counting, "insured", N_("who pays depends on work-injury insurance (Art. 62)"),
                         N_("say whether the employer had insured the worker on that day"), NULL);
    }
}

void injury_benefits(struct injury *injury)
{
    if (injury->asked->death)
        injury_death(injury);
    injury_grade(injury);
    injury_subsidies(injury);
}

void injury_count(struct counting *counting, const Claim__Injury *asked)
{
    struct injury injury = {.counting = counting, .asked = asked, .fund = CLAIM__PAYER__PAYER_NONE};

    if (!grades_exist(&injury))
        return;
    if (asked->illegal_employer) {
        injury_illegal(&injury);
        return;
    }
    find_payer(&injury);
    counting->withheld = asked->recognised != CLAIM__FACT__FACT_YES;
    if (counting->withheld)
        counting_missing(counting, "recognised", N_("nothing of it is due before the injury is recognised"),
                         N_("hand in the decision of recognition, or apply for it in time"), NULL)
            ->article = (char *)ARTICLE_RECOGNITION;
    injury_benefits(&injury);
    if (asked->declared_wage_fen)
        injury_top_up(&injury);
    leave_pay(&injury);
    costs(&injury);
}
