/* SPDX-License-Identifier: Apache-2.0
 *
 * Assignment: the choice alone, then rosters, proposals and answers as rules.
 */
#include "common/base/instant.h"
#include "proto/assignment.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/assignment/assignment.h"
#include "services/assignment/choose.h"
#include "services/assignment/roster.h"
#include "tests/unit/stage.h"

#include <cmocka.h>
#include <string.h>

enum { OFFICE = 7, OTHER_OFFICE = 8, POOL_SIZE = 8 };

/* ---- the choice ------------------------------------------------------------------------------------------------ */

static const struct choose_opponent OPPONENTS[] = {{"Hongda Labour", "91440300MA5F12345X"}, {"Shennan Builders", ""}};
static const struct choose_case WANTED = {"labour-wages", "sichuan", 20000, OPPONENTS, 2};

static struct choose_candidate able(uint32_t load)
{
    return (struct choose_candidate){.kinds = "family\nlabour-wages",
                                     .languages = "sichuan\nhakka",
                                     .employer_names = "",
                                     .employer_codes = "",
                                     .limit = 10,
                                     .load = load};
}

static void judged(const struct choose_candidate *candidate, enum choose_verdict verdict, const char *text)
{
    struct arena *arena = arena_new(SIZE_MAX);
    const struct choose_finding finding = choose_judge(candidate, &WANTED, arena);

    assert_int_equal(finding.verdict, verdict);
    assert_string_equal(text_fill(arena, finding.reason, finding.values, finding.value_count), text);
    arena_free(&arena);
}

static void test_a_mediator_who_worked_for_a_party_is_in_conflict_by_code_or_by_name(void **state)
{
    struct choose_candidate by_code = able(0), by_name = able(0), similar = able(0);

    (void)state;
    by_code.employer_codes = "\n91440300MA5F12345X";
    by_name.employer_names = "Shennan Builders";
    similar.employer_names = "Shennan Builders East";
    judged(&by_code, CHOOSE_CONFLICT, "conflict: worked for Hongda Labour, a party of this case");
    judged(&by_name, CHOOSE_CONFLICT, "conflict: worked for Shennan Builders, a party of this case");
    judged(&similar, CHOOSE_ELIGIBLE, "eligible with 0 of 10 cases");
}

static void test_expertise_is_the_kind_of_dispute_and_nothing_that_only_begins_like_it(void **state)
{
    struct choose_candidate candidate = able(0);

    (void)state;
    candidate.kinds = "labour\nfamily";
    judged(&candidate, CHOOSE_EXPERTISE, "lacks the expertise for labour-wages");
}

static void test_a_language_is_needed_only_where_one_is_wanted(void **state)
{
    struct choose_candidate candidate = able(0);
    struct choose_case any = WANTED;
    struct arena *arena = arena_new(SIZE_MAX);

    (void)state;
    candidate.languages = "hakka";
    judged(&candidate, CHOOSE_LANGUAGE, "does not speak sichuan");
    any.language = "";
    assert_int_equal(choose_judge(&candidate, &any, arena).verdict, CHOOSE_ELIGIBLE);
    arena_free(&arena);
}

static void test_leave_counts_on_its_first_and_on_its_last_day(void **state)
{
    struct choose_candidate candidate = able(0);

    (void)state;
    candidate.leave_from = 20000;
    candidate.leave_until = 20000;
    judged(&candidate, CHOOSE_LEAVE, "on leave until 2024-10-04");
    candidate.leave_from = 20001;
    candidate.leave_until = 20005;
    judged(&candidate, CHOOSE_ELIGIBLE, "eligible with 0 of 10 cases");
    candidate.leave_from = 19990;
    candidate.leave_until = 19999;
    judged(&candidate, CHOOSE_ELIGIBLE, "eligible with 0 of 10 cases");
}

static void test_nobody_gets_a_case_over_his_limit_or_one_that_he_declined(void **state)
{
    struct choose_candidate full = able(10), declined = able(0);

    (void)state;
    judged(&full, CHOOSE_LIMIT, "at his limit: 10 of 10 cases");
    declined.declined = true;
    judged(&declined, CHOOSE_DECLINED, "declined this case");
}

