/* SPDX-License-Identifier: Apache-2.0
 *
 * Plan: the terms of a drafted agreement made complete and checked: portions, who is bound, instalments that sum to the
 * fen.
 *
 * Pure: from the command and the case's rows to lists in the arena.
 */
#pragma once
#include "services/mediation/case.h"

struct plan {
    int64_t agreed_fen;
    Mediation__Bound **bound;
    size_t bound_count;
    bool shared; /* fixed shares: several liability, each instalment has its payer */
    Mediation__Due **dues;
    size_t due_count;
};

/* What the terms are checked against: all children of the case. */
struct plan_case {
    const void *const *claims; /* MediationRows__Claim */
    size_t claim_count;
    const void *const *parties; /* MediationRows__Party */
    size_t party_count;
};

/* Each worker who does not stay outside has one portion of at least a fen; their sum. */
MUST_CHECK enum status plan_portions(const Mediation__AgreementDraft *draft, const struct plan_case *of,
                                     const struct context *now, struct plan *plan, struct refusal *refusal);

/* Who is bound: as named, or every party that did not refuse. Shares sum to the agreed amount or there are none; one
 * who is jointly liable has none. */
MUST_CHECK enum status plan_bound(const Mediation__AgreementDraft *draft, const struct plan_case *of,
                                  const struct context *now, struct plan *plan, struct refusal *refusal);

/* The instalments as listed, or N monthly ones; at most INSTALMENTS_MAX, in order of their days, not past, their sum
 * the agreed amount and, with shares, each payer's sum its share. */
MUST_CHECK enum status plan_dues(const Mediation__AgreementDraft *draft, const struct context *now, struct plan *plan,
                                 struct refusal *refusal);
