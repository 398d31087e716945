/* SPDX-License-Identifier: Apache-2.0
 *
 * What a mediation under the law as it ships may not use up unseen, promise too early, or do without the parties'
 * consent. The story's today is 8 May 2026.
 */
#include "common/procedure/law.h"
#include "proto/proceeding.pb-c.h"
#include "tests/unit/law_files.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>
#include <string.h>

enum { CONFIRMATION = 3000, LIMITATION = 6000, EMPLOYER_APPLIES = 8000, WORKER_APPLIES = 9000, LOOK_BACK = 10000 };

static struct stage *shipped(void)
{
    static const char *const FILES[] = {"mediation-labour",   "arbitration",        "inspection",
                                        "injury-recognition", "capacity-appraisal", "judicial-confirmation"};
    struct stage *stage = story_new();

    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        law_file_add_procedure((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage),
                               body(stage, "law/procedures/%s.txtpb", FILES[i]));
    law_file_add_calendars((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage), 2023, 2026);
    return stage;
}

static enum status record_day(struct stage *stage, uint64_t id, const char *field, const char *day)
{
    return when(stage, "case step", id, body(stage, "{'step': 'facts record', '%s': %d}", field, on(day)));
}

static Store__ClockState state_of(struct stage *stage, uint64_t id, uint32_t clock)
{
    return ((const Store__Clock *)then_row(stage, &CLOCK, id, clock))->state;
}

/* ---- warnings ---- */

static void test_a_day_that_is_recorded_starts_its_limit_and_no_other(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    assert_int_equal(record_day(stage, id, "knowledge_day", "2025-06-10"), OK);
    assert_int_equal(((const Store__Clock *)then_row(stage, &CLOCK, id, LIMITATION))->last_day, on("2026-06-10"));
    then_no_row(stage, &CLOCK, id, WORKER_APPLIES);
    assert_string_equal(the_case(stage, id)->state, "mediating");
    stage_free(&stage);
}

static void test_what_is_known_lies_not_in_the_future(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    record_day(stage, id, "knowledge_day", "2026-05-09");
    then_refused(stage, INVALID, "knowledge_day", "future");
    record_day(stage, id, "accident_day", "2026-05-09");
    then_refused(stage, INVALID, "accident_day", "future");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_the_case_page_its_clocks_and_its_warnings_all_warn(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    record_day(stage, id, "knowledge_day", "2025-06-10");
    record_day(stage, id, "act_day", "2024-05-20");
    const Mediation__WarningList *list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 2);
    assert_string_equal(list->warnings[0]->name, "inspection look-back");
    assert_int_equal(list->warnings[0]->days_left, 12);
    assert_string_equal(list->warnings[1]->name, "limitation");
    assert_int_equal(list->n_unknown, 3);
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_int_equal(page->n_warnings, 2);
    const Mediation__ClockList *clocks = when_asked(stage, "case clocks", id, "{}");
    size_t warned = 0;
    for (size_t i = 0; i < clocks->n_clocks; i++)
        warned += clocks->clocks[i]->warning != NULL;
    assert_int_equal(warned, 2);
    stage_free(&stage);
}

static void test_an_office_sees_only_its_cases_that_are_near_a_limit(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    story_mediating(stage);
    const uint64_t near = story_mediating(stage);

    record_day(stage, near, "knowledge_day", "2025-06-10");
    const Mediation__OfficeWarnings *page = when_asked(stage, "warning list", OFFICE, "{}");
    assert_int_equal(page->n_cases, 1);
    assert_int_equal(page->cases[0]->id, near);
    assert_int_equal(page->cases[0]->n_warnings, 1);
    assert_int_equal(page->next, 0);
    stage_sender(stage, OFFICE + 1, CLERK);
    assert_null(when_asked(stage, "warning list", OFFICE, "{}"));
    then_refused(stage, FORBIDDEN, "target", "another office");
    stage_free(&stage);
}

/* ---- what ends them ---- */

static void test_an_application_for_arbitration_ends_the_cases_limitation(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    record_day(stage, id, "knowledge_day", "2025-06-10");
    assert_int_equal(when(stage, "proceeding open", id,
                          body(stage,
                               "{'kind': 'arbitration', 'step': 'arbitration apply', 'receipt_day': %d,"
                               " 'papers': ['written application, with copies']}",
                               on("2026-05-07"))),
                     OK);
    const Proceeding__Taken *taken = then_event(stage, 0, "procedure step taken");
    assert_int_equal(taken->step->n_stops, 1);
    assert_string_equal(taken->step->stops[0]->reason, "arbitration apply");
    assert_int_equal(state_of(stage, id, LIMITATION), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    const Mediation__WarningList *list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 0);
    stage_free(&stage);
}