static size_t chosen_of(const struct choose_candidate *candidates, size_t count)
{
    struct choose_finding findings[POOL_SIZE];
    struct arena *arena = arena_new(SIZE_MAX);

    for (size_t i = 0; i < count; i++)
        findings[i] = choose_judge(&candidates[i], &WANTED, arena);
    const size_t chosen = choose_lightest(candidates, findings, count);
    arena_free(&arena);
    return chosen;
}

static void test_the_lightest_load_is_chosen_then_the_longest_idle_then_the_first(void **state)
{
    struct choose_candidate candidates[] = {able(3), able(2), able(2), able(2)};

    (void)state;
    candidates[1].idle_since = 500;
    candidates[2].idle_since = 400;
    candidates[3].idle_since = 400;
    assert_int_equal(chosen_of(candidates, 4), 2);
    candidates[0].load = 1;
    assert_int_equal(chosen_of(candidates, 4), 0);
}

static void test_the_lightest_is_passed_over_when_he_is_not_eligible(void **state)
{
    struct choose_candidate candidates[] = {able(0), able(5)};

    (void)state;
    candidates[0].languages = "";
    assert_int_equal(chosen_of(candidates, 2), 1);
    candidates[1].kinds = "family";
    assert_int_equal(chosen_of(candidates, 2), 2);
}

/* ---- the pool of the demonstration: eight, of whom two can ----------------------------------------------------- */

struct scene {
    struct stage *stage;
    uint64_t mediators[POOL_SIZE];
    uint64_t case_id;
};

static const char *const MEDIATORS[POOL_SIZE] = {
    ("{'name': 'Chen', 'kinds': ['labour-wages'], 'languages': ['sichuan'], 'limit': 9, 'load': 1,"
     " 'employers': [{'name': 'Hongda Labour'}]}"),
    "{'name': 'Deng', 'kinds': ['family'], 'languages': ['sichuan'], 'limit': 9}",
    "{'name': 'Feng', 'kinds': ['land'], 'languages': ['sichuan'], 'limit': 9}",
    "{'name': 'Gao', 'kinds': ['labour-wages'], 'languages': ['hakka'], 'limit': 9}",
    "{'name': 'He', 'kinds': ['labour-wages'], 'languages': ['sichuan'], 'limit': 9}",
    "{'name': 'Jin', 'kinds': ['labour-wages'], 'languages': ['sichuan'], 'limit': 4, 'load': 4}",
    "{'name': 'Liu', 'kinds': ['labour-wages'], 'languages': ['sichuan'], 'limit': 9, 'load': 3}",
    "{'name': 'Ma', 'kinds': ['labour-wages'], 'languages': ['sichuan'], 'limit': 9, 'load': 2}",
};

enum { CHEN, DENG, FENG, GAO, HE, JIN, LIU, MA };

static void open_matter(struct scene *scene)
{
    Mediation__Opened opened = MEDIATION__OPENED__INIT;
    Intake__Dispute dispute = INTAKE__DISPUTE__INIT;
    Intake__Party respondent = INTAKE__PARTY__INIT, person = INTAKE__PARTY__INIT, *parties[] = {&person, &respondent};
    Tiaojie__Person secret = TIAOJIE__PERSON__INIT;

    secret.person = 99;
    person.role = INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE;
    person.person = &secret;
    respondent.role = INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT;
    respondent.name = (char[]){"Hongda Labour"};
    dispute.kind = (char[]){"labour-wages"};
    dispute.language = (char[]){"sichuan"};
    dispute.place = 440305;
    dispute.n_parties = 2;
    dispute.parties = parties;
    opened.office = OFFICE;
    opened.dispute = &dispute;
    when_follows(scene->stage, "mediation", "case opened", scene->case_id, &opened);
    then_event(scene->stage, 0, "matter opened");
}

