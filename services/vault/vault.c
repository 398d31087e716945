/* SPDX-License-Identifier: Apache-2.0
 *
 * Vault: what the service is made of.
 */
#include "services/vault/vault.h"

#include "proto/intake.pb-c.h"

const struct table SUBJECT = {"subject", &vault_rows__subject__descriptor, false};
const struct table OPENING = {"opening", &vault_rows__opening__descriptor, false};
const struct table RELIEF = {"relief", &vault_rows__relief__descriptor, false};
const struct table ASKER = {"asker", &vault_rows__asker__descriptor, true};
const struct table OPPONENT = {"opponent", &vault_rows__opponent__descriptor, true};
const struct table ISSUE = {"issue", &vault_rows__issue__descriptor, false};

static const struct follow FOLLOWS[] = {
    {"intake", "application registered", &intake__registered__descriptor, relief_derive},
    {0},
};

const struct service VAULT = {
    .name = "vault",
    .number = 1,
    .help = N_("keys of persons and cases, who opened what, and signed proofs"),
    .holds_keys = true,
    .tables = (const struct table *const[]){&SUBJECT, &OPENING, &RELIEF, &ASKER, &OPPONENT, &ISSUE, NULL},
    .commands = (const struct command *const[]){&SUBJECT_MAKE, &PERSON_OPEN, &RELIEF_NOTE, &PROOF_ISSUE, NULL},
    .events = (const struct event *const[]){&SUBJECT_MADE, &PERSON_OPENED, &RELIEF_NOTED, &PROOF_ISSUED, NULL},
    .questions = (const struct question *const[]){&VAULT_SEAL, &PERSON_READ, &PROOF_COMPOSE, &PROOF_READ, NULL},
    .follows = FOLLOWS,
};
