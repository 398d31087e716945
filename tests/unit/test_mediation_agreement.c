/* SPDX-License-Identifier: Apache-2.0
 *
 * The agreement: amounts for each worker, instalments to the fen, shares, consent, signatures, the seal.
 */
#include "tests/unit/mediation_story.h"

#include <cmocka.h>

static const char *monthly(struct stage *stage, unsigned count, const char *from)
{
    return body(stage, ", 'monthly': {'count': %u, 'from_day': %d}", count, on(from));
}

static void test_every_worker_needs_his_amount_before_anybody_can_sign(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "agreement draft", id, draft_of(stage, 1, 11, monthly(stage, 3, "2026-05-31")));
    then_refused(stage, INVALID, "portions", "no amount for the worker of claim 12");
    when(stage, "agreement draft", id, draft_of(stage, 1, 13, monthly(stage, 3, "2026-05-31")));
    then_refused(stage, UNKNOWN, "portions[12]", "no such claim");
    when(stage, "agreement draft", id, "{'portions': [{'claim': 1, 'amount_fen': 1}, {'claim': 1, 'amount_fen': 1}]}");
    then_refused(stage, INVALID, "portions[1]", "named twice");
    when(stage, "agreement draft", id, "{'portions': [{'claim': 1, 'amount_fen': -1}]}");
    assert_int_equal(when(stage, "agreement draft", id, "{'portions': [{'claim': 1, 'amount_fen': 0}]}"), INVALID);
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_monthly_instalments_from_the_31st_end_with_each_month_and_sum_to_the_fen(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    assert_int_equal(the_instalment(stage, id, 1)->due_day, on("2026-05-31"));
    assert_int_equal(the_instalment(stage, id, 2)->due_day, on("2026-06-30"));
    assert_int_equal(the_instalment(stage, id, 3)->due_day, on("2026-07-31"));
    assert_int_equal(the_instalment(stage, id, 1)->amount_fen, 366666);
    assert_int_equal(the_instalment(stage, id, 2)->amount_fen, 366666);
    assert_int_equal(the_instalment(stage, id, 3)->amount_fen, 366668);
    assert_int_equal(the_case(stage, id)->agreed_fen, 11 * WAGE_FEN);
    assert_int_equal(the_case(stage, id)->agreed, 11);
    stage_free(&stage);
}

static void test_listed_instalments_that_do_not_sum_are_refused_with_both_sums(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);
    const char *short_by_one =
        body(stage, ", 'instalments': [{'due_day': %d, 'amount_fen': %d}]", on("2026-06-30"), 12 * WAGE_FEN - 1);

    when(stage, "agreement draft", id, draft_of(stage, 1, 12, short_by_one));
    then_refused(stage, INVALID, "instalments", "sum to 11,999.99, the workers' amounts to 12,000.00");
    then_nothing_changed(stage);
    stage_free(&stage);
}

static void test_instalments_lie_in_order_and_not_in_the_past(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "agreement draft", id, draft_of(stage, 1, 12, monthly(stage, 3, "2026-05-07")));
    then_refused(stage, INVALID, "monthly.from_day", "past");
    when(
        stage, "agreement draft", id,
        draft_of(stage, 1, 12,
                 body(stage,
                      ", 'instalments': [{'due_day': %d, 'amount_fen': 600000}, {'due_day': %d, 'amount_fen': 600000}]",
                      on("2026-07-31"), on("2026-06-30"))));
    then_refused(stage, INVALID, "instalments[1]", "before the one of the instalment before it");
    when(stage, "agreement draft", id, draft_of(stage, 1, 12, monthly(stage, 121, "2026-05-31")));
    then_refused(stage, INVALID, "monthly.count", "1 to 120");
    when(stage, "agreement draft", id, draft_of(stage, 1, 12, ""));
    then_refused(stage, INVALID, "instalments", "1 to 120");
    stage_free(&stage);
}