static struct scene scene_with(size_t count)
{
    struct scene scene = {.stage = stage_new(&ASSIGNMENT, "2025-03-03")};
    const uint32_t partition = affinity_partition(OFFICE, STAGE_PARTITIONS);

    scene.case_id = 4000 * (uint64_t)PARTITIONS_MAX + partition;
    stage_sender(scene.stage, OFFICE, ROSTER_HEAD);
    for (size_t i = 0; i < count; i++) {
        when(scene.stage, "mediator add", OFFICE, MEDIATORS[i]);
        scene.mediators[i] = then_about(scene.stage);
    }
    if (count > HE)
        when_body(scene.stage, "mediator leave", scene.mediators[HE],
                  &(Assignment__Leave){PROTOBUF_C_MESSAGE_INIT(&assignment__leave__descriptor),
                                       stage_context(scene.stage)->today - 1, stage_context(scene.stage)->today + 1});
    open_matter(&scene);
    stage_sender(scene.stage, OFFICE, ROSTER_CLERK);
    return scene;
}

static const AssignmentRows__Candidate *member(const struct scene *scene, uint32_t index)
{
    return then_row(scene->stage, &ROSTER_CANDIDATE, affinity_id(OFFICE, STAGE_PARTITIONS), index + 1);
}

static void as_mediator(const struct scene *scene, uint32_t index)
{
    stage_sender(scene->stage, OFFICE, ROSTER_MEDIATOR);
    stage_context(scene->stage)->mediator = scene->mediators[index];
}

static void test_eight_candidates_are_judged_and_each_is_told_why(void **state)
{
    static const Assignment__Verdict EXPECTED[POOL_SIZE] = {
        ASSIGNMENT__VERDICT__VERDICT_CONFLICT,  ASSIGNMENT__VERDICT__VERDICT_EXPERTISE,
        ASSIGNMENT__VERDICT__VERDICT_EXPERTISE, ASSIGNMENT__VERDICT__VERDICT_LANGUAGE,
        ASSIGNMENT__VERDICT__VERDICT_LEAVE,     ASSIGNMENT__VERDICT__VERDICT_LIMIT,
        ASSIGNMENT__VERDICT__VERDICT_ELIGIBLE,  ASSIGNMENT__VERDICT__VERDICT_ELIGIBLE};
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    const Assignment__Proposed *proposed = then_event(scene.stage, 0, "assignment proposed");
    assert_int_equal(proposed->n_candidates, POOL_SIZE);
    for (size_t i = 0; i < POOL_SIZE; i++)
        assert_int_equal(proposed->candidates[i]->verdict, EXPECTED[i]);
    assert_int_equal(proposed->mediator, scene.mediators[MA]);
    assert_string_equal(proposed->mediator_name, "Ma");
    assert_string_equal(proposed->candidates[CHEN]->values[0], "Hongda Labour");
    assert_int_equal(member(&scene, MA)->asked, 1);
    assert_int_equal(member(&scene, MA)->load, 2);
    stage_free(&scene.stage);
}

static void test_the_mediator_who_was_asked_accepts_and_has_one_case_more_until_it_closes(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    as_mediator(&scene, MA);
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    const Assignment__Accepted *accepted = then_event(scene.stage, 0, "assignment accepted");
    assert_int_equal(accepted->case_id, scene.case_id);
    assert_int_equal(accepted->mediator, scene.mediators[MA]);
    assert_int_equal(member(&scene, MA)->load, 3);
    assert_int_equal(member(&scene, MA)->asked, 0);
    assert_int_equal(member(&scene, MA)->idle_since, stage_context(scene.stage)->now);

    closed.outcome = (char[]){"performed"};
    when_follows(scene.stage, "mediation", "case closed", scene.case_id, &closed);
    then_event(scene.stage, 0, "matter closed");
    assert_int_equal(member(&scene, MA)->load, 2);
    stage_free(&scene.stage);
}

