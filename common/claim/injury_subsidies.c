/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury subsidies: medical and employment, when the contract of a worker of grades 5 to 10 ends (Regulation, Arts 36
 * and 37). Months, base and taper are the place's.
 */
#include "common/base/instant.h"
#include "common/claim/injury.h"

enum { WORKER_ONLY_GRADE = 6, GRADE_LAST = GRADE_SUBSIDY_FIRST + GRADE_SUBSIDIES - 1, MONTHS_OF_YEAR = 12 };

#define ARTICLE_WORKER_ENDS N_("Regulation on Work-Injury Insurance, Art. 36")
#define ARTICLE_END N_("Regulation on Work-Injury Insurance, Arts 36, 37")

/* One of the two subsidies. */
struct subsidy {
    const Claim__Subsidy *rule;
    Claim__Item item;
    Claim__Payer payer;
    uint32_t months;
    uint32_t percent_disease; /* 100: no addition */
    uint32_t percent_age;     /* 100: no taper */
    bool unverified;
};

/* Of several injuries the highest grade counts (Opinion I, 10). */
static uint32_t highest_grade(const Claim__Injury *asked)
{
    uint32_t grade = asked->grade;

    for (size_t i = 0; i < asked->n_others; i++)
        if (asked->others[i]->grade && asked->others[i]->grade < grade)
            grade = asked->others[i]->grade;
    return grade;
}

static void both_not_due(struct injury *injury, const char *reason, const char *article)
{
    counting_not_due(injury->counting, CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, reason, article, NULL);
    counting_not_due(injury->counting, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, reason, article, NULL);
}

/* ---- taper ---- */

/* Whole years from the end of the contract to retirement. */
static uint32_t years_left(const Claim__Injury *asked, uint32_t most)
{
    uint32_t years = 0;

    while (years < most &&
           day_add_months(asked->ending_day, (int)(years + 1) * MONTHS_OF_YEAR) <= asked->retirement_day)
        years++;
    return years;
}

static bool taper(struct injury *injury, struct subsidy *subsidy)
{
    const Claim__Subsidy *rule = subsidy->rule;

    subsidy->percent_age = CLAIM_WHOLE;
    if (!rule->taper_years)
        return true;
    if (!injury->asked->retirement_day) {
        counting_missing(injury->counting, "retirement_day",
                         N_("near retirement the subsidy is less: its day is not known"),
                         N_("enter the day on which the worker reaches the age of retirement"), NULL);
        return false;
    }
    const uint32_t off = (rule->taper_years - years_left(injury->asked, rule->taper_years)) * rule->taper_percent;
    const uint32_t left = off < CLAIM_WHOLE ? CLAIM_WHOLE - off : 0;
    subsidy->percent_age = left > rule->taper_minimum_percent ? left : rule->taper_minimum_percent;
    return true;
}

/* ---- lines ---- */

static void finish(struct injury *injury, const struct subsidy *subsidy, Claim__Line *line, int64_t month_fen,
                   int64_t fen, int64_t divide, const char *plain, const char *changed)
{
    struct counting *counting = injury->counting;
    const bool whole = subsidy->percent_disease == CLAIM_WHOLE && subsidy->percent_age == CLAIM_WHOLE;

    counting_formula(counting, line, whole ? plain : changed, yuan_text(counting, month_fen),
                     number_text(counting, subsidy->months), number_text(counting, subsidy->percent_disease),
                     number_text(counting, subsidy->percent_age), NULL);
    counting_amount(counting, line, fen, (int64_t)subsidy->months * subsidy->percent_disease * subsidy->percent_age,
                    divide * CLAIM_WHOLE * CLAIM_WHOLE);
    line->payer = subsidy->payer;
    line->unverified = line->unverified || subsidy->unverified;
}

/* Of the own wage; where the place says so, of the wage before the contract ended if that is more. */
static void from_own_wage(struct injury *injury, const struct subsidy *subsidy)
{
    struct counting *counting = injury->counting;
    const bool higher = subsidy->rule->higher_before_ending;
    const int64_t before = injury->asked->wage_before_ending_fen;
    const char *event = N_("the year before the injury or diagnosis"), *plain = N_("own wage %1 x %2 months");
    struct own_wage wage;

    if (!injury_own_wage(injury, &wage))
        return;
    if (higher && !before) {
        counting_missing(counting, "wage_before_ending_fen",
                         N_("the higher of two wages counts: that before the end of the contract is not known"),
                         N_("enter the average contribution wage of the twelve months before the end"), NULL);
        return;
    }
    if (higher && before > wage.fen) {
        if (!injury_bounded_wage(injury, injury->asked->ending_day, before, &wage))
            return;
        event = N_("the year before the contract ended");
        plain = N_("wage before the end of the contract %1 x %2 months");
    }
    Claim__Line *line = counting_line(counting, subsidy->item, subsidy->rule->article);
    counting_base(counting, line, &wage.figure, event);
    finish(injury, subsidy, line, wage.fen, wage.fen, 1, plain,
           N_("own wage %1 x %2 months x %3 percent for an occupational disease x %4 percent by the years to "
              "retirement"));
}

static void from_series(struct injury *injury, const struct subsidy *subsidy)
{
    struct counting *counting = injury->counting;
    struct base_figure figure;

    if (!counting_year_before(counting, subsidy->rule->series, injury_place(injury, subsidy->rule->level),
                              injury->asked->ending_day, &figure))
        return;
    Claim__Line *line = counting_line(counting, subsidy->item, subsidy->rule->article);
    counting_base(counting, line, &figure, N_("the year before the contract ended"));
    finish(injury, subsidy, line, figure_month(counting, &figure), figure.fen, figure_months(&figure),
           N_("average wage %1 x %2 months"),
           N_("average wage %1 x %2 months x %3 percent for an occupational disease x %4 percent by the years to "
              "retirement"));
}

