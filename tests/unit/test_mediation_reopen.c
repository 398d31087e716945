/* SPDX-License-Identifier: Apache-2.0
 *
 * Closed cases that are opened again under the shipped procedure for labour disputes. The case is opened on Friday
 * 8 May 2026; the days were counted by hand with the State Council's list of 2026.
 */
#include "common/base/instant.h"
#include "tests/unit/law_files.h"
#include "tests/unit/mediation_story.h"

#include <cmocka.h>
#include <string.h>

enum { FINISH = 1000, NO_AGREEMENT = 2000, CONFIRMATION = 3000, PERFORMANCE = 4000, REVIEW = 11000 };

#define REOPEN "{'reason': 'both sides want to talk again'}"

/* The shipped procedure was loaded after the story's own, so it is the one in force. */
static struct stage *begun(void)
{
    struct stage *stage = story_new();
    struct law *law = (struct law *)(uintptr_t)stage_context(stage)->law;

    law_file_add_procedure(law, stage_arena(stage), "law/procedures/mediation-labour.txtpb");
    law_file_add_calendars(law, stage_arena(stage), 2026, 2026);
    return stage;
}

/* The story's case came by referral; this one is the office's own. */
static void own(struct stage *stage, uint64_t id)
{
    ((MediationRows__Case *)(uintptr_t)the_case(stage, id))->referral = 0;
}

static uint64_t withdrawn(struct stage *stage)
{
    const uint64_t id = story_mediating(stage);

    own(stage, id);
    stage_at(stage, "2026-05-11T10:00:00+08:00");
    assert_int_equal(when(stage, "case withdraw", id, "{}"), OK);
    as_head(stage);
    return id;
}

static const Store__Clock *the_clock(struct stage *stage, uint64_t id, uint32_t ordinal)
{
    return then_row(stage, &CLOCK, id, ordinal);
}

static const Tiaojie__ClockMove *move_of(const Mediation__Reopened *reopened, uint32_t ordinal)
{
    for (size_t i = 0; i < reopened->step->n_moves; i++)
        if (reopened->step->moves[i]->ordinal == ordinal)
            return reopened->step->moves[i];
    fail_msg("the event names no clock %u", ordinal);
    return NULL;
}

static const Mediation__ClockLine *line_of(struct stage *stage, uint64_t id, uint32_t ordinal)
{
    const Mediation__ClockList *list = when_asked(stage, "case clocks", id, "{}");

    for (size_t i = 0; i < list->n_clocks; i++)
        if (list->clocks[i]->ordinal == ordinal)
            return list->clocks[i];
    fail_msg("no clock %u is shown", ordinal);
    return NULL;
}

/* ---- the time in between ---- */

