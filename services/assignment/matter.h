/* SPDX-License-Identifier: Apache-2.0
 *
 * Matter: what assignment makes of mediation's events.
 */
#pragma once
#include "common/service.h"

/* "case opened" becomes "matter open", "case closed" becomes "matter close", "case reopened" "matter reopen". */
void matter_derive_open(const void *event, const struct origin *origin, struct derived *derived);
void matter_derive_close(const void *event, const struct origin *origin, struct derived *derived);
void matter_derive_reopen(const void *event, const struct origin *origin, struct derived *derived);
