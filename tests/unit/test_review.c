/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "common/procedure/procedure.h"
#include "common/procedure/review.h"
#include "common/procedure/walk.h"
#include "common/procedure/walk_facts.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { WALKS = 10000, SEED = 20260801 };

/* ---- finding one's way in a definition ---- */

static Tiaojie__Procedure__Step *step(Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, name) == 0)
            return definition->steps[i];
    fail_msg("no step %s", name);
    return NULL;
}

static Tiaojie__Procedure__Clock *clock_of(Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (strcmp(definition->clocks[i]->name, name) == 0)
            return definition->clocks[i];
    fail_msg("no clock %s", name);
    return NULL;
}

static Tiaojie__Procedure__State *state_of(Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_states; i++)
        if (strcmp(definition->states[i]->name, name) == 0)
            return definition->states[i];
    fail_msg("no state %s", name);
    return NULL;
}

/* ---- thirty ways to get it wrong ---- */

static void no_step_to_drafted(Tiaojie__Procedure *definition)
{
    step(definition, "agreement draft")->to = "";
}

static void nothing_follows_an_objection(Tiaojie__Procedure *definition)
{
    step(definition, "objection reject")->from[0] = "confirmed";
    step(definition, "ruling cancel")->from[0] = "confirmed";
}

static void corrected_for_ever(Tiaojie__Procedure *definition)
{
    static const char *const WAYS_OUT[] = {"order accept", "order refuse", "application withdraw"};

    for (size_t i = 0; i < sizeof WAYS_OUT / sizeof *WAYS_OUT; i++) {
        step(definition, WAYS_OUT[i])->n_from = 1;
        step(definition, WAYS_OUT[i])->from[0] = "accepted";
    }
}

static void a_case_handed_over_goes_on(Tiaojie__Procedure *definition)
{
    state_of(definition, "handed over")->final = false;
}

static void reopened_before_it_is_asked_how(Tiaojie__Procedure *definition)
{
    Tiaojie__Procedure__Step *first = step(definition, "case reopen"), *last = first;

    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, "case reopen") == 0)
            last = definition->steps[i];
    Tiaojie__Procedure__Step kept = *first;
    *first = *last;
    *last = kept;
}

static void what_never_ran_is_left_running(Tiaojie__Procedure *definition)
{
    static char *clocks[] = {"issue"};

    step(definition, "certificate refuse")->leaves = clocks;
    step(definition, "certificate refuse")->n_leaves = 1;
}

static void a_clock_waits_for_a_reopening(Tiaojie__Procedure *definition)
{
    clock_of(definition, "review")->reopening = TIAOJIE__PROCEDURE__REOPENING__REOPENING_COUNTS;
}

static void nobody_grants_aid(Tiaojie__Procedure *definition)
{
    step(definition, "aid grant")->n_may = 0;
}

static void the_weaker_step_first(Tiaojie__Procedure *definition)
{
    Tiaojie__Procedure__Step **steps = definition->steps;
    size_t first = 0;

    while (strcmp(steps[first]->name, "case consent") != 0)
        first++;
    Tiaojie__Procedure__Step *kept = steps[first];
    steps[first] = steps[first + 2];
    steps[first + 2] = kept;
}

static void papers_are_never_missing(Tiaojie__Procedure *definition)
{
    step(definition, "application supplement")->n_guards = 0;
}

static void the_fund_waits_for_another_clock(Tiaojie__Procedure *definition)
{
    step(definition, "fund pay")->opened_by[0] = "reimburse";
}

static void deemed_accepted_too_late(Tiaojie__Procedure *definition)
{
    step(definition, "complaint deem")->from[0] = "investigating";
}

static void failure_leads_to_the_wrong_step(Tiaojie__Procedure *definition)
{
    clock_of(definition, "finish")->expiry_step = "negotiation lapse";
}

static void an_order_without_its_day(Tiaojie__Procedure *definition)
{
    step(definition, "order issue")->n_starts = 0;
}

static void another_clock_is_stopped(Tiaojie__Procedure *definition)
{
    step(definition, "costs pay")->stops[0] = "demand";
}

