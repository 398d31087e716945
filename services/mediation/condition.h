/* SPDX-License-Identifier: Apache-2.0
 *
 * Condition: what a route to enforcement depends on: named predicates, each with reason, remedy and article.
 *
 * Refuses   to be a language: what no condition says is written in C.
 */
#pragma once
#include "services/mediation/enforcement.h"

struct enforcement_condition {
    Mediation__Answered (*holds)(const struct enforcement_facts *facts);
    const char *fact;     /* field of Route__Facts that decides it; NULL where rows do */
    const char *question; /* asks for it; NULL with it */
    const char *reason;
    const char *remedy;
    const char *article; /* NULL: the route's own */
    bool opens;          /* comes true when the next payment is not made in time */
};

extern const struct enforcement_condition CONDITION_IN_EFFECT, CONDITION_LABOUR, CONDITION_JOINT, CONDITION_PRESIDED,
    CONDITION_PAYMENT_ONLY, CONDITION_PAYMENT_IN_LABOUR, CONDITION_IDENTIFIED, CONDITION_NO_RELATION,
    CONDITION_NO_TITLE, CONDITION_STATUTORY_CLAIM, CONDITION_ARREARS, CONDITION_PAY_IN_LABOUR, CONDITION_BREACH,
    CONDITION_OVERDUE, CONDITION_NO_COUNTER_DUTY, CONDITION_DELIVERABLE, CONDITION_NO_PRESERVATION,
    CONDITION_UNDISPUTED, CONDITION_DEBTOR_ACCEPTS, CONDITION_IOU, CONDITION_TITLE, CONDITION_UNPAID;
