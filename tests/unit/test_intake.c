/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake: what an application must tell, its number, and doubles, as rules.
 */
#include "common/base/amount.h"
#include "proto/mediation.pb-c.h"
#include "tests/unit/intake_office.h"

#include <cmocka.h>
#include <string.h>

/* ---- numbers --------------------------------------------------------------------------------------------------- */

static void number_is(struct stage *stage, uint32_t year, uint32_t number)
{
    const Intake__Registered *event = then_event(stage, 0, "application registered");

    assert_int_equal(event->year, year);
    assert_int_equal(event->number, number);
}

static void test_numbers_have_no_gaps_and_begin_again_with_the_year_in_china(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    intake_registered(stage, intake_application(stage, 100, 1));
    number_is(stage, 2025, 1);
    intake_refused(stage, intake_application(stage, 200, 0), INVALID, "dispute.claims", "nobody");
    intake_registered(stage, intake_application(stage, 200, 1));
    number_is(stage, 2025, 2);
    stage_at(stage, "2025-12-31T23:59:00+08:00");
    intake_registered(stage, intake_application(stage, 300, 1));
    number_is(stage, 2025, 3);
    stage_at(stage, "2025-12-31T16:00:00Z");
    intake_registered(stage, intake_application(stage, 400, 1));
    number_is(stage, 2026, 1);
    stage_free(&stage);
}

static void test_each_office_counts_for_itself(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    intake_registered(stage, intake_application(stage, 100, 1));
    stage_sender(stage, OTHER_OFFICE, INTAKE_CLERK);
    when_body(stage, "application register", OTHER_OFFICE, intake_application(stage, 100, 1));
    number_is(stage, 2025, 1);
    when_body(stage, "application register", OFFICE, intake_application(stage, 500, 1));
    then_refused(stage, FORBIDDEN, "target", "another office");
    stage_sender(stage, OTHER_OFFICE, INTAKE_PARTNER);
    when_body(stage, "application register", OFFICE, intake_application(stage, 500, 1));
    number_is(stage, 2025, 2);
    stage_free(&stage);
}

/* ---- claims ---------------------------------------------------------------------------------------------------- */

static void amount_refused(struct stage *stage, int64_t fen)
{
    Intake__Register *body = intake_application(stage, 100, 4);

    body->dispute->claims[3]->amount_fen = fen;
    intake_refused(stage, body, INVALID, "dispute.claims[3].amount_fen", "");
}

static void test_an_amount_that_is_zero_negative_or_over_2_to_the_53_is_named(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);

    (void)state;
    amount_refused(stage, 0);
    amount_refused(stage, -1);
    amount_refused(stage, AMOUNT_MAX + 1);
    body->dispute->claims[0]->amount_fen = AMOUNT_MAX;
    assert_int_equal(intake_row(stage, intake_registered(stage, body))->claimed_fen, AMOUNT_MAX);
    stage_free(&stage);
}

static void test_an_application_has_1_to_500_claims_of_different_persons(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 3);

    (void)state;
    intake_refused(stage, intake_application(stage, 100, 0), INVALID, "dispute.claims", "nobody claims");
    intake_refused(stage, intake_application(stage, 100, 501), TOO_LARGE, "dispute.claims", "500");
    body->dispute->claims[2]->worker->person = 100;
    intake_refused(stage, body, INVALID, "dispute.claims[2].worker", "dispute.claims[0].worker");
    body->dispute->claims[2]->worker = NULL;
    intake_refused(stage, body, INVALID, "dispute.claims[2].worker", "no name");
    assert_int_equal(intake_row(stage, intake_registered(stage, intake_application(stage, 1000, 500)))->claims, 500);
    stage_free(&stage);
}

static void test_representatives_may_be_named_from_ten_workers_on(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    intake_refused(stage, intake_represented(stage, 9, 2), INVALID, "dispute.claims", "LDMAL 7");
    intake_refused(stage, intake_represented(stage, 12, 6), INVALID, "dispute.claims", "five");
    assert_int_equal(intake_row(stage, intake_registered(stage, intake_represented(stage, 10, 3)))->representatives, 3);
    stage_free(&stage);
}

