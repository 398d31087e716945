/* SPDX-License-Identifier: Apache-2.0
 *
 * Partition: what the owner of a partition keeps in memory of it: the log's head, the readers' cursors, the aggregates
 * that stand aside, and when the next clock fires.
 *
 * Owns      copies; the truth is in the database, and the log's primary key notices a copy that went stale.
 */
#pragma once
#include "common/seal/hash.h"
#include "common/store/load.h"
#include "common/store/store.h"

enum { SOURCE_NAME_MAX = 32, CALENDARS_MARK = 32 };

/* A running clock's place in the order of firing. */
struct clock_place {
    int64_t fire_at;
    uint64_t about;
    uint32_t ordinal;
};

struct cursor {
    char source[SOURCE_NAME_MAX];
    uint32_t source_partition;
    uint64_t position;
    uint8_t hash[HASH_BYTES];
};

struct parked {
    char source[SOURCE_NAME_MAX];
    uint64_t target;
    uint64_t position; /* of the first event that was refused */
};

struct partition {
    bool taken;
    bool stale;  /* somebody else wrote, or a commit's outcome is not known: read again before the next batch */
    bool fenced; /* the last attempt met another writer */
    uint64_t head;
    uint8_t hash[HASH_BYTES];
    int64_t next_due; /* not later than the next clock's fire_at; INT64_MAX: none runs */
    struct clock_place
        passed; /* clocks up to here were looked at: one whose command is refused is not fired for ever */
    struct cursor *cursors;
    size_t cursor_count;
    struct parked *parked;
    size_t parked_count;
    char calendars[CALENDARS_MARK]; /* by which lists of working days its open clocks were counted last */
    struct clock_place recounted;   /* the same by newer lists, up to this one (fire_at does not count) */
};

extern const struct clock_place CLOCKS_BEGIN;

/* The statements that it uses. */
MUST_CHECK enum status partition_prepare(const struct loader *loader, struct pg *pg, struct refusal *refusal);

/* Reads it, whatever was known before. */
enum pg_outcome partition_load(struct partition *partition, uint32_t number, struct pipeline *pipeline);
void partition_forget(struct partition *partition);

/* NULL when this source partition was never read here. */
const struct cursor *partition_cursor(const struct partition *partition, const char *source, uint32_t source_partition);
/* Moves a cursor forward (never back). */
void partition_mark(struct partition *partition, const struct inbox_mark *mark);

/* The position behind which this aggregate stands aside, 0: it does not. */
uint64_t partition_parked(const struct partition *partition, const char *source, uint64_t target);
void partition_park(struct partition *partition, const char *source, uint64_t target, uint64_t position);

/* Takes notice of a clock that runs now. */
void partition_clock_runs(struct partition *partition, const struct clock_place *place);
