/* SPDX-License-Identifier: Apache-2.0
 *
 * Vault: the keys of persons and cases.
 *
 * Owns      subjects (a key each, wrapped by the node's master key), the keyed hashes by which a person is found again,
 * and the record of who opened what and why. A person's id follows from the keyed hash of the identity number, so the
 * same number gives the same person, and nobody without the node's search key can tell which. Follows   nobody. Refuses
 * to hand out a key, to open without a purpose, and to show an opening to anybody but who asked for it.
 */
#pragma once
#include "common/service.h"
#include "proto/vault.pb-c.h"
#include "services/vault/rows.pb-c.h"

extern const struct service VAULT;

extern const struct table SUBJECT, OPENING;
extern const struct command SUBJECT_MAKE, PERSON_OPEN;
extern const struct question VAULT_SEAL, PERSON_READ;
extern const struct event SUBJECT_MADE, PERSON_OPENED;
