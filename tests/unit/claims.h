/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims: counting and checking for the tests, from JSON with single quotes for double ones.
 */
#pragma once
#include "common/claim/claim.h"

#include <cmocka.h>

struct claims {
    struct arena *arena;
    struct bases *bases;
    struct refusal refusal;
    enum status status; /* of the last question */
    Claim__Sheet *sheet;
    Claim__Checked *checked;
};

/* cmocka's setup and teardown; without any base figure. */
int claims_up(void **state);
int claims_down(void **state);

/* Adds a file that must not be refused; "'issued': '2026-01-01'" and a name are added. */
void given_bases(struct claims *claims, const char *json);
enum status when_bases_added(struct claims *claims, const char *json);
/* One series with its figures; `per` is month or year. */
void given_series(struct claims *claims, const char *name, unsigned place, const char *per, const char *figures);
/* Everything that stands in law/bases. */
void given_law_bases(struct claims *claims);

/* Place 520000: an average of 5,000 a month in 2019 and 2022 bounds the own wage; of grade 9 medical subsidy 6 months,
 * employment subsidy 10; minimum wage: the series "minimum", which has no figure yet. */
void given_example_area(struct claims *claims);

int32_t claims_day(const char *date);

void when_counted(struct claims *claims, const char *json);
void when_checked(struct claims *claims, const char *json);
/* Hands the last sheet in again, with the facts of the claim, or without them (NULL). */
void when_sheet_handed_in(struct claims *claims, const char *count);

/* The only line of this item; the test fails when there is none, or more. */
const Claim__Line *then_line(struct claims *claims, Claim__Item item);
/* Its amount, and an article that it has. */
void then_amount(struct claims *claims, Claim__Item item, int64_t fen);
void then_no_line(struct claims *claims, Claim__Item item);
void then_total(struct claims *claims, int64_t fen);
/* What the sheet asks for; `words` stands in the reason with its values. */
void then_missing(struct claims *claims, const char *field, const char *words);
void then_nothing_missing(struct claims *claims);
void then_not_due(struct claims *claims, Claim__Item item, const char *words);
void then_refused_claim(struct claims *claims, enum status status, const char *field, const char *words);
/* What stands beside the formula, with its values. */
const char *note_text(struct claims *claims, const Claim__Line *line);
/* The formula with its values. */
const char *formula_text(struct claims *claims, const Claim__Line *line);
