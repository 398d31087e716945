/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: what a statement that somebody asked for relief says. Pure: the same facts give the same bytes.
 *
 * One statement a worker: nobody gets to know what another one claims. Identity numbers show their last four
 * characters.
 *
 * Refuses   kinds of dispute for which no article says that asking for relief interrupts a limitation.
 */
#pragma once
#include "common/seal/statement.h"
#include "services/vault/vault.h"

struct proof {
    const char *node;
    const char *office; /* its name, as on papers */
    const VaultRows__Relief *relief;
    const VaultRows__Asker *asker;
    const char *name; /* opened, as the two below */
    const char *identity_number;
    const VaultRows__Opponent *const *opponents;
    char **opponent_names; /* of persons; elsewhere "" */
    size_t opponent_count;
};

/* The article that makes asking interrupt a limitation in this kind of dispute; NULL: none is known. */
const char *proof_basis(const char *kind);

/* All lines of the statement, to be signed with the key whose public half is given. */
struct statement proof_statement(const struct proof *proof, const struct signature_public *key, struct arena *arena);