/* ---- parties --------------------------------------------------------------------------------------------------- */

static void test_there_must_be_a_respondent(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);

    (void)state;
    body->dispute->parties[0]->role = INTAKE__PARTY_ROLE__PARTY_ROLE_PAYER;
    intake_refused(stage, body, INVALID, "dispute.parties", "no respondent");
    body->dispute->parties[0]->role = INTAKE__PARTY_ROLE__PARTY_ROLE_NONE;
    intake_refused(stage, body, INVALID, "dispute.parties[0].role", "jointly_liable");
    stage_free(&stage);
}

static void test_a_respondent_whom_nobody_can_name_needs_a_telephone_number(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);
    Intake__Party *unknown = body->dispute->parties[0];

    (void)state;
    unknown->name = (char[]){""};
    intake_refused(stage, body, INVALID, "dispute.parties[0]", "telephone");
    unknown->person = intake_person(stage, 900);
    unknown->person->identity_number = NULL;
    intake_refused(stage, body, INVALID, "dispute.parties[0]", "telephone");
    unknown->person->name = NULL;
    unknown->person->phone = intake_sealed(stage, "sealed phone", 900);
    const uint64_t id = intake_registered(stage, body);
    const IntakeRows__Party *row = then_row(stage, &INTAKE_PARTY, id, 1);
    assert_int_equal(row->person, 900);
    assert_int_equal(row->person_name.len, 0);
    assert_int_equal(row->person_phone.len, strlen("sealed phone"));
    stage_free(&stage);
}

static void test_a_credit_code_is_checked_and_kept_in_upper_case(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);

    (void)state;
    body->dispute->parties[0]->credit_code = (char[]){"91350100m000100y44"};
    intake_refused(stage, body, INVALID, "dispute.parties[0].credit_code", "");
    body->dispute->parties[0]->credit_code = (char[]){"91350100m000100y43"};
    const uint64_t id = intake_registered(stage, body);
    const IntakeRows__Party *row = then_row(stage, &INTAKE_PARTY, id, 1);
    assert_string_equal(row->credit_code, "91350100M000100Y43");
    stage_free(&stage);
}

/* ---- kind, place, day ------------------------------------------------------------------------------------------ */

static void test_a_kind_needs_a_procedure_in_force_and_intakes_own_is_none(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);

    (void)state;
    body->dispute->kind = (char[]){"divorce"};
    intake_refused(stage, body, UNKNOWN, "dispute.kind", "no procedure for divorce is in force in 440305");
    body->dispute->kind = (char[]){"intake"};
    intake_refused(stage, body, UNKNOWN, "dispute.kind", "no procedure for intake");
    stage_free(&stage);
}

static void test_a_place_that_is_no_division_and_a_day_to_come_are_named(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *body = intake_application(stage, 100, 1);

    (void)state;
    body->dispute->place = 4403;
    intake_refused(stage, body, INVALID, "dispute.place", "004403 is no division code");
    body->dispute->place = 440399;
    intake_refused(stage, body, INVALID, "dispute.place", "440399 is no division code");
    body->dispute->place = 110103;
    intake_refused(stage, body, INVALID, "dispute.place", "崇文区) is abolished");
    body->dispute->place = 440305;
    body->dispute->arose_on = stage_context(stage)->today + 1;
    intake_refused(stage, body, INVALID, "dispute.arose_on", "not come yet");
    body->dispute->arose_on = stage_context(stage)->today;
    intake_registered(stage, body);
    stage_free(&stage);
}

/* ---- limits that bar a step or open one ------------------------------------------------------------------------ */

