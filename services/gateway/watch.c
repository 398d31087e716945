/* SPDX-License-Identifier: Apache-2.0
 *
 * Watch: one thread, one connection, and what it shares under a lock.
 */
#include "services/gateway/watch.h"

#include "common/base/embedded.h"
#include "common/base/instant.h"
#include "common/base/log.h"

#include <assert.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum {
    TURN_MS = 300,
    START_TURNS = 40, /* a database that is starting too has 12 s */
    PEOPLE_MS = 5000,
    DEAD_AFTER_S = 2,
    UNKNOWN_KEY_WAIT_MS = 200,
    CONNINFO_SIZE = 1024,
};

extern const struct embedded_file GATEWAY_SQL[];

struct watch {
    char conninfo[CONNINFO_SIZE];
    PGconn *connection; /* the thread's, as is what follows */
    int64_t people_read_at;
    bool failing;
    pthread_t thread;
    int wake; /* eventfd: hurry, or stop */
    int news; /* eventfd: new copies wait */
    pthread_mutex_t lock;
    pthread_cond_t people_read; /* signalled at each reading of people */
    /* under the lock */
    bool stop;
    bool wants_people;
    uint64_t people_readings;
    struct people *known;      /* the key check's */
    struct people *new_people; /* for the loop, until it takes them */
    struct owners *new_owners;
};

static const char *sql(const char *name)
{
    const struct embedded_file *file = GATEWAY_SQL;

    while (file->name && strcmp(file->name, name) != 0)
        file++;
    assert(file->name);
    return file->text;
}

static void ring(int descriptor)
{
    uint64_t one = 1;
    ssize_t written = write(descriptor, &one, sizeof one);
    (void)written; /* only a full counter fails, and that rings too */
}

static void silence(int descriptor)
{
    uint64_t count;
    ssize_t got = read(descriptor, &count, sizeof count);
    (void)got;
}

/* ---- reading ---- */

static uint64_t number(const PGresult *result, int row, int column)
{
    return strtoull(PQgetvalue(result, row, column), NULL, 10);
}

static void copy_text(char *to, size_t size, const PGresult *result, int row, int column)
{
    snprintf(to, size, "%s", PQgetvalue(result, row, column));
}

static void read_principal(struct principal *principal, const PGresult *result, int row)
{
    copy_text(principal->key, sizeof principal->key, result, row, 0);
    principal->id = number(result, row, 1);
    principal->roles = (uint32_t)number(result, row, 2);
    principal->office = number(result, row, 3);
    principal->place = (uint32_t)number(result, row, 4);
    principal->mediator = number(result, row, 5);
    principal->valid_from = strtoll(PQgetvalue(result, row, 6), NULL, 10);
    principal->valid_until = strtoll(PQgetvalue(result, row, 7), NULL, 10);
    principal->revoked_at = strtoll(PQgetvalue(result, row, 8), NULL, 10);
}

