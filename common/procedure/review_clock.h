/* SPDX-License-Identifier: Apache-2.0
 *
 * Review of clocks: the part of review.h that looks at them. Private to this folder.
 */
#pragma once
#include "common/procedure/graph.h"
#include "common/procedure/review.h"

/* Copies the finding into the list. */
void finding_add(struct findings *findings, const struct finding *finding);

/* The clocks that a step stops, pauses, extends ... without any chance that they run. */
void review_step_clocks(struct findings *findings, const struct graph *graph, size_t step);

/* Whether a clock is started, warns in time, and what follows when it runs out. */
void review_clock(struct findings *findings, const struct graph *graph, size_t clock);
