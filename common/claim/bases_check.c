/* SPDX-License-Identifier: Apache-2.0
 *
 * Bases check: what a file of base figures must keep to before any of it counts: a wrong digit must not move a sum.
 */
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "common/claim/bases.h"
#include "common/procedure/division.h"

#include <string.h>

enum { PLACE_MIN = 110000, PLACE_MAX = 659999, PERCENT_WHOLE = 100, MONTHS_MAX = 240, TAPER_YEARS_MAX = 20 };
enum { LUMP_GRADES = 4, LUMP_YEARS_MAX = 60, ALLOWANCE_YEARS_MAX = 20 };

/* One entry of one of the file's lists. */
struct entry {
    struct arena *arena;
    struct refusal *refusal;
    const char *list;
    size_t at;
};

/* "series[2].place" */
static const char *field_of(const struct entry *entry, const char *name)
{
    return text_print(entry->arena, "%s[%zu].%s", entry->list, entry->at, name);
}

static enum status fault(const struct entry *entry, const char *name, const char *reason, const char *remedy)
{
    return refuse(entry->refusal, INVALID, field_of(entry, name), reason, remedy);
}

/* A fault of what has this name; "%1" is it. */
static enum status fault_of(const struct entry *entry, const char *name, const char *whose, const char *reason,
                            const char *remedy)
{
    return refuse_with(entry->refusal, INVALID, field_of(entry, name), reason, remedy, whose);
}

static enum status check_text(const struct entry *entry, const char *name, const char *text)
{
    return text[0] ? OK : fault(entry, name, N_("this must not be empty"), N_("write it"));
}

static enum status check_place(const struct entry *entry, uint32_t place)
{
    if (place == 0)
        return OK;
    if (place < PLACE_MIN || place > PLACE_MAX)
        return fault(entry, "place", N_("a place is a division code of six digits"),
                     N_("write the code, or 0 for the whole country"));
    if (divisions_find(divisions_built_in(), place))
        return OK;
    return fault_of(entry, "place", text_print(entry->arena, "%u", place), N_("no division has the code %1"),
                    N_("write the code, or 0 for the whole country"));
}

static enum status check_validity(const struct entry *entry, const char *name, const char *from, const char *until)
{
    int32_t first = INT32_MIN, last = INT32_MAX;
    enum status status = from[0] ? day_parse(from, field_of(entry, name), &first, entry->refusal) : OK;

    if (status == OK && until[0])
        status = day_parse(until, field_of(entry, name), &last, entry->refusal);
    if (status != OK || first <= last)
        return status;
    return fault(entry, name, N_("the last day lies before the first"), N_("exchange them"));
}

/* Two of one kind and place: which of them holds on a day must be clear. */
static enum status check_apart(const struct entry *entry, const char *from, const char *until, const char *other_from,
                               const char *other_until)
{
    if (!bases_valid(from, until, bases_first_day(other_from)) &&
        !bases_valid(other_from, other_until, bases_first_day(from)))
        return OK;
    return fault(entry, "valid_from", N_("an earlier entry is in force for the same place on one of these days"),
                 N_("let one end before the other begins, or keep one of them"));
}

/* ---- series ---- */

static enum status check_figure(const struct entry *entry, const Claim__Series *series, size_t index)
{
    const Claim__Figure *figure = series->figures[index];
    const char *name = text_print(entry->arena, "figures[%zu]", index);

    if ((figure->year == 0) == !figure->from[0] || (figure->year && figure->until[0]))
        return fault_of(entry, name, series->name, N_("a figure of \"%1\" is not of one year or day"),
                        N_("write either its year or the day from which it is in force"));
    if (figure->year && (figure->year < BASES_YEAR_MIN || figure->year > BASES_YEAR_MAX))
        return fault_of(entry, name, series->name, N_("a figure of \"%1\" is of no year from 1949 on"),
                        N_("write the year that the figure describes"));
    enum status status = check_validity(entry, name, figure->from, figure->until);
    if (status == OK)
        status = amount_check(figure->fen, field_of(entry, text_print(entry->arena, "%s.fen", name)), entry->refusal);
    for (size_t i = 0; status == OK && i < index; i++)
        if (series->figures[i]->year == figure->year && strcmp(series->figures[i]->from, figure->from) == 0)
            return fault_of(entry, name, series->name, N_("\"%1\" has two figures for one year or day"),
                            N_("keep one of them"));
    return status;
}

static enum status check_figures(const struct entry *entry, const Claim__Series *series)
{
    enum status status = OK;

