/* SPDX-License-Identifier: Apache-2.0
 *
 * Reply: answers on their way out of a process, gathered so that one frame carries many.
 *
 * Owns      the packed answers of one asker until they are sent.
 * Refuses   an answer that no frame could carry: the asker gets TOO_LARGE in its place.
 */
#pragma once
#include "common/runtime/process.h"

/* Answers of finished jobs to their askers on a ROUTER; takes the jobs, and logs them once the answers are on their
 * way. `service` stands in the tokens. */
void replies_send(void *socket, const char *service, struct job **jobs, size_t count);

/* Fills a contract's refusal from a rule's one, in the arena. */
Tiaojie__Refusal *refusal_to_contract(const struct refusal *refusal, struct arena *arena);

/* And back: texts are borrowed from the contract. */
void refusal_from_contract(const Tiaojie__Refusal *contract, enum status status, struct refusal *refusal);
