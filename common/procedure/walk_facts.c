/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts for a walk: the bits.
 */
#include "common/procedure/walk_facts.h"

#include "common/procedure/fact.h"

struct step_facts walk_facts(uint32_t bits)
{
    const bool represented = bits & 1;
    struct step_facts facts = {
        .form_only = true,
        .claims = 1,
        .representatives = represented, /* one worker may not name one */
        .missing_papers = bits >> 1 & 1,
        .respondent_consents = bits >> 2 & 1,
        .mediator_set = bits >> 3 & 1,
        .all_sums_fixed = bits >> 4 & 1,
        .instalments_sum = bits >> 5 & 1,
        .parties_signed = bits >> 6 & 1,
        .mediator_signed = bits >> 7 & 1,
        .sealed = bits >> 8 & 1,
        .performed = bits >> 9 & 1,
        .overdue = bits >> 10 & 1,
        .invited_consents = bits >> 11 & 1,
        .established = bits >> 12 & FACTS_ALL,
    };

    facts.moments[TIAOJIE__PROCEDURE__START__START_KNOWLEDGE] = bits >> 15 & 1;
    facts.moments[TIAOJIE__PROCEDURE__START__START_ACCIDENT] = bits >> 16 & 1;
    return facts;
}

static bool matters(const struct guard *guard, uint32_t bit)
{
    const struct step_facts none = walk_facts(0), one = walk_facts(bit);
    const struct step_facts all = walk_facts(WALK_FACTS_ALL), without = walk_facts(WALK_FACTS_ALL & ~bit);

    return guard->holds(&none) != guard->holds(&one) || guard->holds(&all) != guard->holds(&without);
}

uint32_t walk_facts_that_matter(const struct transition *chain)
{
    uint32_t mask = 0;

    for (; chain; chain = chain->next)
        for (size_t i = 0; i < chain->step->definition->n_guards; i++)
            for (uint32_t bit = 1; bit < WALK_FACTS_ALL; bit <<= 1)
                if (matters(chain->step->guards[i], bit))
                    mask |= bit;
    return mask;
}

uint32_t walk_facts_next(uint32_t bits, uint32_t mask)
{
    return (bits - mask) & mask;
}
