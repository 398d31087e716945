/* SPDX-License-Identifier: Apache-2.0
 *
 * Bases check: what a file of base figures must keep to before any of it counts: a wrong digit must not move a sum.
 */
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "common/claim/bases.h"

#include <string.h>

enum { PLACE_MIN = 110000, PLACE_MAX = 659999, PERCENT_WHOLE = 100, MONTHS_MAX = 240, TAPER_YEARS_MAX = 20 };
enum { LUMP_GRADES = 4, LUMP_YEARS_MAX = 60, ALLOWANCE_YEARS_MAX = 20 };

static enum status check_text(const char *text, const char *field, struct refusal *refusal)
{
    return text[0] ? OK : refuse(refusal, INVALID, field, N_("this must not be empty"), N_("write it"));
}

static enum status check_place(uint32_t place, const char *field, struct refusal *refusal)
{
    if (place == 0 || (place >= PLACE_MIN && place <= PLACE_MAX))
        return OK;
    return refuse(refusal, INVALID, field, N_("a place is a division code of six digits"),
                  N_("write the code, or 0 for the whole country"));
}

static enum status check_validity(const char *from, const char *until, const char *field, struct refusal *refusal)
{
    int32_t first = INT32_MIN, last = INT32_MAX;
    enum status status = from[0] ? day_parse(from, field, &first, refusal) : OK;

    if (status == OK && until[0])
        status = day_parse(until, field, &last, refusal);
    if (status != OK || first <= last)
        return status;
    return refuse(refusal, INVALID, field, N_("the last day lies before the first"), N_("exchange them"));
}

/* ---- series ---- */

static enum status check_figure(const Claim__Series *series, size_t index, struct refusal *refusal)
{
    const Claim__Figure *figure = series->figures[index];
    if ((figure->year == 0) == !figure->from[0] || (figure->year && figure->until[0]))
        return refuse_with(refusal, INVALID, "series.figures", N_("a figure of \"%1\" is not of one year or day"),
                           N_("write either its year or the day from which it is in force"), series->name);
    if (figure->year && (figure->year < BASES_YEAR_MIN || figure->year > BASES_YEAR_MAX))
        return refuse_with(refusal, INVALID, "series.figures.year", N_("a figure of \"%1\" is of no year from 1949 on"),
                           N_("write the year that the figure describes"), series->name);
    enum status status = check_validity(figure->from, figure->until, "series.figures.from", refusal);
    if (status == OK)
        status = amount_check(figure->fen, "series.figures.fen", refusal);
    for (size_t i = 0; status == OK && i < index; i++)
        if (series->figures[i]->year == figure->year && strcmp(series->figures[i]->from, figure->from) == 0)
            return refuse_with(refusal, INVALID, "series.figures", N_("\"%1\" has two figures for one year or day"),
                               N_("keep one of them"), series->name);
    return status;
}

static enum status check_series(const Claim__Series *series, struct refusal *refusal)
{
    enum status status = check_text(series->name, "series.name", refusal);

    if (status == OK)
        status = check_text(series->source, "series.source", refusal);
    if (status == OK)
        status = check_place(series->place, "series.place", refusal);
    if (status == OK && series->per != CLAIM__PER__PER_MONTH && series->per != CLAIM__PER__PER_YEAR)
        status = refuse_with(refusal, INVALID, "series.per", N_("\"%1\" does not say what its figures are for"),
                             N_("write PER_MONTH or PER_YEAR"), series->name);
    for (size_t i = 0; status == OK && i < series->n_figures; i++)
        status = check_figure(series, i, refusal);
    return status;
}

/* ---- what places decided ---- */

static enum status check_use(const Claim__Use *use, struct refusal *refusal)
{
    enum status status = check_text(use->series, "uses.series", refusal);

    if (status == OK && !protobuf_c_enum_descriptor_get_value(&claim__purpose__descriptor, (int)use->purpose))
        status = refuse(refusal, INVALID, "uses.purpose", N_("this purpose is not known"),
                        N_("write one of the purposes of proto/claim.proto"));
    if (status == OK && use->purpose == CLAIM__PURPOSE__PURPOSE_NONE)
        status = check_text("", "uses.purpose", refusal);
    if (status == OK)
        status = check_place(use->place, "uses.place", refusal);
    return status ? status : check_validity(use->valid_from, use->valid_until, "uses.valid_from", refusal);
}

