/* SPDX-License-Identifier: Apache-2.0
 *
 * Routes to enforcement: which facts open and close each, and the last day of each.
 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "services/mediation/enforcement.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

enum { DUES = 2 };

struct setting {
    struct arena *arena;
    struct law *law; /* with the calendars of 2026 */
    struct enforcement_due dues[DUES];
    struct enforcement_facts facts;
};

static int32_t on(const char *text)
{
    struct refusal refusal;
    int32_t day = 0;

    assert_int_equal(day_parse(text, "day", &day, &refusal), OK);
    return day;
}

/* Sealed on Monday 2 March 2026, two instalments, nothing due yet; everything is said and in favour. */
static void agree(struct setting *setting)
{
    struct enforcement_facts *facts = &setting->facts;

    setting->dues[0] = (struct enforcement_due){1, on("2026-04-30"), false};
    setting->dues[1] = (struct enforcement_due){2, on("2026-05-29"), false};
    *facts = (struct enforcement_facts){
        .labour = true, .today = on("2026-03-03"), .effect_day = on("2026-03-02"), .dues = setting->dues, DUES};
    route__facts__init(&facts->said);
    facts->said.presided = ROUTE__BODY__BODY_PEOPLES_COMMITTEE;
    facts->said.claim = ROUTE__CLAIM__CLAIM_ARREARS;
    facts->said.payment_only = FACT_YES;
    facts->said.both_apply = FACT_YES;
    facts->said.respondent_identified = FACT_YES;
    facts->said.debtor_accepts = FACT_YES;
    facts->said.deliverable = FACT_YES;
    facts->said.disputed = FACT_NO;
    facts->said.preservation = FACT_NO;
    facts->said.counter_duty = FACT_NO;
    facts->said.iou = FACT_NO;
    facts->said.title = FACT_NO;
}

static int with_agreement(void **state)
{
    static struct setting setting;

    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new()};
    law_file_add_calendars(setting.law, setting.arena, 2025, 2026);
    agree(&setting);
    *state = &setting;
    return 0;
}

