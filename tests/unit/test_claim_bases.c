/* SPDX-License-Identifier: Apache-2.0
 *
 * Base figures: which one counts, and files that are refused.
 */
#include "common/base/instant.h"
#include "tests/unit/claims.h"

#include <string.h>

#define FILE_OF(issued, series) "{'name': 'x', 'issued': '" issued "', 'series': [" series "]}"
#define SERIES(place, figures)                                                                                         \
    "{'name': 'wage', 'place': " place ", 'per': 'month', 'source': 'x', 'figures': [" figures "]}"
#define ENDED(place, figures)                                                                                          \
    "{'name': 'wage', 'place': " place ", 'per': 'month', 'source': 'x', 'ended': true, 'figures': [" figures "]}"

static int64_t of_year(struct claims *claims, uint32_t place, uint32_t year)
{
    struct base_figure figure;
    enum status status = bases_of_year(claims->bases, "wage", place, year, claims->arena, &figure, &claims->refusal);
    return status == OK ? figure.fen : -(int64_t)status;
}

static int64_t on_day(struct claims *claims, const char *date)
{
    struct base_figure figure;
    int32_t day = 0;

    assert_int_equal(day_parse(date, "day", &day, &claims->refusal), OK);
    enum status status = bases_on_day(claims->bases, "wage", 440305, day, claims->arena, &figure, &claims->refusal);
    return status == OK ? figure.fen : -(int64_t)status;
}

static void test_the_nearest_place_that_has_the_series_counts(void **state)
{
    struct claims *claims = *state;

    given_bases(claims,
                FILE_OF("2026-01-01",
                        SERIES("0", "{'year': 2020, 'fen': 1}") ", " SERIES(
                            "440000", "{'year': 2020, 'fen': 2}") ", " SERIES("440300", "{'year': 2021, 'fen': 3}")));
    assert_int_equal(of_year(claims, 440305, 2021), 3);
    assert_int_equal(of_year(claims, 440100, 2020), 2);
    assert_int_equal(of_year(claims, 330100, 2020), 1);
    /* The city has the series but not the year: the province's figure is another thing. */
    assert_int_equal(of_year(claims, 440305, 2020), -UNKNOWN);
    assert_int_equal(of_year(claims, 440305, 2022), 3);
}

static void test_of_two_files_the_one_issued_later_counts_in_whatever_order_they_come(void **state)
{
    struct claims *claims = *state;

    given_bases(claims, FILE_OF("2026-02-01", SERIES("440300", "{'year': 2020, 'fen': 5}")));
    given_bases(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020, 'fen': 4}, {'year': 2019, 'fen': 3}")));
    assert_int_equal(of_year(claims, 440305, 2020), 5);
    assert_int_equal(of_year(claims, 440305, 2019), 3);
    given_bases(claims, FILE_OF("2026-03-01", SERIES("440300", "{'year': 2020, 'fen': 6}")));
    assert_int_equal(of_year(claims, 440305, 2020), 6);
}

static void test_only_the_year_after_the_last_is_filled_in_and_only_while_the_series_goes_on(void **state)
{
    struct claims *claims = *state;
    struct base_figure figure;

    given_bases(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2018, 'fen': 1}, {'year': 2020, 'fen': 2}")));
    assert_int_equal(of_year(claims, 440300, 2019), -UNKNOWN);
    assert_int_equal(of_year(claims, 440300, 2017), -UNKNOWN);
    assert_int_equal(of_year(claims, 440300, 2022), -UNKNOWN);
    assert_int_equal(bases_of_year(claims->bases, "wage", 440300, 2021, claims->arena, &figure, &claims->refusal), OK);
    assert_true(figure.provisional);
    assert_int_equal(figure.year, 2020);
    given_bases(claims, FILE_OF("2026-02-01", ENDED("440300", "{'year': 2020, 'fen': 2}")));
    assert_int_equal(of_year(claims, 440300, 2021), -UNKNOWN);
    assert_string_equal(claims->refusal.values[0], "wage");
    assert_string_equal(claims->refusal.values[1], "440300");
    assert_string_equal(claims->refusal.values[2], "2021");
}

static void test_a_figure_in_force_from_a_day_holds_until_the_next_or_its_last_day(void **state)
{
    struct claims *claims = *state;

    given_bases(claims, FILE_OF("2026-01-01", SERIES("440300", "{'from': '2015-03-01', 'fen': 2}, "
                                                               "{'from': '2010-07-01', 'fen': 1, 'until': "
                                                               "'2011-03-31'}, {'from': '2018-07-01', 'fen': 3}")));
    assert_int_equal(on_day(claims, "2010-06-30"), -UNKNOWN);
    assert_int_equal(on_day(claims, "2010-07-01"), 1);
    assert_int_equal(on_day(claims, "2011-03-31"), 1);
    assert_int_equal(on_day(claims, "2011-04-01"), -UNKNOWN);
    assert_int_equal(on_day(claims, "2018-06-30"), 2);
    assert_int_equal(on_day(claims, "2030-01-01"), 3);
}

