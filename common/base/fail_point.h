/* SPDX-License-Identifier: Apache-2.0
 *
 * Fail point: a named place at which the kill test ends a process as `kill -9` would.
 *
 * The environment names one place and a pass: TIAOJIE_FAIL_POINT=batch.before_commit:3 ends the process when it comes
 * there for the third time. Without the variable a fail point does nothing. Refuses   (by assert) a place that is not
 * in the table: the kill test visits every place in it.
 */
#pragma once

void fail_point(const char *name);

/* All names, ended by NULL. */
const char *const *fail_point_names(void);
