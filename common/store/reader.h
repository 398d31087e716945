/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader: the read-only side of a store, as its own parts see it (questions, followers, audit).
 */
#pragma once
#include "common/store/entry_row.h"
#include "common/store/load.h"

struct store_reader {
    const struct service *service;
    char *conninfo;
    struct pg *pg;
    struct loader *loader;
    struct pipeline *pipeline;
    struct rows *rows;
    struct arena *arena; /* of the last question or page */
};

/* Runs what was added; a connection that was lost is made again, once. Refused: UNAVAILABLE or BROKEN. */
MUST_CHECK enum status reader_run(struct store_reader *reader, struct refusal *refusal);

/* Loads the rows that are wanted, in a transaction that `begin` opens and reader_end() ends: all of a question's rows
 * are of one moment. */
MUST_CHECK enum status reader_load(struct store_reader *reader, struct arena *arena, bool begin,
                                   struct refusal *refusal);
void reader_end(struct store_reader *reader);

/* Adds the call for up to `limit` entries after a position; its results are read with entry_row(). */
void reader_add_entries(struct store_reader *reader, uint32_t partition, uint64_t after, uint32_t limit);