static void test_a_limit_for_which_the_time_in_between_does_not_count_moves_by_it(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    assert_int_equal(the_clock(stage, id, FINISH)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    stage_at(stage, "2026-05-21T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);

    const Mediation__Reopened *reopened = then_event(stage, 0, "case reopened");
    const Tiaojie__ClockMove *move = move_of(reopened, FINISH);
    assert_string_equal(reopened->outcome, "withdrawn");
    assert_int_equal(move->old_last_day, on("2026-06-08"));
    /* 12 to 20 May do not count: nine days. */
    assert_int_equal(move->last_day, on("2026-06-17"));
    assert_string_equal(move->change, "goes on; the time while the case was closed does not count");
    assert_string_equal(move->reason, "both sides want to talk again");
    assert_string_equal(move->article, "office rule (unverified)");
    const Store__Clock *clock = the_clock(stage, id, FINISH);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    assert_int_equal(clock->last_day, on("2026-06-17"));
    assert_int_equal(clock->fire_at, day_start(on("2026-06-18")) + 60 * INSTANT_SECOND);
    assert_int_equal(clock->ended_at, 0);
    assert_string_equal(the_case(stage, id)->state, "mediating");
    assert_string_equal(the_case(stage, id)->outcome, "");
    stage_free(&stage);
}

static void test_the_pause_and_the_old_day_stay_readable(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    stage_at(stage, "2026-05-21T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    const Mediation__ClockLine *line = line_of(stage, id, FINISH);
    const Tiaojie__ClockLedger *ledger = line->explained->ledger;
    assert_int_equal(ledger->n_pauses, 1);
    assert_int_equal(ledger->pauses[0]->from_day, on("2026-05-12"));
    assert_int_equal(ledger->pauses[0]->until_day, on("2026-05-21"));
    assert_string_equal(ledger->pauses[0]->reason, "both sides want to talk again");
    assert_int_equal(ledger->n_recounts, 1);
    assert_int_equal(ledger->recounts[0]->old_last_day, on("2026-06-08"));
    assert_int_equal(line->explained->last_day, line->last_day);
    assert_string_equal(line->ended_by, "");
    stage_free(&stage);
}

static void test_a_limit_for_which_it_counts_keeps_its_day_and_runs_out_if_that_has_passed(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    /* Fifteen days end on Saturday the 23rd, so on the 25th. */
    stage_at(stage, "2026-06-01T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    const Tiaojie__ClockMove *move = move_of(then_event(stage, 0, "case reopened"), NO_AGREEMENT);
    assert_int_equal(move->old_last_day, on("2026-05-25"));
    assert_int_equal(move->last_day, on("2026-05-25"));
    assert_string_equal(move->change, "goes on; the time while the case was closed counts");
    assert_int_equal(when_clock_fires(stage, id, NO_AGREEMENT), OK);
    const Mediation__LimitPassed *passed = then_event(stage, 0, "limit passed");
    assert_string_equal(passed->effect, "open");
    assert_string_equal(line_of(stage, id, NO_AGREEMENT)->ended_by, "arbitration is open; the mediation may go on");
    stage_free(&stage);
}

static void test_opened_again_on_the_day_of_its_closing_nothing_moves(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    when(stage, "case reopen", id, REOPEN);
    assert_int_equal(move_of(then_event(stage, 0, "case reopened"), FINISH)->last_day, on("2026-06-08"));
    assert_int_equal(line_of(stage, id, FINISH)->explained->ledger->n_pauses, 0);
    stage_free(&stage);
}

static void test_it_can_be_closed_and_opened_again_more_than_once(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    stage_at(stage, "2026-05-21T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    stage_at(stage, "2026-05-25T09:00:00+08:00");
    as_clerk(stage);
    assert_int_equal(when(stage, "case end", id, "{}"), OK);
    const Mediation__Closed *closed = then_event(stage, 1, "case closed");
    assert_string_equal(closed->outcome, "failed");
    assert_string_equal(line_of(stage, id, FINISH)->state, "closed");
    assert_string_equal(line_of(stage, id, FINISH)->ended_by, "case end");
    assert_string_equal(line_of(stage, id, FINISH)->ended_article, "PML 17, 26");
    as_head(stage);
    stage_at(stage, "2026-05-29T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    /* 26 to 28 May are three more. */
    assert_int_equal(move_of(then_event(stage, 0, "case reopened"), FINISH)->last_day, on("2026-06-22"));
    stage_free(&stage);
}

/* ---- what comes after the case ---- */

/* Sealed on 8 May; the first instalment of 31 May was not paid. */
static uint64_t failed_after_agreement(struct stage *stage)
{
    const uint64_t id = story_sealed(stage);

    own(stage, id);
    stage_at(stage, "2026-06-01T00:01:00+08:00");
    assert_int_equal(when_clock_fires(stage, id, PERFORMANCE + 1), OK);
    assert_int_equal(when(stage, "case end", id, "{}"), OK);
    return id;
}

static void test_limits_for_enforcing_the_agreement_run_on_after_the_case(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = failed_after_agreement(stage);

    assert_int_equal(the_clock(stage, id, CONFIRMATION)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    assert_int_equal(the_clock(stage, id, PERFORMANCE + 2)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    assert_string_equal(line_of(stage, id, PERFORMANCE + 2)->ended_by, "case end");
    assert_int_equal(when_clock_fires(stage, id, CONFIRMATION), OK);
    const Mediation__LimitPassed *passed = then_event(stage, 0, "limit passed");
    assert_string_equal(passed->article, "PML 33");
    assert_string_equal(the_case(stage, id)->state, "failed");
    stage_free(&stage);
}

static void test_an_agreement_that_was_not_performed_is_supervised_again(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = failed_after_agreement(stage);

    as_head(stage);
    stage_at(stage, "2026-07-02T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    const Mediation__Reopened *reopened = then_event(stage, 0, "case reopened");
    assert_string_equal(the_case(stage, id)->state, "in_default");
    assert_int_equal(move_of(reopened, PERFORMANCE + 2)->last_day, on("2026-06-30"));
    assert_int_equal(the_clock(stage, id, PERFORMANCE + 1)->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    for (size_t i = 0; i < reopened->step->n_moves; i++)
        assert_int_not_equal(reopened->step->moves[i]->ordinal, CONFIRMATION);
    assert_int_equal(when_clock_fires(stage, id, PERFORMANCE + 2), OK);
    then_event(stage, 0, "instalment default");
    assert_int_equal(the_case(stage, id)->overdue, 2);
    stage_free(&stage);
}

static void test_after_a_refusal_consent_is_asked_for_anew(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = story_opened(stage);

    own(stage, id);
    assert_int_equal(when(stage, "case consent", id, "{'party': 1}"), OK);
    as_head(stage);
    when(stage, "case reopen", id, REOPEN);
    then_event(stage, 0, "case reopened");
    assert_string_equal(the_case(stage, id)->state, "registered");
    as_clerk(stage);
    assert_int_equal(when(stage, "case consent", id, "{'party': 1, 'consents': true}"), OK);
    assert_string_equal(the_case(stage, id)->state, "consented");
    stage_free(&stage);
}

/* ---- refusals ---- */

static void test_a_case_that_is_not_closed_is_not_opened(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = story_mediating(stage);

    as_head(stage);
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, CONFLICT, "target", "not closed");
    then_refused(stage, CONFLICT, "target", "session open");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_only_the_head_decides_and_says_why(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    as_clerk(stage);
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, FORBIDDEN, "role", "head");
    then_refused(stage, FORBIDDEN, "role", "office rule (unverified)");
    as_head(stage);
    when(stage, "case reopen", id, "{}");
    then_refused(stage, INVALID, "reason", "");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_another_office_opens_nothing(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    stage_sender(stage, OFFICE + 1, HEAD);
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, FORBIDDEN, "target", "another office");
    stage_free(&stage);
}

static void test_what_is_performed_stays_closed(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = story_sealed(stage);

    own(stage, id);
    assert_int_equal(when(stage, "case routes", id, "{}"), OK);
    for (unsigned i = 1; i <= 3; i++) {
        const int64_t fen = the_instalment(stage, id, i)->amount_fen;
        assert_int_equal(
            when(stage, "instalment paid", id, body(stage, "{'ordinal': %u, 'amount_fen': %lld}", i, (long long)fen)),
            OK);
    }
    assert_int_equal(when(stage, "case close", id, "{}"), OK);
    assert_int_equal(the_clock(stage, id, CONFIRMATION)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    as_head(stage);
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, CONFLICT, "target", "'performed' is not opened again");
    then_refused(stage, CONFLICT, "target", "new application");
    stage_free(&stage);
}

static void test_what_another_department_referred_is_referred_anew(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = story_mediating(stage);

    when(stage, "case withdraw", id, "{}");
    as_head(stage);
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, CONFLICT, "target", "acts on its outcome");
    then_refused(stage, CONFLICT, "target", "refer the dispute again");
    stage_free(&stage);
}

static void test_no_other_command_opens_it(void **state)
{
    (void)state;
    struct stage *stage = begun();
    const uint64_t id = withdrawn(stage);

    when(stage, "case step", id, "{'step': 'case reopen', 'reason': 'so'}");
    then_refused(stage, INVALID, "step", "has a command of its own");
    stage_free(&stage);
}

/* ---- ended by the text itself ---- */

static void test_a_mediation_that_ends_by_the_text_itself_is_closed_and_told(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    struct law *law = (struct law *)(uintptr_t)stage_context(stage)->law;

    law_file_add_procedure(law, stage_arena(stage), "law/procedures/mediation-shenzhen.txtpb");
    law_file_add_calendars(law, stage_arena(stage), 2026, 2026);
    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case open", OFFICE,
         "{'office': 7, 'dispute': {'kind': 'mediation', 'place': 440305, 'claims': [{}]}}");
    const uint64_t id = then_about(stage);
    assert_int_equal(when_clock_fires(stage, id, FINISH), OK);
    then_event(stage, 0, "limit passed");
    const Mediation__Closed *closed = then_event(stage, 1, "case closed");
    assert_string_equal(closed->outcome, "failed");
    assert_string_equal(the_case(stage, id)->outcome, "failed");
    as_head(stage);
    stage_at(stage, "2026-06-30T09:00:00+08:00");
    when(stage, "case reopen", id, REOPEN);
    then_refused(stage, BARRED, "at", "Shenzhen 2022 Art. 25");
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_limit_for_which_the_time_in_between_does_not_count_moves_by_it),
        cmocka_unit_test(test_the_pause_and_the_old_day_stay_readable),
        cmocka_unit_test(test_a_limit_for_which_it_counts_keeps_its_day_and_runs_out_if_that_has_passed),
        cmocka_unit_test(test_opened_again_on_the_day_of_its_closing_nothing_moves),
        cmocka_unit_test(test_it_can_be_closed_and_opened_again_more_than_once),
        cmocka_unit_test(test_limits_for_enforcing_the_agreement_run_on_after_the_case),
        cmocka_unit_test(test_an_agreement_that_was_not_performed_is_supervised_again),
        cmocka_unit_test(test_after_a_refusal_consent_is_asked_for_anew),
        cmocka_unit_test(test_a_case_that_is_not_closed_is_not_opened),
        cmocka_unit_test(test_only_the_head_decides_and_says_why),
        cmocka_unit_test(test_another_office_opens_nothing),
        cmocka_unit_test(test_what_is_performed_stays_closed),
        cmocka_unit_test(test_what_another_department_referred_is_referred_anew),
        cmocka_unit_test(test_no_other_command_opens_it),
        cmocka_unit_test(test_a_mediation_that_ends_by_the_text_itself_is_closed_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
