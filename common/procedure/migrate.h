/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrate: what would change for something that runs if it went on under another version of its procedure.
 *
 * Refuses   to move anything: what runs keeps the version that it began with. It says whom a move would touch, so that
 * people can decide whether a correction is worth one.
 */
#pragma once
#include "common/procedure/law.h"

enum migration_verdict {
    MIGRATION_SAME,  /* no day, no step and no article would be another */
    MIGRATION_MOVED, /* something would */
    MIGRATION_STUCK, /* its state, or a clock that runs, is not there any more: nothing says how it goes on */
};

/* An open clock under the other version. */
struct migration_clock {
    const Store__Clock *row;
    bool known;       /* there is a clock of this name */
    int32_t last_day; /* counted by its rule there, from the same start, with the same pauses and extensions */
    bool provisional;
    bool differs; /* it rests on another article, or its running out does something else */
};

struct migration {
    enum migration_verdict verdict;
    bool goes_on; /* the other version has this state, and it is no final one there */
    struct migration_clock *clocks;
    size_t clock_count;
    const char *lost;   /* steps that people may take in this state by the first version only, with commas */
    const char *gained; /* by the other one only */
};

/* Whether something in this state still runs. */
bool procedure_runs(const struct procedure *procedure, const char *state);

/* `rows`: its open clocks (running or paused). Everything in the arena. */
struct migration migration_judge(const struct law *law, const struct procedure *from, const struct procedure *to,
                                 const char *state, const Store__Clock *const *rows, size_t count, struct arena *arena);

const char *migration_verdict_name(enum migration_verdict verdict);
