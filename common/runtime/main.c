/* SPDX-License-Identifier: Apache-2.0
 *
 * Service main: from a configuration file to a running service, and back at SIGTERM.
 */
#include "common/base/conf.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "common/seal/hash.h"
#include "common/store/sql_text.h"

#include <assert.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { THREADS = 7 };

/* ---- who is who ---- */

bool process_knows_key(struct process *process, const char *public_text)
{
    bool known = false;
    PGconn *connection = PQconnectdb(process->conninfo);
    PGresult *result = PQexec(connection, sql_text("key_known"));
    for (int row = 0; PQresultStatus(result) == PGRES_TUPLES_OK && row < PQntuples(result); row++)
        known |= strcmp(PQgetvalue(result, row, 0), public_text) == 0;
    PQclear(result);
    PQfinish(connection);
    return known;
}

static bool key_known(void *data, const char *domain, const char *public_text)
{
    struct process *process = data;
    if (strcmp(domain, "service") != 0 && process->preparer->lets_in)
        return process->preparer->lets_in(process, public_text);
    return process_knows_key(process, public_text);
}

int process_source(const struct process *process, const char *service)
{
    for (size_t i = 0; i < process->source_count; i++) {
        if (strcmp(process->sources[i], service) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- setting up ---- */

static const char *conf_path(int argc, char **argv)
{
    return argc == 3 && strcmp(argv[1], "--conf") == 0 ? argv[2] : NULL;
}

static enum status read_conf(struct process *process, const char *path, struct refusal *refusal)
{
    enum status status = conf_load(process->arena, path, NODE_CONF, &process->conf, refusal);
    if (status != OK)
        return status;
    const struct conf *conf = process->conf;
    const char *service = process->service->name;
    snprintf(process->node, sizeof process->node, "%s", conf_get(conf, "node", "name"));
    process->place = (uint32_t)conf_number(conf, "node", "place");
    process->partitions = (uint32_t)conf_number(conf, "node", "partitions");
    snprintf(process->id, sizeof process->id, "%s-%d-%llx", service, (int)getpid(),
             (unsigned long long)instant_monotonic());
    int size = snprintf(process->endpoint, sizeof process->endpoint, "ipc://%s/%s-%d", conf_get(conf, "paths", "run"),
                        service, (int)getpid());
    if (size >= (int)sizeof process->endpoint)
        return refuse(refusal, INVALID, "[paths] run", N_("the path is too long for a socket (107 bytes)"),
                      N_("use a shorter one"));
    snprintf(process->conninfo, sizeof process->conninfo, "%s user=%s_%s application_name=%s",
             conf_get(conf, "database", "conninfo"), process->node, service, service);
    process->simulated = *conf_get(conf, "time", "file") != '\0';
    return process->simulated ? instant_use_file(conf_get(conf, "time", "file"), refusal) : OK;
}

/* All processes of a service have the same key file, so a command that is repeated to another of them is known again.
 */
static void derive_digest_key(struct process *process)
{
    static const char PURPOSE[] = "tiaojie command digest 1";
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, PURPOSE, sizeof PURPOSE);
    hash_update(hash, process->key.secret_text, strlen(process->key.secret_text));
    hash_final(hash, process->digest_key.bytes);
    hash_free(&hash);
}

static enum status read_keys(struct process *process, struct refusal *refusal)
{
    const char *keys = conf_get(process->conf, "paths", "keys");
    const char *own = text_print(process->arena, "%s/%s.key", keys, process->service->name);
    enum status status = curve_key_load(&process->key, own, refusal);
    if (status == OK)
        derive_digest_key(process);
    if (status == OK && process->service->holds_keys)
        status = node_keys_load(text_print(process->arena, "%s/node.keys", keys), &process->keys, refusal);
    return status;
}

/* A store that opens has found every column; the threads open their own. */
static enum status check_store(struct process *process, struct refusal *refusal)
{
    struct store_conf conf = {process->conninfo, process->node, process->partitions, NULL, false};
    struct store *store = NULL;
    struct store_reader *reader = NULL;
    enum status status = store_open(&store, &conf, process->service, refusal);
    if (status == OK)
        status = store_reader_open(&reader, &conf, process->service, refusal);
    store_reader_free(&reader);
    store_free(&store);
    return status;
}

static void find_sources(struct process *process)
{
    for (const struct follow *follow = process->service->follows; follow && follow->source; follow++) {
        if (process_source(process, follow->source) >= 0)
            continue;
        assert(process->source_count < SOURCES_MAX);
        process->sources[process->source_count++] = follow->source;
    }
}

static void open_channels(struct process *process)
{
    struct channel **const channels[] = {&process->to_prepare, &process->to_writer, &process->to_tail,
                                         &process->to_follow, &process->wake_tail};
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++)
        *channels[i] = channel_new(JOBS_MAX);
    /* What goes back must never be refused: it holds what all the others can. */
    process->to_door = channel_new((size_t)JOBS_MAX * 4);
    if (process->preparer->beside)
        process->wake_beside = channel_new(1);
}

/* The owner thread looks whether it has changed since: the mark is read first, so that nothing is missed. */
static enum status load_law(struct process *process, struct refusal *refusal)
{
    struct law *law = NULL;
    PGconn *connection = PQconnectdb(process->conninfo);
    (void)law_mark(connection, process->law_mark);
    PQfinish(connection);
    enum status status = law_load(process->conninfo, &law, refusal);
    process->law = law_share_new();
    law_share_put(process->law, law); /* also where it does not hold: the refusal's texts stand in it */
    return status;
}

static enum status set_up(struct process *process, const char *path, struct refusal *refusal)
{
    enum status status = read_conf(process, path, refusal);
    if (status == OK)
        status = read_keys(process, refusal);
    if (status == OK)
        status = load_law(process, refusal);
    if (status == OK)
        status = check_store(process, refusal);
    if (status != OK)
        return status;
    find_sources(process);
    open_channels(process);
    process->context = zmq_ctx_new();
    return zap_start(process->context, key_known, process, &process->zap, refusal);
}

/* ---- running ---- */

static void run(struct process *process)
{
    void *(*const bodies[THREADS])(void *) = {
        owner_run, writer_run, tail_run, prepare_run, follow_run, door_run, process->preparer->beside};
    const int count = process->preparer->beside ? THREADS : THREADS - 1;
    pthread_t threads[THREADS];
    sigset_t signals;
    int signal = 0;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by the threads: only sigwait sees them */
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, bodies[i], process);
    log_event(LEVEL_INFO, "started", "node", process->node, "process", process->id, NULL);
    sigwait(&signals, &signal);
    atomic_store(&process->stop, true);
    const uint64_t one = 1;
    ssize_t written = write(process->stop_descriptor, &one, sizeof one);
    assert(written == sizeof one);
    for (int i = count; i-- > 0;)
        pthread_join(threads[i], NULL);
    log_event(LEVEL_INFO, "ended", "node", process->node, "process", process->id, NULL);
}

