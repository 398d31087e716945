/* SPDX-License-Identifier: Apache-2.0
 *
 * Cut: a wire between a store and PostgreSQL that breaks at a chosen moment: the server has committed, nobody heard of
 * it.
 */
#pragma once

struct cut;

/* A wire to the server of this conninfo; `conninfo` receives the one for its other end. */
struct cut *cut_new(const char *server_conninfo, char conninfo[512]);
void cut_free(struct cut **cut);

/* Breaks the connections, once, instead of passing on what tells of the next commit; later connections go through. */
void cut_at_commit(struct cut *cut);
