/* SPDX-License-Identifier: Apache-2.0
 *
 * Wages: the floor of overtime, where a place has one. Private to this folder.
 */
#pragma once
#include "common/claim/counting.h"

enum { WAGE_DAY_HOURS = 8 };

struct wage_floor {
    const Claim__WageRules *rules; /* NULL: the place has none, or it does not concern this item */
    struct base_figure minimum;    /* the minimum wage on the days of the item */
    bool raised;                   /* the rate was below it */
};

/* Looks up what holds for an item of overtime; false: an error, or something is asked for. */
bool wage_floor_find(struct counting *counting, const Claim__WageItem *item, struct wage_floor *floor);
/* A rate below the floor becomes the minimum wage a month. `month_days` is known unless the rate is a month's. */
void wage_floor_raise(struct counting *counting, Claim__WageItem *item, uint32_t month_days, struct wage_floor *floor);
/* The line says so, with the figure; the fifth value of its formula is the rule's article. */
void wage_floor_say(struct counting *counting, Claim__Line *line, const struct wage_floor *floor);
