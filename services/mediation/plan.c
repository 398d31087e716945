/* SPDX-License-Identifier: Apache-2.0
 *
 * Plan, second part: the instalments. They sum to the fen; whatever doesn't divide, the last one takes.
 */
#include "services/mediation/plan.h"

#include "common/base/amount.h"
#include "common/base/instant.h"

enum { PLAN_YEARS_MAX = 30 };

static Mediation__Due *due_new(int32_t day, int64_t amount_fen, uint32_t payer, struct arena *arena)
{
    Mediation__Due *due = arena_take(arena, sizeof *due);

    mediation__due__init(due);
    due->due_day = day;
    due->amount_fen = amount_fen;
    due->payer = payer;
    return due;
}

/* ---- N monthly instalments
 * ------------------------------------------------------------------------------------------- */

/* One debtor's months: the payer's share, or the whole (payer 0). Column `lane` of `lanes`. */
static enum status month_lane(const Mediation__Monthly *monthly, int64_t total, uint32_t payer, size_t lane,
                              size_t lanes, const struct context *now, struct plan *plan, struct refusal *refusal)
{
    int64_t *parts = arena_array(now->arena, monthly->count, sizeof *parts);
    enum status status = amount_split(total, monthly->count, parts, "monthly.count", refusal);

    if (status)
        return status;
    for (size_t month = 0; month < monthly->count; month++) {
        const int32_t day = day_add_months(monthly->from_day, (int)month);
        plan->dues[month * lanes + lane] = due_new(day, parts[month], payer, now->arena);
    }
    return OK;
}

static size_t count_lanes(const struct plan *plan)
{
    size_t lanes = 0;

    for (size_t i = 0; i < plan->bound_count; i++)
        lanes += plan->bound[i]->share_fen != 0;
    return lanes ? lanes : 1;
}

static enum status dues_monthly(const Mediation__Monthly *monthly, const struct context *now, struct plan *plan,
                                struct refusal *refusal)
{
    const size_t lanes = count_lanes(plan);

    if (!monthly->count || monthly->count > INSTALMENTS_MAX / lanes)
        return refuse_with(refusal, INVALID, "monthly.count", N_("an agreement has 1 to %1 instalments"),
                           N_("choose fewer months"), case_value(now->arena, INSTALMENTS_MAX));
    plan->due_count = monthly->count * lanes;
    plan->dues = arena_array(now->arena, plan->due_count, sizeof *plan->dues);
    if (!plan->shared)
        return month_lane(monthly, plan->agreed_fen, 0, 0, 1, now, plan, refusal);
    size_t lane = 0;
    for (size_t i = 0; i < plan->bound_count; i++) {
        const Mediation__Bound *bound = plan->bound[i];
        if (!bound->share_fen)
            continue;
        enum status status = month_lane(monthly, bound->share_fen, bound->party, lane++, lanes, now, plan, refusal);
        if (status)
            return status;
    }
    return OK;
}

/* ---- instalments as listed
 * ------------------------------------------------------------------------------------------- */

static bool is_bound(const struct plan *plan, uint32_t party)
{
    for (size_t i = 0; i < plan->bound_count; i++)
        if (plan->bound[i]->party == party)
            return true;
    return false;
}

static enum status due_check(const Mediation__Due *due, const struct plan *plan, const char *path,
                             struct refusal *refusal)
{
    enum status status = amount_check(due->amount_fen, path, refusal);

    if (status)
        return status;
    if (due->payer && !is_bound(plan, due->payer))
        return refuse(refusal, INVALID, path, N_("its payer is not bound by the agreement"),
                      N_("name a party that is bound"));
    if (plan->shared && !due->payer)
        return refuse(refusal, INVALID, path, N_("with fixed shares each instalment needs its payer"),
                      N_("say who pays it"));
    return OK;
}

