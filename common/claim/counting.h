/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting: a sheet being filled, and what every calculator does with it. Private to this folder.
 *
 * After the first error nothing more is added: a calculator goes on and the error is returned at the end.
 */
#pragma once
#include "common/base/text.h"
#include "common/claim/claim.h"

struct counting {
    const struct bases *bases;
    const Claim__Count *count;
    uint32_t place;
    struct arena *arena;
    Claim__Sheet *sheet;
    bool withheld; /* nothing is due yet, whatever the sum */
    enum status status;
    struct refusal *refusal;
};

/* Refuses amounts, days, quantities and names of enums that no claim can have, in a message and all in it. */
void form_check(struct counting *counting, const ProtobufCMessage *message);

/* ---- the calculators: what they get passed form_check ---- */

void injury_count(struct counting *counting, const Claim__Injury *injury);
void wages_count(struct counting *counting, const Claim__Wages *wages);
void compensation_count(struct counting *counting, const Claim__Compensation *compensation);
void costs_count(struct counting *counting, const Claim__Costs *costs);

/* The sum of what was paid already. */
int64_t counting_paid(struct counting *counting, Claim__Payment **paid, size_t count);

/* ---- what they add ---- */

/* A line without an amount yet. Articles are borrowed. */
Claim__Line *counting_line(struct counting *counting, Claim__Item item, const char *article);
/* Its formula; the texts after it, up to NULL, are its values. */
void counting_formula(struct counting *counting, Claim__Line *line, const char *formula, ...) __attribute__((sentinel));
/* Its amount: fen * multiply / divide, rounded once. */
void counting_amount(struct counting *counting, Claim__Line *line, int64_t fen, int64_t multiply, int64_t divide);

/* Values, up to NULL, fill reason and remedy. What is missing is asked for once, whatever number of lines wants it;
 * where a law says in which order it comes, the caller sets its article. */
Claim__Missing *counting_missing(struct counting *counting, const char *field, const char *reason, const char *remedy,
                                 ...) __attribute__((sentinel));
void counting_not_due(struct counting *counting, Claim__Item item, const char *reason, const char *article, ...)
    __attribute__((sentinel));

/* An error, where there is none yet. */
void counting_refuse(struct counting *counting, const char *field, const char *reason, const char *remedy);
/* amount_times with the error kept; 0 then. */
int64_t counting_times(struct counting *counting, const char *field, int64_t fen, int64_t multiply, int64_t divide);

/* ---- base figures ---- */

/* The figure of the year before `day` in a series; false: an error. */
bool counting_year_before(struct counting *counting, const char *series, uint32_t place, int32_t day,
                          struct base_figure *figure);
/* The same of the series that the asker chose for a purpose or that is loaded for the place, or of its second series
 * where that is higher; false: an error, or the series is asked for. */
bool counting_purpose(struct counting *counting, Claim__Purpose purpose, int32_t day, struct base_figure *figure);
/* The minimum wage on a day. */
bool counting_minimum_wage(struct counting *counting, int32_t day, struct base_figure *figure);
/* The line says which figure it starts from, and by which event that year was chosen; it takes on the figure's marks.
 */
void counting_base(struct counting *counting, Claim__Line *line, const struct base_figure *figure, const char *event);
/* 1 of a monthly series, 12 of an annual one: what a figure is divided by to be a month's. */
int64_t figure_months(const struct base_figure *figure);
/* A month of it, for people and comparisons. */
int64_t figure_month(struct counting *counting, const struct base_figure *figure);

/* ---- averages and texts ---- */

enum { AVERAGE_MONTHS_MAX = 12 };

/* The average of up to 12 months, or `average` where none are listed. 0: neither was given, or an error. */
int64_t counting_average(struct counting *counting, const char *field, const int64_t *months, size_t count,
                         int64_t average);

const char *yuan_text(struct counting *counting, int64_t fen);
/* "23.2" of 2320. */
const char *quantity_text(struct counting *counting, uint32_t number);
const char *number_text(struct counting *counting, int64_t value);
const char *day_text(struct counting *counting, int32_t day);
