/* SPDX-License-Identifier: Apache-2.0 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "common/store/rows.h"
#include "tests/unit/days.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>
#include <string.h>

#define LABOUR "law/procedures/mediation-labour.txtpb"
#define INTAKE "law/procedures/intake.txtpb"
#define REFERRAL "law/procedures/referral.txtpb"

enum {
    CLERK = 1 << TIAOJIE__ROLE__ROLE_CLERK,
    MEDIATOR = 1 << TIAOJIE__ROLE__ROLE_MEDIATOR,
    OURSELVES = 1 << TIAOJIE__ROLE__ROLE_SERVICE,
    NANSHAN = 440305,
    CASE_ID = 257,
    PERFORMANCE = 4000, /* ordinal of the first instalment's clock less one */
};

static const char *const PAPERS[] = {"written agreement"};

struct setting {
    struct arena *arena;
    struct law *law;
    struct context now;
    struct step_facts facts;
    const struct procedure *procedure;
    const char *state;
    Tiaojie__StepTaken taken;
    struct refusal refusal;
};

static void at(struct setting *setting, const char *text)
{
    struct refusal refusal;
    assert_int_equal(instant_parse(text, "at", &setting->now.now, &refusal), OK);
    setting->now.today = day_of(setting->now.now);
}

static const struct procedure *choose(struct setting *setting, const char *kind)
{
    return law_choose(setting->law, kind, NANSHAN, setting->now.today);
}

static int with_law(void **state)
{
    static struct setting setting;
    setting = (struct setting){.arena = arena_new(SIZE_MAX), .law = law_new(), .state = ""};
    law_file_add_calendars(setting.law, setting.arena, 2026, 2026);
    law_file_add_procedure(setting.law, setting.arena, LABOUR);
    law_file_add_procedure(setting.law, setting.arena, INTAKE);
    law_file_add_procedure(setting.law, setting.arena, REFERRAL);
    setting.now.law = setting.law;
    setting.now.arena = setting.arena;
    at(&setting, "2026-05-11T09:00:00+08:00");
    setting.procedure = choose(&setting, "labour-wages");
    *state = &setting;
    return 0;
}

static int without_law(void **state)
{
    struct setting *setting = *state;
    law_free(&setting->law);
    arena_free(&setting->arena);
    return 0;
}

/* ---- one step in words ---- */

static enum status step(struct setting *setting, uint32_t role, const char *name)
{
    setting->now.roles = role;
    enum status status = procedure_step(setting->procedure, setting->state, name, &setting->facts, &setting->now,
                                        &setting->taken, &setting->refusal);
    if (!status && *setting->taken.state)
        setting->state = setting->taken.state;
    return status;
}

static void taken(struct setting *setting, uint32_t role, const char *name, const char *state)
{
    enum status status = step(setting, role, name);
    if (status)
        fail_msg(
            "%s is refused: %s", name,
            text_fill(setting->arena, setting->refusal.reason, setting->refusal.values, setting->refusal.value_count));
    assert_string_equal(setting->state, state);
}

static const char *words(struct setting *setting)
{
    return text_fill(setting->arena, setting->refusal.reason, setting->refusal.values, setting->refusal.value_count);
}

static void refused(struct setting *setting, uint32_t role, const char *name, enum status status, const char *part)
{
    assert_int_equal(step(setting, role, name), status);
    if (!strstr(words(setting), part))
        fail_msg("\"%s\" does not say \"%s\"", words(setting), part);
}

static const Tiaojie__ClockStart *started(const struct setting *setting, const char *clock, uint32_t subject)
{
    for (size_t i = 0; i < setting->taken.n_starts; i++)
        if (strcmp(setting->taken.starts[i]->name, clock) == 0 && setting->taken.starts[i]->subject == subject)
            return setting->taken.starts[i];
    fail_msg("the clock '%s' did not start", clock);
    return NULL;
}

static const Tiaojie__ClockStop *stopped(const struct setting *setting, const char *clock)
{
    for (size_t i = 0; i < setting->taken.n_stops; i++)
        if (strcmp(setting->taken.stops[i]->name, clock) == 0)
            return setting->taken.stops[i];
    fail_msg("the clock '%s' did not stop", clock);
    return NULL;
}

