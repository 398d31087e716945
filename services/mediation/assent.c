/* SPDX-License-Identifier: Apache-2.0
 *
 * Assent: whether each worker consents to the drafted terms, himself or through a representative (Labour Dispute
 * Mediation and Arbitration Law 7).
 *
 * Who does not consent stays outside with all his other routes. When the draft names him it falls: nobody may sign it
 * any more, a new draft without him is needed. His amount is never moved to others by the program; that would be a new
 * agreement.
 */
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

static void assent_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
}

static void assent_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "agreement consent", 0, reads);
}

static bool in_draft(const MediationRows__Case *row, const MediationRows__Claim *claim)
{
    return row->draft && claim->draft == row->draft && !claim->outside;
}

/* ---- consenting
 * ------------------------------------------------------------------------------------------------------ */

/* One who stays outside may come back: then a draft that names him is needed. */
static enum status yes_check(const MediationRows__Case *row, const MediationRows__Claim *claim, const char *path,
                             struct refusal *refusal)
{
    if (claim->outside)
        return OK;
    if (!in_draft(row, claim) || row->draft_falls)
        return refuse(refusal, CONFLICT, path, N_("there are no terms that this worker could consent to"),
                      N_("draft the agreement first"));
    if (claim->consents == MEDIATION__ANSWERED__ANSWERED_YES)
        return refuse(refusal, CONFLICT, path, N_("this worker's consent is recorded already"), N_("see `case show`"));
    return OK;
}

static enum status no_check(const MediationRows__Claim *claim, const char *path, struct refusal *refusal)
{
    if (claim->outside)
        return refuse(refusal, CONFLICT, path, N_("this worker stays outside already"), N_("see `case show`"));
    return OK;
}

/* ---- which claims
 * ---------------------------------------------------------------------------------------------------- */

struct assent {
    const MediationRows__Case *row;
    const void *const *claims;
    size_t claim_count;
    uint32_t *named;
    size_t named_count;
    bool draft_falls;
};

static bool is_named(const struct assent *assent, uint32_t ordinal)
{
    for (size_t i = 0; i < assent->named_count; i++)
        if (assent->named[i] == ordinal)
            return true;
    return false;
}

static enum status assent_one(const Mediation__AgreementConsent *consent, size_t index, struct assent *assent,
                              const struct context *now, struct refusal *refusal)
{
    const char *path = case_path(now->arena, "claims", index);
    const uint32_t ordinal = consent->claims[index];

    if (!ordinal || ordinal > assent->claim_count)
        return refuse(refusal, UNKNOWN, path, N_("the case has no such claim"), N_("see `case show`"));
    if (is_named(assent, ordinal))
        return refuse(refusal, INVALID, path, N_("this worker is named twice"), N_("name each worker once"));
    const MediationRows__Claim *claim = assent->claims[ordinal - 1];
    enum status status =
        consent->consents ? yes_check(assent->row, claim, path, refusal) : no_check(claim, path, refusal);
    assent->named[assent->named_count++] = ordinal;
    assent->draft_falls |= in_draft(assent->row, claim);
    return status;
}

/* Nobody named, with consents: every worker of the draft whose consent is not recorded yet. */
static enum status assent_all(struct assent *assent, struct refusal *refusal)
{
    for (size_t i = 0; i < assent->claim_count && !assent->row->draft_falls; i++) {
        const MediationRows__Claim *claim = assent->claims[i];
        if (in_draft(assent->row, claim) && claim->consents != MEDIATION__ANSWERED__ANSWERED_YES)
            assent->named[assent->named_count++] = claim->ordinal;
    }
    if (!assent->named_count)
        return refuse(refusal, CONFLICT, "claims", N_("no worker in a draft whose consent is open"),
                      N_("draft the agreement, or name the workers"));
    return OK;
}

static enum status assent_named(const Mediation__AgreementConsent *consent, struct assent *assent,
                                const struct context *now, struct refusal *refusal)
{
    if (!consent->n_claims && !consent->consents)
        return refuse(refusal, INVALID, "claims", N_("who does not consent must be named"), N_("name the claims"));
    assent->named = arena_array(now->arena, assent->claim_count + consent->n_claims, sizeof *assent->named);
    if (!consent->n_claims)
        return assent_all(assent, refusal);
    for (size_t i = 0; i < consent->n_claims; i++) {
        enum status status = assent_one(consent, i, assent, now, refusal);
        if (status)
            return status;
    }
    return OK;
}

static enum status representative_check(const struct assent *assent, uint32_t ordinal, struct refusal *refusal)
{
    const MediationRows__Claim *claim = ordinal && ordinal <= assent->claim_count ? assent->claims[ordinal - 1] : NULL;