static void test_a_case_that_is_opened_again_is_its_mediators_again_until_it_closes_again(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;
    Mediation__Reopened reopened = MEDIATION__REOPENED__INIT;

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    as_mediator(&scene, MA);
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    when_follows(scene.stage, "mediation", "case reopened", scene.case_id, &reopened);
    then_refused(scene.stage, CONFLICT, "target", "not closed");
    closed.outcome = (char[]){"failed"};
    when_follows(scene.stage, "mediation", "case closed", scene.case_id, &closed);
    when_follows(scene.stage, "mediation", "case reopened", scene.case_id, &reopened);
    then_event(scene.stage, 0, "matter reopened");
    assert_int_equal(member(&scene, MA)->load, 3);
    when_follows(scene.stage, "mediation", "case closed", scene.case_id, &closed);
    then_event(scene.stage, 0, "matter closed");
    assert_int_equal(member(&scene, MA)->load, 2);
    stage_free(&scene.stage);
}

static void test_a_case_without_a_mediator_waits_for_one_when_it_is_opened_again(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;
    Mediation__Reopened reopened = MEDIATION__REOPENED__INIT;

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    closed.outcome = (char[]){"refused"};
    when_follows(scene.stage, "mediation", "case closed", scene.case_id, &closed);
    when_follows(scene.stage, "mediation", "case reopened", scene.case_id, &reopened);
    then_event(scene.stage, 0, "matter reopened");
    assert_int_equal(member(&scene, MA)->load, 2);
    stage_sender(scene.stage, OFFICE, ROSTER_CLERK);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    then_event(scene.stage, 0, "assignment proposed");
    stage_free(&scene.stage);
}

static void test_nobody_answers_for_the_mediator_who_was_asked(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    as_mediator(&scene, MA);
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    then_refused(scene.stage, CONFLICT, "target", "nobody is asked");
    stage_sender(scene.stage, OFFICE, ROSTER_CLERK);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    then_refused(scene.stage, FORBIDDEN, "target", "Ma was asked");
    as_mediator(&scene, LIU);
    when(scene.stage, "assignment decline", scene.case_id, "{'reason': 'no time'}");
    then_refused(scene.stage, FORBIDDEN, "target", "Ma was asked");
    then_nothing_changed(scene.stage);
    stage_free(&scene.stage);
}

static void test_when_one_declines_the_next_is_asked_and_he_never_again(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    as_mediator(&scene, MA);
    when(scene.stage, "assignment decline", scene.case_id, "{'reason': 'knows a worker'}");
    then_event(scene.stage, 0, "assignment declined");
    const Assignment__Proposed *next = then_event(scene.stage, 1, "assignment proposed");
    assert_string_equal(next->mediator_name, "Liu");
    assert_int_equal(next->candidates[MA]->verdict, ASSIGNMENT__VERDICT__VERDICT_DECLINED);
    assert_int_equal(member(&scene, MA)->asked, 0);
    assert_int_equal(member(&scene, LIU)->asked, 1);

    as_mediator(&scene, LIU);
    when(scene.stage, "assignment decline", scene.case_id, "{'reason': 'ill'}");
    then_event_count(scene.stage, 1);
    stage_sender(scene.stage, OFFICE, ROSTER_CLERK);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    then_refused(scene.stage, CONFLICT, "target", "Ma: declined this case");
    then_refused(scene.stage, CONFLICT, "target", "He: on leave until 2025-03-04");
    stage_free(&scene.stage);
}

static void test_the_parties_choice_is_judged_by_the_same_criteria(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);
    Assignment__Propose wish = ASSIGNMENT__PROPOSE__INIT;

    (void)state;
    wish.mediator = scene.mediators[GAO];
    when_body(scene.stage, "assignment propose", scene.case_id, &wish);
    then_refused(scene.stage, CONFLICT, "mediator", "does not speak sichuan");
    wish.mediator = 12345;
    when_body(scene.stage, "assignment propose", scene.case_id, &wish);
    then_refused(scene.stage, UNKNOWN, "mediator", "no such mediator");
    wish.mediator = scene.mediators[LIU];
    when_body(scene.stage, "assignment propose", scene.case_id, &wish);
    const Assignment__Proposed *proposed = then_event(scene.stage, 0, "assignment proposed");
    assert_string_equal(proposed->mediator_name, "Liu");
    assert_true(proposed->by_parties);
    stage_free(&scene.stage);
}