static void another_clock_is_paused(Tiaojie__Procedure *definition)
{
    step(definition, "verification begin")->pauses[0] = "enforcement";
    step(definition, "verification end")->resumes[0] = "enforcement";
}

static void a_pause_without_end(Tiaojie__Procedure *definition)
{
    step(definition, "limit resume")->from[0] = "reviewing";
}

static void extended_after_the_ruling(Tiaojie__Procedure *definition)
{
    step(definition, "ruling extend")->from[0] = "confirmed";
}

static void what_is_over_begins_anew(Tiaojie__Procedure *definition)
{
    step(definition, "certificate ask")->interrupts[0] = "issue";
}

static void barred_by_what_never_ran(Tiaojie__Procedure *definition)
{
    step(definition, "review plan")->n_starts = 0;
}

static void confirmation_without_warning(Tiaojie__Procedure *definition)
{
    clock_of(definition, "confirmation")->warn_days = 0;
}

static void watched_without_advice(Tiaojie__Procedure *definition)
{
    clock_of(definition, "worker's injury application")->advice = "";
}

static void an_order_falls_without_warning(Tiaojie__Procedure *definition)
{
    clock_of(definition, "deliver")->warn_days = 0;
}

static void warned_before_it_runs(Tiaojie__Procedure *definition)
{
    clock_of(definition, "review")->warn_days = 7;
}

static void an_extension_that_nobody_takes(Tiaojie__Procedure *definition)
{
    step(definition, "investigation extend")->n_extends = 0;
}

static void the_earlier_limit_is_no_earlier(Tiaojie__Procedure *definition)
{
    clock_of(definition, "decide")->earlier->amount = 30;
}

static void a_paper_without_a_name(Tiaojie__Procedure *definition)
{
    step(definition, "order apply")->papers[0] = "";
}

static void a_paper_twice(Tiaojie__Procedure *definition)
{
    Tiaojie__Procedure__Step *ask = step(definition, "appraisal ask");
    ask->papers[2] = ask->papers[0];
}

/* ---- of a mediation ---- */

static void each_party_step(Tiaojie__Procedure *definition, void (*change)(Tiaojie__Procedure__Step *step))
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (definition->steps[i]->by_party)
            change(definition->steps[i]);
}

static void not_while_signing(Tiaojie__Procedure__Step *party)
{
    assert_string_equal(party->from[party->n_from - 1], "drafted");
    party->n_from--;
}

static void nobody_leaves_while_signing(Tiaojie__Procedure *definition)
{
    each_party_step(definition, not_while_signing);
}

static void only_with_consent(Tiaojie__Procedure__Step *party)
{
    static char *guards[] = {"respondent_consents"};
    party->guards = guards;
    party->n_guards = 1;
}

static void leaving_needs_the_other_s_consent(Tiaojie__Procedure *definition)
{
    each_party_step(definition, only_with_consent);
}

static void back_again(Tiaojie__Procedure__Step *party)
{
    party->to = "registered";
}

static void who_leaves_is_registered_again(Tiaojie__Procedure *definition)
{
    each_party_step(definition, back_again);
}

static void until_the_end_of_the_month(Tiaojie__Procedure__Step *party)
{
    static char *clocks[] = {"finish"};
    party->barred_by = clocks;
    party->n_barred_by = 1;
}

static void leaving_has_a_time_limit(Tiaojie__Procedure *definition)
{
    each_party_step(definition, until_the_end_of_the_month);
}

static void for_nobody(Tiaojie__Procedure__Step *party)
{
    party->n_may = 0;
}

static void nobody_records_that_a_party_leaves(Tiaojie__Procedure *definition)
{
    each_party_step(definition, for_nobody);
}

static void an_agreement_is_no_settlement(Tiaojie__Procedure *definition)
{
    state_of(definition, "agreed")->settled = false;
}

static void mediation_costs(Tiaojie__Procedure *definition)
{
    step(definition, "case open")->fee = "50 yuan";
}

static void guests_without_consent(Tiaojie__Procedure *definition)
{
    step(definition, "guest invite")->n_guards = 0;
}

