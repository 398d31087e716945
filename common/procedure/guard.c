/* SPDX-License-Identifier: Apache-2.0
 *
 * Guard: the table.
 */
#include "common/procedure/guard.h"

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

static const struct guard GUARDS[] = {
    {"all_sums_fixed", all_sums_fixed, "shares", N_("a worker who agrees has no amount of his own yet"),
     N_("fix the amount for each worker")},
    {"instalments_sum", instalments_sum, "instalments", N_("the instalments do not sum to the agreed amount"),
     N_("correct the instalments")},
    {"invited_consents", invited_consents, "consent", N_("the parties' consent to the invitation is not recorded"),
     N_("ask the parties and record their consent")},
    {"mediator_set", mediator_set, "mediator", N_("the case has no mediator"), N_("let a mediator accept the case")},
    {"mediator_signed", mediator_signed, "mediator", N_("the mediator has not signed"),
     N_("let the mediator sign the agreement")},
    {"missing_papers", missing_papers, "papers", N_("no paper is missing"), N_("accept the application")},
    {"no_missing_papers", no_missing_papers, "papers", N_("papers of the office's list are missing"),
     N_("hand in the missing papers")},
    {"nothing_overdue", nothing_overdue, "instalments", N_("another instalment is overdue"),
     N_("record its payment too")},
    {"parties_signed", parties_signed, "parties", N_("not all parties have signed"),
     N_("let the parties sign the agreement")},
    {"performed", performed, "instalments", N_("the agreement is not performed yet"),
     N_("record the payments that are still open")},
    {"representatives_allowed", representatives_allowed, "claims",
     N_("representatives may be named from ten workers on"), N_("let each worker act for himself")},
    {"respondent_consents", respondent_consents, "consent", N_("the respondent has not consented to mediation"),
     N_("record the consent, or end the mediation and tell the other routes")},
    {"sealed", sealed, "seal", N_("the committee has not sealed the agreement"), N_("seal the agreement")},
};

enum { GUARD_COUNT = sizeof GUARDS / sizeof *GUARDS };

const struct guard *guard_find(const char *name)
{
    for (size_t i = 0; i < GUARD_COUNT; i++)
        if (strcmp(GUARDS[i].name, name) == 0)
            return &GUARDS[i];
    return NULL;
}

const char *guard_names(struct arena *arena)
{
    const char *names = GUARDS[0].name;
    for (size_t i = 1; i < GUARD_COUNT; i++)
        names = text_print(arena, "%s, %s", names, GUARDS[i].name);
    return names;
}