static PGresult *ask(struct watch *watch, const char *name, int count, const char *const *values)
{
    PGresult *result = PQexecParams(watch->connection, sql(name), count, NULL, values, NULL, NULL, 0);

    if (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
        return result;
    PQclear(result);
    return NULL;
}

static void share_people(struct watch *watch, struct people *people)
{
    pthread_mutex_lock(&watch->lock);
    people_free(&watch->known);
    people_free(&watch->new_people);
    watch->known = people_copy(people);
    watch->new_people = people;
    watch->people_readings++;
    pthread_cond_broadcast(&watch->people_read);
    pthread_mutex_unlock(&watch->lock);
    ring(watch->news);
}

static bool read_people(struct watch *watch)
{
    PGresult *principals = ask(watch, "principal_list", 0, NULL);
    PGresult *offices = principals ? ask(watch, "office_list", 0, NULL) : NULL;

    if (offices) {
        struct people *people = people_new((size_t)PQntuples(principals), (size_t)PQntuples(offices));
        for (int i = 0; i < PQntuples(principals); i++)
            read_principal(&people->principals[i], principals, i);
        for (int i = 0; i < PQntuples(offices); i++)
            people->offices[i] = (struct office){.id = number(offices, i, 0), .place = (uint32_t)number(offices, i, 1)};
        share_people(watch, people);
        watch->people_read_at = instant_monotonic();
    }
    bool good = offices != NULL;
    PQclear(principals);
    PQclear(offices);
    return good;
}

static bool read_owners(struct watch *watch)
{
    char seconds[12];
    snprintf(seconds, sizeof seconds, "%d", DEAD_AFTER_S);
    PGresult *result = ask(watch, "partition_list", 1, (const char *const[]){seconds});

    if (!result)
        return false;
    struct owners *owners = owners_new((size_t)PQntuples(result));
    for (int i = 0; i < PQntuples(result); i++) {
        struct address address;
        copy_text(address.process, sizeof address.process, result, i, 2);
        copy_text(address.endpoint, sizeof address.endpoint, result, i, 3);
        copy_text(address.key, sizeof address.key, result, i, 4);
        owners_add(owners, PQgetvalue(result, i, 0), (uint32_t)number(result, i, 1), &address);
    }
    PQclear(result);
    pthread_mutex_lock(&watch->lock);
    owners_free(&watch->new_owners);
    watch->new_owners = owners;
    pthread_mutex_unlock(&watch->lock);
    ring(watch->news);
    return true;
}

/* ---- the thread ---- */

static bool connected(struct watch *watch)
{
    if (watch->connection && PQstatus(watch->connection) == CONNECTION_OK)
        return true;
    PQfinish(watch->connection);
    watch->connection = PQconnectdb(watch->conninfo);
    watch->people_read_at = 0; /* what was notified meanwhile was missed */
    PGresult *result = PQstatus(watch->connection) == CONNECTION_OK ? ask(watch, "principal_listen", 0, NULL) : NULL;
    bool good = result != NULL;
    PQclear(result);
    return good;
}

static bool people_wanted(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    bool wanted = watch->wants_people;
    watch->wants_people = false;
    pthread_mutex_unlock(&watch->lock);

    PQconsumeInput(watch->connection);
    for (PGnotify *notice; (notice = PQnotifies(watch->connection)) != NULL; wanted = true)
        PQfreemem(notice);
    return wanted || watch->people_read_at == 0 ||
           instant_monotonic() - watch->people_read_at > PEOPLE_MS * INT64_C(1000);
}

static bool turn(struct watch *watch)
{
    bool good = connected(watch) && (!people_wanted(watch) || read_people(watch)) && read_owners(watch);

    if (good == watch->failing) {
        watch->failing = !good;
        log_event(good ? LEVEL_INFO : LEVEL_WARNING, good ? "directory is read again" : "directory cannot be read",
                  "reason", good ? "" : PQerrorMessage(watch->connection), NULL);
    }
    return good;
}

static bool stopped(struct watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    bool stop = watch->stop;
    pthread_mutex_unlock(&watch->lock);
    return stop;
}

static void *watch_run(void *data)
{
    struct watch *watch = data;

    while (!stopped(watch)) {
        struct pollfd items[] = {{.fd = watch->wake, .events = POLLIN},
                                 {.fd = PQsocket(watch->connection), .events = POLLIN}};
        poll(items, 2, TURN_MS);
        silence(watch->wake);
        turn(watch);
    }
    return NULL;
}

/* The first copies; a gateway may be started together with its database. */
static bool first_turn(struct watch *watch)
{
    for (int i = 0; i < START_TURNS; i++) {
        struct pollfd wake = {.fd = watch->wake, .events = POLLIN};
        if (turn(watch))
            return true;
        poll(&wake, 1, TURN_MS);
    }
    return false;
}

enum status watch_start(const char *conninfo, struct watch **watch, struct refusal *refusal)
{
    struct watch *made = calloc(1, sizeof *made);

    if (!made)
        abort();
    snprintf(made->conninfo, sizeof made->conninfo, "%s", conninfo);
    made->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    made->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&made->people_read, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *watch = made;
    if (first_turn(made) && pthread_create(&made->thread, NULL, watch_run, made) == 0)
        return OK;
    made->stop = true; /* there is no thread to wait for */
    watch_stop(watch);
    return refuse(refusal, UNAVAILABLE, "database.conninfo", N_("the directory in schema node cannot be read"),
                  N_("start the database, or run `tiaojie-admin node init` first"));
}

void watch_stop(struct watch **watch)
{
    struct watch *one = *watch;

    if (!one)
        return;
    bool running = !stopped(one);
    pthread_mutex_lock(&one->lock);
    one->stop = true;
    pthread_mutex_unlock(&one->lock);
    ring(one->wake);
    if (running)
        pthread_join(one->thread, NULL);
    PQfinish(one->connection);
    people_free(&one->known);
    people_free(&one->new_people);
    owners_free(&one->new_owners);
    pthread_cond_destroy(&one->people_read);
    pthread_mutex_destroy(&one->lock);
    close(one->wake);
    close(one->news);
    free(one);
    *watch = NULL;
}

/* ---- for others ---- */

int watch_descriptor(const struct watch *watch)
{
    return watch->news;
}

bool watch_update(struct watch *watch, struct people **people, struct owners **owners)
{
    silence(watch->news);
    pthread_mutex_lock(&watch->lock);
    struct people *new_people = watch->new_people;
    struct owners *new_owners = watch->new_owners;
    watch->new_people = NULL;
    watch->new_owners = NULL;
    pthread_mutex_unlock(&watch->lock);
    if (new_people) {
        people_free(people);
        *people = new_people;
    }
    if (new_owners) {
        owners_free(owners);
        *owners = new_owners;
    }
    return new_people || new_owners;
}

void watch_hurry(struct watch *watch)
{
    ring(watch->wake);
}

/* Called with the lock: waits until people were read once more, or a moment. */
static void wait_for_people(struct watch *watch)
{
    struct timespec until;
    uint64_t before = watch->people_readings;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += UNKNOWN_KEY_WAIT_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    watch->wants_people = true;
    ring(watch->wake);
    int late = 0;
    while (watch->people_readings == before && !late)
        late = pthread_cond_timedwait(&watch->people_read, &watch->lock, &until);
}

bool watch_knows(struct watch *watch, const char *key)
{
    pthread_mutex_lock(&watch->lock);
    bool known = people_find(watch->known, key) != NULL;
    if (!known) {
        wait_for_people(watch);
        known = people_find(watch->known, key) != NULL;
    }
    pthread_mutex_unlock(&watch->lock);
    return known;
}
