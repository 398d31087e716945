/* SPDX-License-Identifier: Apache-2.0
 *
 * Ledger: a service of no product, for the tests and the benchmark of the store.
 *
 * Owns      account (affinity: office), its lines and clocks, the office's counter.
 * Refuses   to add nothing, and to add to a closed account. The database refuses the note "curse" and the balance 666.
 */
#pragma once
#include "common/service.h"
#include "tests/unit/ledger.pb-c.h"

extern const struct service LEDGER;
extern const struct table LEDGER_ACCOUNT, LEDGER_LINE, LEDGER_COUNTER;
extern const struct command LEDGER_OPEN, LEDGER_ADD, LEDGER_CLOSE, LEDGER_START, LEDGER_LINK, LEDGER_TOUCH;
extern const struct question LEDGER_SHOW, LEDGER_LIST;