static void to_drafted(struct setting *setting)
{
    taken(setting, OURSELVES, "case open", "registered");
    setting->facts.respondent_consents = true;
    taken(setting, CLERK, "case consent", "consented");
    taken(setting, OURSELVES, "case assign", "mediating");
    taken(setting, MEDIATOR, "session open", "in_session");
    taken(setting, MEDIATOR, "session adjourn", "adjourned");
    taken(setting, MEDIATOR, "session open", "in_session");
    taken(setting, MEDIATOR, "session record", "in_session");
    taken(setting, MEDIATOR, "agreement draft", "drafted");
    taken(setting, MEDIATOR, "agreement consent", "drafted");
    taken(setting, MEDIATOR, "agreement sign", "drafted");
}

static void to_agreed(struct setting *setting)
{
    static struct agreed_day days[3];

    to_drafted(setting);
    days[0] = (struct agreed_day){1, day("2026-05-31")};
    days[1] = (struct agreed_day){2, day("2026-06-30")};
    days[2] = (struct agreed_day){3, day("2026-07-31")};
    setting->facts.agreed = days;
    setting->facts.agreed_count = 3;
    setting->facts.all_sums_fixed = setting->facts.instalments_sum = true;
    setting->facts.parties_signed = setting->facts.mediator_signed = true;
    setting->facts.papers = PAPERS;
    setting->facts.paper_count = 1;
    taken(setting, CLERK, "agreement seal", "agreed");
    setting->facts.agreed = NULL;
    setting->facts.agreed_count = 0;
}

/* ---- the road of a case ---- */

static void test_a_case_goes_from_registration_to_its_end_in_the_order_of_the_law(void **state)
{
    struct setting *setting = *state;

    to_agreed(setting);
    setting->facts.subject = 1;
    taken(setting, CLERK, "instalment paid", "agreed");
    refused(setting, CLERK, "case close", CONFLICT, "not performed");
    setting->facts.performed = true;
    taken(setting, CLERK, "case close", "closed");
    assert_true(setting->taken.closes);
    assert_string_equal(procedure_allowed(setting->procedure, "closed", setting->arena), "nothing");
}

static void test_without_the_respondents_consent_nothing_goes_on(void **state)
{
    struct setting *setting = *state;

    taken(setting, OURSELVES, "case open", "registered");
    refused(setting, MEDIATOR, "session open", CONFLICT, "no step 'session open' in the state 'registered'");
    /* One of two respondents answered. */
    taken(setting, CLERK, "case consent", "registered");
    refused(setting, MEDIATOR, "session open", CONFLICT, "possible now: case consent, case routes");
}

static void test_a_mediator_who_accepts_before_the_consent_waits_for_it(void **state)
{
    struct setting *setting = *state;

    taken(setting, OURSELVES, "case open", "registered");
    taken(setting, OURSELVES, "case assign", "registered");
    setting->facts.mediator_set = setting->facts.respondent_consents = true;
    taken(setting, CLERK, "case consent", "mediating");
}

static void test_a_refused_step_names_itself_the_state_what_is_possible_and_the_article(void **state)
{
    struct setting *setting = *state;

    setting->state = "consented";
    assert_int_equal(step(setting, CLERK, "agreement seal"), CONFLICT);
    assert_string_equal(words(setting),
                        "the procedure has no step 'agreement seal' in the state 'consented'; possible now: "
                        "guest invite, case routes, case end, case refuse, case withdraw, facts record, "
                        "interruption record, recognition record, appraisal record");
    assert_string_equal(setting->refusal.field, "state");
    assert_string_equal(setting->refusal.article, "PML 29");
    setting->state = "closed";
    refused(setting, CLERK, "agreement seal", CONFLICT, "in the state 'closed'; nothing is possible there any more");
    setting->state = "mediating";
    assert_int_equal(step(setting, CLERK, "agreement burn"), CONFLICT);
    assert_string_equal(setting->refusal.article, "");
}

static void test_a_refusal_under_an_unverified_rule_says_so(void **state)
{
    struct setting *setting = *state;

    setting->state = "consented";
    assert_int_equal(step(setting, MEDIATOR, "session open"), CONFLICT);
    assert_string_equal(setting->refusal.article, "PML 19, 23; Order 75 Art. 30 (unverified)");
}

