/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearsal: judging a command before its turn, so that nothing is written elsewhere on behalf of one that will be
 * refused.
 *
 * Owns      a read-only connection, made when it is first needed. For one thread.
 */
#pragma once
#include "common/base/status.h"

struct process;
struct rehearsal;
struct work;

struct rehearsal *rehearsal_new(struct process *process);
void rehearsal_free(struct rehearsal **rehearsal);

/* Gives the work the status, and the refusal, that store_rehearse() says. */
void rehearsal_judge(struct rehearsal *rehearsal, struct work *work);