/* How many months of the allowance are left, where they are known. */
static bool allowance_left(struct injury *injury, struct subsidy *subsidy)
{
    const Claim__Injury *asked = injury->asked;
    const uint32_t whole = subsidy->rule->allowance_years * MONTHS_OF_YEAR,
                   least = subsidy->rule->allowance_years_least * MONTHS_OF_YEAR;
    const uint32_t drawn = asked->allowance_drawn == CLAIM__FACT__FACT_YES ? asked->allowance_months : 0;

    if (!asked->allowance_fen)
        counting_missing(injury->counting, "allowance_fen",
                         N_("the subsidy is counted from the monthly allowance, which is not known"),
                         N_("enter the allowance as it is paid each month"), NULL);
    if (!asked->allowance_drawn || (asked->allowance_drawn == CLAIM__FACT__FACT_YES && !drawn))
        counting_missing(injury->counting, "allowance_months",
                         N_("the months for which the allowance was drawn are taken off: their number is not known"),
                         N_("say whether it was drawn, and for how many months"), NULL);
    else
        subsidy->months = whole < least + drawn ? least : whole - drawn;
    return asked->allowance_fen && subsidy->months;
}

static void from_allowance(struct injury *injury, struct subsidy *subsidy)
{
    const int64_t fen = injury->asked->allowance_fen;

    if (!allowance_left(injury, subsidy))
        return;
    Claim__Line *line = counting_line(injury->counting, subsidy->item, subsidy->rule->article);
    finish(injury, subsidy, line, fen, fen, 1, N_("allowance %1 x %2 months"),
           N_("allowance %1 x %2 months x %3 percent for an occupational disease x %4 percent by the years to "
              "retirement"));
}

static void count_one(struct injury *injury, struct subsidy *subsidy, uint32_t grade)
{
    if (!subsidy->rule)
        return;
    subsidy->months = subsidy->rule->months[grade - GRADE_SUBSIDY_FIRST];
    subsidy->percent_disease =
        CLAIM_WHOLE + (injury->asked->occupational_disease ? subsidy->rule->occupational_percent : 0);
    subsidy->unverified = subsidy->unverified || subsidy->rule->unverified;
    if ((!subsidy->months && !subsidy->rule->allowance_years) || !taper(injury, subsidy))
        return;
    if (!subsidy->percent_age)
        counting_not_due(injury->counting, subsidy->item, N_("nothing is left so near to retirement"),
                         subsidy->rule->article, NULL);
    else if (!subsidy->months)
        from_allowance(injury, subsidy);
    else if (subsidy->rule->own_wage)
        from_own_wage(injury, subsidy);
    else
        from_series(injury, subsidy);
}

/* ---- whether ---- */

static bool ended_so(struct injury *injury, uint32_t grade)
{
    const Claim__Injury *asked = injury->asked;

    if (!asked->ending)
        both_not_due(injury, N_("paid when the contract ends"), ARTICLE_END);
    else if (grade <= WORKER_ONLY_GRADE && asked->ending != CLAIM__ENDING__ENDING_WORKER)
        both_not_due(injury, N_("of grades 5 and 6 only if the worker ends the contract"), ARTICLE_WORKER_ENDS);
    else if (!asked->ending_day)
        counting_missing(injury->counting, "ending_day", N_("it says which year's average wage counts"),
                         N_("enter the day on which the contract ended"), NULL);
    else
        return true;
    return false;
}

static bool not_retired(struct injury *injury, const Claim__InjuryRules *rules)
{
    if (!rules->no_subsidy_when_retired)
        return true;
    if (injury->asked->retired == CLAIM__FACT__FACT_NONE)
        counting_missing(injury->counting, "retired", N_("who draws a pension gets no subsidy here"),
                         N_("say whether the worker draws a pension"), NULL);
    if (injury->asked->retired == CLAIM__FACT__FACT_YES)
        both_not_due(injury, N_("who draws a pension gets no subsidy here"), ARTICLE_END);
    return injury->asked->retired == CLAIM__FACT__FACT_NO;
}

static const Claim__InjuryRules *rules_of(struct counting *counting, int32_t day)
{
    const Claim__InjuryRules *rules = bases_injury_rules(counting->bases, counting->place, day);

    if (!rules && counting->status == OK)
        counting->status = refuse_with(counting->refusal, UNKNOWN, "injury_rules",
                                       N_("no months and bases of the two subsidies are loaded for place %1 and %2"),
                                       N_("load what the province decided with `tiaojie-admin base load`"),
                                       text_print(counting->arena, "%06u", counting->place), day_text(counting, day));
    return rules;
}

void injury_subsidies(struct injury *injury)
{
    const uint32_t grade = highest_grade(injury->asked);

    if (grade < GRADE_SUBSIDY_FIRST || grade > GRADE_LAST || injury->asked->death || !ended_so(injury, grade))
        return;
    const Claim__InjuryRules *rules = rules_of(injury->counting, injury->asked->ending_day);
    if (!rules || !not_retired(injury, rules))
        return;
    struct subsidy medical = {rules->medical,   CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY, injury->fund, 0, 0, 0,
                              rules->unverified};
    struct subsidy employment = {
        rules->employment, CLAIM__ITEM__ITEM_EMPLOYMENT_SUBSIDY, CLAIM__PAYER__PAYER_EMPLOYER, 0, 0, 0,
        rules->unverified};
    count_one(injury, &medical, grade);
    count_one(injury, &employment, grade);
}
