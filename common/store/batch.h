/* SPDX-License-Identifier: Apache-2.0
 *
 * Batch: one transaction's commands on their way: loaded, decided over one working set, written.
 *
 * Owns      what is known of each command until all of it is durable. A command's status is set at the very end,
 * because a refusal too may rest on what the commands before it changed.
 */
#pragma once
#include "common/base/instant.h"
#include "common/store/entry.h"
#include "common/store/partition.h"
#include "common/store/rows.pb-c.h"

/* Answers are kept for so long; a command whose id is older is refused. */
#define ANSWERS_KEPT (35 * INSTANT_DAY)

enum item_state {
    ITEM_OPEN,     /* not decided yet; still so at the end: it must wait for what this batch writes */
    ITEM_ACCEPTED, /* has an entry */
    ITEM_REFUSED,
    ITEM_REPEATED, /* was accepted before, in an earlier batch or in this one */
    ITEM_MARKED    /* only the reader's mark */
};

/* One work and what became of it in this attempt. */
struct item {
    struct work *work;
    enum item_state state;
    struct refusal refusal; /* ITEM_REFUSED; texts in the work's arena */
    bool marks;             /* a reader's, in its turn: its mark is written */
    bool parks;             /* refused besides: written to "parked" */
    uint64_t about;
    Tiaojie__Event **events;
    size_t event_count;
    struct entry entry; /* ITEM_ACCEPTED */
    uint8_t hash[HASH_BYTES];
    const struct item *first; /* the item of this batch that this one repeats */
    /* the log's answer to a command that was accepted before */
    bool answered;
    uint64_t answer_principal;
    uint8_t answer_digest[32];
    uint64_t answer_position;
    uint64_t answer_about;
    ProtobufCBinaryData answer_events;
};

/* A reader's cursor that this batch moves. */
struct moved {
    uint32_t partition;
    const struct inbox_mark *mark; /* the last one */
};

/* A partition's head as it moves through the batch. */
struct running {
    uint64_t head;
    uint8_t hash[HASH_BYTES];
    bool waits;       /* a command had to wait, so all behind it in its partition wait too */
    int64_t next_due; /* of clocks that were started in this batch */
};

struct batch {
    struct store *store;
    struct item *items;
    size_t count;
    size_t accepted;
    struct running *running; /* PARTITIONS_MAX */
    struct item **asked;     /* those with a command, in the order in which their answers were asked for */
    struct moved *moved;
    size_t moved_count;
    struct item **ids; /* accepted commands by id: open addressing */
    size_t id_slots;
    bool changed; /* an event was applied */
    const char
        *culprit_state; /* SQLSTATE: the batch's one item is a culprit, to be kept for inspection; otherwise NULL */
};

struct store {
    struct store_conf conf; /* its texts are in `arena` */
    const struct service *service;
    struct arena *arena;
    struct pg *pg;
    struct loader *loader;
    struct pipeline *pipeline;
    struct hash *hash;
    struct rows *rows;
    struct arena *batch_arena;
    struct arena *clock_arena;
    struct partition *partitions; /* PARTITIONS_MAX */
    uint32_t counted;             /* in partitions below it nothing is to be counted again */
    struct store_counts counts;
    bool away;      /* the last reconnection failed */
    unsigned again; /* attempts in a row that ended with ATTEMPT_AGAIN */
};

enum attempt {
    ATTEMPT_WRITTEN, /* durable, or nothing was to be written */
    ATTEMPT_FENCED,  /* another process wrote to one of the partitions */
    ATTEMPT_DATA,    /* one of the commands has a value that the database refuses */
    ATTEMPT_AGAIN,   /* rolled back, or lost without a trace: may be tried once more */
    ATTEMPT_UNKNOWN, /* the connection was lost: may be durable or not */
    ATTEMPT_WARNED,  /* committed here, but the server warned: not on the standby, perhaps */
    ATTEMPT_FAILED   /* nothing was written, and trying again does not help now */
};

/* batch_load.c: what the commands read, and which of them were answered before. */
enum pg_outcome batch_load(struct batch *batch);
struct context batch_context(const struct batch *batch, const struct item *item);
/* The row that a command is on, NULL: none; and the refusal where its version is not the expected one. */
struct row *row_about(const struct rows *rows, const struct layouts *layouts, const struct command *command,
                      uint64_t about);
/* Whether a command with an id that was accepted before is that very command. */
enum status repetition_judge(const struct work *work, uint64_t principal, const uint8_t digest[32],
                             struct refusal *refusal);
/* Whether it comes too late: its id is older than answers are kept, or its deadline has passed. A reader's and a
 * clock's commands may come as late as they must: their marks and states keep them from happening twice. */
enum status late_judge(const struct service *service, const struct work *work, struct refusal *refusal);
enum status version_judge(const struct rows *rows, const struct layouts *layouts, const struct work *work,
                          struct refusal *refusal);

/* batch_decide.c: all commands in order. */
void batch_decide(struct batch *batch);

/* batch_write.c: entries first, then rows, answers, marks, in one transaction. */
enum attempt batch_write(struct batch *batch);
/* After ATTEMPT_WRITTEN: heads, cursors and clocks follow, and each work gets its outcome. */
void batch_finish(struct batch *batch);
/* batch.c: one attempt. Afterwards each work has its status or is still open: to be run again. */
void batch_run(struct store *store, struct work **list, size_t count);
/* Begins an attempt: forgets the last one's rows and items. */
void batch_begin(struct batch *batch, struct store *store, struct work **list, size_t count);

/* halve.c: finds the one work whose values the database does not take, and runs all others. */
void batch_halve(struct store *store, struct work **list, size_t count);

/* store.c: connects again if the connection is lost, and reads again what went stale. False: the database is away. */
bool store_ready(struct store *store);
/* The status of a work that has none yet. */
#define STATUS_OPEN STATUS_COUNT
/* Ends a work with a refusal of the store's own. */
void work_refuse(struct work *work, enum status status, const char *field, const char *reason, const char *remedy);

/* clocks.c: works for the clocks of `partition` that are due before `until`, at most CLOCKS_AT_ONCE, sorted by time. */
enum { CLOCKS_AT_ONCE = 64 };
size_t clocks_due(struct store *store, uint32_t partition, int64_t until, struct work **works);
/* A command of the store's own, open, in clock_arena; it lacks its id. `at` is the moment that it is judged by. */
struct work *work_of_store(struct store *store, const struct command *command, ProtobufCMessage *body, uint64_t target,
                           int64_t at);
/* recount.c: whether the partition's clocks are still to be counted again. */
bool recount_is_open(const struct store *store, uint32_t number);
/* Counts the open clocks of an aggregate again, in clock_arena; refused where nothing moves. */
struct work *recount_work(struct store *store, uint64_t about, int64_t at);
/* Runs works as batches, whatever form the statements have. */
void store_run(struct store *store, struct work **list, size_t count);
/* Afterwards: those that did not come to an end are looked at again. */
void clocks_settle(struct store *store, struct work *const *works, size_t count);