static const struct mistake {
    const char *file;
    void (*mutate)(Tiaojie__Procedure *definition);
    const char *field;
    const char *state;
    const char *step;
    const char *says; /* part of the reason */
} MISTAKES[] = {
    {"mediation-labour", no_step_to_drafted, "states", "drafted", "", "no steps lead to the state 'drafted'"},
    {"judicial-confirmation", nothing_follows_an_objection, "states", "objected", "", "from the state 'objected'"},
    {"payment-order", corrected_for_ever, "states", "correcting", "", "from the state 'correcting' to a final one"},
    {"mediation", a_case_handed_over_goes_on, "states", "handed over", "", "from the state 'handed over'"},
    {"mediation", reopened_before_it_is_asked_how, "steps.guards", "failed", "case reopen", "always taken before"},
    {"notarisation", what_never_ran_is_left_running, "steps.leaves", "", "certificate refuse", "'issue' cannot run"},
    {"legal-aid", a_clock_waits_for_a_reopening, "clocks.reopening", "", "", "but no step reopens"},
    {"legal-aid", nobody_grants_aid, "steps.may", "applied", "aid grant", "nobody may take"},
    {"mediation-labour", the_weaker_step_first, "steps.guards", "registered", "case consent", "always taken before"},
    {"intake", papers_are_never_missing, "steps.guards", "supplementing", "application supplement", "earlier step"},
    {"injury-payment", the_fund_waits_for_another_clock, "steps.opened_by", "demanded", "fund pay", "never started"},
    {"inspection-guangdong", deemed_accepted_too_late, "steps.from", "investigating", "complaint deem", "no clock"},
    {"labour-enterprise", failure_leads_to_the_wrong_step, "clocks.expiry_step", "", "", "'finish' leads to"},
    {"inspection", an_order_without_its_day, "clocks", "", "", "no step starts the clock 'pay'"},
    {"injury-payment", another_clock_is_stopped, "steps.stops", "", "costs pay", "'demand' cannot run"},
    {"notarisation", another_clock_is_paused, "steps.pauses", "", "verification begin", "'enforcement' cannot run"},
    {"injury-recognition", a_pause_without_end, "steps.resumes", "", "limit resume", "'worker applies' cannot run"},
    {"judicial-confirmation", extended_after_the_ruling, "steps.extends", "", "ruling extend", "'decide' cannot run"},
    {"notarisation", what_is_over_begins_anew, "steps.interrupts", "", "certificate ask", "'issue' cannot run"},
    {"arbitration-review", barred_by_what_never_ran, "steps.barred_by", "", "review ask", "'apply' is never started"},
    {"mediation", confirmation_without_warning, "clocks.warn_days", "", "", "'confirmation' runs out"},
    {"mediation-labour", watched_without_advice, "clocks.advice", "", "", "'worker's injury application' is watched"},
    {"payment-order", an_order_falls_without_warning, "clocks.warn_days", "", "", "'deliver' runs out"},
    {"legal-aid", warned_before_it_runs, "clocks.warn_days", "", "", "'review' would warn before"},
    {"inspection", an_extension_that_nobody_takes, "clocks.extension", "", "", "'investigate' may be extended"},
    {"judicial-confirmation", the_earlier_limit_is_no_earlier, "clocks.earlier", "", "", "'decide' names"},
    {"payment-order", a_paper_without_a_name, "steps.papers", "", "order apply", "has no name"},
    {"capacity-appraisal", a_paper_twice, "steps.papers", "", "appraisal ask", "stands there twice"},
    {"mediation", nobody_leaves_while_signing, "steps.by_party", "drafted", "", "cannot end the mediation"},
    {"mediation-ningbo", leaving_needs_the_other_s_consent, "steps.by_party", "in_session", "", "cannot end"},
    {"mediation", who_leaves_is_registered_again, "steps.by_party", "adjourned", "", "cannot end"},
    {"mediation-shenzhen", leaving_has_a_time_limit, "steps.by_party", "registered", "", "cannot end"},
    {"mediation-labour", nobody_records_that_a_party_leaves, "steps.by_party", "mediating", "", "cannot end"},
    {"mediation-labour", an_agreement_is_no_settlement, "steps.by_party", "agreed", "", "cannot end"},
    {"mediation-labour", mediation_costs, "steps.fee", "", "case open", "mediation is free"},
    {"mediation", guests_without_consent, "steps.guards", "", "guest invite", "without the parties' recorded consent"},
};

