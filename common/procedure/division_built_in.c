/* SPDX-License-Identifier: Apache-2.0
 *
 * Division: the table that the build puts into the program, law/divisions/divisions.tsv.
 */
#include "common/base/embedded.h"
#include "common/procedure/division.h"

#include <assert.h>
#include <pthread.h>

extern const struct embedded_file LAW_DIVISIONS[];

/* Both for the life of the process. */
static struct arena *arena;
static const struct divisions *table;

static void read_table(void)
{
    arena = arena_new(SIZE_MAX);
    table = divisions_new(arena, LAW_DIVISIONS[0].text);
}

const struct divisions *divisions_built_in(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_table);
    assert(arena && table);
    return table;
}