static void test_a_complaint_to_inspection_ends_the_look_back_and_begins_the_year_anew(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    record_day(stage, id, "knowledge_day", "2025-06-10");
    record_day(stage, id, "act_day", "2024-05-20");
    assert_int_equal(
        when(stage, "proceeding open", id,
             body(stage, "{'kind': 'inspection', 'step': 'complaint plan', 'act_day': %d}", on("2024-05-20"))),
        OK);
    assert_int_equal(when(stage, "case step", id,
                          body(stage,
                               "{'proceeding': 1, 'step': 'complaint make', 'receipt_day': %d,"
                               " 'papers': ['complaint with data of both sides, facts and requests']}",
                               on("2026-05-06"))),
                     OK);
    assert_int_equal(state_of(stage, id, LOOK_BACK), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    const Store__Clock *limitation = then_row(stage, &CLOCK, id, LIMITATION);
    assert_int_equal(limitation->last_day, on("2027-05-06"));
    stage_free(&stage);
}

/* ---- after the agreement ---- */

static uint64_t sealed(struct stage *stage)
{
    const uint64_t id = story_sealed(stage);

    assert_int_equal(((const Store__Clock *)then_row(stage, &CLOCK, id, CONFIRMATION))->last_day, on("2026-06-08"));
    return id;
}

/* 7 June 2026 is a Sunday. */
static void test_the_thirty_days_for_confirmation_are_warned_of_while_performance_is_supervised(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = sealed(stage);

    stage_at(stage, "2026-05-31T12:00:00+08:00");
    const Mediation__WarningList *list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 0);
    stage_at(stage, "2026-06-01T12:00:00+08:00");
    list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 1);
    assert_string_equal(list->warnings[0]->article, "PML 33");
    assert_string_equal(list->warnings[0]->first, "");
    assert_string_equal(list->warnings[0]->stopped_by[0], "judicial-confirmation: confirmation apply");
    stage_at(stage, "2026-06-02T12:00:00+08:00");
    list = when_asked(stage, "case warnings", id, "{}");
    assert_string_equal(list->warnings[0]->first_article, "Legal Aid Law 44");
    assert_true(list->warnings[0]->first_unverified);
    stage_free(&stage);
}

static void confirmed(struct stage *stage, uint64_t id, int day, int last_payment)
{
    when(stage, "proceeding open", id,
         body(stage, "{'kind': 'judicial-confirmation', 'step': 'confirmation plan', 'effect_day': %d}", day));
    assert_int_equal(
        when(stage, "case step", id,
             body(stage,
                  "{'proceeding': 1, 'step': 'confirmation apply', 'receipt_day': %d, 'papers': ['mediation agreement',"
                  "'proof that the mediation body presided', 'proofs of the property rights concerned',"
                  "'identity, address and contact of the parties']}",
                  day)),
        OK);
    when(stage, "case step", id, body(stage, "{'proceeding': 1, 'step': 'court accept', 'filing_day': %d}", day));
    assert_int_equal(
        when(stage, "case step", id,
             body(stage, "{'proceeding': 1, 'step': 'ruling confirm', 'service_day': %d, 'performance_day': %d}", day,
                  last_payment)),
        OK);
}

static void test_the_two_years_for_enforcement_are_watched_and_a_demand_begins_them_anew(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = sealed(stage);

    confirmed(stage, id, on("2026-05-08"), on("2026-07-31"));
    assert_int_equal(state_of(stage, id, CONFIRMATION), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    stage_at(stage, "2028-07-25T12:00:00+08:00");
    const Mediation__WarningList *list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 1);
    assert_string_equal(list->warnings[0]->name, "enforcement");
    assert_int_equal(list->warnings[0]->proceeding, 1);
    assert_string_equal(list->warnings[0]->article, "CPL 250");
    assert_string_equal(list->warnings[0]->anew_by[0], "interruption record");
    assert_int_equal(when(stage, "case step", id,
                          "{'proceeding': 1, 'step': 'interruption record', 'papers': ['proof of interruption']}"),
                     OK);
    list = when_asked(stage, "case warnings", id, "{}");
    assert_int_equal(list->n_warnings, 0);
    stage_free(&stage);
}

/* ---- recognition before benefits ---- */

static uint64_t in_session_after_an_accident(struct stage *stage)
{
    const uint64_t id = story_in_session(stage);

    as_clerk(stage);
    assert_int_equal(record_day(stage, id, "accident_day", "2026-04-20"), OK);
    as_mediator(stage);
    return id;
}

