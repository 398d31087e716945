/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: issuing one. Names are opened for it, so the purpose is recorded, as in open.c.
 *
 * The signed text is composed by a question, because only questions have the node's keys, and is kept by the command
 * that was waiting for it (prepare.c): sealed under the person's key, once. Later issues show the same bytes, also when
 * the node has another key by then; erasing the person erases the text. The vault is the home of it, because it alone
 * has both names and a key to sign with.
 */
#include "services/vault/proof.h"

#include "common/seal/node_keys.h"

#include <string.h>

#define PROOF_MAY                                                                                                      \
    (1u << TIAOJIE__ROLE__ROLE_CLERK | 1u << TIAOJIE__ROLE__ROLE_MEDIATOR | 1u << TIAOJIE__ROLE__ROLE_HEAD)

static const char FIELD[] = "statement"; /* that the text is sealed as */

/* Left out it is the first, which is right where there is only one. */
static uint32_t ordinal_of(uint32_t worker)
{
    return worker == 0 ? 1 : worker;
}

/* What must hold before a proof is composed, and again when it is decided. */
static enum status check(const VaultRows__Relief *relief, const VaultRows__Asker *asker, uint32_t worker,
                         uint64_t office, struct refusal *refusal)
{
    if (!relief)
        return refuse(refusal, UNKNOWN, "target", N_("no application has this id"),
                      N_("look it up with `application list`"));
    if (relief->office != office)
        return refuse(refusal, FORBIDDEN, "target", N_("it is another office's application"),
                      N_("ask the office that received it"));
    if (worker == 0 && relief->askers > 1)
        return refuse(refusal, INVALID, "worker", N_("it is not said for which worker"),
                      N_("give the number of his claim, from 1; a proof is for one worker"));
    if (!asker)
        return refuse(refusal, UNKNOWN, "worker", N_("the application has no claim with this number"),
                      N_("count the claims in `application show` from 1"));
    if (!proof_basis(relief->kind))
        return refuse_with(refusal, CONFLICT, "target",
                           N_("no article is known by which asking for relief interrupts a limitation in %1"),
                           N_("give a copy of the application instead"), relief->kind);
    return OK;
}

/* ---- "proof issue" --------------------------------------------------------------------------------------------- */

static void issue_reads(const void *command, const struct context *now, struct reads *reads)
{
    const Proof__Issue *issue = command;

    reads_one(reads, &RELIEF, now->target);
    reads_child(reads, &ASKER, now->target, ordinal_of(issue->worker));
}

static enum status issue_decide(const void *command, const struct rows *rows, const struct context *now,
                                struct events *events)
{
    const Proof__Issue *issue = command;
    const VaultRows__Asker *asker = rows_child(rows, &ASKER, now->target, ordinal_of(issue->worker));
    enum status status =
        check(rows_one(rows, &RELIEF, now->target), asker, issue->worker, now->office, &events->refusal);

    if (!status)
        status = purpose_check(issue->purpose, &events->refusal);
    if (status)
        return status;
    if (asker->statement.len == 0 && issue->statement.len == 0)
        return refuse(&events->refusal, UNAVAILABLE, "statement", N_("it was not signed"), N_("send it again"));
    events->about = context_new_id(now, 0);
    Proof__Issued *issued = event_new(events, &PROOF_ISSUED);
    issued->application = now->target;
    issued->worker = asker->ordinal;
    issued->person = asker->person;
    issued->purpose = issue->purpose;
    issued->principal = now->principal;
    issued->at = now->now;
    if (asker->statement.len == 0)
        issued->statement = issue->statement;
    return OK;
}

static void issued_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Proof__Issued *issued = event;
    VaultRows__Issue *row = rows_new(rows, &ISSUE, about);

    row->relief = issued->application;
    row->worker = issued->worker;
    row->person = issued->person;
    row->principal = issued->principal;
    row->purpose = rows_text(rows, issued->purpose);
    row->issued_at = issued->at;
    if (issued->statement.len == 0)
        return;
    VaultRows__Asker *asker = rows_change_child(rows, &ASKER, issued->application, issued->worker);
    asker->statement = rows_bytes(rows, issued->statement);
}

/* ---- "proof compose" ------------------------------------------------------------------------------------------- */

static void compose_reads(const void *question, const struct context *now, struct reads *reads)
{
    const Proof__Compose *compose = question;

    reads_one(reads, &RELIEF, now->target);
    reads_child(reads, &ASKER, now->target, ordinal_of(compose->worker));
    reads_children(reads, &OPPONENT, now->target);
}

static void compose_reads_more(const void *question, const struct context *now, const struct rows *rows,
                               struct reads *reads)
{
    const Proof__Compose *compose = question;
    const VaultRows__Asker *asker = rows_child(rows, &ASKER, now->target, ordinal_of(compose->worker));
    size_t count;
    const void *const *opponents = rows_children(rows, &OPPONENT, now->target, &count);

    if (asker)
        reads_one(reads, &SUBJECT, asker->person);
    for (size_t i = 0; i < count; i++)
        if (((const VaultRows__Opponent *)opponents[i])->person != 0)
            reads_one(reads, &SUBJECT, ((const VaultRows__Opponent *)opponents[i])->person);
}