/* An office that may accept for three days, and refuse only after them. */
static const char STRICT[] =
    "{'name': 'strict', 'kind': 'intake', 'place': 440305,"
    " 'states': [{'name': 'registered'}, {'name': 'accepted', 'final': true}, {'name': 'refused', 'final': true}],"
    " 'steps': ["
    "  {'name': 'application register', 'from': [''], 'to': 'registered', 'may': ['clerk'], 'starts': ['accept']},"
    "  {'name': 'application accept', 'from': ['registered'], 'to': 'accepted', 'may': ['clerk'],"
    "   'barred_by': ['accept'], 'article': 'office rule 3'},"
    "  {'name': 'application refuse', 'from': ['registered'], 'to': 'refused', 'may': ['clerk'],"
    "   'opened_by': ['accept'], 'article': 'office rule 3'}],"
    " 'clocks': [{'name': 'accept', 'number': 1, 'amount': 3, 'unit': 'days', 'effect': 'bar',"
    "  'expiry_text': 'too late', 'article': 'office rule 3'}]}";

static void test_limits_of_a_local_procedure_bar_the_acceptance_and_open_the_refusal(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    given_procedure(stage, STRICT);
    const uint64_t id = intake_registered(stage, intake_application(stage, 100, 1));
    stage_at(stage, "2025-03-06T23:59:59+08:00"); /* the third day after the 3rd */
    when(stage, "application refuse", id, "{'ground': 'no-dispute', 'in_writing': true}");
    then_refused(stage, CONFLICT, "at", "only after 'accept' has run out on 2025-03-06");
    stage_at(stage, "2025-03-07T00:00:00+08:00");
    when(stage, "application accept", id, "{}");
    then_refused(stage, BARRED, "at", "'accept' ended on 2025-03-06");
    then_refused(stage, BARRED, "at", "office rule 3");
    when_clock_fires(stage, id, ACCEPT_CLOCK);
    when(stage, "application accept", id, "{}");
    then_refused(stage, BARRED, "at", "'accept' ended on 2025-03-06");
    assert_int_equal(when(stage, "application refuse", id, "{'ground': 'no-dispute', 'in_writing': true}"), OK);
    stage_free(&stage);
}

static void test_on_the_last_day_of_its_limit_an_application_is_accepted(void **state)
{
    struct stage *stage = office_stage();

    (void)state;
    given_procedure(stage, STRICT);
    const uint64_t id = intake_registered(stage, intake_application(stage, 100, 1));
    stage_at(stage, "2025-03-06T23:59:59+08:00");
    assert_int_equal(when(stage, "application accept", id, "{}"), OK);
    stage_free(&stage);
}

/* ---- doubles --------------------------------------------------------------------------------------------------- */

static void test_a_second_application_of_a_worker_against_the_same_respondent_names_the_first(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t first = intake_registered(stage, intake_application(stage, 100, 3));
    Intake__Register *other = intake_application(stage, 102, 1);

    (void)state;
    intake_refused(stage, intake_application(stage, 102, 2), CONFLICT, "dispute.claims[0].worker",
                   text_print(stage_arena(stage), "application %llu (number 1 of 2025)", (unsigned long long)first));
    other->dispute->parties[0]->name = (char[]){"Another Firm"};
    intake_registered(stage, other);
    intake_refused(stage, other, CONFLICT, "dispute.claims[0].worker", "number 2 of 2025");
    stage_free(&stage);
}

static void test_doubles_are_found_by_the_credit_code_under_another_name_too(void **state)
{
    struct stage *stage = office_stage();
    Intake__Register *first = intake_application(stage, 100, 1), *second = intake_application(stage, 100, 1);

    (void)state;
    first->dispute->parties[0]->credit_code = (char[]){"91350100M000100Y43"};
    second->dispute->parties[0]->credit_code = (char[]){"91350100m000100y43"};
    second->dispute->parties[0]->name = (char[]){"Hongda"};
    intake_registered(stage, first);
    intake_refused(stage, second, CONFLICT, "dispute.claims[0].worker", "same respondent");
    stage_free(&stage);
}

static void test_after_a_refusal_the_worker_may_apply_again(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t first = intake_registered(stage, intake_application(stage, 100, 1));

    (void)state;
    when(stage, "application refuse", first, "{'ground': 'not-competent', 'in_writing': true}");
    then_event(stage, 0, "application refused");
    intake_registered(stage, intake_application(stage, 100, 1));
    stage_free(&stage);
}

