/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the definitions in law/ must lead, written from the texts of the law and not from the definitions.
 */
#include "common/base/instant.h"
#include "tests/unit/law_files.h"
#include "tests/unit/law_shipped.h"

#include <cmocka.h>
#include <glob.h>
#include <string.h>

/* ---- the way through ---- */

enum { WAY_MAX = 14 };

struct stop {
    const char *step;
    const char *state; /* after it */
};

/* "(clock)" instead of a step: that clock runs out. */
static const struct way {
    const char *sentence;
    const char *kind;
    uint32_t place;
    struct stop stops[WAY_MAX];
} WAYS[] = {
    {"an oral agreement has effect at once",
     "mediation",
     ANYWHERE,
     {{"case open", "registered"},
      {"case consent", "mediating"},
      {"session open", "in_session"},
      {"agreement record", "agreed"},
      {"case close", "closed"}}},
    {"in Shenzhen the mediation ends with its time",
     "mediation",
     SHENZHEN,
     {{"case open", "registered"}, {"case consent", "mediating"}, {"(finish)", "failed"}}},
    {"in Ningbo a notice is due and the mediation may go on",
     "mediation",
     NINGBO,
     {{"case open", "registered"}, {"case consent", "mediating"}, {"(finish)", "mediating"}, {"case end", "failed"}}},
    {"a party ends the mediation from the signing table",
     "labour-wages",
     HANGZHOU,
     {{"case open", "registered"},
      {"case consent", "mediating"},
      {"agreement draft", "drafted"},
      {"case refuse", "refused"}}},
    {"silence on a call to negotiate counts as unwilling; then the committee mediates in time",
     "labour-enterprise",
     ANYWHERE,
     {{"negotiation ask", "called"},
      {"(answer)", "unsettled"},
      {"mediation apply", "applied"},
      {"mediation accept", "mediating"},
      {"(finish)", "failed"}}},
    {"the court confirms",
     "judicial-confirmation",
     ANYWHERE,
     {{"confirmation plan", "planned"},
      {"confirmation apply", "applied"},
      {"papers ask", "supplementing"},
      {"papers bring", "applied"},
      {"court accept", "examining"},
      {"ruling confirm", "confirmed"},
      {"enforcement ask", "enforcing"}}},
    {"a real dispute ends the confirmation",
     "judicial-confirmation",
     ANYWHERE,
     {{"confirmation plan", "planned"},
      {"confirmation apply", "applied"},
      {"court accept", "examining"},
      {"dispute find", "ended"}}},
    {"nobody objects to the order",
     "payment-order",
     ANYWHERE,
     {{"order apply", "applied"},
      {"order accept", "accepted"},
      {"order issue", "issued"},
      {"order deliver", "delivered"},
      {"(object)", "enforceable"},
      {"enforcement ask", "enforcing"}}},
    {"an order that cannot be delivered falls",
     "payment-order",
     ANYWHERE,
     {{"order apply", "applied"}, {"order accept", "accepted"}, {"order issue", "issued"}, {"(deliver)", "lapsed"}}},
    {"after an objection silence counts as a suit",
     "payment-order",
     ANYWHERE,
     {{"order apply", "applied"},
      {"order accept", "accepted"},
      {"order issue", "issued"},
      {"order deliver", "delivered"},
      {"order object", "objected"},
      {"order end", "fallen"},
      {"(say no to litigation)", "sued"}}},
    {"a certificate leads from the notary to the court",
     "notarisation",
     ANYWHERE,
     {{"instrument apply", "applied"},
      {"instrument accept", "accepted"},
      {"verification begin", "verifying"},
      {"verification end", "accepted"},
      {"instrument issue", "issued"},
      {"certificate ask", "certifying"},
      {"certificate issue", "certified"},
      {"enforcement ask", "enforcing"},
      {"enforcement refuse", "not enforced"},
      {"(reconsideration)", "suit open"}}},
    {"inspection orders the wages to be paid",
     "inspection",
     ANYWHERE,
     {{"complaint plan", "planned"},
      {"complaint make", "received"},
      {"complaint accept", "investigating"},
      {"investigation end", "deciding"},
      {"order issue", "ordered"},
      {"wages pay", "paid"}}},
    {"in Guangdong silence counts as acceptance",
     "inspection",
     GUANGZHOU,
     {{"complaint plan", "planned"},
      {"complaint make", "received"},
      {"(accept)", "investigating"},
      {"investigation pause", "paused"},
      {"investigation resume", "investigating"},
      {"wages mediate", "mediated"}}},
    {"elsewhere silence is only late",
     "inspection",
     BEIJING,
     {{"complaint plan", "planned"}, {"complaint make", "received"}, {"(accept)", "received"}}},
    {"recognition waits for the judgment about the employment",
     "injury-recognition",
     ANYWHERE,
     {{"injury report", "injured"},
      {"(employer applies)", "injured"},
      {"worker apply", "applied"},
      {"application accept", "deciding"},
      {"decision pause", "paused"},
      {"decision resume", "deciding"},
      {"injury recognise", "recognised"},
      {"decision serve", "recognised"},
      {"review ask", "reviewing"},
      {"review decide", "reviewed"},
      {"suit begin", "suing"}}},
    {"papers that do not come mean that the appraisal is given up",
     "capacity-appraisal",
     ANYWHERE,
     {{"appraisal ask", "asked"}, {"papers ask", "supplementing"}, {"(bring papers)", "given up"}}},
    {"the province's appraisal is final",
     "capacity-appraisal",
     ANYWHERE,
     {{"appraisal ask", "asked"},
      {"appraisal accept", "appraising"},
      {"appraisal conclude", "concluded"},
      {"conclusion serve", "served"},
      {"re-appraisal ask", "re-appraising"},
      {"re-appraisal conclude", "final"}}},
    {"an award that nobody contests is in force",
     "arbitration",
     ANYWHERE,
     {{"arbitration apply", "applied"},
      {"arbitration accept", "accepted"},
      {"mediation entrust", "mediating"},
      {"(entrusted mediation)", "served"},
      {"hearing set", "hearing set"},
      {"hearing hold", "heard"},
      {"award give", "open award"},
      {"(either sues)", "in force"},
      {"debt perform", "performed"}}},
    {"an applicant who stays away has withdrawn",
     "arbitration-simple",
     HANGZHOU,
     {{"arbitration apply", "applied"},
      {"arbitration accept", "accepted"},
      {"copy serve", "served"},
      {"hearing set", "hearing set"},
      {"withdrawal deem", "deemed withdrawn"}}},
    {"the commission reviews the agreement",
     "arbitration-review",
     ANYWHERE,
     {{"review plan", "planned"},
      {"review ask", "applied"},
      {"review accept", "examining"},
      {"document make", "made"},
      {"document sign", "in force"}}},
    {"aid comes first when the time is short",
     "legal-aid",
     ANYWHERE,
     {{"aid apply", "applied"}, {"aid advance", "assigned"}, {"aid close", "done"}}},
    {"an objection to the refusal of aid",
     "legal-aid",
     ANYWHERE,
     {{"aid apply", "applied"},
      {"papers ask", "supplementing"},
      {"papers bring", "applied"},
      {"aid refuse", "refused"},
      {"aid object", "objected"},
      {"objection grant", "granted"},
      {"aid assign", "assigned"}}},
    {"papers for legal aid that do not come",
     "legal-aid",
     ANYWHERE,
     {{"aid apply", "applied"}, {"papers ask", "supplementing"}, {"(supplement)", "withdrawn"}}},
    {"the employer does not pay, the fund does",
     "injury-payment",
     ANYWHERE,
     {{"advance ask", "advance asked"}, {"payment demand", "demanded"}, {"(employer pays)", "demanded"}}},
    {"the common superior decides on a referral that went wrong",
     "referral",
     ANYWHERE,
     {{"referral receive", "received"},
      {"referral object", "objected"},
      {"objection reject", "kept"},
      {"referral accept", "accepted"},
      {"referral answer", "answered"}}},
};

