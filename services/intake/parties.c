/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties: who claims, against whom, and how they are known.
 */
#include "common/base/amount.h"
#include "common/base/credit_code.h"
#include "common/base/lines.h"
#include "services/intake/application.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* Labour Dispute Mediation and Arbitration Law 7; how many of them may speak differs by place: five is the most
 * anywhere. */
enum { REPRESENTED_MIN = 10, REPRESENTATIVES_MAX = 5 };

/* Persons' ids end here, as all ids do. */
#define PERSON_MAX (UINT64_C(1) << 53)

static const char *path(const struct context *now, const char *list, size_t index, const char *field)
{
    return text_print(now->arena, "dispute.%s[%zu]%s%s", list, index, field[0] ? "." : "", field);
}

/* ---- claims ---------------------------------------------------------------------------------------------------- */

static enum status worker_check(const Intake__Dispute *dispute, size_t index, const struct context *now,
                                struct refusal *refusal)
{
    const Tiaojie__Person *worker = dispute->claims[index]->worker;

    if (!worker || worker->person == 0 || worker->person >= PERSON_MAX || !is_sealed(worker->name))
        return refuse(refusal, INVALID, path(now, "claims", index, "worker"), N_("the worker has no name"),
                      N_("give the worker's name, and the identity number if there is one"));
    for (size_t i = 0; i < index; i++)
        if (dispute->claims[i]->worker->person == worker->person)
            return refuse_with(refusal, INVALID, path(now, "claims", index, "worker"), N_("the same person as in %1"),
                               N_("put what one worker claims into one claim"), path(now, "claims", i, "worker"));
    return OK;
}

static enum status claim_check(const Intake__Dispute *dispute, size_t index, const struct context *now,
                               struct refusal *refusal)
{
    const Intake__Claim *claim = dispute->claims[index];
    enum status status = amount_check(claim->amount_fen, path(now, "claims", index, "amount_fen"), refusal);

    if (!status)
        status = worker_check(dispute, index, now, refusal);
    if (!status && claim->work[0] != '\0')
        status = line_check(claim->work, path(now, "claims", index, "work"), refusal);
    return status;
}

uint32_t dispute_representatives(const Intake__Dispute *dispute)
{
    uint32_t count = 0;

    for (size_t i = 0; i < dispute->n_claims; i++)
        count += dispute->claims[i]->representative ? 1 : 0;
    return count;
}

static enum status representatives_check(const Intake__Dispute *dispute, struct refusal *refusal)
{
    const uint32_t count = dispute_representatives(dispute);
    enum status status = OK;

    if (count > 0 && dispute->n_claims < REPRESENTED_MIN) {
        status = refuse(refusal, INVALID, "dispute.claims", N_("representatives may be named from ten workers on"),
                        N_("let each worker act for himself"));
        refusal->article = "LDMAL 7";
    } else if (count > REPRESENTATIVES_MAX) {
        status = refuse(refusal, INVALID, "dispute.claims", N_("more than five representatives"),
                        N_("let the workers choose three to five"));
        refusal->article = "office rule (unverified)";
    }
    return status;
}

enum status claims_check(const Intake__Dispute *dispute, const struct context *now, struct refusal *refusal)
{
    if (dispute->n_claims == 0)
        return refuse(refusal, INVALID, "dispute.claims", N_("nobody claims anything"),
                      N_("name at least one worker with an amount"));
    if (dispute->n_claims > CLAIMS_MAX)
        return refuse(refusal, TOO_LARGE, "dispute.claims", N_("more than 500 claims"),
                      N_("make several applications of it"));
    for (size_t i = 0; i < dispute->n_claims; i++) {
        const enum status status = claim_check(dispute, i, now, refusal);
        if (status)
            return status;
    }
    return representatives_check(dispute, refusal);
}

/* ---- parties --------------------------------------------------------------------------------------------------- */

static enum status organisation_read(const Intake__Party *party, size_t index, const struct context *now,
                                     Intake__Party *read, struct refusal *refusal)
{
    struct credit_code code;
    enum status status = line_check(party->name, path(now, "parties", index, "name"), refusal);

    if (!status && party->person)
        status = refuse(refusal, INVALID, path(now, "parties", index, "person"),
                        N_("a party is an organisation or a person, not both"), N_("make two parties of it"));
    if (status || party->credit_code[0] == '\0')
        return status;
    status = credit_code_read(party->credit_code, path(now, "parties", index, "credit_code"), &code, refusal);
    if (!status)
        read->credit_code = arena_text(now->arena, code.text);
    return status;
}

