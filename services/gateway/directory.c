/* SPDX-License-Identifier: Apache-2.0
 *
 * Directory: looking up.
 */
#include "services/gateway/directory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);

    if (!memory)
        abort();
    return memory;
}

struct people *people_new(size_t principals, size_t offices)
{
    struct people *people = room(1, sizeof *people);

    people->principals = room(principals, sizeof *people->principals);
    people->principal_count = principals;
    people->offices = room(offices, sizeof *people->offices);
    people->office_count = offices;
    return people;
}

struct people *people_copy(const struct people *people)
{
    struct people *copy = people_new(people->principal_count, people->office_count);

    memcpy(copy->principals, people->principals, people->principal_count * sizeof *copy->principals);
    memcpy(copy->offices, people->offices, people->office_count * sizeof *copy->offices);
    return copy;
}

void people_free(struct people **people)
{
    if (!*people)
        return;
    free((*people)->principals);
    free((*people)->offices);
    free(*people);
    *people = NULL;
}

static int by_key(const void *key, const void *principal)
{
    return strcmp(key, ((const struct principal *)principal)->key);
}

const struct principal *people_find(const struct people *people, const char *key)
{
    return bsearch(key, people->principals, people->principal_count, sizeof *people->principals, by_key);
}

static int by_id(const void *id, const void *office)
{
    uint64_t a = *(const uint64_t *)id, b = ((const struct office *)office)->id;

    return (a > b) - (a < b);
}

const struct office *people_office(const struct people *people, uint64_t id)
{
    return bsearch(&id, people->offices, people->office_count, sizeof *people->offices, by_id);
}

struct owners *owners_new(size_t rows)
{
    struct owners *owners = room(1, sizeof *owners);

    owners->addresses = room(rows, sizeof *owners->addresses);
    for (size_t service = 0; service < SERVICES_MAX; service++)
        for (size_t partition = 0; partition < PARTITIONS_MAX; partition++)
            owners->owner[service][partition] = -1;
    return owners;
}

void owners_free(struct owners **owners)
{
    if (!*owners)
        return;
    free((*owners)->addresses);
    free(*owners);
    *owners = NULL;
}

static size_t address_index(struct owners *owners, const struct address *address)
{
    size_t i = 0;

    while (i < owners->address_count && strcmp(owners->addresses[i].process, address->process) != 0)
        i++;
    if (i == owners->address_count)
        owners->addresses[owners->address_count++] = *address;
    return i;
}

void owners_add(struct owners *owners, const char *service, uint32_t partition, const struct address *address)
{
    for (size_t i = 0; SERVICES[i]; i++) {
        assert(i < SERVICES_MAX);
        if (partition < PARTITIONS_MAX && strcmp(SERVICES[i]->name, service) == 0)
            owners->owner[i][partition] = (int16_t)address_index(owners, address);
    }
}

const struct address *owners_find(const struct owners *owners, size_t service, uint32_t partition)
{
    int index = service < SERVICES_MAX && partition < PARTITIONS_MAX ? owners->owner[service][partition] : -1;

    return index < 0 ? NULL : &owners->addresses[index];
}

bool owners_has(const struct owners *owners, const char *process)
{
    for (size_t i = 0; i < owners->address_count; i++)
        if (strcmp(owners->addresses[i].process, process) == 0)
            return true;
    return false;
}