static void test_each_condition_of_the_seal_is_named_when_it_is_missing(void **state)
{
    struct setting *setting = *state;

    to_drafted(setting);
    refused(setting, CLERK, "agreement seal", CONFLICT, "no amount of his own");
    setting->facts.all_sums_fixed = true;
    refused(setting, CLERK, "agreement seal", CONFLICT, "do not sum");
    setting->facts.instalments_sum = true;
    refused(setting, CLERK, "agreement seal", CONFLICT, "not all parties");
    setting->facts.parties_signed = true;
    refused(setting, CLERK, "agreement seal", CONFLICT, "mediator has not signed");
    assert_string_equal(setting->refusal.article, "PML 29");
    setting->facts.mediator_signed = true;
    refused(setting, CLERK, "agreement seal", CONFLICT, "papers are missing: written agreement");
    setting->facts.papers = PAPERS;
    setting->facts.paper_count = 1;
    taken(setting, CLERK, "agreement seal", "agreed");
}

static void test_a_step_is_refused_to_another_role(void **state)
{
    struct setting *setting = *state;

    taken(setting, OURSELVES, "case open", "registered");
    setting->state = "mediating";
    refused(setting, CLERK, "session open", FORBIDDEN, "it is for: mediator");
    assert_string_equal(setting->refusal.field, "role");
    setting->state = "agreed";
    refused(setting, CLERK, "instalment default", FORBIDDEN, "a time limit that ran out");
    refused(setting, OURSELVES, "instalment default", FORBIDDEN, "a time limit that ran out");
}

static void test_nine_workers_have_no_representatives_and_ten_may(void **state)
{
    struct setting *setting = *state;

    setting->facts.claims = 9;
    setting->facts.representatives = 2;
    refused(setting, OURSELVES, "case open", CONFLICT, "from ten workers on");
    assert_string_equal(setting->refusal.article, "PML 17; LDMAL 7, 12");
    setting->facts.claims = 10;
    taken(setting, OURSELVES, "case open", "registered");
}

/* ---- clocks ---- */

static void test_registration_starts_two_clocks_that_count_from_different_moments(void **state)
{
    struct setting *setting = *state;
    struct refusal refusal;

    /* The application came on Saturday the 9th (a worked one), the case is registered on Monday the 11th. */
    assert_int_equal(instant_parse("2026-05-09T10:00:00+08:00", "", &setting->facts.event_at, &refusal), OK);
    taken(setting, OURSELVES, "case open", "registered");

    const Tiaojie__ClockStart *arbitration = started(setting, "no agreement", 0);
    assert_int_equal(arbitration->last_day, day("2026-05-25")); /* the 24th is a Sunday */
    assert_int_equal(arbitration->started_at, setting->facts.event_at);
    assert_string_equal(arbitration->effect, "open");
    assert_string_equal(arbitration->article, "LDMAL 14");
    assert_false(arbitration->unverified);
    assert_int_equal(arbitration->warn_day, day("2026-05-22"));
    assert_int_equal(arbitration->ordinal, 2000);

    const Tiaojie__ClockStart *finish = started(setting, "finish", 0);
    assert_int_equal(finish->last_day, day("2026-06-11"));
    assert_int_equal(finish->started_at, setting->now.now);
    assert_true(finish->unverified);
    assert_int_equal(finish->generation, 1);
}

