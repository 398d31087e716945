/* SPDX-License-Identifier: Apache-2.0
 *
 * Fault: what an SQLSTATE means for a batch, and how it is told. The one table from SQLSTATE to status.
 *
 * Refuses   PostgreSQL's own detail lines: they quote values of the row.
 */
#pragma once
#include "common/base/refusal.h"
#include "common/store/pg.h"

enum fault_kind {
    FAULT_DATA,  /* one command's values are not acceptable: the batch is halved down to it */
    FAULT_AGAIN, /* may succeed if tried again at once (deadlock, serialization) */
    FAULT_AWAY,  /* the database cannot do it now */
    FAULT_OURS   /* schema, rights or statement are wrong */
};

struct fault_meaning {
    const char *prefix; /* of the SQLSTATE; the first that fits counts */
    enum fault_kind kind;
    enum status status;
    const char *reason; /* %1: SQLSTATE, %2: constraint or column */
    const char *remedy;
};

/* Never NULL. */
const struct fault_meaning *fault_meaning(const struct pg_fault *fault);

/* True when the log's primary key was hit: another process wrote to this partition. */
bool fault_is_fence(const struct pg_fault *fault);

/* Fills the refusal; its texts live until the thread's next refusal of this kind. */
enum status fault_refuse(const struct pg_fault *fault, struct refusal *refusal);

/* Keeps a text that a refusal outside of any arena names, until the thread has kept eight more. */
const char *fault_keep(const char *text);
