/* SPDX-License-Identifier: Apache-2.0
 *
 * Bases: the figures that sums of the law start from (average wages, minimum wages, incomes), as named series with
 * place and year, and what a place has decided for work injuries.
 *
 * Owns      which of several figures counts: the nearest place, and of two files the one issued later.
 * Refuses   a figure of another year without saying so: where the year's own is not published yet, the year before
 * stands in and is marked (MOHRSS Opinion I on the Regulation on Work-Injury Insurance, 14); any other gap is an error
 * that names series, place and year.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "proto/claim.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct bases;

enum { BASES_YEAR_MIN = 1949, BASES_YEAR_MAX = 2199, GRADE_SUBSIDY_FIRST = 5, GRADE_SUBSIDIES = 6 };

/* Lives in the arena, as does what it keeps. */
struct bases *bases_new(struct arena *arena);

/* Takes a file, which stays borrowed. All or nothing: a refused one changes nothing. */
MUST_CHECK enum status bases_add(struct bases *bases, const Claim__Bases *file, struct refusal *refusal);

struct base_figure {
    const Claim__Series *series;
    int64_t fen;
    uint32_t year;    /* 0: of a figure in force from a day */
    const char *from; /* "": of a year's figure */
    bool provisional; /* the year before the wanted one */
    bool unverified;
    const struct base_figure *passed_over; /* of two the lower one, where the higher counts; else NULL */
};

/* The figure of `year` in the series of this name whose place is nearest to `place`. UNKNOWN names what is not loaded;
 * its texts are in the arena. */
MUST_CHECK enum status bases_of_year(const struct bases *bases, const char *series, uint32_t place, uint32_t year,
                                     struct arena *arena, struct base_figure *figure, struct refusal *refusal);
/* The figure in force on a day. */
MUST_CHECK enum status bases_on_day(const struct bases *bases, const char *series, uint32_t place, int32_t day,
                                    struct arena *arena, struct base_figure *figure, struct refusal *refusal);

/* NULL: nothing is loaded that holds there on that day; day 0: on whatever day. */
const Claim__Use *bases_use(const struct bases *bases, Claim__Purpose purpose, uint32_t place, int32_t day);
const Claim__InjuryRules *bases_injury_rules(const struct bases *bases, uint32_t place, int32_t day);
const Claim__WageRules *bases_wage_rules(const struct bases *bases, uint32_t place, int32_t day);

/* What a file must keep to; for bases_add. The field that is named, such as "series[2].figures[0].fen", is in the
 * arena. */
MUST_CHECK enum status bases_check(const Claim__Bases *file, struct arena *arena, struct refusal *refusal);

/* First and last day of validity, which bases_check found good; INT32_MIN and INT32_MAX where they are open. */
bool bases_valid(const char *from, const char *until, int32_t day);
int32_t bases_first_day(const char *from);
