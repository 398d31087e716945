/* SPDX-License-Identifier: Apache-2.0
 *
 * Number: looking up.
 */
#include "common/procedure/number.h"

#include <assert.h>
#include <string.h>

size_t state_number(const Tiaojie__Procedure *definition, const char *name)
{
    size_t state = 0;

    if (!*name)
        return 0;
    while (state < definition->n_states && strcmp(definition->states[state]->name, name) != 0)
        state++;
    assert(state < definition->n_states);
    return state + 1;
}

const char *state_name(const Tiaojie__Procedure *definition, size_t state)
{
    return state ? definition->states[state - 1]->name : "";
}

bool state_is_final(const Tiaojie__Procedure *definition, size_t state)
{
    return state && definition->states[state - 1]->final;
}

size_t clock_number(const Tiaojie__Procedure *definition, const char *name)
{
    size_t clock = 0;

    while (clock < definition->n_clocks && strcmp(definition->clocks[clock]->name, name) != 0)
        clock++;
    assert(clock < definition->n_clocks);
    return clock;
}
