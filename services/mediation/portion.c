/* SPDX-License-Identifier: Apache-2.0
 *
 * Plan, first part: what each worker gets, and who is bound to pay it.
 */
#include "common/base/amount.h"
#include "services/mediation/plan.h"

/* ---- portions
 * -------------------------------------------------------------------------------------------------------- */

static enum status portion_check(const Mediation__Portion *portion, const struct plan_case *of, bool *named,
                                 const char *path, struct refusal *refusal)
{
    if (!portion->claim || portion->claim > of->claim_count)
        return refuse(refusal, UNKNOWN, path, N_("the case has no such claim"), N_("see `case show`"));
    const MediationRows__Claim *claim = of->claims[portion->claim - 1];
    if (claim->outside)
        return refuse(refusal, CONFLICT, path, N_("this worker stays outside the agreement"),
                      N_("leave him out, or record his consent first"));
    if (named[portion->claim - 1])
        return refuse(refusal, INVALID, path, N_("this worker is named twice"), N_("name each worker once"));
    named[portion->claim - 1] = true;
    return amount_check(portion->amount_fen, path, refusal);
}

/* Amounts must be fixed for each worker before anybody signs. */
static enum status portions_complete(const struct plan_case *of, const bool *named, const struct context *now,
                                     struct refusal *refusal)
{
    for (size_t i = 0; i < of->claim_count; i++) {
        const MediationRows__Claim *claim = of->claims[i];
        if (!named[i] && !claim->outside)
            return refuse_with(refusal, INVALID, "portions", N_("no amount for the worker of claim %1"),
                               N_("fix his amount, or record with `agreement consent` that he does not consent"),
                               case_value(now->arena, claim->ordinal));
    }
    return OK;
}

enum status plan_portions(const Mediation__AgreementDraft *draft, const struct plan_case *of, const struct context *now,
                          struct plan *plan, struct refusal *refusal)
{
    bool *named = arena_array(now->arena, of->claim_count, sizeof *named);

    if (!draft->n_portions)
        return refuse(refusal, INVALID, "portions", N_("an agreement without a worker"),
                      N_("say what each worker gets"));
    plan->agreed_fen = 0;
    for (size_t i = 0; i < draft->n_portions; i++) {
        const char *path = case_path(now->arena, "portions", i);
        enum status status = portion_check(draft->portions[i], of, named, path, refusal);
        if (!status)
            status = amount_add(plan->agreed_fen, draft->portions[i]->amount_fen, path, &plan->agreed_fen, refusal);
        if (status)
            return status;
    }
    return portions_complete(of, named, now, refusal);
}

/* ---- who is bound
 * ---------------------------------------------------------------------------------------------------- */

static Mediation__Bound *bound_add(struct plan *plan, uint32_t party, int64_t share_fen, struct arena *arena)
{
    Mediation__Bound *bound = arena_take(arena, sizeof *bound);

    mediation__bound__init(bound);
    bound->party = party;
    bound->share_fen = share_fen;
    plan->bound[plan->bound_count++] = bound;
    return bound;
}

static void bound_by_default(const struct plan_case *of, struct plan *plan, struct arena *arena)
{
    for (size_t i = 0; i < of->party_count; i++) {
        const MediationRows__Party *party = of->parties[i];
        if (party->consents != MEDIATION__ANSWERED__ANSWERED_NO)
            bound_add(plan, party->ordinal, party->share_fen, arena);
    }
}

static bool is_joint(const struct plan_case *of, uint32_t ordinal)
{
    const MediationRows__Party *party = of->parties[ordinal - 1];

    return party->role == INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE;
}

static enum status bound_check(const Mediation__Bound *bound, const struct plan_case *of, const struct plan *plan,
                               const char *path, struct refusal *refusal)
{
    if (!bound->party || bound->party > of->party_count)
        return refuse(refusal, UNKNOWN, path, N_("the case has no such party"), N_("see `case show`"));
    const MediationRows__Party *party = of->parties[bound->party - 1];
    if (party->consents == MEDIATION__ANSWERED__ANSWERED_NO)
        return refuse(refusal, CONFLICT, path, N_("this party refused mediation"), N_("leave it out"));
    for (size_t i = 0; i < plan->bound_count; i++)
        if (plan->bound[i]->party == bound->party)
            return refuse(refusal, INVALID, path, N_("this party is named twice"), N_("name each party once"));
    if (bound->share_fen && is_joint(of, bound->party))
        return refuse(refusal, INVALID, path, N_("one who is jointly liable owes the whole and has no share"),
                      N_("leave its share out"));
    return bound->share_fen ? amount_check(bound->share_fen, path, refusal) : OK;
}

static enum status bound_as_named(const Mediation__AgreementDraft *draft, const struct plan_case *of,
                                  const struct context *now, struct plan *plan, struct refusal *refusal)
{
    for (size_t i = 0; i < draft->n_bound; i++) {
        const Mediation__Bound *bound = draft->bound[i];
        enum status status = bound_check(bound, of, plan, case_path(now->arena, "bound", i), refusal);
        if (status)
            return status;
        bound_add(plan, bound->party, bound->share_fen, now->arena);
    }
    return OK;
}

/* Fixed shares are all or none: a debtor beside them would owe what nobody said. */
static enum status shares_check(const struct plan_case *of, const struct context *now, struct plan *plan,
                                struct refusal *refusal)
{
    int64_t sum = 0;
    size_t shares = 0, joint = 0;

    for (size_t i = 0; i < plan->bound_count; i++) {
        enum status status = amount_add(sum, plan->bound[i]->share_fen, "bound", &sum, refusal);
        if (status)
            return status;
        shares += plan->bound[i]->share_fen != 0;
        joint += is_joint(of, plan->bound[i]->party);
    }
    plan->shared = shares > 0;
    if (!shares)
        return OK;
    if (shares + joint != plan->bound_count)
        return refuse(refusal, INVALID, "bound", N_("some who pay have a fixed share and some have none"),
                      N_("give every payer a share, or none"));
    if (sum != plan->agreed_fen)
        return refuse_with(refusal, INVALID, "bound", N_("the shares sum to %1, the workers' amounts to %2"),
                           N_("make both sums equal to the fen"), amount_text(now->arena, sum),
                           amount_text(now->arena, plan->agreed_fen));
    return OK;
}

enum status plan_bound(const Mediation__AgreementDraft *draft, const struct plan_case *of, const struct context *now,
                       struct plan *plan, struct refusal *refusal)
{
    plan->bound = arena_array(now->arena, of->party_count + 1, sizeof *plan->bound);
    plan->bound_count = 0;
    if (!draft->n_bound)
        bound_by_default(of, plan, now->arena);
    else {
        enum status status = bound_as_named(draft, of, now, plan, refusal);
        if (status)
            return status;
    }
    if (!plan->bound_count)
        return refuse(refusal, INVALID, "bound", N_("nobody is bound to pay"), N_("name who pays"));
    return shares_check(of, now, plan, refusal);
}
