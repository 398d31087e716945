/* SPDX-License-Identifier: Apache-2.0
 *
 * A case brought to where a test of mediation begins: twelve workers (two of them representatives) against a
 * subcontractor, the general contractor jointly liable. Its procedure is a short one of the tests' own.
 */
#pragma once
#include "proto/mediation.pb-c.h"
#include "services/mediation/case.h"
#include "services/mediation/mediation.h"
#include "tests/unit/stage.h"

enum { OFFICE = 7, MEDIATOR = 5377, WORKERS = 12, WAGE_FEN = 100000 };

#define CLERK (1u << TIAOJIE__ROLE__ROLE_CLERK)
#define MEDIATES (1u << TIAOJIE__ROLE__ROLE_MEDIATOR)
#define HEAD (1u << TIAOJIE__ROLE__ROLE_HEAD)

int32_t on(const char *day);

/* 8 May 2026, noon; a clerk of the office. */
struct stage *story_new(void);

void as_clerk(struct stage *stage);
void as_mediator(struct stage *stage);
void as_head(struct stage *stage);

/* The case's id. Each goes on from the one before. */
uint64_t story_opened(struct stage *stage);
uint64_t story_mediating(struct stage *stage);
uint64_t story_in_session(struct stage *stage);
/* Eleven workers agreed on three monthly instalments from 31 May; worker 12 stays outside. */
uint64_t story_drafted(struct stage *stage);
uint64_t story_sealed(struct stage *stage);

/* A draft's body: these workers, each the wage, and what else stands in it ("" or ", ..."). */
const char *draft_of(struct stage *stage, uint32_t first, uint32_t last, const char *more);
/* printf for bodies. */
const char *body(struct stage *stage, const char *format, ...) __attribute__((format(printf, 2, 3)));

const MediationRows__Case *the_case(struct stage *stage, uint64_t id);
const MediationRows__Instalment *the_instalment(struct stage *stage, uint64_t id, uint32_t ordinal);
