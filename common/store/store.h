/* SPDX-License-Identifier: Apache-2.0
 *
 * Store: one service's partitions in PostgreSQL: load, decide, apply, write, commit: one batch, one transaction.
 *
 * Owns      its connection, the heads (position and hash) of its partitions, the batch's working set.
 * Refuses   to answer before a COMMIT without warning, and to write behind another writer: the primary key
 *           (partition, position) of the log is the fence.
 *
 * A store belongs to one thread. It blocks; what goes on meanwhile (receiving, sealing) happens on other threads.
 */
#pragma once
#include "common/base/uuid.h"
#include "common/service.h"
#include "proto/log.pb-c.h"

struct store;

/* Where a reader stood: written with the batch that took its effect (table inbox). */
struct inbox_mark {
    const char *source;
    uint32_t source_partition;
    uint64_t after; /* the cursor that this one follows: with another cursor the work is BUSY and nothing is written, so
                     * that no later work of a reader overtakes one that failed */
    uint64_t
        position;     /* the entry's position * EVENTS_MAX + the event's place in it; EVENTS_MAX - 1: the whole entry */
    uint8_t hash[32]; /* of that entry */
};

/* One command waiting for its decision, and its outcome. The sender owns it and its arena until the batch is done. */
struct work {
    /* in */
    const struct command *command; /* NULL: only `mark` is to be written */
    struct uuid id;
    uint64_t target;
    uint32_t partition;
    uint64_t expected_version;
    int64_t deadline; /* microseconds UTC, 0: none; judged against `stamp.received_at`'s business time when decided */
    Tiaojie__Stamp stamp;
    ProtobufCMessage *body; /* sealed already */
    uint8_t digest[32];     /* keyed hash of the body as received, before sealing */
    const char *trace;      /* at most 64 characters */
    bool has_mark;          /* a reader's command */
    struct inbox_mark mark;
    uint64_t
        source_about; /* a reader's: the source's aggregate. When this work is refused, its later ones stand aside */
    struct arena *arena;
    /* OK on the way in; a reader's work whose preparing was refused comes with that refusal, and is parked with it */
    enum status status;
    /* out; memory in `arena` */
    struct refusal refusal;
    uint64_t position;
    uint64_t about;
    bool repeated; /* answered from the log: the same command was accepted before */
    Tiaojie__Event **events;
    size_t event_count;
    void *owner; /* the sender's own */
};

struct store_conf {
    const char *conninfo; /* with the service's role; search_path and planner settings are set by the store */
    const char *node;
    uint32_t partitions;
    const struct law *law;
    bool one_partition; /* one partition a transaction, as Citus wants it; otherwise a batch sweeps */
};

/* Connects, compares every table with its message (a missing column: refusal with table and column), prepares the
 * statements. */
MUST_CHECK enum status store_open(struct store **store, const struct store_conf *conf, const struct service *service,
                                  struct refusal *refusal);
void store_free(struct store **store);

/* Reads head, next due clock, inbox cursors and parked aggregates of a partition that this process owns from now on. */
MUST_CHECK enum status store_take(struct store *store, uint32_t partition, struct refusal *refusal);
void store_drop(struct store *store, uint32_t partition);
bool store_has(const struct store *store, uint32_t partition);

/* Decides and writes up to BATCH_COMMANDS_MAX works, in their order. Works of a partition that is not taken: MOVED.
 * Clocks of a partition that are due before a work's moment of receipt fire first (by commands of the store's own).
 * Every work has its status when this returns: OK only after a commit without warning; UNAVAILABLE when the outcome
 * could not be learnt or the database is away (then nothing was written, or a repetition will find it). A reader's
 * refused work is parked with its aggregate and its mark is written. Never fails as a whole; reconnects by itself. */
void store_batch(struct store *store, struct work **list, size_t count);

/* Fires what is due at `now` (business time, microseconds UTC) in the taken partitions; at most BATCH_COMMANDS_MAX at a
 * call. Returns how many fired: call again while it is not 0. */
