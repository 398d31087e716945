/* SPDX-License-Identifier: Apache-2.0
 *
 * Signatures: of the parties, by hand, seal or fingerprint, and of the mediator (People's Mediation Law 29).
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void sign_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
    reads_children(reads, &PARTY, now->target);
}

static void sign_reads_more(const void *command, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "agreement sign", 0, reads);
}

static enum status draft_ready(const MediationRows__Case *row, const struct context *now, struct refusal *refusal)
{
    if (!row->draft)
        return refuse(refusal, CONFLICT, "target", N_("no agreement is drafted"),
                      N_("draft it with `agreement draft`"));
    if (row->draft_falls)
        return refuse(refusal, CONFLICT, "target", N_("the draft fell: it no longer names exactly those who take part"),
                      N_("draft the agreement again"));
    if (row->consenting < row->agreed)
        return refuse_with(refusal, CONFLICT, "claims", N_("%1 of the draft's %2 workers have consented"),
                           N_("record the others with `agreement consent` first"),
                           case_value(now->arena, row->consenting), case_value(now->arena, row->agreed));
    return OK;
}

/* ---- who signs now
 * --------------------------------------------------------------------------------------------------- */

static bool contains(const uint32_t *list, size_t count, uint32_t ordinal)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == ordinal)
            return true;
    return false;
}

static enum status twice(const char *path, struct refusal *refusal)
{
    return refuse(refusal, CONFLICT, path, N_("this signature is recorded already"), N_("see `case show`"));
}

static enum status parties_check(const Mediation__AgreementSign *sign, const void *const *parties, size_t count,
                                 const struct context *now, struct refusal *refusal)
{
    for (size_t i = 0; i < sign->n_parties; i++) {
        const char *path = case_path(now->arena, "parties", i);
        const uint32_t ordinal = sign->parties[i];
        const MediationRows__Party *party = ordinal && ordinal <= count ? parties[ordinal - 1] : NULL;
        if (!party || !party->bound)
            return refuse(refusal, UNKNOWN, path, N_("no such party is bound by the draft"), N_("see `case show`"));
        if (party->has_signed || contains(sign->parties, i, ordinal))
            return twice(path, refusal);
    }
    return OK;
}

static enum status claims_check(const MediationRows__Case *row, const Mediation__AgreementSign *sign,
                                const void *const *claims, size_t count, const struct context *now,
                                struct refusal *refusal)
{
    for (size_t i = 0; i < sign->n_claims; i++) {
        const char *path = case_path(now->arena, "claims", i);
        const uint32_t ordinal = sign->claims[i];
        const MediationRows__Claim *claim = ordinal && ordinal <= count ? claims[ordinal - 1] : NULL;
        if (!claim || claim->draft != row->draft || claim->outside)
            return refuse(refusal, UNKNOWN, path, N_("no such worker is in the draft"), N_("see `case show`"));
        if (claim->has_signed || contains(sign->claims, i, ordinal))
            return twice(path, refusal);
    }
    return OK;
}

static bool all_parties(const Mediation__AgreementSign *sign, const void *const *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const MediationRows__Party *party = parties[i];
        if (party->bound && !party->has_signed && !contains(sign->parties, sign->n_parties, party->ordinal))
            return false;
    }
    return true;
}

/* Each worker of the draft, or one representative for all who consented. */
static bool all_workers(const MediationRows__Case *row, const Mediation__AgreementSign *sign, const void *const *claims,
                        size_t count)
{
    bool missing = false;

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Claim *claim = claims[i];
        if (claim->draft != row->draft || claim->outside)
            continue;
        const bool signs = claim->has_signed || contains(sign->claims, sign->n_claims, claim->ordinal);
        if (signs && claim->representative)
            return true;
        missing |= !signs;
    }
    return !missing;
}

/* ---- the command
 * ----------------------------------------------------------------------------------------------------- */

static enum status sign_judge(const MediationRows__Case *row, const Mediation__AgreementSign *sign,
                              const struct context *now, struct refusal *refusal)
{
    enum status status = case_mediator(row, now, refusal);

    if (!status)
        status = draft_ready(row, now, refusal);
    if (status)
        return status;
    if (!sign->n_parties && !sign->n_claims && !sign->mediator)
        return refuse(refusal, INVALID, "parties", N_("nobody signs"), N_("name parties, workers, or the mediator"));
    if (sign->mediator && row->mediator_signed)
        return twice("mediator", refusal);
    return OK;
}

static enum status sign_step(const struct rows *rows, const MediationRows__Case *row,
                             Mediation__AgreementSigned *signed_event, const struct context *now, struct events *events)
{
    struct step_facts facts = case_facts(rows, row);

    facts.parties_signed = signed_event->workers_signed && signed_event->parties_signed;
    facts.mediator_signed = row->mediator_signed || signed_event->mediator;
    return case_step(row, "agreement sign", &facts, now, events, &signed_event->step);
}

static enum status sign_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Mediation__AgreementSign *sign = command;
    const MediationRows__Case *row = case_target(rows, now);
    size_t claim_count, party_count;
    const void *const *claims = rows_children(rows, &CLAIM, now->target, &claim_count);
    const void *const *parties = rows_children(rows, &PARTY, now->target, &party_count);
    enum status status = sign_judge(row, sign, now, &events->refusal);

    if (!status)
        status = parties_check(sign, parties, party_count, now, &events->refusal);
    if (!status)
        status = claims_check(row, sign, claims, claim_count, now, &events->refusal);
    if (status)
        return status;

    Mediation__AgreementSigned *signed_event = event_new(events, &AGREEMENT_SIGNED);
    signed_event->parties = sign->parties;
    signed_event->n_parties = sign->n_parties;
    signed_event->claims = sign->claims;
    signed_event->n_claims = sign->n_claims;
    signed_event->mediator = sign->mediator;
    signed_event->workers_signed = all_workers(row, sign, claims, claim_count);
    signed_event->parties_signed = all_parties(sign, parties, party_count);
    return sign_step(rows, row, signed_event, now, events);
}

static void signed_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__AgreementSigned *signed_event = event;
    MediationRows__Case *row = case_change(rows, about, signed_event->step);

    for (size_t i = 0; i < signed_event->n_parties; i++) {
        MediationRows__Party *party = rows_change_child(rows, &PARTY, about, signed_event->parties[i]);
        party->has_signed = true;
    }
    for (size_t i = 0; i < signed_event->n_claims; i++) {
        MediationRows__Claim *claim = rows_change_child(rows, &CLAIM, about, signed_event->claims[i]);
        claim->has_signed = true;
    }
    row->workers_signed = signed_event->workers_signed;
    row->parties_signed = signed_event->parties_signed;
    row->mediator_signed |= signed_event->mediator;
}

const struct event AGREEMENT_SIGNED = {
    .name = "agreement signed",
    .message = &mediation__agreement_signed__descriptor,
    .apply = signed_apply,
    .text = N_("the agreement is signed, sealed or fingerprinted"),
};

const struct command AGREEMENT_SIGN = {
    .name = "agreement sign",
    .message = &mediation__agreement_sign__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = sign_reads,
    .reads_more = sign_reads_more,
    .decide = sign_decide,
    .target_help = "CASE",
    .help = "record signatures, seals and fingerprints; a representative signs for all who consented",
    .example = "agreement sign 1025 --parties 1 --claims 2 --mediator true",
};