    if (!ordinal || (claim && claim->representative && !claim->outside))
        return OK;
    return refuse(refusal, INVALID, "representative", N_("this worker is no representative in the agreement"),
                  N_("name a representative, or let each worker speak for himself"));
}

/* ---- the command
 * ----------------------------------------------------------------------------------------------------- */

static enum status assent_judge(const Mediation__AgreementConsent *consent, struct assent *assent,
                                const struct context *now, struct refusal *refusal)
{
    enum status status = case_mediator(assent->row, now, refusal);

    if (!status)
        status = representative_check(assent, consent->representative, refusal);
    return status ? status : assent_named(consent, assent, now, refusal);
}

static void decide_yes(const Mediation__AgreementConsent *consent, const struct assent *assent,
                       Tiaojie__StepTaken *taken, struct events *events)
{
    Mediation__WorkersConsented *consented = event_new(events, &WORKERS_CONSENTED);

    consented->claims = assent->named;
    consented->n_claims = assent->named_count;
    consented->representative = consent->representative;
    consented->step = taken;
}

static void decide_no(const Mediation__AgreementConsent *consent, const struct assent *assent,
                      Tiaojie__StepTaken *taken, struct events *events)
{
    Mediation__WorkerOutside *outside = event_new(events, &WORKER_OUTSIDE);

    outside->claims = assent->named;
    outside->n_claims = assent->named_count;
    outside->draft_falls = assent->draft_falls;
    outside->representative = consent->representative;
    outside->step = taken;
}

static enum status assent_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__AgreementConsent *consent = command;
    struct assent assent = {.row = case_target(rows, now)};
    Tiaojie__StepTaken *taken;

    assent.claims = rows_children(rows, &CLAIM, now->target, &assent.claim_count);
    enum status status = assent_judge(consent, &assent, now, &events->refusal);
    if (status)
        return status;
    struct step_facts facts = case_facts(rows, assent.row);
    status = case_step(assent.row, "agreement consent", &facts, now, events, &taken);
    if (status)
        return status;
    (consent->consents ? decide_yes : decide_no)(consent, &assent, taken, events);
    return OK;
}

/* ---- what it changes
 * ------------------------------------------------------------------------------------------------- */

static void come_back(MediationRows__Case *row, MediationRows__Claim *claim)
{
    row->outside--;
    row->outside_told -= claim->routes_told ? 1 : 0;
    row->draft_falls = row->draft != 0;
    claim->outside = false;
    claim->routes_told = false;
    claim->consents = MEDIATION__ANSWERED__ANSWERED_UNKNOWN;
}

static void consented_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__WorkersConsented *consented = event;
    MediationRows__Case *row = case_change(rows, about, consented->step);

    for (size_t i = 0; i < consented->n_claims; i++) {
        MediationRows__Claim *claim = rows_change_child(rows, &CLAIM, about, consented->claims[i]);
        if (claim->outside) {
            come_back(row, claim);
            continue;
        }
        claim->consents = MEDIATION__ANSWERED__ANSWERED_YES;
        row->consenting++;
    }
}

static void outside_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__WorkerOutside *outside = event;
    MediationRows__Case *row = case_change(rows, about, outside->step);

    for (size_t i = 0; i < outside->n_claims; i++) {
        MediationRows__Claim *claim = rows_change_child(rows, &CLAIM, about, outside->claims[i]);
        row->consenting -= in_draft(row, claim) && claim->consents == MEDIATION__ANSWERED__ANSWERED_YES ? 1 : 0;
        row->outside++;
        claim->outside = true;
        claim->consents = MEDIATION__ANSWERED__ANSWERED_NO;
    }
    if (outside->draft_falls)
        row->draft_falls = true;
}

const struct event WORKERS_CONSENTED = {
    .name = "worker consented",
    .message = &mediation__workers_consented__descriptor,
    .apply = consented_apply,
    .text = N_("workers consent to the agreement"),
};

const struct event WORKER_OUTSIDE = {
    .name = "worker outside",
    .message = &mediation__worker_outside__descriptor,
    .apply = outside_apply,
    .text = N_("a worker does not consent and stays outside the agreement"),
};

const struct command AGREEMENT_CONSENT = {
    .name = "agreement consent",
    .message = &mediation__agreement_consent__descriptor,
    .on = &CASE,
    .may = MAY_MEDIATOR,
    .reads = assent_reads,
    .reads_more = assent_reads_more,
    .decide = assent_decide,
    .target_help = "CASE",
    .help = "record whether workers consent; without consent a worker stays outside",
    .example = "agreement consent 1025 --claims 7 --consents false",
};
