/* SPDX-License-Identifier: Apache-2.0
 *
 * Show: answers for people, in their language.
 */
#pragma once
#include "common/service.h"

#include <stdio.h>

/* What happened: each event's line, its values, the clocks that started and stopped with due day, article and
 * `unverified`. Or a question's answer, field by field. `service` is whose events they are. */
void show_answer(FILE *to, struct arena *arena, const struct service *service, const struct question *question,
                 const Tiaojie__Answer *answer);
