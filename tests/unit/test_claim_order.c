/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of the steps of a work injury: no benefit is shown as due before recognition and appraisal.
 */
#include "tests/unit/claims.h"

#include <cmocka.h>
#include <string.h>

static const char *article_of_missing(const struct claims *claims, const char *field)
{
    for (size_t i = 0; i < claims->sheet->n_missing; i++)
        if (strcmp(claims->sheet->missing[i]->field, field) == 0)
            return claims->sheet->missing[i]->article;
    fail_msg("%s is not asked for", field);
    return NULL;
}

static void test_before_recognition_everything_is_withheld_by_its_article(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000, "
                         "'insured': 'yes'}}");
    then_missing(claims, "recognised", "before the injury is recognised");
    assert_string_equal(article_of_missing(claims, "recognised"), "Regulation on Work-Injury Insurance 17, 18");
    assert_true(claims->sheet->withheld);
    assert_int_equal(claims->sheet->payable_fen, 0);
}

static void test_after_recognition_nothing_is_withheld(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'grade': 9, 'own_wage_fen': 400000, "
                         "'insured': 'yes', 'recognised': 'yes'}}");
    assert_false(claims->sheet->withheld);
    assert_int_equal(claims->sheet->payable_fen, 3600000);
}

static void test_without_a_grade_the_appraisal_is_asked_for_by_its_article(void **state)
{
    struct claims *claims = *state;

    given_example_area(claims);
    when_counted(claims, "{'place': 520000, 'injury': {'injury_day': 18529, 'own_wage_fen': 400000, "
                         "'insured': 'yes', 'recognised': 'yes'}}");
    assert_string_equal(article_of_missing(claims, "grade"), "Regulation on Work-Injury Insurance 21, 23");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, claims_up, claims_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_before_recognition_everything_is_withheld_by_its_article),
        CASE(test_after_recognition_nothing_is_withheld),
        CASE(test_without_a_grade_the_appraisal_is_asked_for_by_its_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