static void test_two_payers_with_fixed_shares_owe_their_own_instalments_only(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_opened(stage);

    given(stage, &PARTY,
          body(stage, "{'case_id': %llu, 'ordinal': 2, 'role': 'payer', 'name': 'Builder'}", (unsigned long long)id));
    when(stage, "case consent", id, "{'party': 1, 'consents': true}");
    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case assign", id, body(stage, "{'mediator': %d, 'mediator_name': 'Li'}", MEDIATOR));
    as_mediator(stage);
    when(stage, "session open", id, "{'place': 'town hall'}");

    const char *shares = "'bound': [{'party': 1, 'share_fen': 700000}, {'party': 2, 'share_fen': 500000}]";
    when(stage, "agreement draft", id,
         draft_of(stage, 1, 12, body(stage, "%s, %s", monthly(stage, 2, "2026-06-30"), shares)));
    then_event(stage, 0, "agreement drafted");
    assert_int_equal(the_instalment(stage, id, 1)->payer, 1);
    assert_int_equal(the_instalment(stage, id, 1)->amount_fen, 350000);
    assert_int_equal(the_instalment(stage, id, 2)->payer, 2);
    assert_int_equal(the_instalment(stage, id, 2)->amount_fen, 250000);
    assert_int_equal(the_instalment(stage, id, 4)->due_day, on("2026-07-30"));

    when(stage, "agreement draft", id,
         draft_of(stage, 1, 12,
                  body(stage, "%s, 'bound': [{'party': 1, 'share_fen': 700000}, {'party': 2, 'share_fen': 499999}]",
                       monthly(stage, 2, "2026-06-30"))));
    then_refused(stage, INVALID, "bound", "the shares sum to 11,999.99");
    when(stage, "agreement draft", id,
         draft_of(stage, 1, 12,
                  body(stage, ", %s, 'instalments': [{'due_day': %d, 'amount_fen': 1200000, 'payer': 1}]", shares,
                       on("2026-06-30"))));
    then_refused(stage, INVALID, "instalments", "party 1 has instalments of 12,000.00 and a share of 7,000.00");
    stage_free(&stage);
}

static void test_one_who_is_jointly_liable_has_no_share(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "agreement draft", id,
         draft_of(stage, 1, 12, ", 'bound': [{'party': 1, 'share_fen': 1}, {'party': 2, 'share_fen': 1}]"));
    then_refused(stage, INVALID, "bound[1]", "jointly liable");
    stage_free(&stage);
}

static void test_who_does_not_consent_makes_the_draft_fall_and_a_new_one_goes_without_him(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_in_session(stage);

    when(stage, "agreement draft", id, draft_of(stage, 1, 12, monthly(stage, 4, "2026-05-31")));
    when(stage, "agreement consent", id, "{'claims': [12]}");
    const Mediation__WorkerOutside *outside = then_event(stage, 0, "worker outside");
    assert_true(outside->draft_falls);

    when(stage, "agreement sign", id, "{'mediator': true}");
    then_refused(stage, CONFLICT, "target", "the draft fell");
    when(stage, "agreement consent", id, "{'consents': true}");
    then_refused(stage, CONFLICT, "claims", "no worker");
    when(stage, "agreement draft", id, draft_of(stage, 1, 12, monthly(stage, 3, "2026-05-31")));
    then_refused(stage, CONFLICT, "portions[11]", "stays outside");
    when(stage, "agreement draft", id, draft_of(stage, 1, 11, monthly(stage, 3, "2026-05-31")));
    then_event(stage, 0, "agreement drafted");

    assert_int_equal(the_case(stage, id)->agreed, 11);
    assert_int_equal(the_case(stage, id)->outside, 1);
    assert_false(the_case(stage, id)->draft_falls);
    assert_int_equal(the_instalment(stage, id, 4)->state, MEDIATION__INSTALMENT_STATE__INSTALMENT_STATE_REPLACED);
    stage_free(&stage);
}

static void test_a_worker_outside_may_come_back_into_a_new_draft(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'claims': [12], 'consents': true}");
    then_event(stage, 0, "worker consented");
    assert_int_equal(the_case(stage, id)->outside, 0);
    assert_true(the_case(stage, id)->draft_falls);
    when(stage, "agreement draft", id, draft_of(stage, 1, 12, monthly(stage, 3, "2026-05-31")));
    then_event(stage, 0, "agreement drafted");
    assert_int_equal(the_case(stage, id)->agreed, 12);
    stage_free(&stage);
}

static void test_nobody_signs_before_every_worker_of_the_draft_consented(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'claims': [1, 2, 3], 'consents': true}");
    when(stage, "agreement sign", id, "{'parties': [1]}");
    then_refused(stage, CONFLICT, "claims", "3 of the draft's 11 workers");
    then_nothing_changed(stage);
    when(stage, "agreement consent", id, "{'claims': [3], 'consents': true}");
    then_refused(stage, CONFLICT, "claims[0]", "recorded already");
    stage_free(&stage);
}

static void test_only_a_representative_hands_in_the_consent_of_others(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'consents': true, 'representative': 3}");
    then_refused(stage, INVALID, "representative", "no representative");
    when(stage, "agreement consent", id, "{'consents': true, 'representative': 2}");
    const Mediation__WorkersConsented *consented = then_event(stage, 0, "worker consented");
    assert_int_equal(consented->n_claims, 11);
    assert_int_equal(the_case(stage, id)->consenting, 11);
    stage_free(&stage);
}

