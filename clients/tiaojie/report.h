/* SPDX-License-Identifier: Apache-2.0
 *
 * Report: answers and refusals as JSON, for scripts: one object on standard output, its names are the contract's.
 *
 *     {"status": "ok", "about": 1025, "token": {...}, "events": [{"name": "...", "body": {...}}], "body": {...}}
 *     {"status": "conflict", "refusal": {"field": "", "reason": "", "remedy": "", "article": ""}}
 */
#pragma once
#include "common/service.h"

/* In the arena, with its line's end. `answer` may be NULL (nothing came); `refusal` is NULL when it is OK. */
const char *report_json(struct arena *arena, const struct service *service, const struct question *question,
                        const Tiaojie__Answer *answer, const struct refusal *refusal);
