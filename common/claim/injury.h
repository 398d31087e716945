/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury: what the parts of a work-injury claim share. Private to this folder.
 *
 * Source    Regulation on Work-Injury Insurance (2010), Arts 30-41, 62-66; MOHRSS Opinion I, 10 and 14; Order 9 of 2010
 * for illegal employers.
 */
#pragma once
#include "common/claim/counting.h"

struct injury {
    struct counting *counting;
    const Claim__Injury *asked;
    Claim__Payer fund; /* who pays what the fund pays for the insured; none while that is not known */
};

/* The average contribution wage, bounded by 60 and 300 percent of the area's average (Art. 64). */
struct own_wage {
    int64_t fen;
    enum own_wage_bound { OWN_WAGE_AS_IT_IS, OWN_WAGE_LIFTED, OWN_WAGE_CAPPED } bound;
    int64_t area_fen; /* a month of the area's average */
    struct base_figure figure;
};

/* False: an error, or something is asked for. */
bool injury_own_wage(struct injury *injury, struct own_wage *wage);
bool injury_bounded_wage(struct injury *injury, int32_t day, int64_t average, struct own_wage *wage);

/* Formulas over an own wage: so many months of it, or so many percent a month. */
void injury_months_of_wage(struct injury *injury, Claim__Line *line, const struct own_wage *wage, uint32_t months);
void injury_percent_of_wage(struct injury *injury, Claim__Line *line, const struct own_wage *wage, uint32_t percent);

/* So many years of a figure, in one sum. */
void injury_years_of_wage(struct injury *injury, Claim__Line *line, const struct base_figure *figure, uint32_t years);
/* The place that a rule of this level means. */
uint32_t injury_place(const struct injury *injury, Claim__Level level);

/* The place's rule where benefits are chosen in one sum; NULL: they are not, or cannot be. */
const Claim__LumpSum *injury_at_once(struct injury *injury);
/* Of grades 1 to 4, instead of benefit, allowance and nursing. */
void injury_lump_sum(struct injury *injury, const Claim__LumpSum *rule);
/* A dependant's monthly line becomes one sum. */
void injury_dependant_at_once(struct injury *injury, Claim__Line *line, const Claim__Dependant *dependant,
                              const Claim__LumpSum *rule);

/* What goes by the wage and its year: the parts below. */
void injury_benefits(struct injury *injury);
/* What the fund pays of them by a wage that was declared too low, and what the employer makes good. */
void injury_top_up(struct injury *injury);

void injury_grade(struct injury *injury);     /* one-time benefit, allowance, nursing by the appraisal */
void injury_subsidies(struct injury *injury); /* at the end of the contract */
void injury_death(struct injury *injury);
void injury_illegal(struct injury *injury); /* instead of all of them */
