/* SPDX-License-Identifier: Apache-2.0
 *
 * Service: what a service is made of. Tables, commands, events, questions and follows are const descriptions; from them
 * come dispatch, rights, statements, the command line and the documents. This header is all that a rule sees of the
 * runtime.
 *
 * Refuses   I/O in rules: reads, decide, apply and derive get everything as arguments and are tested without any
 * server.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/base/status.h"
#include "proto/command.pb-c.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct law;       /* common/procedure/law.h: procedures, calendars, base figures */
struct rows;      /* the batch's working set */
struct reads;     /* what a command wants loaded */
struct events;    /* what a command decides */
struct node_keys; /* common/seal/node_keys.h */

/* ---- ids: sequence * 256 + partition, below 2^53 ------------------------------------------------------------------
 */

enum { PARTITIONS_MAX = 256, BATCH_COMMANDS_MAX = 512 };

static inline uint32_t id_partition(uint64_t id)
{
    return (uint32_t)(id % PARTITIONS_MAX);
}

/* The partition of what is created for an affinity (an office, a pool, a link); the same on every node with P
 * partitions. */
uint32_t affinity_partition(uint64_t affinity, uint32_t partitions);

/* Id of the one aggregate that a service keeps for an affinity (an office's counter): affinity * 256 + its partition.
 * `affinity` is at most 2^45 - 1. */
uint64_t affinity_id(uint64_t affinity, uint32_t partitions);

/* ---- tables -------------------------------------------------------------------------------------------------------
 */

/* One table of the service's schema. Its columns are `partition` and the fields of `row`. An aggregate's first field is
 * `uint64 id`, and it may have `uint64 version` (kept by the runtime: the position of its last entry). A child's first
 * two fields are its aggregate's id (`uint64`) and `uint32 ordinal` (from 1). */
struct table {
    const char *name;
    const ProtobufCMessageDescriptor *row;
    bool child;
};

/* The clock table that every service has: child of the aggregate whose limit runs. Row: Store__Clock. */
extern const struct table CLOCK;

/* ---- rows: reading and changing the working set
 * ----------------------------------------------------------------------- */

void reads_one(struct reads *reads, const struct table *table, uint64_t id);
void reads_child(struct reads *reads, const struct table *table, uint64_t parent, uint32_t ordinal);
void reads_children(struct reads *reads, const struct table *table, uint64_t parent); /* all of them */

enum { PAGE_ROWS = 50, PAGE_ROWS_MAX = 200 };
/* How many rows a page has where so many are asked for: 0 says PAGE_ROWS. */
uint32_t page_rows(uint32_t wanted);

/* Questions only: rows of one partition whose `column` (a uint64 field with an index) has this value, by id upwards,
 * after `after`, at most `limit` (<= PAGE_ROWS_MAX). For an aggregate table. */
void reads_page(struct reads *reads, const struct table *table, const char *column, uint64_t value, uint32_t partition,
                uint64_t after, uint32_t limit);

/* Borrowed until the batch ends; NULL when there is none. A row must have been declared by reads (checked by assert).
 */
const void *rows_one(const struct rows *rows, const struct table *table, uint64_t id);
const void *rows_child(const struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal);
/* All children that were read, by ordinal; *count receives how many. With reads_children only. */
const void *const *rows_children(const struct rows *rows, const struct table *table, uint64_t parent, size_t *count);
/* Questions: the rows of a page read, in order. */
const void *const *rows_page(const struct rows *rows, const struct table *table, size_t *count);

/* apply only: the row to be changed (must exist), or a new one with its key set. */
void *rows_change(struct rows *rows, const struct table *table, uint64_t id);
void *rows_change_child(struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal);
void *rows_new(struct rows *rows, const struct table *table, uint64_t id);
void *rows_new_child(struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal);

/* Memory for texts and bytes that a changed row points to; lives as long as the row. A copy of the argument. */
char *rows_text(struct rows *rows, const char *text);
ProtobufCBinaryData rows_bytes(struct rows *rows, ProtobufCBinaryData bytes);

/* ---- deciding -------------------------------------------------------------------------------------------------------
 */

/* What a rule knows besides the command and the rows. `now` is the moment of receipt at the gateway (for a clock's own
 * command the moment it fires): lawfulness is judged by it. */
struct context {
    int64_t now;   /* microseconds UTC */
    int32_t today; /* days since 1970-01-01 of `now` in China Standard Time */
    uint64_t target;
    uint64_t principal;
    uint32_t roles; /* bits 1 << TIAOJIE__ROLE__... */
    uint64_t office;
    uint32_t place; /* division code, six digits */
    uint64_t mediator;
    uint32_t partition;
    uint32_t partitions;
    uint64_t position; /* that this command's entry will have */
    const struct law *law;
    const char *node;             /* this node's name */
    const char *trace;            /* follows the request over services and nodes; "": none */
    const struct node_keys *keys; /* questions of services that hold the node's keys; NULL elsewhere */
    struct arena *arena;
};

/* A new aggregate's id; `ordinal` 0..1023 tells several of one command apart. */
uint64_t context_new_id(const struct context *now, uint32_t ordinal);

struct question;