size_t store_fire(struct store *store, int64_t now);

/* The law to judge by from the next batch on; the caller keeps it alive. */
void store_use_law(struct store *store, const struct law *law);

/* Counts open clocks again in partitions where that has not been done by the law's lists of working days: a step of at
 * most `at_most` aggregates (<= BATCH_COMMANDS_MAX) that a list moves, each by a command of its own. `now` is business
 * time, microseconds UTC; `*moved` receives how many aggregates were moved. False: the step came to nothing, as while
 * the database is away or full: the same step again, a little later. */
MUST_CHECK bool store_recount(struct store *store, int64_t now, size_t at_most, size_t *moved);
/* Whether there is more to count. */
bool store_recounts(struct store *store);

/* Forgets answers that are older than 35 days at `now`, a small step at a call, for idle moments. Returns how many:
 * call again while it is not 0. */
size_t store_sweep(struct store *store, int64_t now);

/* Last committed position of a taken partition, and the reader's cursor in it (0 when never). */
uint64_t store_head(const struct store *store, uint32_t partition);
uint64_t store_cursor(const struct store *store, uint32_t partition, const char *source, uint32_t source_partition,
                      uint8_t hash[32]);

/* Counters since it was opened, for logs and the benchmark. */
struct store_counts {
    uint64_t batches, commands, refused, repeated, entries, events, statements, halved, fenced, fired;
    uint64_t recounted, recounted_clocks; /* aggregates that a list of working days moved, and their clocks */
};
struct store_counts store_counts(const struct store *store);

/* ---- reading: another connection, read-only, for another thread
 * ---------------------------------------------------------- */

struct store_reader;

MUST_CHECK enum status store_reader_open(struct store_reader **reader, const struct store_conf *conf,
                                         const struct service *service, struct refusal *refusal);
void store_reader_free(struct store_reader **reader);

/* Answers a question with the rows that it reads. `answer` is in now->arena. */
MUST_CHECK enum status store_ask(struct store_reader *reader, const struct question *question, const void *body,
                                 const struct context *now, ProtobufCMessage **answer, struct refusal *refusal);

/* Judges a command by the rows as they stand now, and writes nothing: for whoever must write something else before the
 * command can be decided. Its body is as it will be decided. OK, and `repeated` set, where the command was accepted
 * before. A command that passes can still be refused when its turn comes. */
MUST_CHECK enum status store_rehearse(struct store_reader *reader, const struct store_conf *conf, struct work *work,
                                      struct refusal *refusal);

/* What a rule is told of a command, besides its position. */
struct context work_context(const struct work *work, const struct store_conf *conf);

/* The entries after a position, for those who follow. UNVERIFIED when `hash` is not the log's at that position (a
 * fork). */
MUST_CHECK enum status store_follow(struct store_reader *reader, const Tiaojie__Follow *follow, struct arena *arena,
                                    Tiaojie__Followed **followed, struct refusal *refusal);

/* ---- audit: for the admin tool
 * ----------------------------------------------------------------------------------------- */

/* Walks one partition's log and checks positions and hashes. *bad is 0 or the first position that does not hold. */
MUST_CHECK enum status store_verify(struct store_reader *reader, uint32_t partition, uint64_t *entries, uint64_t *bad,
                                    struct refusal *refusal);

/* Folds apply over one partition's log from its beginning and compares the result with the tables. */
MUST_CHECK enum status store_replay(struct store_reader *reader, uint32_t partition, uint64_t *rows, uint64_t *differ,
                                    struct refusal *refusal);

/* Gives each row of one table in one partition, in the order of the keys. A row lives while it is seen. */
MUST_CHECK enum status store_walk(struct store_reader *reader, const struct table *table, uint32_t partition,
                                  void (*see)(void *data, const ProtobufCMessage *row, struct arena *arena), void *data,
                                  struct refusal *refusal);
