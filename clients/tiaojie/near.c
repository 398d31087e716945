/* SPDX-License-Identifier: Apache-2.0
 *
 * Near: edit distance, a third of the letters at most.
 */
#include "clients/tiaojie/near.h"

#include "common/base/arena.h"
#include "common/base/text.h"

#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_SIZE = 64, NEAREST = 3 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Levenshtein's distance of two names; what is longer than NAME_MAX_SIZE counts as far. */
static unsigned distance(const char *a, size_t a_size, const char *b)
{
    unsigned row[NAME_MAX_SIZE + 1];
    size_t b_size = strlen(b);

    if (a_size > NAME_MAX_SIZE || b_size > NAME_MAX_SIZE)
        return NAME_MAX_SIZE;
    for (size_t j = 0; j <= b_size; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_size; j++) {
            unsigned above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_size];
}

static const char *listed(struct arena *arena, const char *list, const char *name, size_t size)
{
    return text_print(arena, "%s%s%.*s", list, list[0] ? ", " : "", (int)size, name);
}

const char *near_names(struct arena *arena, const char *given, const char *known)
{
    const char *near = "", *all = "";
    unsigned limit = 1 + (unsigned)strlen(given) / 3;
    unsigned found = 0;

    for (unsigned wanted = 0; wanted <= limit && found < NEAREST; wanted++)
        for (const char *at = known; *at; at += strcspn(at, ",") + 1) {
            size_t size = strcspn(at, ",");
            if (distance(at, size, given) == wanted && found < NEAREST) {
                near = listed(arena, near, at, size);
                found++;
            }
        }
    for (const char *at = known; *at && found == 0; at += strcspn(at, ",") + 1)
        all = listed(arena, all, at, strcspn(at, ","));
    return found > 0 ? near : all;
}
