/* SPDX-License-Identifier: Apache-2.0
 *
 * Owner: says that this process lives, and decides with the others who has which partition. Who should have
 * it each finds by itself (share.h); here it is claimed, and left when it is another's.
 *
 * Owns      this process's heartbeat row and the claims on partitions (schema node), and the copy of both that all
 * threads read. Refuses   to guard what is written: ownership is for liveness only, the log's primary key is the fence.
 */
#include "common/base/embedded.h"
#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/process.h"
#include "common/runtime/share.h"
#include "common/store/sql_text.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BEAT_MS = 400, DEAD_AFTER_S = 2 };

struct owner {
    struct process *process;
    PGconn *connection;
    bool started;
    bool failing;
};

static PGresult *ask(struct owner *owner, const char *statement, int count, const char *const *values)
{
    return PQexecParams(owner->connection, sql_text(statement), count, NULL, values, NULL, NULL, 0);
}

/* Number of affected rows, or -1 when the statement failed. */
static int tell(struct owner *owner, const char *statement, int count, const char *const *values)
{
    PGresult *result = ask(owner, statement, count, values);
    int affected = PQresultStatus(result) == PGRES_COMMAND_OK ? atoi(PQcmdTuples(result)) : -1;
    PQclear(result);
    return affected;
}

static bool connected(struct owner *owner)
{
    if (owner->connection && PQstatus(owner->connection) == CONNECTION_OK)
        return true;
    PQfinish(owner->connection);
    owner->connection = PQconnectdb(owner->process->conninfo);
    owner->started = false;
    return PQstatus(owner->connection) == CONNECTION_OK;
}

static bool start(struct owner *owner)
{
    struct process *process = owner->process;
    char partitions[12];
    snprintf(partitions, sizeof partitions, "%u", process->partitions);
    const char *const me[] = {process->id, process->service->name, process->endpoint, process->key.public_text};
    const char *const rows[] = {process->service->name, partitions};
    owner->started = tell(owner, "process_start", 4, me) >= 0 && tell(owner, "owner_make", 2, rows) >= 0;
    tell(owner, "process_sweep", 1, rows);
    return owner->started;
}

static bool beat(struct owner *owner)
{
    const char *const me[] = {owner->process->id};
    int affected = tell(owner, "process_beat", 1, me);
    /* Swept away while it was stopped: it comes back as if new. */
    return affected == 1 || (affected == 0 && start(owner));
}

static void copy_peer(struct peer *peer, PGresult *result, int row)
{
    snprintf(peer->process, sizeof peer->process, "%s", PQgetvalue(result, row, 0));
    snprintf(peer->service, sizeof peer->service, "%s", PQgetvalue(result, row, 1));
    snprintf(peer->endpoint, sizeof peer->endpoint, "%s", PQgetvalue(result, row, 2));
    snprintf(peer->public_key, sizeof peer->public_key, "%s", PQgetvalue(result, row, 3));
}

static void copy_directory(struct process *process, PGresult *peers, PGresult *owners)
{
    pthread_mutex_lock(&process->directory_lock);
    free(process->peers);
    free(process->owners);
    process->peer_count = (size_t)PQntuples(peers);
    process->owner_count = (size_t)PQntuples(owners);
    process->peers = calloc(process->peer_count + 1, sizeof *process->peers);
    process->owners = calloc(process->owner_count + 1, sizeof *process->owners);
    if (!process->peers || !process->owners)
        abort();
    for (size_t i = 0; i < process->peer_count; i++)
        copy_peer(&process->peers[i], peers, (int)i);
    for (size_t i = 0; i < process->owner_count; i++) {
        snprintf(process->owners[i].service, sizeof process->owners[i].service, "%s", PQgetvalue(owners, (int)i, 0));
        process->owners[i].partition = (uint32_t)strtoul(PQgetvalue(owners, (int)i, 1), NULL, 10);
        snprintf(process->owners[i].process, sizeof process->owners[i].process, "%s", PQgetvalue(owners, (int)i, 2));
    }
    pthread_mutex_unlock(&process->directory_lock);
}

static bool read_directory(struct owner *owner)
{
    char seconds[12];
    snprintf(seconds, sizeof seconds, "%d", DEAD_AFTER_S);
    const char *const silence[] = {seconds};
    PGresult *peers = ask(owner, "process_list", 1, silence);
    PGresult *owners = ask(owner, "owner_list", 0, NULL);
    bool good = PQresultStatus(peers) == PGRES_TUPLES_OK && PQresultStatus(owners) == PGRES_TUPLES_OK;
    if (good)
        copy_directory(owner->process, peers, owners);
    PQclear(peers);
    PQclear(owners);
    return good;
}

static bool lives(const struct process *process, const char *id)
{
    for (size_t i = 0; i < process->peer_count; i++) {
        if (strcmp(process->peers[i].process, id) == 0)
            return true;
    }
    return false;
}

