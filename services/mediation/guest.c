/* SPDX-License-Identifier: Apache-2.0
 *
 * Guests: relatives, neighbours, colleagues, experts who are no parties, invited with the consent of both sides
 * (People's Mediation Law 20). Who consented and where it is recorded stands in the event; a party that refused
 * mediation has no say.
 */
#include "common/base/lines.h"
#include "services/mediation/case.h"
#include "services/mediation/steps.h"

const struct table GUEST = {"guest", &mediation_rows__guest__descriptor, true};

static void invite_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
    reads_children(reads, &PARTY, now->target);
}

static void invite_reads_more(const void *command, const struct context *now, const struct rows *rows,
                              struct reads *reads)
{
    (void)command;
    case_step_reads(rows, now, "guest invite", 0, reads);
}

static bool contains(const uint32_t *list, size_t count, uint32_t ordinal)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == ordinal)
            return true;
    return false;
}

/* Each worker, or one representative for all. */
static bool workers_consent(const Mediation__GuestInvite *invite, const void *const *claims, size_t count)
{
    bool missing = false;

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Claim *claim = claims[i];
        const bool consents = contains(invite->claims, invite->n_claims, claim->ordinal);
        if (consents && claim->representative)
            return true;
        missing |= !consents;
    }
    return !missing && count;
}

static bool parties_consent(const Mediation__GuestInvite *invite, const void *const *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const MediationRows__Party *party = parties[i];
        if (party->consents != MEDIATION__ANSWERED__ANSWERED_NO &&
            !contains(invite->parties, invite->n_parties, party->ordinal))
            return false;
    }
    return count > 0;
}

static enum status ordinals_check(const uint32_t *list, size_t n, size_t count, const char *name,
                                  const struct context *now, struct refusal *refusal)
{
    for (size_t i = 0; i < n; i++)
        if (!list[i] || list[i] > count)
            return refuse(refusal, UNKNOWN, case_path(now->arena, name, i), N_("the case has no such party or worker"),
                          N_("see `case show`"));
    return OK;
}

static enum status invite_judge(const MediationRows__Case *row, const Mediation__GuestInvite *invite,
                                const struct context *now, struct refusal *refusal)
{
    enum status status = case_ours(row, now, refusal);

    if (!status)
        status = line_check(invite->standing, "standing", refusal);
    if (!status && sealed_empty(invite->name))
        return refuse(refusal, INVALID, "name", N_("the guest has no name"), N_("name the person who is invited"));
    return status;
}

static Mediation__GuestInvited *invited_new(const MediationRows__Case *row, const Mediation__GuestInvite *invite,
                                            const struct context *now, struct events *events)
{
    Mediation__GuestInvited *invited = event_new(events, &GUEST_INVITED);

    invited->ordinal = row->guests + 1;
    invited->name = invite->name;
    invited->standing = invite->standing;
    invited->parties = invite->parties;
    invited->n_parties = invite->n_parties;
    invited->claims = invite->claims;
    invited->n_claims = invite->n_claims;
    invited->evidence = invite->evidence;
    invited->at = now->now;
    return invited;
}

/* Consent that is recorded nowhere is none. */
static bool consent_recorded(const Mediation__GuestInvite *invite, const struct rows *rows, const struct context *now)
{
    size_t claims, parties;
    const void *const *of_claims = rows_children(rows, &CLAIM, now->target, &claims);
    const void *const *of_parties = rows_children(rows, &PARTY, now->target, &parties);
    struct refusal unfit = {0};

    return line_check(invite->evidence, "evidence", &unfit) == OK && workers_consent(invite, of_claims, claims) &&
           parties_consent(invite, of_parties, parties);
}

static enum status invite_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    const Mediation__GuestInvite *invite = command;
    const MediationRows__Case *row = case_target(rows, now);
    Tiaojie__StepTaken *taken;
    enum status status = invite_judge(row, invite, now, &events->refusal);

    if (!status)
        status = ordinals_check(invite->parties, invite->n_parties, row->parties, "parties", now, &events->refusal);
    if (!status)
        status = ordinals_check(invite->claims, invite->n_claims, row->claims, "claims", now, &events->refusal);
    if (status)
        return status;
    struct step_facts facts = case_facts(rows, row);
    facts.invited_consents = consent_recorded(invite, rows, now);
    status = case_step(row, "guest invite", &facts, now, events, &taken);
    if (!status)
        invited_new(row, invite, now, events)->step = taken;
    return status;
}

static void invited_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Mediation__GuestInvited *invited = event;
    MediationRows__Guest *guest = rows_new_child(rows, &GUEST, about, invited->ordinal);

    guest->name = case_sealed(rows, invited->name);
    guest->name_subject = invited->name->subject;
    guest->standing = rows_text(rows, invited->standing);
    guest->evidence = rows_text(rows, invited->evidence);
    guest->invited_at = invited->at;
    case_change(rows, about, invited->step)->guests = invited->ordinal;
}

static Mediation__GuestLine *guest_line(const MediationRows__Guest *row, struct arena *arena)
{
    Mediation__GuestLine *line = arena_take(arena, sizeof *line);

    mediation__guest_line__init(line);
    line->ordinal = row->ordinal;
    line->name = case_unsealed(row->name, row->name_subject, arena);
    line->standing = row->standing;
    line->invited_at = row->invited_at;
    line->evidence = row->evidence;
    return line;
}

Mediation__GuestLine **guest_lines(const struct rows *rows, const struct context *now, size_t *count)
{
    const void *const *list = rows_children(rows, &GUEST, now->target, count);
    Mediation__GuestLine **lines = arena_array(now->arena, *count + 1, sizeof(Mediation__GuestLine *));

    for (size_t i = 0; i < *count; i++)
        lines[i] = guest_line(list[i], now->arena);
    return lines;
}

const struct event GUEST_INVITED = {
    .name = "guest invited",
    .message = &mediation__guest_invited__descriptor,
    .apply = invited_apply,
    .text = N_("somebody who is no party is invited, with both sides' consent"),
};

const struct command GUEST_INVITE = {
    .name = "guest invite",
    .message = &mediation__guest_invite__descriptor,
    .on = &CASE,
    .may = MAY_CLERK | MAY_MEDIATOR,
    .reads = invite_reads,
    .reads_more = invite_reads_more,
    .decide = invite_decide,
    .target_help = "CASE",
    .help = N_("invite somebody who is no party, and record who consented and where that is recorded"),
    .example =
        "guest invite 1025 --name 'Li Wen' --standing relative --parties 1 --claims 1 --evidence 'record of 8 May'",
};
