/* SPDX-License-Identifier: Apache-2.0
 *
 * The limits that the definitions in law/ must have, written from the texts of the law and not from the definitions.
 */
#include "tests/unit/law_shipped.h"

#include <cmocka.h>
#include <string.h>

#define DAYS TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS
#define WORKING_DAYS TIAOJIE__PROCEDURE__UNIT__UNIT_WORKING_DAYS
#define MONTHS TIAOJIE__PROCEDURE__UNIT__UNIT_MONTHS
#define YEARS TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS
#define AGREED_DAY TIAOJIE__PROCEDURE__UNIT__UNIT_AGREED
#define BAR TIAOJIE__PROCEDURE__EFFECT__EFFECT_BAR
#define OPENS TIAOJIE__PROCEDURE__EFFECT__EFFECT_OPEN
#define DUTY TIAOJIE__PROCEDURE__EFFECT__EFFECT_DUTY
#define DEEMS TIAOJIE__PROCEDURE__EFFECT__EFFECT_DEEM
#define LAPSES TIAOJIE__PROCEDURE__EFFECT__EFFECT_VOID
#define FROM(event) TIAOJIE__PROCEDURE__START__START_##event

/* ---- limits ---- */

static const struct limit {
    const char *kind;
    uint32_t place;
    const char *day;  /* of the start event */
    const char *step; /* that starts it */
    const char *clock;
    uint32_t amount;
    Tiaojie__Procedure__Unit unit;
    Tiaojie__Procedure__Start start;
    Tiaojie__Procedure__Effect effect;
    const char *article;
    bool unverified;
} LIMITS[] = {
    /* people's mediation */
    {"mediation", ANYWHERE, TODAY, "case open", "finish", 1, MONTHS, FROM(STEP), DUTY, "Order 75 Art. 33", true},
    {"mediation", NINGBO, TODAY, "case open", "finish", 1, MONTHS, FROM(STEP), DUTY, "Ningbo 2015 Art. 27", false},
    {"mediation", SHENZHEN, TODAY, "case open", "finish", 30, DAYS, FROM(STEP), DEEMS, "Shenzhen 2022 Art. 25", false},
    {"mediation", ANYWHERE, TODAY, "agreement seal", "confirmation", 30, DAYS, FROM(EFFECT), BAR, "PML 33", false},
    {"mediation", ANYWHERE, TODAY, "agreement record", "confirmation", 30, DAYS, FROM(EFFECT), BAR, "PML 33", false},
    {"administrative-mediation", SHENZHEN, TODAY, "mediation ask", "transfer", 3, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Shenzhen 2022 Art. 45", false},
    {"administrative-mediation", SHENZHEN, TODAY, "mediation ask", "accept", 5, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Shenzhen 2022 Art. 46", false},
    {"administrative-mediation", SHENZHEN, TODAY, "matter widen", "accept a complex matter", 10, WORKING_DAYS,
     FROM(RECEIPT), DUTY, "Shenzhen 2022 Art. 46", false},
    /* labour disputes before a people's committee: 15 days from receipt open arbitration */
    {"labour-wages", ANYWHERE, TODAY, "case open", "no agreement", 15, DAYS, FROM(RECEIPT), OPENS, "LDMAL 14", false},
    {"labour-wages", HANGZHOU, TODAY, "case open", "no agreement", 15, DAYS, FROM(RECEIPT), OPENS,
     "LDMAL 14; Zhejiang 2020 Art. 10", false},
    {"labour-wages", ANYWHERE, TODAY, "agreement seal", "confirmation", 30, DAYS, FROM(EFFECT), BAR, "PML 33", false},
    {"labour-wages", ANYWHERE, TODAY, "agreement seal", "review", 15, DAYS, FROM(EFFECT), BAR, "Order 33 Art. 74",
     false},
    {"labour-wages", ANYWHERE, TODAY, "case open", "limitation", 1, YEARS, FROM(KNOWLEDGE), BAR, "LDMAL 27", false},
    {"labour-wages", ANYWHERE, TODAY, "case open", "limitation after employment", 1, YEARS, FROM(RELATION_END), BAR,
     "LDMAL 27", false},
    {"labour-wages", ANYWHERE, TODAY, "case open", "employer's injury application", 30, DAYS, FROM(ACCIDENT), OPENS,
     "WII 17", false},
    {"labour-wages", ANYWHERE, TODAY, "case open", "worker's injury application", 1, YEARS, FROM(ACCIDENT), BAR,
     "WII 17", false},
    {"labour-wages", ANYWHERE, TODAY, "case open", "inspection look-back", 2, YEARS, FROM(ACT), BAR, "LIR 20", false},
    /* before an enterprise's own committee: 15 days from acceptance end it */
    {"labour-enterprise", ANYWHERE, TODAY, "negotiation ask", "answer", 5, DAYS, FROM(NOTICE), DEEMS,
     "Order 17 Art. 10, 31", false},
    {"labour-enterprise", ANYWHERE, TODAY, "mediation apply", "accept", 3, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Order 17 Art. 22", false},
    {"labour-enterprise", ANYWHERE, TODAY, "mediation accept", "finish", 15, DAYS, FROM(ACCEPTANCE), DEEMS,
     "Order 17 Art. 29", false},
    {"labour-enterprise", ANYWHERE, TODAY, "agreement reach", "review", 15, DAYS, FROM(EFFECT), BAR, "Order 17 Art. 27",
     false},
    /* judicial confirmation */
    {"judicial-confirmation", ANYWHERE, TODAY, "confirmation plan", "apply", 30, DAYS, FROM(EFFECT), BAR, "CPL 205",
     false},
    {"judicial-confirmation", ANYWHERE, TODAY, "confirmation apply", "decide acceptance", 3, DAYS, FROM(RECEIPT), DUTY,
     "Fa Shi [2011] 5 Art. 4", false},
    {"judicial-confirmation", ANYWHERE, TODAY, "court accept", "decide", 30, DAYS, FROM(FILING), DUTY, "CPL 187",
     false},
    {"judicial-confirmation", ANYWHERE, TODAY, "ruling confirm", "party objection", 15, DAYS, FROM(SERVICE), BAR,
     "CPL Interpretation 372", false},
    {"judicial-confirmation", ANYWHERE, TODAY, "ruling confirm", "outsider objection", 6, MONTHS, FROM(KNOWLEDGE), BAR,
     "CPL Interpretation 127, 372", false},
    {"judicial-confirmation", ANYWHERE, TODAY, "ruling confirm", "enforcement", 2, YEARS, FROM(PERFORMANCE), BAR,
     "CPL 250", false},
    /* payment order */
    {"payment-order", ANYWHERE, TODAY, "order apply", "tell acceptance", 5, DAYS, FROM(RECEIPT), DUTY,
     "CPL 226; CPL Interpretation 426", false},
    {"payment-order", ANYWHERE, TODAY, "order accept", "issue", 15, DAYS, FROM(ACCEPTANCE), DUTY,
     "CPL 227; CPL Interpretation 428", false},
    {"payment-order", ANYWHERE, TODAY, "order issue", "deliver", 30, DAYS, FROM(DECISION), LAPSES,
     "CPL Interpretation 430", false},
    {"payment-order", ANYWHERE, TODAY, "order deliver", "object", 15, DAYS, FROM(SERVICE), OPENS,
     "CPL 227; CPL Interpretation 431", false},
    {"payment-order", ANYWHERE, TODAY, "order end", "say no to litigation", 7, DAYS, FROM(SERVICE), DEEMS,
     "CPL Interpretation 438, 439", false},
    /* notary */
    {"notarisation", ANYWHERE, TODAY, "instrument accept", "issue", 15, WORKING_DAYS, FROM(ACCEPTANCE), DUTY,
     "Notary Law 30", false},
    {"notarisation", ANYWHERE, TODAY, "instrument issue", "enforcement", 2, YEARS, FROM(PERFORMANCE), BAR, "CPL 250",
     false},
    {"notarisation", ANYWHERE, TODAY, "enforcement refuse", "reconsideration", 10, DAYS, FROM(SERVICE), OPENS,
     "SPC 2018 Art. 7", false},
    {"notarisation", ANYWHERE, TODAY, "enforcement notify", "ask non-enforcement", 15, DAYS, FROM(SERVICE), BAR,
     "SPC 2018 Art. 13", false},
    /* labour inspection */
    {"inspection", ANYWHERE, TODAY, "complaint plan", "look-back", 2, YEARS, FROM(ACT), BAR, "LIR 20", false},
    {"inspection", ANYWHERE, TODAY, "complaint make", "accept", 5, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Order 25 Art. 18", true},
    {"inspection", HANGZHOU, TODAY, "complaint make", "accept", 5, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Zhejiang Art. 23", false},
    {"inspection", GUANGZHOU, TODAY, "complaint make", "accept", 5, WORKING_DAYS, FROM(RECEIPT), DEEMS,
     "Guangdong Art. 36, 39", false},
    {"inspection", BEIJING, TODAY, "complaint make", "accept", 7, WORKING_DAYS, FROM(RECEIPT), DUTY, "Beijing Art. 32",
     false},
    {"inspection", ZHENGZHOU, TODAY, "complaint make", "accept", 7, DAYS, FROM(RECEIPT), DUTY, "Henan Art. 15", false},
    {"inspection", ANYWHERE, TODAY, "complaint accept", "investigate", 60, WORKING_DAYS, FROM(FILING), DUTY, "LIR 17",
     false},
    {"inspection", GUANGZHOU, TODAY, "complaint accept", "investigate", 45, WORKING_DAYS, FROM(FILING), DUTY,
     "Guangdong Art. 44, 45", false},
    {"inspection", ZHENGZHOU, TODAY, "complaint accept", "close", 30, DAYS, FROM(FILING), DUTY, "Henan Art. 16", false},
    {"inspection", HANGZHOU, TODAY, "investigation extend", "tell", 3, DAYS, FROM(DECISION), DUTY, "Zhejiang Art. 30",
     false},
    {"inspection", GUANGZHOU, TODAY, "investigation pause", "tell", 3, WORKING_DAYS, FROM(DECISION), DUTY,
     "Guangdong Art. 45", false},
    {"inspection", ANYWHERE, TODAY, "investigation end", "decide", 15, WORKING_DAYS, FROM(STEP), DUTY,
     "Order 25 Art. 37", true},
    {"inspection", ANYWHERE, TODAY, "order issue", "pay", 0, AGREED_DAY, FROM(SERVICE), OPENS,
     "LIR 26; Wage Payment Regulation 42", false},
    /* recognition of a work injury */
    {"injury-recognition", GUANGZHOU, TODAY, "injury report", "employer reports", 1, WORKING_DAYS, FROM(ACCIDENT), DUTY,
     "Guangdong Art. 12", false},
    {"injury-recognition", ANYWHERE, TODAY, "injury report", "employer applies", 30, DAYS, FROM(ACCIDENT), OPENS,
     "WII 17", false},
    {"injury-recognition", ANYWHERE, TODAY, "injury report", "worker applies", 1, YEARS, FROM(ACCIDENT), BAR,
     "WII 17; SPC 2014 Art. 7", false},
    {"injury-recognition", ANYWHERE, TODAY, "worker apply", "examine", 15, DAYS, FROM(RECEIPT), DUTY, "Order 8 Art. 8",
     false},
    {"injury-recognition", ANYWHERE, TODAY, "papers bring", "examine", 15, DAYS, FROM(RECEIPT), DUTY, "Order 8 Art. 8",
     false},
    {"injury-recognition", HANGZHOU, TODAY, "worker apply", "examine", 5, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Zhejiang Art. 16", false},
    {"injury-recognition", HANGZHOU, TODAY, "papers miss", "refuse", 3, DAYS, FROM(STEP), DUTY, "Zhejiang Art. 16",
     false},
    {"injury-recognition", ANYWHERE, TODAY, "application accept", "decide", 60, DAYS, FROM(ACCEPTANCE), DUTY, "WII 20",
     false},
    {"injury-recognition", ANYWHERE, TODAY, "case clear", "decide a clear case", 15, DAYS, FROM(ACCEPTANCE), DUTY,
     "WII 20; Order 8 Art. 21", false},
    {"injury-recognition", ANYWHERE, TODAY, "injury recognise", "serve", 20, DAYS, FROM(DECISION), DUTY,
     "Order 8 Art. 22", false},
    {"injury-recognition", ANYWHERE, TODAY, "decision serve", "review", 60, DAYS, FROM(KNOWLEDGE), BAR,
     "WII 55; Reconsideration Law 20", false},
    {"injury-recognition", ANYWHERE, TODAY, "decision serve", "suit", 6, MONTHS, FROM(KNOWLEDGE), BAR,
     "WII 55; Administrative Litigation Law 46", false},
    {"injury-recognition", ANYWHERE, TODAY, "review decide", "suit after review", 15, DAYS, FROM(SERVICE), BAR,
     "Administrative Litigation Law 45", false},
    /* capacity to work */
    {"capacity-appraisal", ANYWHERE, TODAY, "appraisal ask", "name missing papers", 5, WORKING_DAYS, FROM(RECEIPT),
     DUTY, "Order 55 Art. 10", false},
    {"capacity-appraisal", ANYWHERE, TODAY, "papers ask", "bring papers", 0, AGREED_DAY, FROM(STEP), DEEMS,
     "Order 55 Art. 10", false},
    {"capacity-appraisal", ANYWHERE, TODAY, "appraisal accept", "appraise", 60, DAYS, FROM(RECEIPT), DUTY, "WII 25",
     false},
    {"capacity-appraisal", ANYWHERE, "2025-07-01", "appraisal conclude", "serve", 15, DAYS, FROM(DECISION), DUTY,
     "Order 55 Art. 17", false},
    {"capacity-appraisal", ANYWHERE, "2025-06-30", "appraisal conclude", "serve", 20, DAYS, FROM(DECISION), DUTY,
     "Order 21", true},
    {"capacity-appraisal", ANYWHERE, TODAY, "conclusion serve", "re-appraisal", 15, DAYS, FROM(SERVICE), BAR, "WII 26",
     false},
    {"capacity-appraisal", ANYWHERE, TODAY, "conclusion serve", "review appraisal", 1, YEARS, FROM(DECISION), OPENS,
     "WII 28", false},
    {"injury-payment", ANYWHERE, TODAY, "costs claim", "reimburse", 20, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Agency Regulation 2023 Art. 22", false},
    {"injury-payment", ANYWHERE, TODAY, "advance ask", "demand", 3, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Interim Measures on advance payment Art. 6-8", true},
    {"injury-payment", ANYWHERE, TODAY, "payment demand", "employer pays", 5, WORKING_DAYS, FROM(NOTICE), OPENS,
     "Interim Measures on advance payment Art. 6-8", true},
    /* arbitration */
    {"arbitration", ANYWHERE, TODAY, "arbitration apply", "correction notice", 5, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Order 33 Art. 29", false},
    {"arbitration", ANYWHERE, TODAY, "arbitration apply", "accept", 5, WORKING_DAYS, FROM(RECEIPT), OPENS,
     "LDMAL 29; Order 33 Art. 30, 31", false},
    {"arbitration", ANYWHERE, TODAY, "papers bring", "accept", 5, WORKING_DAYS, FROM(RECEIPT), OPENS,
     "LDMAL 29; Order 33 Art. 30, 31", false},
    {"arbitration", ANYWHERE, TODAY, "arbitration accept", "copy", 5, WORKING_DAYS, FROM(ACCEPTANCE), DUTY,
     "LDMAL 30; Order 33 Art. 33", false},
    {"arbitration", ANYWHERE, TODAY, "arbitration accept", "tribunal told", 5, WORKING_DAYS, FROM(ACCEPTANCE), DUTY,
     "LDMAL 32; Order 33 Art. 37", false},
    {"arbitration", ANYWHERE, TODAY, "copy serve", "defence", 10, WORKING_DAYS, FROM(SERVICE), DUTY,
     "LDMAL 30; Order 33 Art. 33", false},
    {"arbitration", ANYWHERE, TODAY, "copy serve", "objection", 10, WORKING_DAYS, FROM(SERVICE), BAR,
     "Order 33 Art. 10, 36", false},
    {"arbitration", ANYWHERE, TODAY, "hearing set", "hearing notice", 5, WORKING_DAYS, FROM(HEARING), DUTY,
     "LDMAL 35; Order 33 Art. 38", false},
    {"arbitration", ANYWHERE, TODAY, "hearing set", "ask postponement", 3, WORKING_DAYS, FROM(HEARING), BAR,
     "LDMAL 35; Order 33 Art. 38", false},
    {"arbitration", ANYWHERE, TODAY, "mediation entrust", "entrusted mediation", 10, WORKING_DAYS, FROM(STEP), OPENS,
     "Order 33 Art. 70", false},
    {"arbitration", ANYWHERE, TODAY, "arbitration accept", "award", 45, DAYS, FROM(ACCEPTANCE), OPENS,
     "LDMAL 43; Order 33 Art. 45-48", false},
    {"arbitration-simple", HANGZHOU, TODAY, "arbitration accept", "award", 30, DAYS, FROM(ACCEPTANCE), OPENS,
     "Zhejiang 2020 Art. 39", false},
    {"arbitration", ANYWHERE, TODAY, "award close", "worker sues", 15, DAYS, FROM(SERVICE), BAR, "LDMAL 48", false},
    {"arbitration", ANYWHERE, TODAY, "award close", "employer contests", 30, DAYS, FROM(SERVICE), BAR, "LDMAL 49",
     false},
    {"arbitration", ANYWHERE, TODAY, "award cancel", "sue anew", 15, DAYS, FROM(SERVICE), BAR, "LDMAL 49", false},
    {"arbitration", ANYWHERE, TODAY, "award give", "either sues", 15, DAYS, FROM(SERVICE), BAR, "LDMAL 50", false},
    {"arbitration", ANYWHERE, TODAY, "award stand", "preservation", 3, MONTHS, FROM(EFFECT), LAPSES,
     "Labour Interpretation (I) 49", false},
    {"arbitration-over-age", ANYWHERE, "2026-07-01", "arbitration accept", "award", 45, DAYS, FROM(ACCEPTANCE), OPENS,
     "LDMAL 43; Order 33 Art. 45-48", false},
    {"arbitration-review", ANYWHERE, TODAY, "review plan", "apply", 15, DAYS, FROM(EFFECT), BAR,
     "Order 33 Art. 74; Order 17 Art. 27", false},
    {"arbitration-review", ANYWHERE, TODAY, "review accept", "finish", 5, WORKING_DAYS, FROM(ACCEPTANCE), DUTY,
     "Order 33 Art. 76", false},
    /* legal aid: the Law of 2021 changed amounts and units */
    {"legal-aid", ANYWHERE, "2022-01-01", "aid apply", "review", 7, DAYS, FROM(RECEIPT), DUTY, "Legal Aid Law 43",
     false},
    {"legal-aid", ANYWHERE, "2021-12-31", "aid apply", "review", 7, WORKING_DAYS, FROM(RECEIPT), DUTY,
     "Order 124 Art. 13", false},
    {"legal-aid", ANYWHERE, "2022-01-01", "aid grant", "assign", 3, DAYS, FROM(DECISION), DUTY, "Legal Aid Law 43",
     false},
    {"legal-aid", ANYWHERE, "2021-12-31", "aid grant", "assign", 7, WORKING_DAYS, FROM(DECISION), DUTY,
     "Order 124 Art. 20", false},
    {"legal-aid", ANYWHERE, TODAY, "aid object", "objection", 5, DAYS, FROM(RECEIPT), DUTY, "Legal Aid Law 49", false},
    {"legal-aid", ANYWHERE, TODAY, "aid assign", "sign papers", 5, DAYS, FROM(STEP), DUTY, "Order 148 Art. 27", true},
    {"legal-aid", ANYWHERE, TODAY, "papers ask", "supplement", 0, AGREED_DAY, FROM(STEP), DEEMS, "Legal Aid Law 43",
     false},
    /* referral */
    {"referral", ANYWHERE, TODAY, "referral receive", "object", 5, WORKING_DAYS, FROM(STEP), BAR,
     "Petition Work Regulations 2022 Art. 23; link agreement", true},
};

static const Tiaojie__Procedure__Clock *clock_of(const Tiaojie__Procedure *definition, const char *name)
{
    for (size_t i = 0; i < definition->n_clocks; i++)
        if (strcmp(definition->clocks[i]->name, name) == 0)
            return definition->clocks[i];
    fail_msg("%s has no clock %s", definition->name, name);
    return NULL;
}

/* Some step of this name names the clock in this list of its. */
static bool some_step(const Tiaojie__Procedure *definition, const char *step, const char *clock,
                      bool (*names)(const Tiaojie__Procedure__Step *step, const char *clock))
{
    for (size_t i = 0; i < definition->n_steps; i++)
        if (strcmp(definition->steps[i]->name, step) == 0 && names(definition->steps[i], clock))
            return true;
    return false;
}

static bool is_in(char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool starts(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->starts, step->n_starts, clock);
}

static void test_each_limit_of_the_law_stands_in_the_definition_of_its_kind_place_and_day(void **state)
{
    const struct setting *setting = *state;

    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        const struct limit *limit = &LIMITS[i];
        const struct procedure *procedure = in_force(setting, limit->kind, limit->place, limit->day);
        if (!procedure)
            fail_msg("no %s in %u on %s", limit->kind, limit->place, limit->day);
        const Tiaojie__Procedure *definition = procedure_definition(procedure);
        const Tiaojie__Procedure__Clock *clock = clock_of(definition, limit->clock);
        if (clock->amount != limit->amount || clock->unit != limit->unit || clock->event != limit->start ||
            clock->effect != limit->effect || clock->unverified != limit->unverified)
            fail_msg("%s: the clock %s is another one", definition->name, limit->clock);
        assert_string_equal(clock->article, limit->article);
        if (!some_step(definition, limit->step, limit->clock, starts))
            fail_msg("%s: %s does not start %s", definition->name, limit->step, limit->clock);
    }
}

/* ---- who extends ---- */

static const struct {
    const char *kind;
    uint32_t place;
    const char *clock;
    const char *by;
    uint32_t times;
    uint32_t amount;
    Tiaojie__Procedure__Unit unit;
    const char *step;
} EXTENSIONS[] = {
    {"mediation", NINGBO, "finish", "both parties", 0, 0, AGREED_DAY, "mediation extend"},
    {"mediation", SHENZHEN, "finish", "both parties", 0, 0, AGREED_DAY, "mediation extend"},
    {"labour-wages", HANGZHOU, "no agreement", "both parties", 0, 0, AGREED_DAY, "mediation extend"},
    {"labour-enterprise", ANYWHERE, "finish", "both parties", 0, 0, AGREED_DAY, "period extend"},
    {"labour-enterprise", ANYWHERE, "negotiate", "both parties, in writing", 0, 0, AGREED_DAY, "negotiation extend"},
    {"judicial-confirmation", ANYWHERE, "decide", "the president of the court", 0, 0, AGREED_DAY, "ruling extend"},
    {"inspection", ANYWHERE, "investigate", "the head of the department", 1, 30, WORKING_DAYS, "investigation extend"},
    {"inspection", ZHENGZHOU, "close", "the head of the department", 1, 30, DAYS, "investigation extend"},
    {"injury-recognition", ANYWHERE, "employer applies", "the social insurance department", 0, 0, AGREED_DAY,
     "time extend"},
    {"capacity-appraisal", ANYWHERE, "appraise", "the appraisal committee, in a complex case", 1, 30, DAYS,
     "appraisal extend"},
    {"arbitration", ANYWHERE, "award", "the head of the commission", 1, 15, DAYS, "award extend"},
    {"arbitration-review", ANYWHERE, "finish", "the head of the commission", 1, 5, WORKING_DAYS, "review extend"},
};

static bool extends(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->extends, step->n_extends, clock);
}

static void test_who_may_extend_a_limit_how_often_and_by_how_much(void **state)
{
    const struct setting *setting = *state;

    for (size_t i = 0; i < sizeof EXTENSIONS / sizeof *EXTENSIONS; i++) {
        const Tiaojie__Procedure *definition =
            procedure_definition(in_force(setting, EXTENSIONS[i].kind, EXTENSIONS[i].place, TODAY));
        const Tiaojie__Procedure__Extension *extension = clock_of(definition, EXTENSIONS[i].clock)->extension;
        assert_non_null(extension);
        assert_string_equal(extension->by, EXTENSIONS[i].by);
        assert_int_equal(extension->times, EXTENSIONS[i].times);
        assert_int_equal(extension->amount, EXTENSIONS[i].amount);
        assert_int_equal(extension->unit, EXTENSIONS[i].unit);
        assert_true(some_step(definition, EXTENSIONS[i].step, EXTENSIONS[i].clock, extends));
    }
}

static void test_the_award_in_zhejiang_s_simple_procedure_is_not_extended(void **state)
{
    const struct setting *setting = *state;
    const Tiaojie__Procedure *definition =
        procedure_definition(in_force(setting, "arbitration-simple", HANGZHOU, TODAY));

    assert_null(clock_of(definition, "award")->extension);
    assert_null(in_force(setting, "arbitration-simple", ANYWHERE, TODAY));
}

/* ---- what is not counted, and what begins anew ---- */

static bool pauses(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->pauses, step->n_pauses, clock);
}

static bool resumes(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->resumes, step->n_resumes, clock);
}

static bool interrupts(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->interrupts, step->n_interrupts, clock);
}

static bool is_barred_by(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->barred_by, step->n_barred_by, clock);
}

static bool is_opened_by(const Tiaojie__Procedure__Step *step, const char *clock)
{
    return is_in(step->opened_by, step->n_opened_by, clock);
}

static const struct {
    const char *kind;
    uint32_t place;
    const char *step;
    const char *clock;
    bool (*names)(const Tiaojie__Procedure__Step *step, const char *clock);
} USES[] = {
    /* a pause: another body's conclusion, verification, supplements, an agreed change of date */
    {"injury-recognition", ANYWHERE, "decision pause", "decide", pauses},
    {"injury-recognition", ANYWHERE, "decision resume", "decide", resumes},
    {"injury-recognition", ANYWHERE, "limit pause", "worker applies", pauses},
    {"capacity-appraisal", ANYWHERE, "date change", "appraise", pauses},
    {"notarisation", ANYWHERE, "verification begin", "issue", pauses},
    {"notarisation", ANYWHERE, "verification end", "issue", resumes},
    {"inspection", ANYWHERE, "papers ask", "accept", pauses},
    {"inspection", GUANGZHOU, "investigation pause", "investigate", pauses},
    {"arbitration", ANYWHERE, "arbitration suspend", "award", pauses},
    {"arbitration", ANYWHERE, "arbitration resume", "award", resumes},
    /* an interruption: asking for the certificate; what moves the year for arbitration; a counter-claim */
    {"notarisation", ANYWHERE, "certificate ask", "enforcement", interrupts},
    {"labour-enterprise", ANYWHERE, "negotiation lapse", "limitation", interrupts},
    {"labour-enterprise", ANYWHERE, "negotiation fail", "limitation", interrupts},
    {"labour-enterprise", ANYWHERE, "mediation apply", "limitation", interrupts},
    {"labour-wages", ANYWHERE, "agreement seal", "limitation", interrupts},
    {"arbitration", ANYWHERE, "counter-claim make", "award", interrupts},
    {"arbitration", ANYWHERE, "party add", "award", interrupts},
    /* too late */
    {"judicial-confirmation", ANYWHERE, "confirmation apply", "apply", is_barred_by},
    {"judicial-confirmation", ANYWHERE, "party object", "party objection", is_barred_by},
    {"payment-order", ANYWHERE, "order object", "object", is_barred_by},
    {"inspection", ANYWHERE, "complaint make", "look-back", is_barred_by},
    {"injury-recognition", ANYWHERE, "worker apply", "worker applies", is_barred_by},
    {"injury-recognition", ANYWHERE, "suit begin", "suit", is_barred_by},
    {"capacity-appraisal", ANYWHERE, "re-appraisal ask", "re-appraisal", is_barred_by},
    {"arbitration", ANYWHERE, "worker sue", "worker sues", is_barred_by},
    {"arbitration", ANYWHERE, "setting-aside ask", "employer contests", is_barred_by},
    {"arbitration", ANYWHERE, "award sue", "either sues", is_barred_by},
    {"arbitration-review", ANYWHERE, "review ask", "apply", is_barred_by},
    {"referral", ANYWHERE, "referral object", "object", is_barred_by},
    /* not before */
    {"arbitration", ANYWHERE, "silence sue", "accept", is_opened_by},
    {"arbitration", ANYWHERE, "lateness sue", "award", is_opened_by},
    {"capacity-appraisal", ANYWHERE, "review ask", "review appraisal", is_opened_by},
    {"inspection", ANYWHERE, "enforcement ask", "pay", is_opened_by},
    {"injury-payment", ANYWHERE, "fund pay", "employer pays", is_opened_by},
};

static void test_what_pauses_interrupts_bars_and_opens(void **state)
{
    const struct setting *setting = *state;

    for (size_t i = 0; i < sizeof USES / sizeof *USES; i++) {
        const Tiaojie__Procedure *definition =
            procedure_definition(in_force(setting, USES[i].kind, USES[i].place, TODAY));
        if (!some_step(definition, USES[i].step, USES[i].clock, USES[i].names))
            fail_msg("%s: %s and %s", definition->name, USES[i].step, USES[i].clock);
    }
}

static void test_where_two_texts_conflict_people_are_warned_at_the_earlier_limit(void **state)
{
    const struct setting *setting = *state;
    const Tiaojie__Procedure *confirmation =
        procedure_definition(in_force(setting, "judicial-confirmation", ANYWHERE, TODAY));
    const Tiaojie__Procedure__Earlier *earlier = clock_of(confirmation, "decide")->earlier;

    assert_int_equal(earlier->amount, 15);
    assert_int_equal(earlier->unit, DAYS);
    assert_string_equal(earlier->article, "Fa Shi [2011] 5 Art. 5");
    const Tiaojie__Procedure *notary = procedure_definition(in_force(setting, "notarisation", ANYWHERE, TODAY));
    assert_true(clock_of(notary, "instalment enforcement")->per_subject);
    assert_string_equal(clock_of(notary, "instalment enforcement")->article, "SPC 2018 Art. 9; CPL 250");
    assert_int_equal(clock_of(notary, "instalment enforcement")->effect, DUTY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_limit_of_the_law_stands_in_the_definition_of_its_kind_place_and_day),
        cmocka_unit_test(test_who_may_extend_a_limit_how_often_and_by_how_much),
        cmocka_unit_test(test_the_award_in_zhejiang_s_simple_procedure_is_not_extended),
        cmocka_unit_test(test_what_pauses_interrupts_bars_and_opens),
        cmocka_unit_test(test_where_two_texts_conflict_people_are_warned_at_the_earlier_limit),
    };
    return cmocka_run_group_tests(tests, with_shipped_law, without_shipped_law);
}
