/* SPDX-License-Identifier: Apache-2.0
 *
 * Pending: the partner library's commands that are not answered yet, found by id. For partner.c only.
 */
#pragma once
#include "clients/partner/partner.h"

enum { PENDING_CHAINS = 8192, PENDING_NONE = PARTNER_FLIGHTS_MAX };

struct pending {
    struct uuid id;
    uint8_t *bytes; /* packed Command, owned */
    size_t size;
    void *data;
    int64_t ends_at;  /* monotonic microseconds */
    int64_t again_at; /* when it is sent next */
    unsigned sendings;
    uint8_t *later; /* the last answer that said "later", owned; NULL: silence so far */
    size_t later_size;
    uint32_t older, newer; /* in order of submission */
    uint32_t next;         /* in its chain, or free */
};

struct pending_table {
    struct pending list[PARTNER_FLIGHTS_MAX];
    uint32_t chains[PENDING_CHAINS];
    uint32_t free;
    uint32_t oldest, newest;
    size_t count;
};

struct pending_table *pending_new(void);
void pending_free(struct pending_table **table);

/* NULL when there is no place, or the id is in flight already. Takes `bytes` (from malloc) only when it returns one. */
struct pending *pending_add(struct pending_table *table, const struct uuid *id, uint8_t *bytes, size_t size);
struct pending *pending_find(struct pending_table *table, const uint8_t *id, size_t size);
void pending_remove(struct pending_table *table, struct pending *pending);

/* In order of submission; NULL at the end. */
struct pending *pending_first(struct pending_table *table);
struct pending *pending_after(struct pending_table *table, const struct pending *pending);