static enum status open_names(struct sealer *sealer, const struct rows *rows, const struct context *now,
                              struct proof *proof)
{
    const VaultRows__Subject *subject = rows_one(rows, &SUBJECT, proof->asker->person);
    char *name = arena_text(now->arena, ""), *number = name;
    enum status status = subject_open(sealer, subject, "name", proof->asker->name, now, &name);

    if (!status)
        status = subject_open(sealer, subject, "identity_number", proof->asker->identity_number, now, &number);
    proof->name = name;
    proof->identity_number = number;
    proof->opponent_names = arena_array(now->arena, proof->opponent_count + 1, sizeof *proof->opponent_names);
    for (size_t i = 0; i < proof->opponent_count && !status; i++) {
        const VaultRows__Opponent *opponent = proof->opponents[i];
        proof->opponent_names[i] = arena_text(now->arena, "");
        if (opponent->person != 0)
            status = subject_open(sealer, rows_one(rows, &SUBJECT, opponent->person), "name", opponent->person_name,
                                  now, &proof->opponent_names[i]);
    }
    return status;
}

static enum status sign_and_seal(struct sealer *sealer, const struct proof *proof, const VaultRows__Subject *subject,
                                 const struct context *now, ProtobufCBinaryData *sealed)
{
    const struct signature_key *key = &now->keys->signing;
    const struct statement statement = proof_statement(proof, &key->public_key, now->arena);
    const char *text;
    const enum status status = statement_sign(&statement, key, &text);

    return status ? status : subject_seal(sealer, subject, FIELD, text, now, sealed);
}

static enum status compose_answer(const void *question, const struct rows *rows, const struct context *now,
                                  void *answer, struct refusal *refusal)
{
    const Proof__Compose *compose = question;
    Proof__Composed *composed = answer;
    struct proof proof = {.node = now->node, .office = compose->office_name};

    proof.relief = rows_one(rows, &RELIEF, now->target);
    proof.asker = rows_child(rows, &ASKER, now->target, ordinal_of(compose->worker));
    enum status status = check(proof.relief, proof.asker, compose->worker, compose->office, refusal);
    if (status || proof.asker->statement.len > 0)
        return status;
    proof.opponents =
        (const VaultRows__Opponent *const *)rows_children(rows, &OPPONENT, now->target, &proof.opponent_count);
    struct sealer *sealer = sealer_new();
    status = open_names(sealer, rows, now, &proof);
    if (!status)
        status =
            sign_and_seal(sealer, &proof, rows_one(rows, &SUBJECT, proof.asker->person), now, &composed->statement);
    sealer_free(&sealer);
    return status ? subject_refuse(refusal) : OK;
}

/* ---- "proof read" ---------------------------------------------------------------------------------------------- */

static void read_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &ISSUE, now->target);
}

static void read_reads_more(const void *question, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)question;
    const VaultRows__Issue *issue = rows_one(rows, &ISSUE, now->target);

    if (!issue)
        return;
    reads_child(reads, &ASKER, issue->relief, issue->worker);
    reads_one(reads, &SUBJECT, issue->person);
}

static enum status read_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    (void)question;
    Proof__Proof *proof = answer;
    const VaultRows__Issue *issue = rows_one(rows, &ISSUE, now->target);

    if (!issue || issue->principal != now->principal)
        return refuse(refusal, UNKNOWN, "issue", N_("you have issued no such proof"), N_("start with `proof issue`"));
    enum status status = opening_check(issue->issued_at, now, refusal);
    if (status)
        return status;
    const VaultRows__Asker *asker = rows_child(rows, &ASKER, issue->relief, issue->worker);
    proof->application = issue->relief;
    proof->worker = issue->worker;
    proof->purpose = issue->purpose;
    struct sealer *sealer = sealer_new();
    status = subject_open(sealer, rows_one(rows, &SUBJECT, issue->person), FIELD, asker->statement, now, &proof->text);
    sealer_free(&sealer);
    return status ? subject_refuse(refusal) : OK;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct command PROOF_ISSUE = {
    .name = "proof issue",
    .message = &proof__issue__descriptor,
    .on = &ISSUE,
    .may = PROOF_MAY,
    .reads = issue_reads,
    .decide = issue_decide,
    .then = &PROOF_READ,
    .target_help = "APPLICATION",
    .help = N_("state, signed, that a worker asked for relief; the purpose is recorded"),
    .example = "proof issue 1025 --worker 1 --purpose \"asked for by the worker\" --save proof.txt",
};

const struct event PROOF_ISSUED = {
    .name = "proof issued",
    .message = &proof__issued__descriptor,
    .apply = issued_apply,
    .text = N_("a proof that relief was asked for was issued"),
};

const struct question PROOF_COMPOSE = {
    .name = "proof compose",
    .message = &proof__compose__descriptor,
    .answer = &proof__composed__descriptor,
    .internal = true,
    .reads = compose_reads,
    .reads_more = compose_reads_more,
    .answer_from = compose_answer,
    .target_help = "APPLICATION",
    .help = N_("compose and sign a proof"),
    .example = "proof compose 1025 --worker 1",
};

const struct question PROOF_READ = {
    .name = "proof read",
    .message = &proof__read__descriptor,
    .answer = &proof__proof__descriptor,
    .may = PROOF_MAY,
    .reads = read_reads,
    .reads_more = read_reads_more,
    .answer_from = read_answer,
    .target_help = "ISSUE",
    .help = N_("read a proof that one issued oneself again, within five minutes"),
    .example = "proof read 262401",
};