static void test_a_new_proposal_takes_the_place_of_one_that_was_not_answered(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);
    Assignment__Propose wish = ASSIGNMENT__PROPOSE__INIT;

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    wish.mediator = scene.mediators[LIU];
    when_body(scene.stage, "assignment propose", scene.case_id, &wish);
    const Assignment__Proposed *proposed = then_event(scene.stage, 0, "assignment proposed");
    assert_int_equal(proposed->candidates[MA]->load, 2);
    assert_int_equal(member(&scene, MA)->asked, 0);
    assert_int_equal(member(&scene, LIU)->asked, 1);
    stage_free(&scene.stage);
}

static void test_an_unanswered_proposal_counts_as_a_case_in_the_next_choice(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    scene.case_id += PARTITIONS_MAX;
    open_matter(&scene);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    const Assignment__Proposed *proposed = then_event(scene.stage, 0, "assignment proposed");
    assert_int_equal(proposed->candidates[MA]->load, 3);
    assert_string_equal(proposed->mediator_name, "Liu"); /* three each; both never had a case: the first in the pool */
    stage_free(&scene.stage);
}

static void test_a_case_that_has_its_mediator_is_proposed_to_nobody(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    as_mediator(&scene, MA);
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    stage_sender(scene.stage, OFFICE, ROSTER_CLERK);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    then_refused(scene.stage, CONFLICT, "target", "has its mediator");
    stage_sender(scene.stage, OTHER_OFFICE, ROSTER_CLERK);
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    then_refused(scene.stage, FORBIDDEN, "target", "another office");
    stage_free(&scene.stage);
}

static void test_an_empty_pool_says_what_to_do(void **state)
{
    struct scene scene = scene_with(0);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    then_refused(scene.stage, CONFLICT, "target", "mediator add");
    stage_free(&scene.stage);
}

static void test_a_mediator_needs_a_name_a_kind_a_limit_and_true_credit_codes(void **state)
{
    struct scene scene = scene_with(0);
    struct stage *stage = scene.stage;

    (void)state;
    stage_sender(stage, OFFICE, ROSTER_HEAD);
    when(stage, "mediator add", OFFICE, "{'kinds': ['labour-wages'], 'limit': 3}");
    then_refused(stage, INVALID, "name", "empty");
    when(stage, "mediator add", OFFICE, "{'name': 'Chen', 'limit': 3}");
    then_refused(stage, INVALID, "kinds", "no kind");
    when(stage, "mediator add", OFFICE, "{'name': 'Chen', 'kinds': ['labour-wages']}");
    then_refused(stage, INVALID, "limit", "1000");
    when(stage, "mediator add", OFFICE,
         "{'name': 'Chen', 'kinds': ['labour-wages'], 'limit': 3, 'employers': [{'name': 'X', 'credit_code': '12'}]}");
    then_refused(stage, INVALID, "employers[0].credit_code", "");
    when(stage, "mediator add", OTHER_OFFICE, "{'name': 'Chen', 'kinds': ['labour-wages'], 'limit': 3}");
    then_refused(stage, FORBIDDEN, "target", "another office");
    then_nothing_changed(stage);
    stage_free(&scene.stage);
}

static void test_explain_tells_the_whole_way_to_the_mediator(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    when(scene.stage, "assignment propose", scene.case_id, "{}");
    as_mediator(&scene, MA);
    when(scene.stage, "assignment decline", scene.case_id, "{'reason': 'knows a worker'}");
    as_mediator(&scene, LIU);
    when(scene.stage, "assignment accept", scene.case_id, "{}");
    const Assignment__Explained *explained = when_asked(scene.stage, "assignment explain", scene.case_id, "{}");
    assert_non_null(explained);
    assert_string_equal(explained->state, "accepted");
    assert_string_equal(explained->mediator_name, "Liu");
    assert_int_equal(explained->n_declined, 1);
    assert_string_equal(explained->declined[0]->reason, "knows a worker");
    assert_int_equal(explained->proposal->n_candidates, POOL_SIZE);
    stage_free(&scene.stage);
}

