/* SPDX-License-Identifier: Apache-2.0
 *
 * Loading of the law: the procedures, calendars and base figures that the node keeps in its database; and the law in
 * use, which a later one follows while threads still judge by the one before.
 */
#pragma once
#include "common/procedure/law.h"

#include <libpq-fe.h>

/* Everything that is loaded, or a refusal that names what does not hold. `*law` is the caller's in both cases: a
 * refusal's texts may stand in it. */
MUST_CHECK enum status law_load(const char *conninfo, struct law **law, struct refusal *refusal);

enum { LAW_MARK_TEXT = 160 };

/* What tells one state of what is loaded from another, as the database has it now. False: it does not say. */
bool law_mark(PGconn *connection, char mark[LAW_MARK_TEXT]);

/* ---- the law in use ---- */

struct law_share;

struct law_share *law_share_new(void);
/* Nobody may hold one any more. */
void law_share_free(struct law_share **share);

/* The law that whoever asks from now on gets. It is given away; the one before lives until its last holder lets go. */
void law_share_put(struct law_share *share, struct law *law);

/* The newest law, held in place of `mine` (NULL: nothing yet), which is let go. Costs no more than a lock. */
const struct law *law_share_hold(struct law_share *share, const struct law *mine);
void law_share_let_go(struct law_share *share, const struct law **mine);
