/* SPDX-License-Identifier: Apache-2.0
 *
 * Watch: time limits that run on beside a case, and of which people are warned before they are over.
 *
 * Owns      nothing: a warning follows from a clock's row, its rule and the day. It isn't kept.
 * Refuses   to warn of what nobody loses by mediating: only clocks that a definition marks as parallel are watched.
 */
#pragma once
#include "common/procedure/law.h"

/* Where and when is asked. */
struct watch {
    const struct law *law;
    uint32_t place;
    int32_t today;
    struct arena *arena;
};

/* The warning of this clock, whose procedure is in `state`. In the arena; NULL: it isn't watched, doesn't run, is not
 * near its end yet, or is over. */
Tiaojie__ClockWarning *watch_warning(const struct watch *watch, const Store__Clock *row, const char *state);

/* The watched clocks of a procedure in `state` that never ran, and that a step of this state would start: nobody said
 * from which day they are counted. `rows`: all clock rows of the aggregate. In the arena. */
Tiaojie__ClockUnknown **watch_unknown(const struct watch *watch, const struct procedure *procedure, const char *state,
                                      const void *const *rows, size_t row_count, size_t *count);