static void test_the_list_shows_each_mediator_with_what_he_knows(void **state)
{
    struct scene scene = scene_with(POOL_SIZE);

    (void)state;
    const Assignment__MediatorsListed *listed = when_asked(scene.stage, "mediator list", OFFICE, "{}");
    assert_int_equal(listed->n_mediators, POOL_SIZE);
    assert_string_equal(listed->mediators[CHEN]->employers[0]->name, "Hongda Labour");
    assert_string_equal(listed->mediators[GAO]->languages[0], "hakka");
    assert_int_equal(listed->mediators[JIN]->load, 4);
    assert_int_equal(listed->mediators[HE]->leave_until, stage_context(scene.stage)->today + 1);
    stage_free(&scene.stage);
}

static void test_a_leave_must_end_after_it_begins_and_not_be_over(void **state)
{
    struct scene scene = scene_with(1);

    (void)state;
    when(scene.stage, "mediator leave", scene.mediators[CHEN], "{'from': 20300, 'until': 20299}");
    then_refused(scene.stage, INVALID, "until", "before it begins");
    when(scene.stage, "mediator leave", scene.mediators[CHEN], "{'from': 10000, 'until': 10010}");
    then_refused(scene.stage, INVALID, "until", "1997-05-29");
    when(scene.stage, "mediator leave", 1, "{'from': 20300, 'until': 20301}");
    then_refused(scene.stage, UNKNOWN, "target", "no mediator");
    stage_free(&scene.stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_mediator_who_worked_for_a_party_is_in_conflict_by_code_or_by_name),
        cmocka_unit_test(test_expertise_is_the_kind_of_dispute_and_nothing_that_only_begins_like_it),
        cmocka_unit_test(test_a_language_is_needed_only_where_one_is_wanted),
        cmocka_unit_test(test_leave_counts_on_its_first_and_on_its_last_day),
        cmocka_unit_test(test_nobody_gets_a_case_over_his_limit_or_one_that_he_declined),
        cmocka_unit_test(test_the_lightest_load_is_chosen_then_the_longest_idle_then_the_first),
        cmocka_unit_test(test_the_lightest_is_passed_over_when_he_is_not_eligible),
        cmocka_unit_test(test_eight_candidates_are_judged_and_each_is_told_why),
        cmocka_unit_test(test_the_mediator_who_was_asked_accepts_and_has_one_case_more_until_it_closes),
        cmocka_unit_test(test_a_case_that_is_opened_again_is_its_mediators_again_until_it_closes_again),
        cmocka_unit_test(test_a_case_without_a_mediator_waits_for_one_when_it_is_opened_again),
        cmocka_unit_test(test_nobody_answers_for_the_mediator_who_was_asked),
        cmocka_unit_test(test_when_one_declines_the_next_is_asked_and_he_never_again),
        cmocka_unit_test(test_the_parties_choice_is_judged_by_the_same_criteria),
        cmocka_unit_test(test_a_new_proposal_takes_the_place_of_one_that_was_not_answered),
        cmocka_unit_test(test_an_unanswered_proposal_counts_as_a_case_in_the_next_choice),
        cmocka_unit_test(test_a_case_that_has_its_mediator_is_proposed_to_nobody),
        cmocka_unit_test(test_an_empty_pool_says_what_to_do),
        cmocka_unit_test(test_a_mediator_needs_a_name_a_kind_a_limit_and_true_credit_codes),
        cmocka_unit_test(test_explain_tells_the_whole_way_to_the_mediator),
        cmocka_unit_test(test_the_list_shows_each_mediator_with_what_he_knows),
        cmocka_unit_test(test_a_leave_must_end_after_it_begins_and_not_be_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
