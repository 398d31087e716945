/* SPDX-License-Identifier: Apache-2.0
 *
 * Assignment: which mediator takes which case, and why not another one.
 *
 * Owns      the pool of each office (affinity: office): mediators, what they know, their limits, loads and leave; what
 * each case wants, who was proposed, who declined. Follows   mediation ("case opened" opens a matter, "case closed"
 * lowers the load). Refuses   a mediator who worked for a respondent, lacks the expertise or the language, is on leave,
 * at his limit or declined the case, also where the parties choose him; an answer by anybody but the mediator who was
 * asked.
 *
 * A matter's id is its case's id in mediation: both have the office as their affinity, so they lie in the same
 * partition, and the lightest load in a pool is one decision. choose.h is the choice itself; roster, matter, propose
 * and answer are the commands; explain and list are the questions.
 */
#pragma once
#include "common/service.h"

extern const struct service ASSIGNMENT;