/* ---- judging ---- */

struct judged {
    struct arena *arena;
    struct law *law;
    const struct procedure *procedure;
    struct findings findings;
    struct walked walked;
};

static struct judged judge(const char *path, void (*mutate)(Tiaojie__Procedure *definition))
{
    struct judged judged = {.arena = arena_new(SIZE_MAX), .law = law_new()};
    Tiaojie__Procedure *definition = law_file_procedure(judged.arena, path);
    struct refusal refusal;

    if (mutate)
        mutate(definition);
    uint8_t *bytes = arena_take(judged.arena, tiaojie__procedure__get_packed_size(definition));
    size_t size = tiaojie__procedure__pack(definition, bytes);
    if (law_add_procedure(judged.law, bytes, size, &refusal))
        fail_msg("%s is refused already: %s %s", path, refusal.field, refusal.reason);
    judged.procedure = judged.law->procedures[0];
    judged.findings = procedure_review(judged.procedure, judged.arena);
    judged.walked = procedure_walk(judged.procedure, judged.law, &judged.findings, SEED, WALKS, judged.arena);
    return judged;
}

static void forget(struct judged *judged)
{
    law_free(&judged->law);
    arena_free(&judged->arena);
}

static const char *words(struct arena *arena, const struct finding *finding)
{
    const struct refusal *refusal = &finding->refusal;
    return text_fill(arena, refusal->reason, refusal->values, refusal->value_count);
}

static void walks_agree(const struct judged *judged, const char *path)
{
    for (size_t i = 0; i < judged->walked.disagreements.count; i++) {
        const struct finding *difference = &judged->walked.disagreements.list[i];
        print_error("%s: %s state '%s' step '%s': %s\n", path, difference->refusal.field, difference->state,
                    difference->step, difference->refusal.reason);
    }
    assert_int_equal(judged->walked.disagreements.count, 0);
    assert_int_equal(judged->walked.strayed, 0);
    assert_false(judged->walked.cut);
}

static void test_every_definition_in_law_has_no_findings_and_every_walk_ends(void **state)
{
    glob_t files;

    (void)state;
    assert_int_equal(glob("law/procedures/*.txtpb", 0, NULL, &files), 0);
    assert_true(files.gl_pathc >= 28);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct judged judged = judge(files.gl_pathv[i], NULL);
        for (size_t k = 0; k < judged.findings.count; k++)
            fail_msg("%s: %s", files.gl_pathv[i], words(judged.arena, &judged.findings.list[k]));
        walks_agree(&judged, files.gl_pathv[i]);
        assert_int_equal(judged.walked.states, procedure_definition(judged.procedure)->n_states);
        assert_int_equal(judged.walked.ended, WALKS);
        forget(&judged);
    }
    globfree(&files);
}

static bool is_found(const struct judged *judged, const struct mistake *mistake)
{
    for (size_t i = 0; i < judged->findings.count; i++) {
        const struct finding *finding = &judged->findings.list[i];
        if (strcmp(finding->refusal.field, mistake->field) == 0 && strcmp(finding->state, mistake->state) == 0 &&
            strcmp(finding->step, mistake->step) == 0 && strstr(words(judged->arena, finding), mistake->says))
            return *finding->refusal.remedy;
    }
    return false;
}

static void test_each_broken_definition_is_found_with_its_state_and_step_and_the_walks_agree(void **state)
{
    (void)state;
    assert_true(sizeof MISTAKES / sizeof *MISTAKES >= 30);
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        char path[128];
        snprintf(path, sizeof path, "law/procedures/%s.txtpb", MISTAKES[i].file);
        struct judged judged = judge(path, MISTAKES[i].mutate);
        if (!is_found(&judged, &MISTAKES[i])) {
            for (size_t k = 0; k < judged.findings.count; k++)
                print_error("found: %s state '%s' step '%s': %s\n", judged.findings.list[k].refusal.field,
                            judged.findings.list[k].state, judged.findings.list[k].step,
                            words(judged.arena, &judged.findings.list[k]));
            fail_msg("%zu %s: not found: %s %s", i, MISTAKES[i].file, MISTAKES[i].field, MISTAKES[i].says);
        }
        walks_agree(&judged, path);
        forget(&judged);
    }
}

