/* SPDX-License-Identifier: Apache-2.0
 *
 * Vault: the keys of persons and cases, and what is signed about persons.
 *
 * Owns      subjects (a key each, wrapped by the node's master key), the keyed hashes by which a person is found again,
 *           the record of who opened what and why; what was asked for in each application, and the signed proof of it.
 *           A person's id follows from the keyed hash of the identity number, so the same number gives the same person,
 *           and nobody without the node's search key can tell which.
 * Follows   intake ("application registered": who asked for relief, when, for what).
 * Refuses   to hand out a key, to open without a purpose, to show an opening to anybody but who asked for it, and to
 *           sign the same thing twice.
 */
#pragma once
#include "common/seal/sealer.h"
#include "common/service.h"
#include "proto/proof.pb-c.h"
#include "proto/vault.pb-c.h"
#include "services/vault/rows.pb-c.h"

struct preparer;

extern const struct service VAULT;

/* Composes proofs before their commands are queued. */
extern const struct preparer PROOF_PREPARER;

extern const struct table SUBJECT, OPENING, RELIEF, ASKER, OPPONENT, ISSUE;
extern const struct command SUBJECT_MAKE, PERSON_OPEN, RELIEF_NOTE, PROOF_ISSUE;
extern const struct question VAULT_SEAL, PERSON_READ, PROOF_COMPOSE, PROOF_READ;
extern const struct event SUBJECT_MADE, PERSON_OPENED, RELIEF_NOTED, PROOF_ISSUED;

/* "relief note" from intake's "application registered". */
void relief_derive(const void *event, const struct origin *origin, struct derived *derived);

/* INVALID unless a purpose is stated. */
MUST_CHECK enum status purpose_check(const char *purpose, struct refusal *refusal);

/* BARRED once it is too long ago that something was opened. */
MUST_CHECK enum status opening_check(int64_t opened_at, const struct context *now, struct refusal *refusal);

/* One value sealed under a subject's key, for questions only (they have the node's keys). `*text` is in the arena and
 * stays as it is where nothing is sealed. UNVERIFIED: the key file and the database do not belong together. */
MUST_CHECK enum status subject_open(struct sealer *sealer, const VaultRows__Subject *subject, const char *field,
                                    ProtobufCBinaryData sealed, const struct context *now, char **text);
MUST_CHECK enum status subject_seal(struct sealer *sealer, const VaultRows__Subject *subject, const char *field,
                                    const char *text, const struct context *now, ProtobufCBinaryData *sealed);

/* UNVERIFIED, with whom to call. */
MUST_CHECK enum status subject_refuse(struct refusal *refusal);
