/* SPDX-License-Identifier: Apache-2.0
 *
 * Guard: the table.
 */
#include "common/procedure/guard.h"

#include "common/procedure/fact.h"

#include <string.h>

enum { REPRESENTED_CLAIMS_MIN = 10 /* Labour Dispute Mediation and Arbitration Law 7 */ };

static bool no_missing_papers(const struct step_facts *facts)
{
    return facts->missing_papers == 0;
}

static bool missing_papers(const struct step_facts *facts)
{
    return facts->missing_papers > 0;
}

static bool representatives_allowed(const struct step_facts *facts)
{
    return facts->representatives == 0 || facts->claims >= REPRESENTED_CLAIMS_MIN;
}

static bool respondent_consents(const struct step_facts *facts)
{
    return facts->respondent_consents;
}

static bool mediator_set(const struct step_facts *facts)
{
    return facts->mediator_set;
}

static bool all_sums_fixed(const struct step_facts *facts)
{
    return facts->all_sums_fixed;
}

static bool instalments_sum(const struct step_facts *facts)
{
    return facts->instalments_sum;
}

static bool parties_signed(const struct step_facts *facts)
{
    return facts->parties_signed;
}

static bool mediator_signed(const struct step_facts *facts)
{
    return facts->mediator_signed;
}

static bool sealed(const struct step_facts *facts)
{
    return facts->sealed;
}

static bool performed(const struct step_facts *facts)
{
    return facts->performed;
}

static bool nothing_overdue(const struct step_facts *facts)
{
    return facts->overdue == 0;
}

static bool invited_consents(const struct step_facts *facts)
{
    return facts->invited_consents;
}

static bool moment_given(const struct step_facts *facts)
{
    for (size_t i = 0; i < STEP_MOMENTS; i++)
        if (facts->moments[i])
            return true;
    return false;
}

static bool accident_given(const struct step_facts *facts)
{
    return facts->moments[TIAOJIE__PROCEDURE__START__START_ACCIDENT] != 0;
}

/* Nothing of a work injury is due before the decision that it is one, and nothing by grade before the appraisal. Where
 * the parties were told so they may settle all the same: an agreement is theirs (People's Mediation Law 3). */
static bool is_settled_without(const struct step_facts *facts)
{
    return facts->not_due_told || !(facts->established & FACT_WORK_INJURY);
}

static bool injury_recognised(const struct step_facts *facts)
{
    return is_settled_without(facts) || facts->established & FACT_INJURY_RECOGNISED;
}

static bool capacity_appraised(const struct step_facts *facts)
{
    return is_settled_without(facts) || facts->established & FACT_CAPACITY_APPRAISED;
}

/* By name; but what a work injury lacks is named in the order in which it comes: recognition, then appraisal. */
static const struct guard GUARDS[] = {
    {"accident_given", accident_given, "accident_day", N_("the day of the accident or diagnosis is not given"),
     N_("name its day"), NULL},
    {"all_sums_fixed", all_sums_fixed, "shares", N_("a worker who agrees has no amount of his own yet"),
     N_("fix the amount for each worker"), NULL},
    {"injury_recognised", injury_recognised, "injury",
     N_("the recognition of the work injury is missing: no injury benefit is due yet"),
     N_("follow it with `proceeding open --kind injury-recognition`; parties who settle all the same are told, and the "
        "draft says --not-due-told true"),
     N_("Regulation on Work-Injury Insurance 17, 18")},
    {"capacity_appraised", capacity_appraised, "injury",
     N_("the appraisal of the capacity to work is missing: no benefit by grade is due yet"),
     N_("follow it with `proceeding open --kind capacity-appraisal`; parties who settle all the same are told, and the "
        "draft says --not-due-told true"),
     N_("Regulation on Work-Injury Insurance 21, 23")},
    {"instalments_sum", instalments_sum, "instalments", N_("the instalments do not sum to the agreed amount"),
     N_("correct the instalments"), NULL},
    {"invited_consents", invited_consents, "consent", N_("the parties' consent to the invitation is not recorded"),
     N_("ask the parties and record their consent"), NULL},
    {"mediator_set", mediator_set, "mediator", N_("the case has no mediator"), N_("let a mediator accept the case"),
     NULL},
    {"mediator_signed", mediator_signed, "mediator", N_("the mediator has not signed"),
     N_("let the mediator sign the agreement"), NULL},
    {"missing_papers", missing_papers, "papers", N_("no paper is missing"), N_("accept the application"), NULL},
    {"moment_given", moment_given, "moments", N_("no day is given from which a time limit is counted"),
     N_("name the days that are known, such as --knowledge-day, --accident-day or --act-day"), NULL},
    {"no_missing_papers", no_missing_papers, "papers", N_("papers of the office's list are missing"),
     N_("hand in the missing papers"), NULL},
    {"nothing_overdue", nothing_overdue, "instalments", N_("another instalment is overdue"),
     N_("record its payment too"), NULL},
    {"parties_signed", parties_signed, "parties", N_("not all parties have signed"),
     N_("let the parties sign the agreement"), NULL},
    {"performed", performed, "instalments", N_("the agreement is not performed yet"),
     N_("record the payments that are still open"), NULL},
    {"representatives_allowed", representatives_allowed, "claims",
     N_("representatives may be named from ten workers on"), N_("let each worker act for himself"), NULL},
    {"respondent_consents", respondent_consents, "consent", N_("the respondent has not consented to mediation"),
     N_("record the consent, or end the mediation and tell the other routes"), NULL},
    {"sealed", sealed, "seal", N_("the committee has not sealed the agreement"), N_("seal the agreement"), NULL},
};

enum { GUARD_COUNT = sizeof GUARDS / sizeof *GUARDS };

const struct guard *guard_find(const char *name)
{
    for (size_t i = 0; i < GUARD_COUNT; i++)
        if (strcmp(GUARDS[i].name, name) == 0)
            return &GUARDS[i];
    return NULL;
}

const struct guard *guard_at(size_t index)
{
    return index < GUARD_COUNT ? &GUARDS[index] : NULL;
}

const char *guard_names(struct arena *arena)
{
    const char *names = GUARDS[0].name;
    for (size_t i = 1; i < GUARD_COUNT; i++)
        names = text_print(arena, "%s, %s", names, GUARDS[i].name);
    return names;
}
