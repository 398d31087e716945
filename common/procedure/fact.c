/* SPDX-License-Identifier: Apache-2.0
 *
 * Fact: the table.
 */
#include "common/procedure/fact.h"

#include "common/base/text.h"

#include <string.h>

static const struct {
    const char *name;
    uint32_t bit;
} FACTS[] = {
    {"work injury", FACT_WORK_INJURY},
    {"injury recognised", FACT_INJURY_RECOGNISED},
    {"capacity appraised", FACT_CAPACITY_APPRAISED},
};

enum { FACT_COUNT = sizeof FACTS / sizeof *FACTS };

uint32_t fact_bit(const char *name)
{
    for (size_t i = 0; i < FACT_COUNT; i++)
        if (strcmp(FACTS[i].name, name) == 0)
            return FACTS[i].bit;
    return 0;
}

const char *fact_names(struct arena *arena)
{
    const char *names = FACTS[0].name;
    for (size_t i = 1; i < FACT_COUNT; i++)
        names = text_print(arena, "%s, %s", names, FACTS[i].name);
    return names;
}

uint32_t facts_after(uint32_t before, const Tiaojie__StepTaken *taken)
{
    for (size_t i = 0; i < taken->n_established; i++)
        before |= fact_bit(taken->established[i]);
    for (size_t i = 0; i < taken->n_refuted; i++)
        before &= ~fact_bit(taken->refuted[i]);
    return before;
}