static const struct step_facts ALL_WELL = {.claims = 1,
                                           .respondent_consents = true,
                                           .mediator_set = true,
                                           .all_sums_fixed = true,
                                           .instalments_sum = true,
                                           .parties_signed = true,
                                           .mediator_signed = true,
                                           .sealed = true,
                                           .performed = true,
                                           .invited_consents = true,
                                           .form_only = true};

static struct context context_of(const struct setting *setting)
{
    return (struct context){.now = day_start(20000),
                            .today = 20000,
                            .roles = (1 << TIAOJIE__ROLE__ROLE_CLERK) | (1 << TIAOJIE__ROLE__ROLE_MEDIATOR) |
                                     (1 << TIAOJIE__ROLE__ROLE_HEAD) | (1 << TIAOJIE__ROLE__ROLE_SERVICE),
                            .law = setting->law,
                            .arena = setting->arena};
}

static const char *go(const struct setting *setting, const struct procedure *procedure, const char *state,
                      const char *step)
{
    struct context now = context_of(setting);
    Tiaojie__StepTaken taken;
    struct refusal refusal;
    enum status status;

    if (*step == '(') {
        char *clock = arena_text(setting->arena, step + 1);
        clock[strlen(clock) - 1] = '\0';
        status = procedure_expiry(procedure, state, clock, &now, &taken, &refusal);
    } else
        status = procedure_step(procedure, state, step, &ALL_WELL, &now, &taken, &refusal);
    if (status)
        fail_msg("%s in the state '%s': %s", step, state, refusal.reason);
    return *taken.state ? taken.state : state;
}