static void test_after_its_case_was_closed_the_worker_may_apply_again(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t first = intake_registered(stage, intake_application(stage, 100, 1));
    const uint64_t case_id = 5000 * (uint64_t)PARTITIONS_MAX + id_partition(first);
    Mediation__Opened opened = MEDIATION__OPENED__INIT;
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;

    (void)state;
    when(stage, "application accept", first, "{}");
    opened.application = first;
    when_follows(stage, "mediation", "case opened", case_id, &opened);
    then_event(stage, 0, "application opened");
    intake_refused(stage, intake_application(stage, 100, 1), CONFLICT, "dispute.claims[0].worker", "same respondent");
    closed.outcome = (char[]){"performed"};
    when_follows(stage, "mediation", "case closed", case_id, &closed);
    assert_int_equal(then_about(stage), first);
    assert_string_equal(intake_row(stage, first)->outcome, "performed");
    assert_int_equal(intake_row(stage, first)->case_id, case_id);
    intake_registered(stage, intake_application(stage, 100, 1));
    stage_free(&stage);
}

static void test_an_application_whose_case_is_opened_again_can_be_closed_again(void **state)
{
    struct stage *stage = office_stage();
    const uint64_t first = intake_registered(stage, intake_application(stage, 100, 1));
    const uint64_t case_id = 5000 * (uint64_t)PARTITIONS_MAX + id_partition(first);
    Mediation__Opened opened = MEDIATION__OPENED__INIT;
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;
    Mediation__Reopened reopened = MEDIATION__REOPENED__INIT;

    (void)state;
    when(stage, "application accept", first, "{}");
    opened.application = first;
    when_follows(stage, "mediation", "case opened", case_id, &opened);
    when_follows(stage, "mediation", "case reopened", case_id, &reopened);
    then_refused(stage, CONFLICT, "target", "not closed");
    closed.outcome = (char[]){"failed"};
    when_follows(stage, "mediation", "case closed", case_id, &closed);
    when_follows(stage, "mediation", "case reopened", case_id, &reopened);
    then_event(stage, 0, "application reopened");
    assert_int_equal(then_about(stage), first);
    assert_string_equal(intake_row(stage, first)->outcome, "");
    intake_refused(stage, intake_application(stage, 100, 1), CONFLICT, "dispute.claims[0].worker", "same respondent");
    closed.outcome = (char[]){"performed"};
    when_follows(stage, "mediation", "case closed", case_id, &closed);
    assert_string_equal(intake_row(stage, first)->outcome, "performed");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_have_no_gaps_and_begin_again_with_the_year_in_china),
        cmocka_unit_test(test_each_office_counts_for_itself),
        cmocka_unit_test(test_an_amount_that_is_zero_negative_or_over_2_to_the_53_is_named),
        cmocka_unit_test(test_an_application_has_1_to_500_claims_of_different_persons),
        cmocka_unit_test(test_representatives_may_be_named_from_ten_workers_on),
        cmocka_unit_test(test_there_must_be_a_respondent),
        cmocka_unit_test(test_a_respondent_whom_nobody_can_name_needs_a_telephone_number),
        cmocka_unit_test(test_a_credit_code_is_checked_and_kept_in_upper_case),
        cmocka_unit_test(test_a_kind_needs_a_procedure_in_force_and_intakes_own_is_none),
        cmocka_unit_test(test_a_place_that_is_no_division_and_a_day_to_come_are_named),
        cmocka_unit_test(test_limits_of_a_local_procedure_bar_the_acceptance_and_open_the_refusal),
        cmocka_unit_test(test_on_the_last_day_of_its_limit_an_application_is_accepted),
        cmocka_unit_test(test_a_second_application_of_a_worker_against_the_same_respondent_names_the_first),
        cmocka_unit_test(test_doubles_are_found_by_the_credit_code_under_another_name_too),
        cmocka_unit_test(test_after_a_refusal_the_worker_may_apply_again),
        cmocka_unit_test(test_after_its_case_was_closed_the_worker_may_apply_again),
        cmocka_unit_test(test_an_application_whose_case_is_opened_again_can_be_closed_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