static void test_random_walks_get_stuck_where_no_final_state_can_be_reached(void **state)
{
    struct judged judged = judge("law/procedures/judicial-confirmation.txtpb", nothing_follows_an_objection);

    (void)state;
    assert_true(judged.walked.stuck > 0);
    assert_true(judged.walked.ended > 0);
    assert_int_equal(judged.walked.stuck + judged.walked.ended, WALKS);
    forget(&judged);
    judged = judge("law/procedures/payment-order.txtpb", corrected_for_ever);
    assert_int_equal(judged.walked.stuck, WALKS);
    forget(&judged);
}

static void test_all_findings_are_listed_and_not_only_the_first(void **state)
{
    struct judged judged = judge("law/procedures/mediation.txtpb", nobody_records_that_a_party_leaves);
    size_t held = 0, untaken = 0;

    (void)state;
    for (size_t i = 0; i < judged.findings.count; i++) {
        held += judged.findings.list[i].kind == FINDING_HELD;
        untaken += judged.findings.list[i].kind == FINDING_UNTAKEN;
    }
    assert_int_equal(held, 6);     /* each state before the agreement */
    assert_int_equal(untaken, 18); /* three steps in each of them */
    forget(&judged);
}

static void test_what_the_review_does_not_say_the_walk_does(void **state)
{
    struct judged judged = judge("law/procedures/mediation.txtpb", mediation_costs);
    struct findings nothing = {.arena = judged.arena};
    struct walked walked = procedure_walk(judged.procedure, judged.law, &nothing, SEED, 1, judged.arena);

    (void)state;
    assert_int_equal(walked.disagreements.count, 1);
    assert_int_equal(walked.disagreements.list[0].kind, FINDING_FEE);
    assert_string_equal(walked.disagreements.list[0].step, "case open");
    forget(&judged);
}

static void test_the_same_seed_walks_the_same_way(void **state)
{
    struct judged judged = judge("law/procedures/judicial-confirmation.txtpb", nothing_follows_an_objection);
    struct walked again = procedure_walk(judged.procedure, judged.law, &judged.findings, SEED, WALKS, judged.arena);
    struct walked other = procedure_walk(judged.procedure, judged.law, &judged.findings, SEED + 1, WALKS, judged.arena);

    (void)state;
    assert_int_equal(again.stuck, judged.walked.stuck);
    assert_int_not_equal(other.stuck, judged.walked.stuck);
    forget(&judged);
}

static void test_every_guard_holds_for_some_facts_of_a_walk_and_fails_for_others(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    char *names = arena_text(arena, guard_names(arena));
    size_t guards = 0;

    (void)state;
    for (char *name = strtok(names, ", "); name; name = strtok(NULL, ", ")) {
        const struct guard *guard = guard_find(name);
        bool holds = false, fails = false;
        for (uint32_t bits = 0; bits <= WALK_FACTS_ALL; bits++) {
            struct step_facts facts = walk_facts(bits);
            holds = holds || guard->holds(&facts);
            fails = fails || !guard->holds(&facts);
        }
        if (!holds || !fails)
            fail_msg("the walk never sees both answers of %s", name);
        guards++;
    }
    assert_true(guards >= 13);
    arena_free(&arena);
}

/* ---- two versions ---- */

static const struct procedure *version(struct law *law, struct arena *arena, const char *file, const char *from,
                                       const char *until)
{
    Tiaojie__Procedure *definition = law_file_procedure(arena, file);
    struct refusal refusal;

    definition->valid_from = (char *)from;
    definition->valid_until = (char *)until;
    uint8_t *bytes = arena_take(arena, tiaojie__procedure__get_packed_size(definition));
    assert_int_equal(law_add_procedure(law, bytes, tiaojie__procedure__pack(definition, bytes), &refusal), OK);
    return law->procedures[law->procedure_count - 1];
}