    if (series->per != CLAIM__PER__PER_MONTH && series->per != CLAIM__PER__PER_YEAR)
        return fault_of(entry, "per", series->name, N_("\"%1\" does not say what its figures are for"),
                        N_("write PER_MONTH or PER_YEAR"));
    if (!series->n_figures)
        return fault_of(entry, "figures", series->name, N_("\"%1\" has no figure"), N_("write one, or leave it out"));
    for (size_t i = 0; status == OK && i < series->n_figures; i++)
        status = check_figure(entry, series, i);
    return status;
}

static enum status check_series(const struct entry *entry, const Claim__Bases *file)
{
    const Claim__Series *series = file->series[entry->at];
    enum status status = check_text(entry, "name", series->name);

    if (status == OK)
        status = check_text(entry, "source", series->source);
    if (status == OK)
        status = check_place(entry, series->place);
    for (size_t i = 0; status == OK && i < entry->at; i++)
        if (file->series[i]->place == series->place && strcmp(file->series[i]->name, series->name) == 0)
            return fault_of(entry, "name", series->name, N_("\"%1\" stands twice for one place"),
                            N_("write all its figures into one"));
    return status ? status : check_figures(entry, series);
}

/* ---- what places decided ---- */

static enum status check_use(const struct entry *entry, const Claim__Bases *file)
{
    const Claim__Use *use = file->uses[entry->at];
    enum status status = check_text(entry, "series", use->series);

    if (status == OK && !protobuf_c_enum_descriptor_get_value(&claim__purpose__descriptor, (int)use->purpose))
        status = fault(entry, "purpose", N_("this purpose is not known"),
                       N_("write one of the purposes of proto/claim.proto"));
    if (status == OK && use->purpose == CLAIM__PURPOSE__PURPOSE_NONE)
        status = check_text(entry, "purpose", "");
    if (status == OK)
        status = check_place(entry, use->place);
    if (status == OK)
        status = check_validity(entry, "valid_from", use->valid_from, use->valid_until);
    for (size_t i = 0; status == OK && i < entry->at; i++) {
        const Claim__Use *other = file->uses[i];
        if (other->purpose == use->purpose && other->place == use->place)
            status = check_apart(entry, use->valid_from, use->valid_until, other->valid_from, other->valid_until);
    }
    return status;
}

static bool level_known(Claim__Level level)
{
    return protobuf_c_enum_descriptor_get_value(&claim__level__descriptor, (int)level) != NULL;
}

static enum status check_numbers(const struct entry *entry, const Claim__Subsidy *subsidy)
{
    if (subsidy->n_months != GRADE_SUBSIDIES)
        return fault(entry, "months", N_("a subsidy has months for six grades, 5 to 10"),
                     N_("write six numbers, 0 where a grade has none"));
    for (size_t i = 0; i < subsidy->n_months; i++)
        if (subsidy->months[i] > MONTHS_MAX)
            return fault(entry, "months", N_("more than 240 months"), N_("check the number"));
    if (subsidy->taper_years > TAPER_YEARS_MAX || subsidy->taper_percent > PERCENT_WHOLE ||
        subsidy->taper_minimum_percent > PERCENT_WHOLE || subsidy->occupational_percent > PERCENT_WHOLE ||
        (subsidy->taper_years == 0) != (subsidy->taper_percent == 0))
        return fault(entry, "taper_years", N_("a taper has years up to 20 and percent up to 100, both or neither"),
                     N_("check them"));
    if (subsidy->allowance_years > ALLOWANCE_YEARS_MAX || subsidy->allowance_years_least > subsidy->allowance_years)
        return fault(entry, "allowance_years",
                     N_("an allowance is paid for up to 20 years, and at least for no more than these"),
                     N_("check the two numbers"));
    return OK;
}

static enum status check_subsidy(const struct entry *entry, const Claim__Subsidy *subsidy)
{
    enum status status = subsidy ? check_numbers(entry, subsidy) : OK;

    if (!subsidy || status != OK)
        return status;
    if (subsidy->own_wage == (subsidy->series[0] != '\0'))
        return fault(entry, "series", N_("a subsidy has one base: the own wage or a series"),
                     N_("write one of own_wage and series"));
    if (!level_known(subsidy->level))
        return fault(entry, "level", N_("this level is not known"), N_("write LEVEL_PROVINCE, or leave it out"));
    return check_text(entry, "article", subsidy->article);
}

/* The years go down by one with each year of age, and must come out at the least. */
static bool goes_down(const Claim__LumpSum *rule)
{
    return rule->child_until_age <= LUMP_YEARS_MAX && rule->dependant_years <= LUMP_YEARS_MAX &&
           rule->least_years <= rule->dependant_years && rule->least_from_age >= rule->less_above_age &&
           rule->least_from_age - rule->less_above_age <= rule->dependant_years;
}

