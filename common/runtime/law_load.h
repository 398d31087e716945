/* SPDX-License-Identifier: Apache-2.0
 *
 * Loading of the law: the procedures, calendars and base figures that the node keeps in its database.
 */
#pragma once
#include "common/procedure/law.h"

/* Everything that is loaded, or a refusal that names what does not hold. `*law` is the caller's. */
MUST_CHECK enum status law_load(const char *conninfo, struct law **law, struct refusal *refusal);
