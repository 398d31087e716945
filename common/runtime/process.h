/* SPDX-License-Identifier: Apache-2.0
 *
 * Process: one running service: what its threads share, and what passes between them.
 *
 *   gateways --Forwards--> door --job--> prepare --job--> writer --job--> door --Replies--> gateways
 *   readers  --Follow----> door --job--> tail    --job--> door --Followed--> readers
 *   follow (reads other services' logs) --job--> writer --job--> follow
 *   owner (heartbeat, who has which partition) sets `wanted`; the writer takes and drops.
 *
 * Owns      the shared state below; each field says which thread writes it.
 */
#pragma once
#include "common/base/conf.h"
#include "common/net/socket.h"
#include "common/net/zap.h"
#include "common/runtime/channel.h"
#include "common/runtime/law_load.h"
#include "common/seal/node_keys.h"
#include "common/service.h"
#include "common/store/store.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    SOURCES_MAX = 8,
    JOBS_MAX = 16384,         /* in one process, all channels together */
    PARTITION_JOBS_MAX = 4096 /* waiting for one partition */
};

enum job_kind { JOB_COMMAND, JOB_QUESTION, JOB_FOLLOW };

/* One request on its way through the threads. Whoever has the pointer owns it. */
struct job {
    enum job_kind kind;
    struct arena *arena;
    struct work work; /* JOB_COMMAND; work.owner is the job */
    const struct question *question;
    ProtobufCMessage *body;
    Tiaojie__Follow *follow;
    ProtobufCBinaryData answer; /* packed */
    Tiaojie__Token **after;
    size_t after_count;
    int64_t waits_until; /* monotonic microseconds: for tokens and held follows */
    /* where the reply goes */
    struct channel *back;
    struct route peer;         /* who asked, at the door's socket */
    ProtobufCBinaryData route; /* the asker's own, comes back unchanged */
    ProtobufCBinaryData id;
    struct {
        uint32_t epoch;
        int source;
        uint32_t partition;
    } trail; /* a derived command: the log that it came from */
};

struct job *job_new(enum job_kind kind);
void job_free(struct job **job);

/* One line for the entry that a command made, with the trace that gateways, services and other nodes name too. Called
 * by whoever gets the job back: the writer has no time for it. */
void job_log(const struct job *job);

/* One process of the node, as the directory has it. */
struct peer {
    char process[40];
    char service[24];
    char endpoint[108];
    char public_key[41];
};

struct process {
    const struct service *service;
    const struct preparer *preparer;
    struct conf *conf;
    struct arena *arena; /* lives as long as the process */
    char id[40];
    char node[64];
    char endpoint[108];
    uint32_t place;
    uint32_t partitions;
    char conninfo[512];
    void *context; /* ZeroMQ */
    struct curve_key key;
    struct node_keys keys;      /* zero unless the service holds them */
    struct seal_key digest_key; /* tells a repeated command from another: derived from the service's own key */
    struct zap *zap;
    struct law_share *law;
    char law_mark[LAW_MARK_TEXT]; /* owner writes: of what is in use */
    bool simulated;               /* business time comes from a file */
    atomic_bool stop;
    int stop_descriptor;

    struct channel *to_prepare;
    struct channel *to_writer;
    struct channel *to_tail;
    struct channel *to_door;
    struct channel *to_follow;
    struct channel *wake_tail;   /* the writer tells that something was committed */
    struct channel *wake_beside; /* the same, to the thread beside (preparer.h); NULL where there is none */

    atomic_bool wanted[PARTITIONS_MAX]; /* owner writes */
    atomic_bool held[PARTITIONS_MAX];   /* writer writes: taken from the store */
    atomic_uint held_generation;        /* writer: counts changes of `held` */
    atomic_uint waiting[PARTITIONS_MAX];

    /* follow writes: all entries up to here have had their effect in every partition of this process */
    const char *sources[SOURCES_MAX];
    size_t source_count;
    _Atomic uint64_t settled[SOURCES_MAX][PARTITIONS_MAX];

    pthread_mutex_t directory_lock;
    struct peer *peers; /* owner writes, under the lock */
    size_t peer_count;
    struct {
        char service[24];
        uint32_t partition;
        char process[40];
    } * owners;
    size_t owner_count;
};

/* The process that owns a partition of a service, as far as is known; false: nobody. */
bool process_peer(struct process *process, const char *service, uint32_t partition, struct peer *peer);

/* Index in `sources`, or -1 when this service does not follow it. */
int process_source(const struct process *process, const char *service);

/* Whether a public key is that of a process or the gateway of this node. */
bool process_knows_key(struct process *process, const char *public_text);

/* The threads' bodies; each returns when `stop` is set. */
void *door_run(void *process);
void *prepare_run(void *process);
void *writer_run(void *process);
void *tail_run(void *process);
void *follow_run(void *process);
void *owner_run(void *process);
