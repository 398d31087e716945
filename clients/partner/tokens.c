/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens: a small table, searched from its beginning.
 */
#include "clients/partner/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 32 };

struct tokens {
    Tiaojie__Token list[PARTNER_TOKENS_MAX];
    char names[PARTNER_TOKENS_MAX][NAME_SIZE];
    size_t count;
    size_t oldest;
};

struct tokens *tokens_new(void)
{
    struct tokens *tokens = calloc(1, sizeof *tokens);

    if (!tokens)
        abort();
    return tokens;
}

void tokens_free(struct tokens **tokens)
{
    free(*tokens);
    *tokens = NULL;
}

static size_t place_for_new(struct tokens *tokens)
{
    if (tokens->count < PARTNER_TOKENS_MAX)
        return tokens->count++;
    size_t place = tokens->oldest;
    tokens->oldest = (tokens->oldest + 1) % PARTNER_TOKENS_MAX;
    return place;
}

void tokens_keep(struct tokens *tokens, const char *service, uint32_t partition, uint64_t position)
{
    size_t i = 0;

    while (i < tokens->count &&
           (tokens->list[i].partition != partition || strcmp(tokens->list[i].service, service) != 0))
        i++;
    if (i == tokens->count) {
        i = place_for_new(tokens);
        tiaojie__token__init(&tokens->list[i]);
        snprintf(tokens->names[i], NAME_SIZE, "%s", service);
        tokens->list[i].service = tokens->names[i];
        tokens->list[i].partition = partition;
    }
    if (tokens->list[i].position < position)
        tokens->list[i].position = position;
}

Tiaojie__Token *tokens_list(struct tokens *tokens, size_t *count)
{
    *count = tokens->count;
    return tokens->list;
}