static enum status dues_listed(const Mediation__AgreementDraft *draft, const struct context *now, struct plan *plan,
                               struct refusal *refusal)
{
    if (!draft->n_instalments || draft->n_instalments > INSTALMENTS_MAX)
        return refuse_with(refusal, INVALID, "instalments", N_("an agreement has 1 to %1 instalments"),
                           N_("list them, or give `monthly`"), case_value(now->arena, INSTALMENTS_MAX));
    plan->dues = draft->instalments;
    plan->due_count = draft->n_instalments;
    for (size_t i = 0; i < plan->due_count; i++) {
        enum status status = due_check(plan->dues[i], plan, case_path(now->arena, "instalments", i), refusal);
        if (status)
            return status;
    }
    return OK;
}

/* ---- both
 * ------------------------------------------------------------------------------------------------------------ */

static enum status days_check(const struct context *now, const struct plan *plan, struct refusal *refusal)
{
    const int32_t last = day_add_months(now->today, 12 * PLAN_YEARS_MAX);

    for (size_t i = 0; i < plan->due_count; i++) {
        const char *path = case_path(now->arena, "instalments", i);
        const int32_t day = plan->dues[i]->due_day;
        if (day < now->today)
            return refuse(refusal, INVALID, path, N_("its day is past"), N_("choose today or a later day"));
        if (day > last)
            return refuse(refusal, INVALID, path, N_("its day is more than 30 years away"),
                          N_("choose an earlier day"));
        if (i && day < plan->dues[i - 1]->due_day)
            return refuse(refusal, INVALID, path, N_("its day is before the one of the instalment before it"),
                          N_("list the instalments in order of their days"));
    }
    return OK;
}

static enum status sum_check(const struct plan *plan, uint32_t payer, int64_t expected, const struct context *now,
                             struct refusal *refusal)
{
    int64_t sum = 0;

    for (size_t i = 0; i < plan->due_count; i++) {
        if (payer && plan->dues[i]->payer != payer)
            continue;
        enum status status = amount_add(sum, plan->dues[i]->amount_fen, "instalments", &sum, refusal);
        if (status)
            return status;
    }
    if (sum == expected)
        return OK;
    if (payer)
        return refuse_with(refusal, INVALID, "instalments", N_("party %3 has instalments of %1 and a share of %2"),
                           N_("make both equal to the fen"), amount_text(now->arena, sum),
                           amount_text(now->arena, expected), case_value(now->arena, payer));
    return refuse_with(refusal, INVALID, "instalments", N_("the instalments sum to %1, the workers' amounts to %2"),
                       N_("make both sums equal to the fen"), amount_text(now->arena, sum),
                       amount_text(now->arena, expected));
}

static enum status sums_check(const struct plan *plan, const struct context *now, struct refusal *refusal)
{
    enum status status = sum_check(plan, 0, plan->agreed_fen, now, refusal);

    for (size_t i = 0; plan->shared && !status && i < plan->bound_count; i++)
        if (plan->bound[i]->share_fen)
            status = sum_check(plan, plan->bound[i]->party, plan->bound[i]->share_fen, now, refusal);
    return status;
}

enum status plan_dues(const Mediation__AgreementDraft *draft, const struct context *now, struct plan *plan,
                      struct refusal *refusal)
{
    enum status status;

    if (draft->monthly && draft->n_instalments)
        return refuse(refusal, INVALID, "monthly", N_("both a list of instalments and a monthly plan are given"),
                      N_("give one of the two"));
    if (draft->monthly && draft->monthly->from_day < now->today)
        return refuse(refusal, INVALID, "monthly.from_day", N_("its day is past"), N_("choose today or a later day"));
    if (draft->monthly)
        status = dues_monthly(draft->monthly, now, plan, refusal);
    else
        status = dues_listed(draft, now, plan, refusal);
    if (!status)
        status = days_check(now, plan, refusal);
    return status ? status : sums_check(plan, now, refusal);
}