/* Somebody whom nobody can name yet may be a respondent, but must be reachable. */
static enum status individual_check(const Intake__Party *party, size_t index, const struct context *now,
                                    struct refusal *refusal)
{
    const Tiaojie__Person *person = party->person;
    const bool known = person && person->person != 0 && person->person < PERSON_MAX;

    if (party->credit_code[0] != '\0')
        return refuse(refusal, INVALID, path(now, "parties", index, "name"),
                      N_("a credit code without the organisation's name"), N_("give the organisation's name"));
    if (known && (is_sealed(person->identity_number) || is_sealed(person->phone)))
        return OK;
    if (party->phone[0] != '\0' && (!person || known))
        return OK;
    return refuse(refusal, INVALID, path(now, "parties", index, ""), N_("nobody knows who this is or how to reach him"),
                  N_("give an organisation's name, a person's identity number, or at least a telephone number"));
}

static enum status party_read(const Intake__Party *party, size_t index, const struct context *now, Intake__Party *read,
                              struct refusal *refusal)
{
    enum status status = OK;

    *read = *party;
    if (party->role < INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT || party->role > INTAKE__PARTY_ROLE__PARTY_ROLE_PAYER)
        return refuse(refusal, INVALID, path(now, "parties", index, "role"), N_("not one of the roles"),
                      N_("say respondent, jointly_liable or payer"));
    if (party->share_fen != 0)
        status = amount_check(party->share_fen, path(now, "parties", index, "share_fen"), refusal);
    if (!status && party->phone[0] != '\0')
        status = line_check(party->phone, path(now, "parties", index, "phone"), refusal);
    if (status)
        return status;
    return party->name[0] != '\0' ? organisation_read(party, index, now, read, refusal)
                                  : individual_check(party, index, now, refusal);
}

static enum status twice_check(const Intake__Dispute *read, const struct context *now, struct refusal *refusal)
{
    for (size_t i = 0; i < read->n_parties; i++)
        for (size_t j = 0; j < i; j++)
            if (read->parties[i]->credit_code[0] != '\0' &&
                strcmp(read->parties[i]->credit_code, read->parties[j]->credit_code) == 0)
                return refuse_with(refusal, INVALID, path(now, "parties", i, "credit_code"),
                                   N_("the same organisation as in %1"), N_("name each party once"),
                                   path(now, "parties", j, ""));
    return OK;
}

enum status parties_read(const Intake__Dispute *dispute, const struct context *now, Intake__Dispute *read,
                         struct refusal *refusal)
{
    bool respondent = false;

    if (dispute->n_parties > PARTIES_MAX)
        return refuse(refusal, TOO_LARGE, "dispute.parties", N_("more than 50 parties"),
                      N_("make several applications of it"));
    read->parties = arena_array(now->arena, dispute->n_parties + 1, sizeof *read->parties);
    for (size_t i = 0; i < dispute->n_parties; i++) {
        read->parties[i] = arena_take(now->arena, sizeof *read->parties[i]);
        const enum status status = party_read(dispute->parties[i], i, now, read->parties[i], refusal);
        if (status)
            return status;
        respondent |= dispute->parties[i]->role == INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT;
    }
    if (!respondent)
        return refuse(refusal, INVALID, "dispute.parties", N_("there is no respondent"),
                      N_("name at least one; an unknown one with a telephone number"));
    return twice_check(read, now, refusal);
}

/* ---- what respondents are known by ----------------------------------------------------------------------------- */

static char *upper(const char *code, struct arena *arena)
{
    char *copy = arena_text(arena, code);

    for (char *at = copy; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return copy;
}

/* An organisation is known by its code and by its name: one application may have both, the next one only the name. */
static size_t known_by(const Intake__Party *party, char **lines, struct arena *arena)
{
    size_t count = 0;

    if (party->credit_code[0] != '\0')
        lines[count++] = upper(party->credit_code, arena);
    if (party->name[0] != '\0')
        lines[count++] = party->name;
    else if (party->person && party->person->person)
        lines[count++] = (char *)text_print(arena, "person %" PRIu64, party->person->person);
    else if (party->phone[0] != '\0')
        lines[count++] = party->phone;
    return count;
}

const char *dispute_respondents(const Intake__Dispute *dispute, struct arena *arena)
{
    char **lines = arena_array(arena, 2 * dispute->n_parties + 1, sizeof *lines);
    size_t count = 0;

    for (size_t i = 0; i < dispute->n_parties; i++)
        if (dispute->parties[i]->role == INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT)
            count += known_by(dispute->parties[i], &lines[count], arena);
    return lines_join(lines, count, arena);
}