static void test_a_new_draft_asks_for_consent_and_signatures_again(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'consents': true, 'representative': 1}");
    when(stage, "agreement sign", id, "{'parties': [1], 'claims': [1], 'mediator': true}");
    then_event(stage, 0, "agreement signed");
    when(stage, "agreement draft", id, draft_of(stage, 1, 11, monthly(stage, 2, "2026-05-31")));
    then_event(stage, 0, "agreement drafted");

    assert_int_equal(the_case(stage, id)->consenting, 0);
    assert_false(the_case(stage, id)->workers_signed);
    assert_false(the_case(stage, id)->mediator_signed);
    const MediationRows__Party *party = then_row(stage, &PARTY, id, 1);
    assert_false(party->has_signed);
    stage_free(&stage);
}

static void test_the_seal_waits_for_every_bound_party_and_the_mediator(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'consents': true, 'representative': 1}");
    when(stage, "agreement sign", id, "{'parties': [1], 'claims': [1], 'mediator': true}");
    as_head(stage);
    when(stage, "agreement seal", id, "{}");
    then_refused(stage, CONFLICT, "parties", "PML 29");
    as_mediator(stage);
    when(stage, "agreement sign", id, "{'parties': [1]}");
    then_refused(stage, CONFLICT, "parties[0]", "recorded already");
    when(stage, "agreement sign", id, "{'parties': [2]}");
    as_head(stage);
    when(stage, "agreement seal", id, "{}");
    then_event(stage, 0, "agreement sealed");
    stage_free(&stage);
}

static void test_without_a_representative_each_worker_signs(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'consents': true, 'representative': 1}");
    when(stage, "agreement sign", id, "{'claims': [3, 4, 5, 6, 7, 8, 9, 10, 11]}");
    assert_false(the_case(stage, id)->workers_signed);
    when(stage, "agreement sign", id, "{'claims': [12]}");
    then_refused(stage, UNKNOWN, "claims[0]", "no such worker is in the draft");
    when(stage, "agreement sign", id, "{'claims': [2]}");
    assert_true(the_case(stage, id)->workers_signed);
    stage_free(&stage);
}

static void test_the_seal_starts_a_clock_for_each_instalment_and_the_30_days_for_confirmation(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);

    for (uint32_t ordinal = 1; ordinal <= 3; ordinal++) {
        const Store__Clock *performance = then_row(stage, &CLOCK, id, 4000 + ordinal);
        assert_int_equal(performance->last_day, the_instalment(stage, id, ordinal)->due_day);
        assert_int_equal(performance->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    }
    /* 30 days from 8 May end on Sunday 7 June: the Monday after it. */
    const Store__Clock *confirmation = then_row(stage, &CLOCK, id, 3000);
    assert_int_equal(confirmation->last_day, on("2026-06-08"));
    const Store__Clock *finish = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(finish->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(the_case(stage, id)->effect_at, stage_context(stage)->now);
    stage_free(&stage);
}

static void test_a_due_day_on_a_rest_day_stays_and_is_shown_as_one(void **state)
{
    (void)state;
    struct stage *stage = story_new();
    const uint64_t id = story_sealed(stage);
    const Mediation__CasePage *page = when_asked(stage, "case show", id, "{}");

    assert_non_null(page);
    assert_true(page->agreement->instalments[0]->rest_day); /* Sunday 31 May */
    assert_int_equal(page->agreement->instalments[0]->due_day, on("2026-05-31"));
    assert_false(page->agreement->instalments[1]->rest_day);
    stage_free(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_worker_needs_his_amount_before_anybody_can_sign),
        cmocka_unit_test(test_monthly_instalments_from_the_31st_end_with_each_month_and_sum_to_the_fen),
        cmocka_unit_test(test_listed_instalments_that_do_not_sum_are_refused_with_both_sums),
        cmocka_unit_test(test_instalments_lie_in_order_and_not_in_the_past),
        cmocka_unit_test(test_two_payers_with_fixed_shares_owe_their_own_instalments_only),
        cmocka_unit_test(test_one_who_is_jointly_liable_has_no_share),
        cmocka_unit_test(test_who_does_not_consent_makes_the_draft_fall_and_a_new_one_goes_without_him),
        cmocka_unit_test(test_a_worker_outside_may_come_back_into_a_new_draft),
        cmocka_unit_test(test_nobody_signs_before_every_worker_of_the_draft_consented),
        cmocka_unit_test(test_only_a_representative_hands_in_the_consent_of_others),
        cmocka_unit_test(test_a_new_draft_asks_for_consent_and_signatures_again),
        cmocka_unit_test(test_the_seal_waits_for_every_bound_party_and_the_mediator),
        cmocka_unit_test(test_without_a_representative_each_worker_signs),
        cmocka_unit_test(test_the_seal_starts_a_clock_for_each_instalment_and_the_30_days_for_confirmation),
        cmocka_unit_test(test_a_due_day_on_a_rest_day_stays_and_is_shown_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
