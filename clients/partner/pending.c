/* SPDX-License-Identifier: Apache-2.0
 *
 * Pending: a table of fixed size, chained by id and listed by age.
 */
#include "clients/partner/pending.h"

#include <stdlib.h>
#include <string.h>

struct pending_table *pending_new(void)
{
    struct pending_table *table = calloc(1, sizeof *table);

    if (!table)
        abort();
    for (uint32_t i = 0; i < PARTNER_FLIGHTS_MAX; i++)
        table->list[i].next = i + 1;
    for (uint32_t i = 0; i < PENDING_CHAINS; i++)
        table->chains[i] = PENDING_NONE;
    table->oldest = table->newest = PENDING_NONE;
    return table;
}

static void forget(struct pending *pending)
{
    free(pending->bytes);
    free(pending->later);
}

void pending_free(struct pending_table **table)
{
    if (!*table)
        return;
    for (uint32_t i = 0; i < PARTNER_FLIGHTS_MAX; i++)
        forget(&(*table)->list[i]);
    free(*table);
    *table = NULL;
}

/* The last bytes of a UUIDv7 are random. */
static uint32_t *chain_of(struct pending_table *table, const uint8_t *id)
{
    return &table->chains[((uint32_t)id[UUID_BYTES - 2] << 8 | id[UUID_BYTES - 1]) % PENDING_CHAINS];
}

struct pending *pending_find(struct pending_table *table, const uint8_t *id, size_t size)
{
    if (size != UUID_BYTES)
        return NULL;
    uint32_t i = *chain_of(table, id);
    while (i != PENDING_NONE && memcmp(table->list[i].id.bytes, id, UUID_BYTES) != 0)
        i = table->list[i].next;
    return i == PENDING_NONE ? NULL : &table->list[i];
}

struct pending *pending_add(struct pending_table *table, const struct uuid *id, uint8_t *bytes, size_t size)
{
    uint32_t i = table->free;
    uint32_t *chain = chain_of(table, id->bytes);

    if (i == PENDING_NONE || pending_find(table, id->bytes, UUID_BYTES))
        return NULL;
    struct pending *pending = &table->list[i];
    table->free = pending->next;
    *pending = (struct pending){.id = *id, .bytes = bytes, .size = size, .next = *chain};
    *chain = i;
    pending->older = table->newest;
    pending->newer = PENDING_NONE;
    if (table->newest != PENDING_NONE)
        table->list[table->newest].newer = i;
    else
        table->oldest = i;
    table->newest = i;
    table->count++;
    return pending;
}

static void unlist(struct pending_table *table, const struct pending *pending)
{
    if (pending->older != PENDING_NONE)
        table->list[pending->older].newer = pending->newer;
    else
        table->oldest = pending->newer;
    if (pending->newer != PENDING_NONE)
        table->list[pending->newer].older = pending->older;
    else
        table->newest = pending->older;
}

void pending_remove(struct pending_table *table, struct pending *pending)
{
    uint32_t i = (uint32_t)(pending - table->list);
    uint32_t *link = chain_of(table, pending->id.bytes);

    while (*link != i)
        link = &table->list[*link].next;
    *link = pending->next;
    unlist(table, pending);
    forget(pending);
    *pending = (struct pending){.next = table->free};
    table->free = i;
    table->count--;
}

struct pending *pending_first(struct pending_table *table)
{
    return table->oldest == PENDING_NONE ? NULL : &table->list[table->oldest];
}

struct pending *pending_after(struct pending_table *table, const struct pending *pending)
{
    return pending->newer == PENDING_NONE ? NULL : &table->list[pending->newer];
}