static void claim(struct owner *owner, uint32_t partition, const char *seen)
{
    struct process *process = owner->process;
    char number[12];
    snprintf(number, sizeof number, "%u", partition);
    const char *const values[] = {process->service->name, number, seen, process->id};
    if (tell(owner, "owner_claim", 4, values) != 1)
        return;
    fail_point("owner.claimed");
    atomic_store(&process->wanted[partition], true);
}

static void release(struct owner *owner, uint32_t partition)
{
    struct process *process = owner->process;
    atomic_store(&process->wanted[partition], false);
    if (atomic_load(&process->held[partition]))
        return; /* the writer finishes its batch first; next beat */
    char number[12];
    snprintf(number, sizeof number, "%u", partition);
    const char *const values[] = {process->service->name, number, process->id};
    tell(owner, "owner_release", 3, values);
}

/* `now`: the process that has it, "" for none. */
static void settle_one(struct owner *owner, uint32_t partition, const char *now, bool rightfully_mine)
{
    struct process *process = owner->process;
    bool mine = strcmp(now, process->id) == 0;
    if (mine && rightfully_mine)
        atomic_store(&process->wanted[partition], true);
    else if (mine)
        release(owner, partition);
    else if (rightfully_mine && !lives(process, now))
        claim(owner, partition, now);
    else
        atomic_store(&process->wanted[partition], false);
}

/* The living processes of this service, in the order of the directory; their names lie there. `names`: peer_count. */
static size_t siblings(const struct process *process, const char **names)
{
    size_t count = 0;
    for (size_t i = 0; i < process->peer_count; i++) {
        if (strcmp(process->peers[i].service, process->service->name) == 0)
            names[count++] = process->peers[i].process;
    }
    return count;
}

/* Only this thread writes the directory, so it reads it without the lock. */
static void settle(struct owner *owner)
{
    struct process *process = owner->process;
    const char **names = calloc(process->peer_count + 1, sizeof *names);
    if (!names)
        abort();
    size_t rightful[PARTITIONS_MAX];
    size_t count = siblings(process, names);
    if (count > 0)
        share_partitions(names, count, process->partitions, rightful);
    for (size_t i = 0; i < process->owner_count; i++) {
        uint32_t partition = process->owners[i].partition;
        if (strcmp(process->owners[i].service, process->service->name) == 0 && partition < process->partitions)
            settle_one(owner, partition, process->owners[i].process,
                       count > 0 && strcmp(names[rightful[partition]], process->id) == 0);
    }
    free(names);
}

/* What was loaded into the node's database since: a list of working days, a procedure, base figures. What doesn't hold
 * is not taken: the law before it stays in use. */
static void renew_law(struct owner *owner)
{
    struct process *process = owner->process;
    char mark[LAW_MARK_TEXT];
    struct law *law = NULL;
    struct refusal refusal;
    if (!law_mark(owner->connection, mark) || strcmp(mark, process->law_mark) == 0)
        return;
    enum status status = law_load(process->conninfo, &law, &refusal);
    if (status != UNAVAILABLE) /* else it is tried again at the next beat */
        memcpy(process->law_mark, mark, sizeof mark);
    if (status != OK && status != UNAVAILABLE)
        log_refusal(LEVEL_ERROR, "what was loaded into the node's law is not taken", &refusal, "");
    if (status != OK) {
        law_free(&law);
        return;
    }
    log_event(LEVEL_INFO, "the law was read again", "calendars", law_calendars_mark(law), NULL);
    law_share_put(process->law, law);
}

static void turn(struct owner *owner)
{
    bool good = connected(owner) && (owner->started || start(owner)) && beat(owner) && read_directory(owner);
    if (good)
        settle(owner);
    if (good)
        renew_law(owner);
    if (good == owner->failing) {
        owner->failing = !good;
        log_event(good ? LEVEL_INFO : LEVEL_WARNING, good ? "ownership is kept again" : "ownership cannot be kept",
                  "reason", good ? "" : PQerrorMessage(owner->connection), NULL);
    }
}

static void farewell(struct owner *owner)
{
    const char *const me[] = {owner->process->id};
    if (owner->connection && PQstatus(owner->connection) == CONNECTION_OK)
        tell(owner, "process_end", 1, me);
    PQfinish(owner->connection);
}

void *owner_run(void *data)
{
    struct owner owner = {.process = data};
    struct pollfd stop = {.fd = owner.process->stop_descriptor, .events = POLLIN};
    while (!atomic_load(&owner.process->stop)) {
        turn(&owner);
        poll(&stop, 1, BEAT_MS);
    }
    farewell(&owner);
    return NULL;
}

bool process_peer(struct process *process, const char *service, uint32_t partition, struct peer *peer)
{
    bool found = false;
    pthread_mutex_lock(&process->directory_lock);
    const char *id = "";
    for (size_t i = 0; i < process->owner_count; i++) {
        if (process->owners[i].partition == partition && strcmp(process->owners[i].service, service) == 0)
            id = process->owners[i].process;
    }
    for (size_t i = 0; *id && i < process->peer_count; i++) {
        if (strcmp(process->peers[i].process, id) == 0) {
            *peer = process->peers[i];
            found = true;
        }
    }
    pthread_mutex_unlock(&process->directory_lock);
    return found;
}
