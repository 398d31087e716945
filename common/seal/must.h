/* SPDX-License-Identifier: Apache-2.0
 *
 * Must: calls of OpenSSL that cannot fail in an installation that works. For the files of common/seal only.
 *
 * A missing algorithm, no memory or no source of randomness leaves nothing to go on with: the process ends and says so.
 * Refuses   to be used where a peer's bytes decide the result: such calls return a status.
 */
#pragma once

/* Ends the process unless `result` is 1; `what` names the step in its last line on stderr. */
void must(int result, const char *what);

/* The same for calls that return an object: NULL ends the process. */
void *must_have(void *object, const char *what);
