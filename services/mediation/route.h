/* SPDX-License-Identifier: Apache-2.0
 *
 * Route: what listing and choosing share: the facts of a case's agreement and each route as it stands.
 */
#pragma once
#include "services/mediation/case.h"
#include "services/mediation/enforcement.h"

/* The rows that the facts come from. */
void route_reads(const void *facts, const struct context *now, struct reads *reads);

/* What was said, with the blanks filled from the rows. Borrows `said`; in the arena. */
const struct enforcement_facts *route_facts(const Route__Facts *said, const MediationRows__Case *row,
                                            const struct rows *rows, const struct context *now);

/* The route as judged now; `chosen_at` set where it was chosen. */
Route__Line *route_judge(const struct enforcement_route *route, const struct enforcement_facts *facts,
                         const struct rows *rows, const struct context *now);

/* UNKNOWN: no route has this name. */
MUST_CHECK enum status route_find(const char *name, const struct enforcement_route **route, struct refusal *refusal);
