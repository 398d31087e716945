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

/* Adds the call for up to `limit` entries after a position; its results are read with entry_row(). */
void reader_add_entries(struct store_reader *reader, uint32_t partition, uint64_t after, uint32_t limit);