static void refused(struct claims *claims, const char *json, const char *field, const char *words)
{
    assert_int_equal(when_bases_added(claims, json), INVALID);
    then_refused_claim(claims, INVALID, field, words);
}

static void test_files_that_cannot_be_are_refused_and_change_nothing(void **state)
{
    struct claims *claims = *state;

    refused(claims, "{'issued': '2026-01-01'}", "name", "empty");
    refused(claims, "{'name': 'x', 'issued': '2026-02-30'}", "issued", "2026-02-30");
    refused(claims, FILE_OF("2026-01-01", SERIES("4403", "{'year': 2020, 'fen': 1}")), "series[0].place", "six digits");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'fen': 1}")), "series[0].figures[0]", "one year or day");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020, 'from': '2020-01-01', 'fen': 1}")),
            "series[0].figures[0]", "one year or day");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 202, 'fen': 1}")), "series[0].figures[0]", "1949");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020}")), "series[0].figures[0].fen", "zero");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020, 'fen': -1}")), "series[0].figures[0].fen",
            "negative");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020, 'fen': 1}, {'year': 2020, 'fen': 2}")),
            "series[0].figures[1]", "two figures");
    refused(claims, FILE_OF("2026-01-01", SERIES("440300", "")), "series[0].figures", "has no figure");
    refused(claims, FILE_OF("2026-01-01", SERIES("123456", "{'year': 2020, 'fen': 1}")), "series[0].place",
            "no division has the code 123456");
    refused(claims,
            FILE_OF("2026-01-01",
                    SERIES("440300", "{'year': 2020, 'fen': 1}") ", " SERIES("440300", "{'year': 2020, 'fen': 2}")),
            "series[1].name", "stands twice for one place");
    refused(claims,
            FILE_OF("2026-01-01", SERIES("440300", "{'year': 2020, 'fen': 1}") ", " SERIES(
                                      "440000", "{'from': '2020-02-30', 'fen': 2}")),
            "series[1].figures[0]", "2020-02-30");
    refused(claims, FILE_OF("2026-01-01", "{'name': 'wage', 'source': 'x'}"), "series[0].per",
            "what its figures are for");
    refused(claims, FILE_OF("2026-01-01", "{'name': 'wage', 'per': 'month'}"), "series[0].source", "empty");
    assert_int_equal(of_year(claims, 440300, 2020), -UNKNOWN);
}

#define RULES(medical)                                                                                                 \
    "{'name': 'x', 'issued': '2026-01-01', 'injury_rules': [{'name': 'x', 'sources': ['x'], " medical "}]}"

static void test_subsidies_that_cannot_be_are_refused(void **state)
{
    struct claims *claims = *state;

    refused(claims, RULES("'medical': {'months': [1, 2, 3], 'own_wage': true, 'article': 'x'}"),
            "injury_rules[0].months", "six grades");
    refused(claims, RULES("'medical': {'months': [1, 2, 3, 4, 5, 6], 'article': 'x'}"), "injury_rules[0].series",
            "one base");
    refused(claims,
            RULES("'medical': {'months': [1, 2, 3, 4, 5, 6], 'own_wage': true, 'series': 'wage', 'article': 'x'}"),
            "injury_rules[0].series", "one base");
    refused(claims,
            RULES("'medical': {'months': [1, 2, 3, 4, 5, 6], 'own_wage': true, 'taper_years': 5, 'article': 'x'}"),
            "injury_rules[0].taper_years", "both or neither");
    refused(claims, RULES("'medical': {'months': [1, 2, 3, 4, 5, 6], 'own_wage': true}"), "injury_rules[0].article",
            "empty");
    refused(claims,
            RULES("'medical': {'months': [0, 0, 3, 4, 5, 6], 'own_wage': true, 'allowance_years': 4, "
                  "'allowance_years_least': 5, 'article': 'x'}"),
            "injury_rules[0].allowance_years", "at least");
    refused(claims, RULES("'lump_sum': {'years': [1, 2, 3]}"), "injury_rules[0].lump_sum.years", "four grades");
    refused(claims, RULES("'lump_sum': {'years': [1, 2, 3, 61]}"), "injury_rules[0].lump_sum.years", "more than 60");
    refused(claims,
            RULES("'lump_sum': {'years': [1, 2, 3, 4], 'dependant_years': 20, 'less_above_age': 50, "
                  "'least_from_age': 75, 'least_years': 5}"),
            "injury_rules[0].lump_sum.dependant_years", "do not go down");
    refused(claims, RULES("'lump_sum': {'years': [1, 2, 3, 4]}"), "injury_rules[0].lump_sum.series", "empty");
    refused(claims, RULES("'nursing_percent': [101]"), "injury_rules[0].nursing_percent", "1 to 100");
    refused(claims, RULES("'valid_from': '2020-01-01', 'valid_until': '2019-12-31'"), "injury_rules[0].valid_from",
            "before the first");
}