static enum status draft(struct stage *stage, uint64_t id, const char *more)
{
    const char *monthly = body(stage, ", 'monthly': {'count': 3, 'from_day': %d}%s", on("2026-05-31"), more);
    return when(stage, "agreement draft", id, draft_of(stage, 1, WORKERS, monthly));
}

static void test_without_an_accident_nobody_asks_for_recognition(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_in_session(stage);

    as_mediator(stage);
    assert_int_equal(draft(stage, id, ""), OK);
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_int_equal(page->n_lacking, 0);
    stage_free(&stage);
}

static void test_no_agreement_on_an_injury_is_drafted_while_recognition_is_missing(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = in_session_after_an_accident(stage);

    draft(stage, id, "");
    then_refused(stage, CONFLICT, "injury", "recognition of the work injury is missing");
    then_refused(stage, CONFLICT, "injury", "Regulation on Work-Injury Insurance 17");
    then_refused(stage, CONFLICT, "injury", "proceeding open --kind injury-recognition");
    then_nothing_changed(stage);
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_int_equal(page->n_lacking, 2);
    assert_string_equal(page->lacking[0]->article, "Regulation on Work-Injury Insurance 17, 18");
    assert_string_equal(page->lacking[1]->article, "Regulation on Work-Injury Insurance 21, 23");
    stage_free(&stage);
}