static void test_each_procedure_leads_where_the_law_says(void **state)
{
    const struct setting *setting = *state;

    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        const struct procedure *procedure = in_force(setting, WAYS[i].kind, WAYS[i].place, TODAY);
        const char *at = "";
        for (const struct stop *stop = WAYS[i].stops; stop->step; stop++) {
            at = go(setting, procedure, at, stop->step);
            if (strcmp(at, stop->state) != 0)
                fail_msg("%s: after %s it is %s", WAYS[i].sentence, stop->step, at);
        }
    }
}

static const struct {
    const char *kind;
    const char *state;
    const char *step;
    const char *article; /* part of it: why the step has its place */
} NOT_SO[] = {
    {"judicial-confirmation", "", "confirmation apply", "CPL 205"},
    {"judicial-confirmation", "examining", "enforcement ask", "CPL 206"},
    {"judicial-confirmation", "dismissed", "ruling confirm", "CPL 206"},
    {"payment-order", "issued", "order object", "CPL 228"},
    {"payment-order", "enforceable", "order object", "CPL 228"},
    {"notarisation", "accepted", "enforcement ask", "SPC 2018"},
    {"notarisation", "verifying", "instrument issue", "Notary Law 30"},
    {"inspection", "investigating", "order issue", "LIR 19"},
    {"injury-recognition", "paused", "injury recognise", "WII 20"},
    {"capacity-appraisal", "final", "re-appraisal ask", "WII 26"},
    {"arbitration", "final award", "award sue", "LDMAL 50"},
    {"arbitration", "open award", "worker sue", "LDMAL 48"},
    {"arbitration", "served", "award give", "LDMAL 50"},
    {"arbitration-review", "examining", "document sign", "Order 33 Art. 77"},
    {"legal-aid", "refused", "aid assign", "Legal Aid Law 43"},
    {"labour-enterprise", "applied", "agreement reach", "Order 17 Art. 26"},
    {"mediation", "agreed", "case refuse", "PML 17"},
    {"referral", "accepted", "referral object", "Petition Work Regulations"},
};

static void test_a_step_in_the_wrong_state_is_refused_with_its_article(void **state)
{
    const struct setting *setting = *state;
    struct context now = context_of(setting);

    for (size_t i = 0; i < sizeof NOT_SO / sizeof *NOT_SO; i++) {
        const struct procedure *procedure = in_force(setting, NOT_SO[i].kind, ANYWHERE, TODAY);
        Tiaojie__StepTaken taken;
        struct refusal refusal;
        assert_int_equal(procedure_step(procedure, NOT_SO[i].state, NOT_SO[i].step, &ALL_WELL, &now, &taken, &refusal),
                         CONFLICT);
        assert_string_equal(refusal.field, "state");
        if (!strstr(refusal.article, NOT_SO[i].article))
            fail_msg("%s rests on %s", NOT_SO[i].step, refusal.article);
    }
}

static void test_workers_past_retirement_age_have_arbitration_from_july_2026(void **state)
{
    const struct setting *setting = *state;

    assert_null(in_force(setting, "arbitration-over-age", ANYWHERE, "2026-06-30"));
    assert_non_null(in_force(setting, "arbitration-over-age", ANYWHERE, "2026-07-01"));
}

/* Whoever cannot show where a rule stands must say that it is unverified. */
static void test_every_step_and_clock_names_its_article(void **state)
{
    glob_t files;

    const struct setting *setting = *state;
    assert_int_equal(glob("law/procedures/*.txtpb", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        const Tiaojie__Procedure *definition = law_file_procedure(setting->arena, files.gl_pathv[i]);
        assert_true(definition->n_sources > 0);
        for (size_t k = 0; k < definition->n_steps; k++)
            if (!*definition->steps[k]->article)
                fail_msg("%s: %s", files.gl_pathv[i], definition->steps[k]->name);
        for (size_t k = 0; k < definition->n_clocks; k++)
            if (!*definition->clocks[k]->article || !*definition->clocks[k]->start)
                fail_msg("%s: %s", files.gl_pathv[i], definition->clocks[k]->name);
    }
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_procedure_leads_where_the_law_says),
        cmocka_unit_test(test_a_step_in_the_wrong_state_is_refused_with_its_article),
        cmocka_unit_test(test_workers_past_retirement_age_have_arbitration_from_july_2026),
        cmocka_unit_test(test_every_step_and_clock_names_its_article),
    };
    return cmocka_run_group_tests(tests, with_shipped_law, without_shipped_law);
}
