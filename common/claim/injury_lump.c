/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury lump: benefits in one sum, where an employer that had not insured the worker pays so (Zhejiang 34, 35). From
 * the fund nothing is paid so (MOHRSS Opinion I, 13).
 */
#include "common/base/instant.h"
#include "common/claim/injury.h"

enum { LUMP_GRADES = 4, MONTHS_OF_YEAR = 12, PROVINCE_CODES = 10000 };

#define ARTICLE_NO_LUMP N_("MOHRSS Opinion I on the Regulation on Work-Injury Insurance, 13")

uint32_t injury_place(const struct injury *injury, Claim__Level level)
{
    const uint32_t place = injury->counting->place;

    return level == CLAIM__LEVEL__LEVEL_PROVINCE ? place / PROVINCE_CODES * PROVINCE_CODES : place;
}

void injury_years_of_wage(struct injury *injury, Claim__Line *line, const struct base_figure *figure, uint32_t years)
{
    struct counting *counting = injury->counting;
    const int64_t months = MONTHS_OF_YEAR / figure_months(figure);

    counting_formula(counting, line, N_("average annual wage %1 x %2"),
                     yuan_text(counting, counting_times(counting, "base", figure->fen, months, 1)),
                     number_text(counting, years), NULL);
    counting_amount(counting, line, figure->fen, months * years, 1);
    counting_base(counting, line, figure, N_("the year before the injury or diagnosis"));
}

/* ---- whether ---- */

static bool may_choose(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const Claim__Injury *asked = injury->asked;

    if (asked->insured == CLAIM__FACT__FACT_YES)
        counting_not_due(counting, CLAIM__ITEM__ITEM_LUMP_SUM,
                         N_("the fund pays month by month: nothing of it is paid at once"), ARTICLE_NO_LUMP, NULL);
    else if (!asked->injury_day)
        counting_missing(counting, "injury_day", N_("it says which year's figures count"),
                         N_("enter the day of the injury or of the diagnosis"), NULL);
    else
        return asked->insured == CLAIM__FACT__FACT_NO;
    return false;
}

/* What marks the place's rules marks this one. */
static const Claim__LumpSum *rule_of(struct injury *injury, const Claim__InjuryRules *rules)
{
    Claim__LumpSum *rule = arena_take(injury->counting->arena, sizeof *rule);

    *rule = *rules->lump_sum;
    rule->unverified = rule->unverified || rules->unverified;
    return rule;
}

const Claim__LumpSum *injury_at_once(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const Claim__Injury *asked = injury->asked;

    if (!asked->lump_sum || !may_choose(injury))
        return NULL;
    const Claim__InjuryRules *rules = bases_injury_rules(counting->bases, counting->place, asked->injury_day);
    if (!rules || !rules->lump_sum) {
        if (counting->status == OK)
            counting->status = refuse_with(counting->refusal, UNKNOWN, "injury_rules.lump_sum",
                                           N_("no rule for payment in one sum is loaded for place %1 and %2"),
                                           N_("load what the province decided with `tiaojie-admin base load`"),
                                           text_print(counting->arena, "%06u", counting->place),
                                           day_text(counting, asked->injury_day));
        return NULL;
    }
    if (asked->death || asked->grade <= LUMP_GRADES)
        return rule_of(injury, rules);
    counting_not_due(counting, CLAIM__ITEM__ITEM_LUMP_SUM, N_("only grades 1 to 4 are paid in one sum"),
                     rules->lump_sum->article, NULL);
    return NULL;
}

/* ---- the worker's ---- */

void injury_lump_sum(struct injury *injury, const Claim__LumpSum *rule)
{
    struct counting *counting = injury->counting;
    struct base_figure figure;

    if (!counting_year_before(counting, rule->series, injury_place(injury, rule->level), injury->asked->injury_day,
                              &figure))
        return;
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_LUMP_SUM, rule->article);
    injury_years_of_wage(injury, line, &figure, rule->years[injury->asked->grade - 1]);
    line->unverified = line->unverified || rule->unverified;
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

/* ---- a dependant's ---- */

static uint32_t age_on(int32_t birth, int32_t day)
{
    uint32_t age = 0;

    while (day_add_months(birth, (int)(age + 1) * MONTHS_OF_YEAR) <= day)
        age++;
    return age;
}

static uint32_t years_of(const Claim__LumpSum *rule, uint32_t age)
{
    if (age >= rule->least_from_age)
        return rule->least_years;
    return rule->dependant_years - (age > rule->less_above_age ? age - rule->less_above_age : 0);
}

/* Months from one day to another; one that is not full counts as a month. */
static uint32_t months_until(int32_t from, int32_t until, bool *full)
{
    uint32_t months = 0;

    while (day_add_months(from, (int)months) < until)
        months++;
    *full = day_add_months(from, (int)months) == until;
    return months;
}

static void at_once(struct injury *injury, Claim__Line *line, uint32_t months, const char *formula, uint32_t count,
                    uint32_t age)
{
    struct counting *counting = injury->counting;
    const int64_t month = line->amount_fen;

    counting_formula(counting, line, formula, yuan_text(counting, month), number_text(counting, count),
                     number_text(counting, age), NULL);
    counting_amount(counting, line, month, months, 1);
    line->item = CLAIM__ITEM__ITEM_LUMP_SUM;
    line->monthly = false;
}

void injury_dependant_at_once(struct injury *injury, Claim__Line *line, const Claim__Dependant *dependant,
                              const Claim__LumpSum *rule)
{
    const int32_t death = injury->asked->death_day;
    bool full = true;

    if (dependant->birth_case != CLAIM__DEPENDANT__BIRTH_BIRTH_DAY || dependant->birth_day > death) {
        counting_missing(injury->counting, "dependants.birth_day",
                         N_("for how long a dependant's allowance is paid at once depends on his age"),
                         N_("enter his day of birth"), NULL);
        return;
    }
    const uint32_t age = age_on(dependant->birth_day, death), until = rule->child_until_age;
    if (age < until) {
        const int32_t birthday = day_add_months(dependant->birth_day, (int)until * MONTHS_OF_YEAR);
        const uint32_t months = months_until(death, birthday, &full);
        at_once(injury, line, months, N_("%1 a month x %2 months until the age of %3"), months, until);
    } else {
        const uint32_t years = years_of(rule, age);
        at_once(injury, line, years * MONTHS_OF_YEAR, N_("%1 a month x %2 years at the age of %3"), years, age);
    }
    line->article = rule->dependants_article;
    line->unverified = line->unverified || rule->unverified || !full; /* how a part of a month counts was not read */
}