static int without_agreement(void **state)
{
    struct setting *setting = *state;

    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

static const Route__Line *judge(struct setting *setting, const char *name)
{
    const struct enforcement_route *route = enforcement_route(name);

    assert_non_null(route);
    return enforcement_judge(route, &setting->facts, law_calendar(setting->law), setting->arena);
}

static void is_open_until(struct setting *setting, const char *name, const char *day)
{
    const Route__Line *line = judge(setting, name);

    assert_int_equal(line->state, ROUTE__STATE__STATE_OPEN_UNTIL);
    assert_int_equal(line->until_day, on(day));
}

/* Closed, late or not yet; `words` stands in the reason, its values filled in. */
static void is_shut(struct setting *setting, const char *name, Route__State state, const char *words,
                    const char *article)
{
    const Route__Line *line = judge(setting, name);
    const char *reason = text_fill(setting->arena, line->reason, (const char *const *)line->values, line->n_values);

    assert_int_equal(line->state, state);
    if (!strstr(reason, words))
        fail_msg("'%s' is not in '%s'", words, reason);
    assert_string_equal(line->grounds, article);
    assert_true(*line->remedy);
}

static void is_closed(struct setting *setting, const char *name, const char *words, const char *article)
{
    is_shut(setting, name, ROUTE__STATE__STATE_CLOSED, words, article);
}

static void needs(struct setting *setting, const char *name, const char *fact)
{
    const Route__Line *line = judge(setting, name);

    assert_int_equal(line->state, ROUTE__STATE__STATE_NEEDS);
    for (size_t i = 0; i < line->n_needs; i++)
        if (strcmp(line->needs[i]->fact, fact) == 0)
            return;
    fail_msg("%s does not ask for %s", name, fact);
}

static void is_open(struct setting *setting, const char *name)
{
    assert_int_equal(judge(setting, name)->state, ROUTE__STATE__STATE_OPEN);
}

/* ---- judicial confirmation ---- */

static void test_confirmation_is_open_on_the_thirtieth_day_and_late_on_the_next(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-04-01");
    is_open_until(setting, "judicial-confirmation", "2026-04-01");
    assert_false(judge(setting, "judicial-confirmation")->unverified);
    setting->facts.today = on("2026-04-02");
    is_shut(setting, "judicial-confirmation", ROUTE__STATE__STATE_LATE, "2026-04-01", "CPL 205; PML 33");
}

static void test_a_last_day_on_a_sunday_moves_to_monday_and_is_marked_as_practice(void **state)
{
    struct setting *setting = *state;

    setting->facts.effect_day = on("2026-02-13");
    is_open_until(setting, "judicial-confirmation", "2026-03-16");
    assert_true(judge(setting, "judicial-confirmation")->unverified);
    assert_true(judge(setting, "judicial-confirmation")->limits[0]->unverified);
}

static void test_a_respondent_whom_nobody_can_name_closes_confirmation_and_no_arbitration(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.respondent_identified = FACT_NO;
    is_closed(setting, "judicial-confirmation", "not identified", "CPL Interpretation 354");
    setting->facts.today = on("2026-05-01");
    assert_int_equal(judge(setting, "arbitration")->state, ROUTE__STATE__STATE_OPEN_UNTIL);
}

static void test_what_an_enterprise_committee_mediated_is_reviewed_but_not_confirmed(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.presided = ROUTE__BODY__BODY_ENTERPRISE_COMMITTEE;
    is_closed(setting, "judicial-confirmation", "people's mediation committee", "Labour Interpretation (I) 52");
    setting->facts.said.presided = ROUTE__BODY__BODY_TOWNSHIP;
    is_closed(setting, "judicial-confirmation", "people's mediation committee", "Labour Interpretation (I) 52");
    is_open_until(setting, "arbitration-review", "2026-03-17");
}

static void test_duties_other_than_payment_close_confirmation_of_labour_disputes_only(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.payment_only = FACT_NO;
    is_closed(setting, "judicial-confirmation", "other duties than payment", "Labour Interpretation (I) 52");
    setting->facts.labour = false;
    setting->facts.said.presided = ROUTE__BODY__BODY_NONE;
    is_open_until(setting, "judicial-confirmation", "2026-04-01");
}

static void test_one_side_alone_gets_neither_confirmation_nor_review_nor_notary(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.both_apply = FACT_NO;
    is_closed(setting, "judicial-confirmation", "one side alone", "CPL 205; PML 33");
    is_closed(setting, "arbitration-review", "one side alone", "Order 33 Art. 74; Order 17 Art. 27");
    is_closed(setting, "notarisation", "one side alone", "Notary Law 37; CPL 249");
}

static void test_what_nobody_said_is_asked_for_and_not_assumed(void **state)
{
    struct setting *setting = *state;

    route__facts__init(&setting->facts.said);
    needs(setting, "judicial-confirmation", "presided");
    needs(setting, "judicial-confirmation", "payment_only");
    needs(setting, "judicial-confirmation", "both_apply");
    needs(setting, "judicial-confirmation", "respondent_identified");
    needs(setting, "judicial-confirmation", "title");
    assert_int_equal(judge(setting, "judicial-confirmation")->until_day, on("2026-04-01"));
    needs(setting, "arbitration-review", "confirms_relation");
    needs(setting, "notarisation", "disputed");
    needs(setting, "notarisation", "debtor_accepts");
    needs(setting, "suit-on-iou", "iou");
    needs(setting, "labour-inspection", "claim");
    setting->facts.today = on("2026-05-01");
    needs(setting, "payment-order", "claim");
    needs(setting, "payment-order", "deliverable");
    needs(setting, "payment-order", "counter_duty");
    needs(setting, "payment-order", "preservation");
}

static void test_a_day_that_has_passed_closes_also_what_is_still_to_be_asked(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.both_apply = FACT_UNSAID;
    setting->facts.today = on("2026-04-02");
    is_shut(setting, "judicial-confirmation", ROUTE__STATE__STATE_LATE, "2026-04-01", "CPL 205; PML 33");
    assert_int_equal(judge(setting, "judicial-confirmation")->n_needs, 0);
}

/* ---- arbitration review ---- */

static void test_fifteen_days_that_end_in_the_national_holiday_end_after_it(void **state)
{
    struct setting *setting = *state;

    setting->facts.effect_day = on("2026-09-16");
    setting->facts.today = on("2026-10-08");
    is_open_until(setting, "arbitration-review", "2026-10-08");
    /* Only 1 to 3 October are statutory holidays: by the text alone 4 October would be the last day. */
    assert_true(judge(setting, "arbitration-review")->unverified);
    setting->facts.today = on("2026-10-09");
    is_shut(setting, "arbitration-review", ROUTE__STATE__STATE_LATE, "2026-10-08",
            "Order 33 Art. 74; Order 17 Art. 27");
}

static void test_an_agreement_that_confirms_a_labour_relation_is_not_reviewed(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.payment_only = FACT_NO;
    setting->facts.said.confirms_relation = FACT_YES;
    is_closed(setting, "arbitration-review", "confirms a labour relation", "Order 33 Art. 75");
    setting->facts.said.confirms_relation = FACT_NO;
    is_open_until(setting, "arbitration-review", "2026-03-17");
}

/* ---- payment orders ---- */

static void test_a_payment_order_opens_the_day_after_a_payment_was_due(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-04-30");
    is_shut(setting, "payment-order", ROUTE__STATE__STATE_NOT_YET, "no payment is overdue", "CPL Interpretation 427");
    assert_int_equal(judge(setting, "payment-order")->opens_day, on("2026-05-01"));
    setting->facts.today = on("2026-05-01");
    is_open(setting, "payment-order");
    setting->dues[0].paid = true;
    is_shut(setting, "payment-order", ROUTE__STATE__STATE_NOT_YET, "no payment is overdue", "CPL Interpretation 427");
    assert_int_equal(judge(setting, "payment-order")->opens_day, on("2026-05-30"));
    setting->dues[1].paid = true;
    is_closed(setting, "payment-order", "no payment is overdue", "CPL Interpretation 427");
}

static void test_each_condition_of_a_payment_order_closes_it_alone(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-05-01");
    setting->facts.said.deliverable = FACT_NO;
    is_closed(setting, "payment-order", "cannot be delivered", "CPL 225; CPL Interpretation 427");
    agree(setting);
    setting->facts.today = on("2026-05-01");
    setting->facts.said.counter_duty = FACT_YES;
    is_closed(setting, "payment-order", "duty in return", "CPL 225; CPL Interpretation 427");
    agree(setting);
    setting->facts.today = on("2026-05-01");
    setting->facts.said.preservation = FACT_YES;
    is_closed(setting, "payment-order", "preserve property", "CPL Interpretation 427");
    agree(setting);
    setting->facts.said.claim = ROUTE__CLAIM__CLAIM_OTHER;
    is_closed(setting, "payment-order", "not about arrears", "LDMAL 16; CPL 225");
}

static void test_the_two_payment_orders_are_for_different_claims_and_fail_differently(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-05-01");
    assert_non_null(strstr(judge(setting, "payment-order")->fails, "sue on the mediation agreement at once"));
    assert_non_null(strstr(judge(setting, "wage-payment-order")->fails, "arbitration comes before"));
    setting->facts.said.claim = ROUTE__CLAIM__CLAIM_INJURY_MEDICAL;
    is_open(setting, "payment-order");
    is_closed(setting, "wage-payment-order", "not about arrears", "LCL 30; CPL 225");
}

/* ---- notary ---- */

static void test_a_notary_needs_peace_payment_and_the_debtors_word(void **state)
{
    struct setting *setting = *state;

    is_open(setting, "notarisation");
    setting->facts.said.debtor_accepts = FACT_NO;
    is_closed(setting, "notarisation", "does not accept enforcement", "Notary Law 37");
    setting->facts.said.disputed = FACT_YES;
    is_closed(setting, "notarisation", "dispute the matter", "Notary Law 31(4)");
    setting->facts.said.payment_only = FACT_NO;
    is_closed(setting, "notarisation", "other duties than payment", "Notary Law 37; CPL 249");
}

static void test_what_the_rules_of_notaries_ask_for_is_marked_unverified(void **state)
{
    struct setting *setting = *state;
    const Route__Line *line = judge(setting, "notarisation");
    size_t unverified = 0;

    for (size_t i = 0; i < line->n_papers; i++)
        unverified += line->papers[i]->unverified ? 1 : 0;
    assert_int_equal(unverified, 1);
    assert_true(line->unverified);
    assert_false(judge(setting, "payment-order")->unverified);
}

/* ---- arbitration, suit, inspection ---- */

static void test_a_breach_opens_arbitration_for_a_year_and_a_suit_for_three(void **state)
{
    struct setting *setting = *state;

    is_shut(setting, "arbitration", ROUTE__STATE__STATE_NOT_YET, "kept so far", "LDMAL 15");
    setting->facts.today = on("2026-05-06");
    is_open_until(setting, "arbitration", "2027-05-03"); /* 1 May 2027 is a Saturday */
    is_open_until(setting, "suit-on-agreement", "2029-05-29");
    setting->facts.labour = false;
    is_closed(setting, "arbitration", "no labour dispute", "LDMAL 15");
    is_open_until(setting, "suit-on-agreement", "2029-05-29");
}

static void test_a_breach_of_another_duty_than_payment_counts_when_people_say_so(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.breach = FACT_YES;
    is_open(setting, "arbitration");
    is_shut(setting, "payment-order", ROUTE__STATE__STATE_NOT_YET, "no payment is overdue", "CPL Interpretation 427");
}

static void test_only_an_agreement_on_pay_leads_straight_to_court(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-05-06");
    setting->facts.said.claim = ROUTE__CLAIM__CLAIM_COMPENSATION;
    is_closed(setting, "suit-on-agreement", "only an agreement on pay", "Labour Interpretation (I) 51");
    assert_int_equal(judge(setting, "arbitration")->state, ROUTE__STATE__STATE_OPEN_UNTIL);
}

static void test_a_limitation_that_passed_leaves_the_route_open_to_an_objection(void **state)
{
    struct setting *setting = *state;
    const Route__Line *line;

    setting->facts.today = on("2027-05-04");
    line = judge(setting, "arbitration");
    assert_int_equal(line->state, ROUTE__STATE__STATE_OPEN);
    assert_non_null(strstr(line->reason, "may object"));
    assert_string_equal(line->values[0], "2027-05-03");
}

static void test_a_written_iou_leads_straight_to_court_without_an_agreement(void **state)
{
    struct setting *setting = *state;

    is_closed(setting, "suit-on-iou", "no written IOU", "Labour Interpretation (I) 15");
    setting->facts.said.iou = FACT_YES;
    setting->facts.effect_day = 0;
    setting->facts.due_count = 0;
    is_open(setting, "suit-on-iou");
}

static void test_the_inspection_hears_of_what_is_unpaid_whatever_its_day(void **state)
{
    struct setting *setting = *state;

    is_open(setting, "labour-inspection");
    setting->facts.said.claim = ROUTE__CLAIM__CLAIM_OTHER;
    is_closed(setting, "labour-inspection", "not about arrears", "LDMAL 9; Labour Inspection Regulation 13");
    setting->facts.said.claim = ROUTE__CLAIM__CLAIM_ARREARS;
    setting->dues[0].paid = setting->dues[1].paid = true;
    is_closed(setting, "labour-inspection", "nothing is left", "LDMAL 9; Labour Inspection Regulation 13");
}

/* ---- enforcement itself ---- */

static void test_an_agreement_alone_is_not_enforced(void **state)
{
    struct setting *setting = *state;

    setting->facts.today = on("2026-05-06");
    is_closed(setting, "enforcement", "the agreement alone", "CPL 250");
    setting->facts.said.title = FACT_YES;
    assert_int_equal(judge(setting, "enforcement")->state, ROUTE__STATE__STATE_OPEN_UNTIL);
    is_closed(setting, "judicial-confirmation", "a document already", "CPL 205; PML 33");
}

static void test_enforcement_warns_for_each_instalment_and_ends_two_years_after_the_last(void **state)
{
    struct setting *setting = *state;

    setting->facts.said.title = FACT_YES;
    setting->facts.today = on("2026-05-06");
    is_open_until(setting, "enforcement", "2028-05-29");
    const Route__Line *line = judge(setting, "enforcement");
    assert_int_equal(line->n_limits, 3);
    assert_int_equal(line->limits[0]->instalment, 1);
    assert_int_equal(line->limits[0]->effect, ROUTE__EFFECT__EFFECT_WARNING);
    assert_string_equal(line->limits[0]->article, "SPC 2018 Art. 9");
    assert_int_equal(line->limits[0]->last_day, on("2028-05-01")); /* 30 April 2028 is a Sunday */
    assert_int_equal(line->limits[2]->effect, ROUTE__EFFECT__EFFECT_OBJECTION);
    assert_string_equal(line->limits[2]->article, "CPL 250; CPL Interpretation 481");
    assert_true(line->limits[2]->provisional);
    setting->dues[0].paid = true;
    setting->facts.today = on("2028-05-30");
    line = judge(setting, "enforcement");
    assert_int_equal(line->n_limits, 2);
    assert_int_equal(line->limits[0]->instalment, 2);
    assert_int_equal(line->state, ROUTE__STATE__STATE_OPEN);
    assert_non_null(strstr(line->reason, "may object"));
}

static void test_without_an_agreement_in_effect_its_routes_are_closed(void **state)
{
    static const char *const NAMES[] = {"judicial-confirmation", "arbitration-review", "payment-order",
                                        "notarisation",          "arbitration",        "suit-on-agreement"};
    struct setting *setting = *state;

    setting->facts.effect_day = 0;
    setting->facts.due_count = 0;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        is_closed(setting, NAMES[i], "no agreement has effect", "PML 29");
}

static void test_without_an_agreement_the_wages_themselves_can_be_asked_for(void **state)
{
    struct setting *setting = *state;

    setting->facts.effect_day = 0;
    setting->facts.due_count = 0;
    is_open(setting, "labour-inspection");
    needs(setting, "wage-payment-order", "breach");
    setting->facts.said.breach = FACT_YES;
    is_open(setting, "wage-payment-order");
    setting->facts.said.breach = FACT_NO;
    is_closed(setting, "wage-payment-order", "no payment is overdue", "CPL Interpretation 427");
}

/* ---- the table ---- */

static void test_every_route_has_article_papers_and_both_ends_and_a_number_of_its_own(void **state)
{
    uint32_t last = 0;

    (void)state;
    for (const struct enforcement_route *route = ENFORCEMENT_ROUTES; route->ordinal; route++) {
        assert_int_equal(route->ordinal, last + 1);
        last = route->ordinal;
        assert_ptr_equal(enforcement_route(route->name), route);
        assert_true(*route->article && *route->text && route->papers[0].text && *route->follows && *route->fails);
    }
    assert_int_equal(last, 10);
    assert_null(enforcement_route("prayer"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_agreement, without_agreement)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_confirmation_is_open_on_the_thirtieth_day_and_late_on_the_next),
        CASE(test_a_last_day_on_a_sunday_moves_to_monday_and_is_marked_as_practice),
        CASE(test_a_respondent_whom_nobody_can_name_closes_confirmation_and_no_arbitration),
        CASE(test_what_an_enterprise_committee_mediated_is_reviewed_but_not_confirmed),
        CASE(test_duties_other_than_payment_close_confirmation_of_labour_disputes_only),
        CASE(test_one_side_alone_gets_neither_confirmation_nor_review_nor_notary),
        CASE(test_what_nobody_said_is_asked_for_and_not_assumed),
        CASE(test_a_day_that_has_passed_closes_also_what_is_still_to_be_asked),
        CASE(test_fifteen_days_that_end_in_the_national_holiday_end_after_it),
        CASE(test_an_agreement_that_confirms_a_labour_relation_is_not_reviewed),
        CASE(test_a_payment_order_opens_the_day_after_a_payment_was_due),
        CASE(test_each_condition_of_a_payment_order_closes_it_alone),
        CASE(test_the_two_payment_orders_are_for_different_claims_and_fail_differently),
        CASE(test_a_notary_needs_peace_payment_and_the_debtors_word),
        CASE(test_what_the_rules_of_notaries_ask_for_is_marked_unverified),
        CASE(test_a_breach_opens_arbitration_for_a_year_and_a_suit_for_three),
        CASE(test_a_breach_of_another_duty_than_payment_counts_when_people_say_so),
        CASE(test_only_an_agreement_on_pay_leads_straight_to_court),
        CASE(test_a_limitation_that_passed_leaves_the_route_open_to_an_objection),
        CASE(test_a_written_iou_leads_straight_to_court_without_an_agreement),
        CASE(test_the_inspection_hears_of_what_is_unpaid_whatever_its_day),
        CASE(test_an_agreement_alone_is_not_enforced),
        CASE(test_enforcement_warns_for_each_instalment_and_ends_two_years_after_the_last),
        CASE(test_without_an_agreement_in_effect_its_routes_are_closed),
        CASE(test_without_an_agreement_the_wages_themselves_can_be_asked_for),
        CASE(test_every_route_has_article_papers_and_both_ends_and_a_number_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