static void test_two_versions_overlap_when_one_day_has_both(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct law *law = law_new();
    const char *aid = "law/procedures/legal-aid.txtpb", *review = "law/procedures/arbitration-review.txtpb";
    const struct procedure *old = version(law, arena, aid, "2012-07-01", "2021-12-31");
    const struct procedure *new = version(law, arena, aid, "2022-01-01", "");

    (void)state;
    assert_false(procedures_overlap(old, new));
    assert_false(procedures_overlap(new, old));
    const struct procedure *day = version(law, arena, aid, "2021-12-31", "2021-12-31");
    assert_true(procedures_overlap(old, day));
    assert_true(procedures_overlap(day, old));
    assert_false(procedures_overlap(day, new));
    assert_true(procedures_overlap(version(law, arena, aid, "2030-01-01", ""), new));
    assert_false(procedures_overlap(new, version(law, arena, review, "2022-01-01", "")));
    law_free(&law);
    arena_free(&arena);
}

static void test_a_new_version_displaces_what_is_in_force_and_not_what_was_replaced_before(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct law *law = law_new(), *wanted = law_new();
    const char *aid = "law/procedures/legal-aid.txtpb";
    const struct procedure *past = version(law, arena, aid, "2012-07-01", "2021-12-31");
    const struct procedure *first = version(law, arena, aid, "2022-01-01", "");
    const struct procedure *now = version(law, arena, aid, "2024-01-01", "");
    size_t at = 0;

    (void)state;
    assert_ptr_equal(law_displaced(law, version(wanted, arena, aid, "2025-01-01", ""), &at), now);
    assert_null(law_displaced(law, wanted->procedures[0], &at));
    at = 0;
    assert_ptr_equal(law_displaced(law, version(wanted, arena, aid, "2021-01-01", ""), &at), past);
    assert_ptr_equal(law_displaced(law, wanted->procedures[1], &at), first);
    assert_ptr_equal(law_displaced(law, wanted->procedures[1], &at), now);
    assert_null(law_displaced(law, wanted->procedures[1], &at));
    at = 0; /* the same content again displaces nothing */
    assert_null(law_displaced(law, version(wanted, arena, aid, "2012-07-01", "2021-12-31"), &at));
    law_free(&law);
    law_free(&wanted);
    arena_free(&arena);
}

static void test_each_definition_in_law_is_found_by_hash_and_no_two_are_in_force_at_once(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct law *law = law_new();
    glob_t files;

    (void)state;
    assert_int_equal(glob("law/procedures/*.txtpb", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        law_file_add_procedure(law, arena, files.gl_pathv[i]);
    assert_int_equal(law->procedure_count, files.gl_pathc);
    for (size_t i = 0; i < law->procedure_count; i++)
        assert_ptr_equal(law_procedure(law, law->procedures[i]->hash), law->procedures[i]);
    for (size_t i = 0; i < law->procedure_count; i++)
        for (size_t k = 0; k < i; k++)
            if (procedures_overlap(law->procedures[i], law->procedures[k]))
                fail_msg("%s and %s", files.gl_pathv[i], files.gl_pathv[k]);
    globfree(&files);
    law_free(&law);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_definition_in_law_has_no_findings_and_every_walk_ends),
        cmocka_unit_test(test_each_broken_definition_is_found_with_its_state_and_step_and_the_walks_agree),
        cmocka_unit_test(test_random_walks_get_stuck_where_no_final_state_can_be_reached),
        cmocka_unit_test(test_all_findings_are_listed_and_not_only_the_first),
        cmocka_unit_test(test_what_the_review_does_not_say_the_walk_does),
        cmocka_unit_test(test_the_same_seed_walks_the_same_way),
        cmocka_unit_test(test_every_guard_holds_for_some_facts_of_a_walk_and_fails_for_others),
        cmocka_unit_test(test_two_versions_overlap_when_one_day_has_both),
        cmocka_unit_test(test_a_new_version_displaces_what_is_in_force_and_not_what_was_replaced_before),
        cmocka_unit_test(test_each_definition_in_law_is_found_by_hash_and_no_two_are_in_force_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
