/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens: the highest positions that a client has seen, one for each service and partition. For the partner library
 * only.
 */
#pragma once
#include "clients/partner/partner.h"

struct tokens;

struct tokens *tokens_new(void);
void tokens_free(struct tokens **tokens);

/* Keeps the higher one; when the table is full, the oldest makes room. */
void tokens_keep(struct tokens *tokens, const char *service, uint32_t partition, uint64_t position);

/* All of them, borrowed until the next tokens_keep. */
Tiaojie__Token *tokens_list(struct tokens *tokens, size_t *count);