static void test_after_recognition_the_appraisal_is_still_missing_and_then_nothing(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = in_session_after_an_accident(stage);

    as_clerk(stage);
    assert_int_equal(when(stage, "case step", id, "{'step': 'recognition record', 'papers': ['recognition decision']}"),
                     OK);
    assert_int_equal(state_of(stage, id, WORKER_APPLIES), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(state_of(stage, id, EMPLOYER_APPLIES), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    as_mediator(stage);
    draft(stage, id, "");
    then_refused(stage, CONFLICT, "injury", "appraisal of the capacity to work is missing");
    as_clerk(stage);
    when(stage, "case step", id, "{'step': 'appraisal record', 'papers': ['appraisal conclusion']}");
    as_mediator(stage);
    assert_int_equal(draft(stage, id, ""), OK);
    stage_free(&stage);
}

static void test_parties_who_were_told_may_settle_without_recognition_and_it_is_on_record(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = in_session_after_an_accident(stage);

    assert_int_equal(draft(stage, id, ", 'not_due_told': true"), OK);
    const Mediation__AgreementDrafted *drafted = then_event(stage, 0, "agreement drafted");
    assert_true(drafted->not_due_told);
    stage_free(&stage);
}

/* Recognition is followed beside the case, up to its decision. */
static void decided(struct stage *stage, uint64_t id, const char *step)
{
    const int day = on("2026-05-08");

    as_clerk(stage);
    when(stage, "proceeding open", id,
         body(stage, "{'kind': 'injury-recognition', 'step': 'injury report', 'accident_day': %d}", on("2026-04-20")));
    when(stage, "case step", id,
         body(stage,
              "{'proceeding': 1, 'step': 'worker apply', 'receipt_day': %d, 'papers': ["
              "'form with time, place, cause and degree of the injury', 'proof of the employment, also de facto',"
              "'medical diagnosis or certificate of occupational disease']}",
              day));
    when(stage, "case step", id,
         body(stage, "{'proceeding': 1, 'step': 'application accept', 'acceptance_day': %d}", day));
    assert_int_equal(
        when(stage, "case step", id, body(stage, "{'proceeding': 1, 'step': '%s', 'decision_day': %d}", step, day)),
        OK);
}

static void test_recognition_that_is_followed_beside_the_case_counts(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = in_session_after_an_accident(stage);

    decided(stage, id, "injury recognise");
    assert_int_equal(state_of(stage, id, WORKER_APPLIES), STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    as_mediator(stage);
    draft(stage, id, "");
    then_refused(stage, CONFLICT, "injury", "appraisal of the capacity to work is missing");
    stage_free(&stage);
}

static void test_a_denial_takes_the_recognition_back(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = in_session_after_an_accident(stage);

    as_clerk(stage);
    when(stage, "case step", id, "{'step': 'recognition record', 'papers': ['recognition decision']}");
    decided(stage, id, "injury deny");
    as_mediator(stage);
    draft(stage, id, "");
    then_refused(stage, CONFLICT, "injury", "recognition of the work injury is missing");
    stage_free(&stage);
}

/* ---- guests ---- */

#define GUEST_OF "'name': {'sealed': 'AAECAw==', 'subject': 9}, 'standing': 'relative'"

static void test_a_guest_is_invited_with_both_sides_recorded_consent(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    assert_int_equal(when(stage, "guest invite", id,
                          "{" GUEST_OF ", 'parties': [1, 2], 'claims': [1], 'evidence': 'record of 8 May'}"),
                     OK);
    const Mediation__GuestInvited *invited = then_event(stage, 0, "guest invited");
    assert_string_equal(invited->step->article, "PML 20");
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");
    assert_int_equal(page->n_guests, 1);
    assert_string_equal(page->guests[0]->standing, "relative");
    assert_string_equal(page->guests[0]->evidence, "record of 8 May");
    stage_free(&stage);
}

static void test_nobody_is_invited_without_the_consent_of_one_side(void **state)
{
    (void)state;
    static const char *const WITHOUT[] = {
        "{" GUEST_OF ", 'evidence': 'record of 8 May'}",
        "{" GUEST_OF ", 'parties': [1, 2], 'evidence': 'record of 8 May'}",
        "{" GUEST_OF ", 'parties': [1], 'claims': [1], 'evidence': 'record of 8 May'}",
        "{" GUEST_OF ", 'parties': [1, 2], 'claims': [3], 'evidence': 'record of 8 May'}",
        "{" GUEST_OF ", 'parties': [1, 2], 'claims': [1]}",
    };
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    for (size_t i = 0; i < sizeof WITHOUT / sizeof *WITHOUT; i++) {
        when(stage, "guest invite", id, WITHOUT[i]);
        then_refused(stage, CONFLICT, "consent", "PML 20");
        then_nothing_changed(stage);
    }
    stage_free(&stage);
}

static void test_a_guest_needs_a_name_a_standing_and_parties_that_exist(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_mediating(stage);

    when(stage, "guest invite", id, "{'standing': 'relative', 'parties': [1, 2], 'claims': [1], 'evidence': 'x'}");
    then_refused(stage, INVALID, "name", "no name");
    when(stage, "guest invite", id,
         "{'name': {'sealed': 'AAECAw==', 'subject': 9}, 'parties': [1, 2], 'claims': [1], 'evidence': 'x'}");
    then_refused(stage, INVALID, "standing", "");
    when(stage, "guest invite", id, "{" GUEST_OF ", 'parties': [1, 3], 'claims': [1], 'evidence': 'x'}");
    then_refused(stage, UNKNOWN, "parties[1]", "no such");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_before_the_respondent_consents_nobody_is_invited(void **state)
{
    (void)state;
    struct stage *stage = shipped();
    const uint64_t id = story_opened(stage);

    when(stage, "guest invite", id, "{" GUEST_OF ", 'parties': [1, 2], 'claims': [1], 'evidence': 'x'}");
    then_refused(stage, CONFLICT, "state", "PML 20");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_that_is_recorded_starts_its_limit_and_no_other),
        cmocka_unit_test(test_what_is_known_lies_not_in_the_future),
        cmocka_unit_test(test_the_case_page_its_clocks_and_its_warnings_all_warn),
        cmocka_unit_test(test_an_office_sees_only_its_cases_that_are_near_a_limit),
        cmocka_unit_test(test_an_application_for_arbitration_ends_the_cases_limitation),
        cmocka_unit_test(test_a_complaint_to_inspection_ends_the_look_back_and_begins_the_year_anew),
        cmocka_unit_test(test_the_thirty_days_for_confirmation_are_warned_of_while_performance_is_supervised),
        cmocka_unit_test(test_the_two_years_for_enforcement_are_watched_and_a_demand_begins_them_anew),
        cmocka_unit_test(test_without_an_accident_nobody_asks_for_recognition),
        cmocka_unit_test(test_no_agreement_on_an_injury_is_drafted_while_recognition_is_missing),
        cmocka_unit_test(test_after_recognition_the_appraisal_is_still_missing_and_then_nothing),
        cmocka_unit_test(test_parties_who_were_told_may_settle_without_recognition_and_it_is_on_record),
        cmocka_unit_test(test_recognition_that_is_followed_beside_the_case_counts),
        cmocka_unit_test(test_a_denial_takes_the_recognition_back),
        cmocka_unit_test(test_a_guest_is_invited_with_both_sides_recorded_consent),
        cmocka_unit_test(test_nobody_is_invited_without_the_consent_of_one_side),
        cmocka_unit_test(test_a_guest_needs_a_name_a_standing_and_parties_that_exist),
        cmocka_unit_test(test_before_the_respondent_consents_nobody_is_invited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
