/* SPDX-License-Identifier: Apache-2.0
 *
 * Directory: the gateway's copies of schema node: who may speak, and which process owns which partition. Plain memory,
 * looked up on every message; the watch (watch.h) makes new copies, old ones are freed as a whole.
 */
#pragma once
#include "common/net/socket.h"
#include "common/service.h"

enum { SERVICES_MAX = 16, PROCESS_NAME_SIZE = 40, ENDPOINT_SIZE = 128 };

#define NEVER INT64_MAX

/* A row of node.principal; moments are microseconds UTC, NEVER where there is none. */
struct principal {
    char key[CURVE_TEXT_SIZE];
    uint64_t id;
    uint32_t roles;
    uint64_t office;
    uint32_t place;
    uint64_t mediator;
    int64_t valid_from;
    int64_t valid_until;
    int64_t revoked_at;
};

struct office {
    uint64_t id;
    uint32_t place;
};

struct people {
    struct principal *principals; /* by key */
    size_t principal_count;
    struct office *offices; /* by id */
    size_t office_count;
};

struct people *people_new(size_t principals, size_t offices);
struct people *people_copy(const struct people *people);
void people_free(struct people **people);

/* NULL when nobody has this key, or no office has this id. */
const struct principal *people_find(const struct people *people, const char *key);
const struct office *people_office(const struct people *people, uint64_t id);

struct address {
    char process[PROCESS_NAME_SIZE];
    char endpoint[ENDPOINT_SIZE];
    char key[CURVE_TEXT_SIZE];
};

/* `owner` holds indexes into `addresses`, -1 where nobody living owns the partition. */
struct owners {
    struct address *addresses;
    size_t address_count;
    int16_t owner[SERVICES_MAX][PARTITIONS_MAX];
};

/* Room for `rows` addresses. */
struct owners *owners_new(size_t rows);
void owners_free(struct owners **owners);

/* One row of the table: services outside SERVICES and partitions out of range are left out. */
void owners_add(struct owners *owners, const char *service, uint32_t partition, const struct address *address);

/* NULL: nobody. `service` is an index in SERVICES. */
const struct address *owners_find(const struct owners *owners, size_t service, uint32_t partition);

/* Whether a process is still among them. */
bool owners_has(const struct owners *owners, const char *process);