struct event {
    const char *name; /* past tense: "instalment paid" */
    const ProtobufCMessageDescriptor *message;
    /* Cannot fail: whatever it needs was checked by decide and stands in the event. `about` is the aggregate's id. */
    void (*apply)(const void *event, uint64_t about, struct rows *rows);
    const char *text; /* one line for the timeline, marked N_() */
};

struct decided {
    const struct event *event;
    ProtobufCMessage *message;
};

enum { EVENTS_MAX = 64 };

struct events {
    struct refusal refusal;
    uint64_t about;    /* the aggregate; preset to the command's target, a creation sets its new id */
    const char *rules; /* content hash of the procedure that was applied, "" where none was */
    struct decided list[EVENTS_MAX];
    size_t count;
    struct arena *arena;
};

/* An event to be filled in: zeroed and initialised, in the batch's memory. At most EVENTS_MAX for a command (asserted).
 */
void *event_new(struct events *events, const struct event *event);

struct command {
    const char *name; /* words as typed: "instalment paid" */
    const ProtobufCMessageDescriptor *message;
    const struct table *on; /* the table whose row `about` is: its `version` is checked and kept. May be NULL. */
    bool creates;           /* the target is an affinity (an office), not an id */
    bool internal;          /* only another process of the node may send it (a reader, a clock) */
    uint32_t may;           /* bits 1 << TIAOJIE__ROLE__...; internal ones: 0 */
    void (*reads)(const void *command, const struct context *now, struct reads *reads);
    void (*reads_more)(const void *command, const struct context *now, const struct rows *rows,
                       struct reads *reads); /* NULL: one round */
    enum status (*decide)(const void *command, const struct rows *rows, const struct context *now,
                          struct events *events);
    const struct question *then; /* a client asks it at once, with what the answer is about as target; mostly NULL */
    const char *target_help;     /* what the target is: "CASE", "OFFICE" */
    const char *help;
    const char *example; /* a whole command line without the program's name: "instalment paid 1025 --ordinal 1 ..." */
};

/* ---- questions: nothing is written, rows are read on a read-only connection
 * -------------------------------------------- */

struct question {
    const char *name; /* "case show" */
    const ProtobufCMessageDescriptor *message;
    const ProtobufCMessageDescriptor *answer;
    bool creates; /* as in struct command: the target is an affinity */
    bool internal;
    uint32_t may;
    bool timeline; /* the target's entries are read too: question_entries() */
    void (*reads)(const void *question, const struct context *now, struct reads *reads);
    void (*reads_more)(const void *question, const struct context *now, const struct rows *rows, struct reads *reads);
    /* Fills `answer` (initialised, of type `answer`), with memory from now->arena. */
    enum status (*answer_from)(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal);
    const char *target_help;
    const char *help;
    const char *example;
};

/* The target's entries, oldest first, where the question asked for its timeline. */
struct past {
    uint64_t position;
    int64_t at;
    uint64_t principal;
    const char *command;
    const char *rules;
    struct decided *events; /* known events only */
    size_t event_count;
};
const struct past *question_entries(const struct rows *rows, size_t *count);

/* ---- following
 * -------------------------------------------------------------------------------------------------------- */

/* Where a followed event stood. */
struct origin {
    const char *service;
    uint64_t position;
    uint64_t about; /* the source's aggregate */
    int64_t at;     /* microseconds UTC */
    uint64_t principal;
    uint32_t partitions;
    struct arena *arena;
};

struct derived {
    const struct command *command; /* NULL: this event is not for us */
    uint64_t target;
    ProtobufCMessage *body;
};

/* A source's event that this service reacts to: derive fills `derived` (at most one command an event). */
struct follow {
    const char *source; /* service */
    const char *event;
    const ProtobufCMessageDescriptor *message;
    void (*derive)(const void *event, const struct origin *origin, struct derived *derived);
};

/* ---- the service
 * -------------------------------------------------------------------------------------------------------- */

struct preparer; /* common/runtime/preparer.h: what a service does with a command before it is queued; vault and
                    exchange have their own */

struct service {
    const char *name;
    uint32_t number; /* 1 vault, 2 intake, 3 mediation, 4 assignment, 5 referral, 6 exchange */
    const char *help;
    bool holds_keys;                   /* reads the node's key file: vault and exchange */
    const struct table *const *tables; /* all arrays end with NULL */
    const struct command *const *commands;
    const struct event *const *events;
    const struct question *const *questions;
    const struct follow *follows;        /* ends with an empty one */
    const struct command *clock_fire;    /* its message is Store__ClockFire; NULL: no clocks */
    const struct command *clock_recount; /* its message is Store__ClockRecount; where there is a clock_fire */
};

/* The services of this product, from services/services.c: the one table that dispatch, command line and documents use.
 */
extern const struct service *const SERVICES[];

const struct service *service_find(const char *name);
const struct command *service_command(const struct service *service, const char *name);
const struct question *service_question(const struct service *service, const char *name);
const struct event *service_event(const struct service *service, const char *name);

/* Starts the service and runs it until SIGTERM; returns the exit code. */
int service_main(int argc, char **argv, const struct service *service, const struct preparer *preparer);