static enum status check_lump_sum(const struct entry *entry, const Claim__LumpSum *rule)
{
    if (!rule)
        return OK;
    if (rule->n_years != LUMP_GRADES)
        return fault(entry, "lump_sum.years", N_("one sum has years for four grades, 1 to 4"),
                     N_("write four numbers"));
    for (size_t i = 0; i < rule->n_years; i++)
        if (rule->years[i] > LUMP_YEARS_MAX)
            return fault(entry, "lump_sum.years", N_("more than 60 years"), N_("check the number"));
    if (!goes_down(rule))
        return fault(entry, "lump_sum.dependant_years", N_("the years of a dependant do not go down to the least"),
                     N_("check the ages and years"));
    if (!level_known(rule->level))
        return fault(entry, "lump_sum.level", N_("this level is not known"),
                     N_("write LEVEL_PROVINCE, or leave it out"));
    enum status status = check_text(entry, "lump_sum.series", rule->series);
    if (status == OK)
        status = check_text(entry, "lump_sum.article", rule->article);
    return status ? status : check_text(entry, "lump_sum.dependants_article", rule->dependants_article);
}

/* What rules of a place for injuries and for wages have in common. */
static enum status check_head(const struct entry *entry, const char *name, uint32_t place, size_t sources,
                              const char *from, const char *until)
{
    enum status status = check_text(entry, "name", name);

    if (status == OK)
        status = check_place(entry, place);
    if (status == OK)
        status = check_validity(entry, "valid_from", from, until);
    return status ? status : check_text(entry, "sources", sources ? name : "");
}

static enum status check_nursing(const struct entry *entry, const Claim__InjuryRules *rules)
{
    for (size_t i = 0; i < rules->n_nursing_percent; i++)
        if (rules->nursing_percent[i] == 0 || rules->nursing_percent[i] > PERCENT_WHOLE)
            return fault(entry, "nursing_percent", N_("nursing is 1 to 100 percent"),
                         N_("write one number for each level, the heaviest first"));
    return OK;
}

static enum status check_injury_rules(const struct entry *entry, const Claim__Bases *file)
{
    const Claim__InjuryRules *rules = file->injury_rules[entry->at];
    enum status status =
        check_head(entry, rules->name, rules->place, rules->n_sources, rules->valid_from, rules->valid_until);

    if (status == OK)
        status = check_subsidy(entry, rules->medical);
    if (status == OK)
        status = check_subsidy(entry, rules->employment);
    if (status == OK)
        status = check_lump_sum(entry, rules->lump_sum);
    if (status == OK)
        status = check_nursing(entry, rules);
    for (size_t i = 0; status == OK && i < entry->at; i++) {
        const Claim__InjuryRules *other = file->injury_rules[i];
        if (other->place == rules->place)
            status = check_apart(entry, rules->valid_from, rules->valid_until, other->valid_from, other->valid_until);
    }
    return status;
}

static enum status check_wage_rules(const struct entry *entry, const Claim__Bases *file)
{
    const Claim__WageRules *rules = file->wage_rules[entry->at];
    enum status status =
        check_head(entry, rules->name, rules->place, rules->n_sources, rules->valid_from, rules->valid_until);

    if (status == OK)
        status = check_text(entry, "overtime_floor_article", rules->overtime_floor_article);
    for (size_t i = 0; status == OK && i < entry->at; i++) {
        const Claim__WageRules *other = file->wage_rules[i];
        if (other->place == rules->place)
            status = check_apart(entry, rules->valid_from, rules->valid_until, other->valid_from, other->valid_until);
    }
    return status;
}

/* ---- a file ---- */

enum status bases_check(const Claim__Bases *file, struct arena *arena, struct refusal *refusal)
{
    const struct {
        const char *list;
        size_t count;
        enum status (*check)(const struct entry *entry, const Claim__Bases *file);
    } lists[] = {
        {"series", file->n_series, check_series},
        {"uses", file->n_uses, check_use},
        {"injury_rules", file->n_injury_rules, check_injury_rules},
        {"wage_rules", file->n_wage_rules, check_wage_rules},
    };
    int32_t day;
    enum status status = file->name[0] ? day_parse(file->issued, "issued", &day, refusal)
                                       : refuse(refusal, INVALID, "name", N_("this must not be empty"), N_("write it"));

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; status == OK && k < lists[i].count; k++)
            status = lists[i].check(&(struct entry){arena, refusal, lists[i].list, k}, file);
    return status;
}
