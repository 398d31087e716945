/* SPDX-License-Identifier: Apache-2.0
 *
 * Watch: the thread that reads schema node, so that the gateway's loop never waits for the database.
 *
 * Owns      the gateway's database connection. It hands whole new copies to the loop: of people as soon as
 * tiaojie-admin notifies `principal` (and every few seconds besides), of owners a few times a second. Refuses   to take
 * anything away while the database is down: the last copy holds.
 */
#pragma once
#include "services/gateway/directory.h"

struct watch;

/* `conninfo` is copied. Waits for the first copies: UNAVAILABLE when the database cannot be read. */
MUST_CHECK enum status watch_start(const char *conninfo, struct watch **watch, struct refusal *refusal);
void watch_stop(struct watch **watch);

/* For poll: readable when there are new copies. */
int watch_descriptor(const struct watch *watch);

/* Replaces the loop's copies by newer ones where there are some; frees the old ones. True when anything changed. */
bool watch_update(struct watch *watch, struct people **people, struct owners **owners);

/* Asks for new owners now: a service said `moved`, or a partition has nobody. */
void watch_hurry(struct watch *watch);

/* For the key check, on its own thread: whether anybody has or had this key. An unknown key makes the watch read once
 * more before the answer, so that a key works the moment after it was added. */
bool watch_knows(struct watch *watch, const char *key);
