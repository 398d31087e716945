/* SPDX-License-Identifier: Apache-2.0
 *
 * Vault: what the service is made of.
 */
#include "services/vault/vault.h"

const struct table SUBJECT = {"subject", &vault_rows__subject__descriptor, false};
const struct table OPENING = {"opening", &vault_rows__opening__descriptor, false};

const struct service VAULT = {
    .name = "vault",
    .number = 1,
    .help = N_("keys of persons and cases, and who opened what"),
    .holds_keys = true,
    .tables = (const struct table *const[]){&SUBJECT, &OPENING, NULL},
    .commands = (const struct command *const[]){&SUBJECT_MAKE, &PERSON_OPEN, NULL},
    .events = (const struct event *const[]){&SUBJECT_MADE, &PERSON_OPENED, NULL},
    .questions = (const struct question *const[]){&VAULT_SEAL, &PERSON_READ, NULL},
};
