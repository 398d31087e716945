/* SPDX-License-Identifier: Apache-2.0
 *
 * Choose: which mediator of a pool a case goes to, and why the others don't get it.
 *
 * Pure: it sees neither rows nor messages. The criteria, in the order in which they are looked at: nobody who declined
 * this case; nobody who worked for a party; the kind of dispute; the language; leave; the limit. Of those who are left
 * the one with the lightest load is chosen, of equals the one who waited longest, of these the first in the pool.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum choose_verdict {
    CHOOSE_ELIGIBLE = 1,
    CHOOSE_CONFLICT = 2,
    CHOOSE_EXPERTISE = 3,
    CHOOSE_LANGUAGE = 4,
    CHOOSE_LEAVE = 5,
    CHOOSE_LIMIT = 6,
    CHOOSE_DECLINED = 7,
};

/* Lists are as in common/base/lines.h. */
struct choose_candidate {
    const char *kinds;          /* list */
    const char *languages;      /* list */
    const char *employer_names; /* list: organisations that he worked for */
    const char *employer_codes; /* list: their credit codes */
    int32_t leave_from;         /* both days included; 0: no leave */
    int32_t leave_until;
    uint32_t limit;
    uint32_t load;      /* cases in hand and proposals that he has not answered */
    int64_t idle_since; /* when a case came last, microseconds UTC; 0: never */
    bool declined;      /* this case */
};

/* A party that is not a worker. */
struct choose_opponent {
    const char *name; /* organisation, "" for a person */
    const char *credit_code;
};

struct choose_case {
    const char *kind;
    const char *language; /* "": none wanted */
    int32_t today;
    const struct choose_opponent *opponents;
    size_t opponent_count;
};

enum { CHOOSE_VALUES_MAX = 2 };

struct choose_finding {
    enum choose_verdict verdict;
    const char *reason; /* template */
    const char *values[CHOOSE_VALUES_MAX];
    size_t value_count;
};

/* Values that are numbers or days are written into the arena. */
struct choose_finding choose_judge(const struct choose_candidate *candidate, const struct choose_case *wanted,
                                   struct arena *arena);

/* Index of the eligible one to be chosen; `count` when there is none. */
size_t choose_lightest(const struct choose_candidate *candidates, const struct choose_finding *findings, size_t count);