static void test_the_seal_stops_what_ran_and_starts_confirmation_and_each_instalment(void **state)
{
    struct setting *setting = *state;

    at(setting, "2026-05-14T17:30:00+08:00");
    to_agreed(setting);
    const Tiaojie__ClockStart *confirmation = started(setting, "confirmation", 0);
    assert_int_equal(confirmation->last_day, day("2026-06-15")); /* 06-13 is a Saturday */
    assert_string_equal(confirmation->effect, "bar");
    assert_int_equal(confirmation->due_at, day_start(day("2026-06-16")));
    assert_int_equal(stopped(setting, "finish")->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_string_equal(stopped(setting, "no agreement")->reason, "agreement seal");
    assert_int_equal(started(setting, "review", 0)->last_day, day("2026-05-29"));
    assert_int_equal(setting->taken.n_starts, 5);

    assert_int_equal(started(setting, "performance", 1)->last_day, day("2026-05-31"));
    assert_true(started(setting, "performance", 1)->rest_day); /* a Sunday: warned, not moved */
    assert_false(started(setting, "performance", 2)->rest_day);
    assert_int_equal(started(setting, "performance", 3)->ordinal, PERFORMANCE + 3);
    assert_int_equal(started(setting, "performance", 3)->last_day, day("2026-07-31"));
}

static void test_the_thousandth_instalment_is_refused(void **state)
{
    struct setting *setting = *state;

    setting->state = "agreed";
    setting->facts.subject = 1000;
    refused(setting, CLERK, "instalment paid", TOO_LARGE, "at most 999");
    setting->facts.subject = 999;
    taken(setting, CLERK, "instalment paid", "agreed");
    assert_int_equal(stopped(setting, "performance")->ordinal, PERFORMANCE + 999);
}

static void fire(struct setting *setting, const char *clock, uint32_t subject)
{
    Store__Clock row = STORE__CLOCK__INIT;
    row.name = (char *)clock;
    row.ordinal = procedure_clock_ordinal(setting->procedure, clock, subject);
    row.subject = subject;
    row.generation = 1;
    assert_int_equal(procedure_fire(setting->procedure, setting->state, &row, NULL, &setting->now, &setting->taken,
                                    &setting->refusal),
                     OK);
    if (*setting->taken.state)
        setting->state = setting->taken.state;
}

static void test_an_instalment_whose_day_has_passed_is_a_default_until_nothing_is_overdue(void **state)
{
    struct setting *setting = *state;

    to_agreed(setting);
    fire(setting, "performance", 2);
    assert_string_equal(setting->state, "in_default");
    assert_string_equal(setting->taken.step, "instalment default");
    assert_int_equal(stopped(setting, "performance")->state, STORE__CLOCK_STATE__CLOCK_STATE_FIRED);
    assert_int_equal(stopped(setting, "performance")->ordinal, PERFORMANCE + 2);
    assert_string_equal(stopped(setting, "performance")->reason, "the instalment is overdue");
    fire(setting, "performance", 3);
    assert_string_equal(setting->state, "in_default");

    setting->facts.subject = 2;
    setting->facts.overdue = 1;
    taken(setting, CLERK, "instalment paid", "in_default");
    setting->facts.subject = 3;
    setting->facts.overdue = 0;
    taken(setting, CLERK, "instalment paid", "agreed");
}

static void test_a_clock_that_only_opens_a_right_leaves_the_state(void **state)
{
    struct setting *setting = *state;

    to_drafted(setting);
    fire(setting, "no agreement", 0);
    assert_string_equal(setting->taken.state, "");
    assert_string_equal(setting->taken.step, "");
    assert_string_equal(setting->taken.article, "LDMAL 14");
    assert_int_equal(setting->taken.n_stops, 1);
    assert_string_equal(stopped(setting, "no agreement")->reason, "arbitration is open; the mediation may go on");
}

static void test_running_out_in_a_state_that_does_not_know_the_step_changes_no_state(void **state)
{
    struct setting *setting = *state;

    setting->state = "closed";
    fire(setting, "performance", 1);
    assert_string_equal(setting->state, "closed");
    assert_string_equal(setting->taken.step, "");
}

static void test_an_unknown_clock_is_refused_by_name(void **state)
{
    struct setting *setting = *state;

    assert_int_equal(
        procedure_expiry(setting->procedure, "agreed", "patience", &setting->now, &setting->taken, &setting->refusal),
        UNKNOWN);
    assert_string_equal(words(setting), "the procedure has no clock 'patience'");
    assert_int_equal(procedure_clock_ordinal(setting->procedure, "patience", 0), 0);
    assert_int_equal(procedure_clock_ordinal(setting->procedure, "performance", 1000), 0);
}

/* ---- clock rows ---- */

struct table_setting {
    struct layouts *layouts;
    struct rows *rows;
};

static struct table_setting with_rows(struct setting *setting)
{
    static const struct table *const TABLES[] = {&CLOCK, NULL};
    struct table_setting tables = {.layouts = layouts_new(TABLES)};
    tables.rows = rows_make(tables.layouts, setting->arena);
    return tables;
}

static void without_rows(struct table_setting *tables)
{
    rows_free(&tables->rows);
    layouts_free(&tables->layouts);
}

/* Declares what the step reads (in the state as it is before), takes it and applies it. */
static void play(struct setting *setting, struct table_setting *tables, uint32_t role, const char *name)
{
    struct reads reads = {.rows = tables->rows, .partition = CASE_ID % PARTITIONS_MAX};
    uint32_t subject = setting->facts.subject;

    step_reads(&reads, CASE_ID, setting->procedure, setting->state, name, subject, 0);
    if (!*setting->state) /* there is no aggregate row here to say that it is new, and has no clocks yet */
        reads_children(&reads, &CLOCK, CASE_ID);
    rows_settle(tables->rows);
    assert_int_equal(step(setting, role, name), OK);
    step_apply(tables->rows, CASE_ID, &setting->taken);
}

static const Store__Clock *clock_row(const struct table_setting *tables, uint32_t ordinal)
{
    return rows_child(tables->rows, &CLOCK, CASE_ID, ordinal);
}

static void test_a_restarted_clock_keeps_its_row_and_gets_the_next_generation(void **state)
{
    struct setting *setting = *state;
    struct table_setting tables = with_rows(setting);

    setting->procedure = choose(setting, "intake");
    play(setting, &tables, CLERK, "application register");
    setting->facts.missing_papers = 2;
    play(setting, &tables, CLERK, "application ask");
    assert_int_equal(clock_row(&tables, 1000)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(clock_row(&tables, 1000)->fire_at, 0);
    assert_int_equal(clock_row(&tables, 1000)->ended_at, setting->now.now);
    assert_int_equal(clock_row(&tables, 2000)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    at(setting, "2026-05-13T09:00:00+08:00");
    setting->facts.missing_papers = 0;
    play(setting, &tables, CLERK, "application supplement");
    assert_int_equal(clock_row(&tables, 1000)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
    assert_int_equal(clock_row(&tables, 1000)->generation, 2);
    assert_int_equal(clock_row(&tables, 1000)->last_day, day("2026-05-18")); /* 3 working days */
    assert_int_equal(clock_row(&tables, 1000)->ended_at, 0);
    assert_true(clock_row(&tables, 1000)->unverified);
    without_rows(&tables);
}

static void test_closing_ends_every_clock_that_still_runs_and_leaves_the_others(void **state)
{
    struct setting *setting = *state;
    struct table_setting tables = with_rows(setting);
    struct agreed_day days[] = {{1, day("2026-05-31")}, {2, day("2026-06-30")}};

    play(setting, &tables, OURSELVES, "case open");
    to_drafted(
        &(struct setting){.arena = setting->arena, .procedure = setting->procedure, .state = "", .now = setting->now});
    setting->state = "drafted";
    setting->facts = (struct step_facts){.all_sums_fixed = true,
                                         .instalments_sum = true,
                                         .parties_signed = true,
                                         .mediator_signed = true,
                                         .papers = PAPERS,
                                         .paper_count = 1,
                                         .agreed = days,
                                         .agreed_count = 2,
                                         .performed = true};
    play(setting, &tables, CLERK, "agreement seal");
    assert_int_equal(clock_row(&tables, 2000)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    setting->facts.subject = 1;
    play(setting, &tables, CLERK, "instalment paid");
    assert_int_equal(clock_row(&tables, PERFORMANCE + 1)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(clock_row(&tables, PERFORMANCE + 2)->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);

    at(setting, "2026-06-20T09:00:00+08:00");
    setting->facts.subject = 0;
    play(setting, &tables, CLERK, "case close");
    assert_int_equal(clock_row(&tables, 3000)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    assert_int_equal(clock_row(&tables, PERFORMANCE + 2)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    assert_int_equal(clock_row(&tables, PERFORMANCE + 2)->ended_at, setting->now.now);
    assert_int_equal(clock_row(&tables, PERFORMANCE + 1)->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    without_rows(&tables);
}

static void test_withdrawing_reads_and_ends_clocks_that_its_step_does_not_name(void **state)
{
    struct setting *setting = *state;
    struct table_setting tables = with_rows(setting);
    struct reads reads = {.rows = tables.rows, .partition = CASE_ID % PARTITIONS_MAX};
    Store__Clock *row = arena_take(setting->arena, sizeof *row);

    store__clock__init(row);
    row->about = CASE_ID;
    row->ordinal = 2000;
    row->state = STORE__CLOCK_STATE__CLOCK_STATE_RUNNING;
    setting->state = "mediating";
    step_reads(&reads, CASE_ID, setting->procedure, setting->state, "case withdraw", 0, 0);
    rows_put(tables.rows, layouts_index(tables.layouts, &CLOCK), row);
    rows_settle(tables.rows);
    taken(setting, CLERK, "case withdraw", "withdrawn");
    step_apply(tables.rows, CASE_ID, &setting->taken);

    assert_int_equal(clock_row(&tables, 2000)->state, STORE__CLOCK_STATE__CLOCK_STATE_CLOSED);
    without_rows(&tables);
}

/* ---- intake and referral ---- */

static void test_an_application_is_not_accepted_while_papers_are_missing(void **state)
{
    struct setting *setting = *state;

    setting->procedure = choose(setting, "intake");
    taken(setting, CLERK, "application register", "registered");
    setting->facts.missing_papers = 2;
    refused(setting, CLERK, "application accept", CONFLICT, "papers of the office's list are missing");
    taken(setting, CLERK, "application ask", "supplementing");
    refused(setting, CLERK, "application accept", CONFLICT, "possible now: application supplement, application refuse");
    setting->facts.missing_papers = 1;
    taken(setting, CLERK, "application supplement", "supplementing");
    setting->facts.missing_papers = 0;
    taken(setting, CLERK, "application supplement", "registered");
    taken(setting, CLERK, "application accept", "accepted");
}

static void test_a_referral_is_accepted_or_returned_within_five_working_days(void **state)
{
    struct setting *setting = *state;

    setting->procedure = choose(setting, "referral");
    at(setting, "2026-05-08T16:00:00+08:00"); /* a Friday before a worked Saturday */
    taken(setting, OURSELVES, "referral receive", "received");
    assert_int_equal(started(setting, "accept or return", 0)->last_day, day("2026-05-14"));
    refused(setting, CLERK, "referral answer", CONFLICT, "referral accept, referral return");
    taken(setting, CLERK, "referral accept", "accepted");
    taken(setting, CLERK, "referral answer", "answered");
}

/* ---- procedures are data ---- */

static void test_a_step_that_is_deleted_from_the_file_is_missed_at_that_step(void **state)
{
    struct setting *setting = *state;
    Tiaojie__Procedure *definition = law_file_procedure(setting->arena, LABOUR);
    size_t kept = 0;

    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, "session open") != 0)
            definition->steps[kept++] = definition->steps[i];
    assert_int_equal(definition->n_steps - kept, 1);
    definition->n_steps = kept;
    uint8_t *bytes = arena_take(setting->arena, tiaojie__procedure__get_packed_size(definition));
    size_t size = tiaojie__procedure__pack(definition, bytes);
    assert_int_equal(law_add_procedure(setting->law, bytes, size, &setting->refusal), OK);
    setting->procedure = choose(setting, "labour-wages");
    setting->facts.respondent_consents = true;
    taken(setting, OURSELVES, "case open", "registered");
    taken(setting, CLERK, "case consent", "consented");
    taken(setting, OURSELVES, "case assign", "mediating");
    refused(setting, MEDIATOR, "session open", CONFLICT,
            "the procedure has no step 'session open' in the state 'mediating'");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_law, without_law)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_case_goes_from_registration_to_its_end_in_the_order_of_the_law),
        CASE(test_without_the_respondents_consent_nothing_goes_on),
        CASE(test_a_mediator_who_accepts_before_the_consent_waits_for_it),
        CASE(test_a_refused_step_names_itself_the_state_what_is_possible_and_the_article),
        CASE(test_a_refusal_under_an_unverified_rule_says_so),
        CASE(test_each_condition_of_the_seal_is_named_when_it_is_missing),
        CASE(test_a_step_is_refused_to_another_role),
        CASE(test_nine_workers_have_no_representatives_and_ten_may),
        CASE(test_registration_starts_two_clocks_that_count_from_different_moments),
        CASE(test_the_seal_stops_what_ran_and_starts_confirmation_and_each_instalment),
        CASE(test_the_thousandth_instalment_is_refused),
        CASE(test_an_instalment_whose_day_has_passed_is_a_default_until_nothing_is_overdue),
        CASE(test_a_clock_that_only_opens_a_right_leaves_the_state),
        CASE(test_running_out_in_a_state_that_does_not_know_the_step_changes_no_state),
        CASE(test_an_unknown_clock_is_refused_by_name),
        CASE(test_a_restarted_clock_keeps_its_row_and_gets_the_next_generation),
        CASE(test_closing_ends_every_clock_that_still_runs_and_leaves_the_others),
        CASE(test_withdrawing_reads_and_ends_clocks_that_its_step_does_not_name),
        CASE(test_an_application_is_not_accepted_while_papers_are_missing),
        CASE(test_a_referral_is_accepted_or_returned_within_five_working_days),
        CASE(test_a_step_that_is_deleted_from_the_file_is_missed_at_that_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