static void drain(struct channel **channel)
{
    void *job;
    while (channel_take(*channel, &job, 1) == 1)
        job_free((struct job **)&job);
    channel_free(channel);
}

static void tear_down(struct process *process)
{
    struct channel **const channels[] = {&process->to_prepare, &process->to_writer, &process->to_tail,
                                         &process->to_follow, &process->to_door};
    for (size_t i = 0; i < sizeof channels / sizeof *channels && *channels[i]; i++)
        drain(channels[i]);
    channel_free(&process->wake_tail);
    channel_free(&process->wake_beside);
    zap_stop(&process->zap);
    if (process->context)
        zmq_ctx_term(process->context);
    law_share_free(&process->law);
    node_keys_wipe(&process->keys);
    free(process->peers);
    free(process->owners);
    arena_free(&process->arena);
    close(process->stop_descriptor);
    free(process);
}

int service_main(int argc, char **argv, const struct service *service, const struct preparer *preparer)
{
    struct refusal refusal;
    const char *path = conf_path(argc, argv);
    log_open(service->name);
    if (!path) {
        fprintf(stderr, "usage: tiaojie-%s --conf node.conf\n", service->name);
        return 2;
    }
    struct process *process = calloc(1, sizeof *process);
    assert(process);
    process->service = service;
    process->preparer = preparer;
    process->arena = arena_new(SIZE_MAX);
    process->stop_descriptor = eventfd(0, EFD_CLOEXEC);
    pthread_mutex_init(&process->directory_lock, NULL);
    enum status status = set_up(process, path, &refusal);
    if (status == OK)
        run(process);
    else
        log_refusal(LEVEL_ERROR, "cannot start", &refusal, "");
    tear_down(process);
    return status == OK ? 0 : 1;
}