#define USES(uses) "{'name': 'x', 'issued': '2026-01-01', 'uses': [" uses "]}"
#define USE(more) "{'purpose': 'area_wage', 'place': 440000, 'series': 'wage', 'source': 'x'" more "}"

static void test_uses_that_cannot_be_are_refused(void **state)
{
    struct claims *claims = *state;
    Claim__Use use = CLAIM__USE__INIT, *uses = &use;
    Claim__Bases file = CLAIM__BASES__INIT;

    refused(claims, USES(USE("") ", {'place': 440000, 'series': 'wage'}"), "uses[1].purpose", "empty");
    refused(claims, USES("{'purpose': 'area_wage', 'place': 440000}"), "uses[0].series", "empty");
    refused(claims, USES("{'purpose': 'area_wage', 'place': 449999, 'series': 'wage'}"), "uses[0].place",
            "no division has the code 449999");
    refused(claims, USES(USE("") ", " USE("")), "uses[1].valid_from", "in force for the same place");
    refused(claims, USES(USE(", 'valid_until': '2019-12-31'") ", " USE(", 'valid_from': '2019-12-31'")),
            "uses[1].valid_from", "in force for the same place");
    assert_int_equal(
        when_bases_added(claims, USES(USE(", 'valid_until': '2019-12-31'") ", " USE(", 'valid_from': '2020-01-01'"))),
        OK);
    /* A purpose of a newer version: names that JSON does not know cannot be written, numbers can. */
    use.purpose = (Claim__Purpose)99;
    use.series = (char *)"wage";
    file.name = (char *)"x";
    file.issued = (char *)"2026-01-01";
    file.uses = &uses;
    file.n_uses = 1;
    assert_int_equal(bases_add(claims->bases, &file, &claims->refusal), INVALID);
    claims->status = INVALID;
    then_refused_claim(claims, INVALID, "uses[0].purpose", "not known");
}

static void test_rules_of_one_place_that_are_in_force_on_one_day_are_refused(void **state)
{
    struct claims *claims = *state;

    refused(claims,
            "{'name': 'x', 'issued': '2026-01-01', 'injury_rules': [{'name': 'a', 'place': 440000, 'sources': ['x'], "
            "'valid_from': '2020-01-01'}, {'name': 'b', 'place': 440000, 'sources': ['x'], 'valid_from': "
            "'2021-01-01'}]}",
            "injury_rules[1].valid_from", "in force for the same place");
    refused(claims,
            "{'name': 'x', 'issued': '2026-01-01', 'wage_rules': [{'name': 'a', 'place': 440000, 'sources': ['x'], "
            "'overtime_floor_article': 'x'}, {'name': 'b', 'place': 440000, 'sources': ['x'], "
            "'overtime_floor_article': 'x'}]}",
            "wage_rules[1].valid_from", "in force for the same place");
    refused(claims, "{'name': 'x', 'issued': '2026-01-01', 'wage_rules': [{'name': 'a', 'sources': ['x']}]}",
            "wage_rules[0].overtime_floor_article", "empty");
}

static void test_what_stands_in_law_is_taken_and_marked(void **state)
{
    struct claims *claims = *state;

    given_law_bases(claims);
    assert_int_equal(bases_injury_rules(claims->bases, 330102, 18000)->employment->months[0], 30);
    assert_false(bases_injury_rules(claims->bases, 330102, 18000)->unverified);
    assert_true(bases_injury_rules(claims->bases, 110108, 18000)->unverified);
    assert_int_equal(bases_injury_rules(claims->bases, 110108, 14000)->medical->months[5], 5);
    assert_null(bases_injury_rules(claims->bases, 510100, 18000));
    assert_string_equal(bases_use(claims->bases, CLAIM__PURPOSE__PURPOSE_COMPENSATION_CEILING, 110108, 18123)->series,
                        "average wage of staff, Beijing");
    assert_string_equal(bases_use(claims->bases, CLAIM__PURPOSE__PURPOSE_COMPENSATION_CEILING, 110108, 18124)->series,
                        "average wage, legal units, Beijing");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_the_nearest_place_that_has_the_series_counts),
        CASE(test_of_two_files_the_one_issued_later_counts_in_whatever_order_they_come),
        CASE(test_only_the_year_after_the_last_is_filled_in_and_only_while_the_series_goes_on),
        CASE(test_a_figure_in_force_from_a_day_holds_until_the_next_or_its_last_day),
        CASE(test_files_that_cannot_be_are_refused_and_change_nothing),
        CASE(test_subsidies_that_cannot_be_are_refused),
        CASE(test_uses_that_cannot_be_are_refused),
        CASE(test_rules_of_one_place_that_are_in_force_on_one_day_are_refused),
        CASE(test_what_stands_in_law_is_taken_and_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
