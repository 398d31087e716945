/* SPDX-License-Identifier: Apache-2.0
 *
 * Wage floor: overtime is not counted from less than the minimum wage where the place says so (Beijing 44). Pieces have
 * their own rate and no floor.
 */
#include "common/claim/wages.h"

bool wage_floor_find(struct counting *counting, const Claim__WageItem *item, struct wage_floor *floor)
{
    const int32_t until = item->until_day ? item->until_day : item->from_day,
                  from = item->from_day ? item->from_day : item->until_day;
    struct base_figure last;

    *floor = (struct wage_floor){.rules = NULL};
    if (item->rate == CLAIM__MEASURE__MEASURE_PIECE)
        return true;
    const Claim__WageRules *rules = bases_wage_rules(counting->bases, counting->place, from);
    if (!rules)
        return true;
    if (!from) {
        counting_missing(counting, "items.from_day", N_("overtime is not counted from less than the minimum wage here"),
                         N_("enter the first and last day of this overtime"), NULL);
        return false;
    }
    if (!counting_minimum_wage(counting, from, &floor->minimum) || !counting_minimum_wage(counting, until, &last))
        return false;
    if (last.fen != floor->minimum.fen) {
        counting_missing(counting, "items.until_day", N_("the minimum wage changed between %1 and %2"),
                         N_("enter the overtime before and after the change as items of their own"),
                         day_text(counting, from), day_text(counting, until), NULL);
        return false;
    }
    floor->rules = rules;
    return true;
}

void wage_floor_raise(struct counting *counting, Claim__WageItem *item, uint32_t month_days, struct wage_floor *floor)
{
    const int64_t minimum = floor->rules ? figure_month(counting, &floor->minimum) : 0;
    int64_t whole = 1, part = 1; /* of a month that the rate is for */

    if (item->rate != CLAIM__MEASURE__MEASURE_MONTH) {
        whole = CLAIM_WHOLE;
        part = month_days;
    }
    if (item->rate == CLAIM__MEASURE__MEASURE_HOUR)
        part *= WAGE_DAY_HOURS;
    /* rate * part < minimum * whole, without the product of a large rate */
    if (!floor->rules || minimum <= 0 || item->rate_fen > (minimum * whole - 1) / part)
        return;
    item->rate_fen = minimum;
    item->rate = CLAIM__MEASURE__MEASURE_MONTH;
    floor->raised = true;
}

void wage_floor_say(struct counting *counting, Claim__Line *line, const struct wage_floor *floor)
{
    if (!floor->rules)
        return;
    counting_base(counting, line, &floor->minimum, N_("the days of the overtime"));
    line->unverified = line->unverified || floor->rules->unverified;
    if (floor->raised)
        line->note = N_("the rate was below the minimum wage and is raised to it (%5)");
}
