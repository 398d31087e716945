/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims: what a dispute is about in fen, and whether a sheet that somebody handed in holds. Both are questions:
 * nothing is kept, and no case is needed yet.
 */
#include "common/claim/claim.h"

#include "common/procedure/law.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

enum {
    MAY_CLAIM = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR | (1u << TIAOJIE__ROLE__ROLE_PARTNER),
};

static void claim_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    (void)now;
    (void)reads;
}

static enum status count_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                                struct refusal *refusal)
{
    (void)rows;
    return claim_count(law_bases(now->law), question, now->place, now->arena, answer, refusal);
}

static enum status check_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                                struct refusal *refusal)
{
    (void)rows;
    return claim_check(law_bases(now->law), question, now->place, now->arena, answer, refusal);
}

const struct question CLAIM_COUNT = {
    .name = "claim count",
    .message = &claim__count__descriptor,
    .answer = &claim__sheet__descriptor,
    .creates = true,
    .may = MAY_CLAIM,
    .reads = claim_reads,
    .answer_from = count_answer,
    .target_help = "OFFICE",
    .help = "count a claim: work injury, wages, compensation or costs, line by line",
    .example = "claim count 7 --from injury.json",
};

const struct question CLAIM_CHECK = {
    .name = "claim check",
    .message = &claim__check__descriptor,
    .answer = &claim__checked__descriptor,
    .creates = true,
    .may = MAY_CLAIM,
    .reads = claim_reads,
    .answer_from = check_answer,
    .target_help = "OFFICE",
    .help =
        "check a claim sheet that was handed in: which lines are off, by how much, and what published figures change",
    .example = "claim check 7 --from sheet.json",
};