static enum status check_subsidy(const Claim__Subsidy *subsidy, struct refusal *refusal)
{
    if (!subsidy)
        return OK;
    if (subsidy->n_months != GRADE_SUBSIDIES)
        return refuse(refusal, INVALID, "injury_rules.months", N_("a subsidy has months for six grades, 5 to 10"),
                      N_("write six numbers, 0 where a grade has none"));
    for (size_t i = 0; i < subsidy->n_months; i++)
        if (subsidy->months[i] > MONTHS_MAX)
            return refuse(refusal, INVALID, "injury_rules.months", N_("more than 240 months"), N_("check the number"));
    if (subsidy->own_wage == (subsidy->series[0] != '\0'))
        return refuse(refusal, INVALID, "injury_rules.series", N_("a subsidy has one base: the own wage or a series"),
                      N_("write one of own_wage and series"));
    if (subsidy->taper_years > TAPER_YEARS_MAX || subsidy->taper_percent > PERCENT_WHOLE ||
        subsidy->taper_minimum_percent > PERCENT_WHOLE || subsidy->occupational_percent > PERCENT_WHOLE ||
        (subsidy->taper_years == 0) != (subsidy->taper_percent == 0))
        return refuse(refusal, INVALID, "injury_rules.taper_years",
                      N_("a taper has years up to 20 and percent up to 100, both or neither"), N_("check them"));
    if (subsidy->allowance_years > ALLOWANCE_YEARS_MAX || subsidy->allowance_years_least > subsidy->allowance_years)
        return refuse(refusal, INVALID, "injury_rules.allowance_years",
                      N_("an allowance is paid for up to 20 years, and at least for no more than these"),
                      N_("check the two numbers"));
    return check_text(subsidy->article, "injury_rules.article", refusal);
}

static enum status check_lump_sum(const Claim__LumpSum *rule, struct refusal *refusal)
{
    if (!rule)
        return OK;
    if (rule->n_years != LUMP_GRADES)
        return refuse(refusal, INVALID, "injury_rules.lump_sum.years", N_("one sum has years for four grades, 1 to 4"),
                      N_("write four numbers"));
    for (size_t i = 0; i < rule->n_years; i++)
        if (rule->years[i] > LUMP_YEARS_MAX)
            return refuse(refusal, INVALID, "injury_rules.lump_sum.years", N_("more than 60 years"),
                          N_("check the number"));
    if (rule->child_until_age > LUMP_YEARS_MAX || rule->dependant_years > LUMP_YEARS_MAX ||
        rule->least_years > rule->dependant_years || rule->least_from_age < rule->less_above_age ||
        rule->least_from_age - rule->less_above_age > rule->dependant_years)
        return refuse(refusal, INVALID, "injury_rules.lump_sum.dependant_years",
                      N_("the years of a dependant do not go down to the least"), N_("check the ages and years"));
    enum status status = check_text(rule->series, "injury_rules.lump_sum.series", refusal);
    if (status == OK)
        status = check_text(rule->article, "injury_rules.lump_sum.article", refusal);
    return status ? status : check_text(rule->dependants_article, "injury_rules.lump_sum.dependants_article", refusal);
}

static enum status check_rules(const Claim__InjuryRules *rules, struct refusal *refusal)
{
    enum status status = check_text(rules->name, "injury_rules.name", refusal);

    if (status == OK)
        status = check_place(rules->place, "injury_rules.place", refusal);
    if (status == OK)
        status = check_validity(rules->valid_from, rules->valid_until, "injury_rules.valid_from", refusal);
    if (status == OK && rules->n_sources == 0)
        status = check_text("", "injury_rules.sources", refusal);
    if (status == OK)
        status = check_subsidy(rules->medical, refusal);
    if (status == OK)
        status = check_subsidy(rules->employment, refusal);
    if (status == OK)
        status = check_lump_sum(rules->lump_sum, refusal);
    for (size_t i = 0; status == OK && i < rules->n_nursing_percent; i++)
        if (rules->nursing_percent[i] == 0 || rules->nursing_percent[i] > PERCENT_WHOLE)
            status = refuse(refusal, INVALID, "injury_rules.nursing_percent", N_("nursing is 1 to 100 percent"),
                            N_("write one number for each level, the heaviest first"));
    return status;
}

static enum status check_wage_rules(const Claim__WageRules *rules, struct refusal *refusal)
{
    enum status status = check_text(rules->name, "wage_rules.name", refusal);

    if (status == OK)
        status = check_place(rules->place, "wage_rules.place", refusal);
    if (status == OK)
        status = check_validity(rules->valid_from, rules->valid_until, "wage_rules.valid_from", refusal);
    if (status == OK && rules->n_sources == 0)
        status = check_text("", "wage_rules.sources", refusal);
    return status ? status : check_text(rules->overtime_floor_article, "wage_rules.overtime_floor_article", refusal);
}

enum status bases_check(const Claim__Bases *file, struct refusal *refusal)
{
    int32_t day;
    enum status status = check_text(file->name, "name", refusal);

    if (status == OK)
        status = day_parse(file->issued, "issued", &day, refusal);
    for (size_t i = 0; status == OK && i < file->n_series; i++)
        status = check_series(file->series[i], refusal);
    for (size_t i = 0; status == OK && i < file->n_uses; i++)
        status = check_use(file->uses[i], refusal);
    for (size_t i = 0; status == OK && i < file->n_injury_rules; i++)
        status = check_rules(file->injury_rules[i], refusal);
    for (size_t i = 0; status == OK && i < file->n_wage_rules; i++)
        status = check_wage_rules(file->wage_rules[i], refusal);
    return status;
}
