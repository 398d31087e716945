/* SPDX-License-Identifier: Apache-2.0
 *
 * The benchmark's clients: a thread for each profile, all together with a fixed number of commands in flight, each over
 * random cases of its own office. A step begins when it is given to the partner library and ends with its answer; an
 * answer that says "later" is repeated by the library and counts as one step with the whole time.
 *
 *     bench_client STEP CASES INFLIGHT SECONDS STEPS IDS PROFILE...
 *
 * STEP is pay (an instalment, a fen of it) or record (a session, 200 bytes to be sealed). CASES is what bench_store
 * made. It ends after SECONDS or STEPS, whichever comes first, when all that is in flight has its answer. IDS gets a
 * line "partition id" for each step that was acknowledged. Prints one line of key=value.
 *
 * Refuses   to go on over a refused step: the exit code is 1 then, and its reason is told.
 */
#include "clients/partner/partner.h"
#include "common/base/conf.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/service.h"
#include "proto/mediation.pb-c.h"

#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { CLIENTS_MAX = 64, INSTALMENTS = 3, RECORD_BYTES = 200, WAIT_MS = 30000, LINE_MAX_SIZE = 4096 };

static const struct conf_key PROFILE[] = {
    {"", "endpoint", NULL, 0, 0}, {"", "server_key", NULL, 0, 0},
    {"", "key", NULL, 0, 0},      {"", "office", NULL, 1, (UINT64_C(1) << 45) - 1},
    {NULL, NULL, NULL, 0, 0},
};

/* One step in flight. */
struct flight {
    int64_t began_at;
    uint32_t partition;
};

struct done {
    struct uuid id;
    uint32_t partition;
    uint32_t micros;
};

struct client {
    pthread_t thread;
    struct run *run;
    struct partner *partner;
    struct arena *arena;
    uint64_t office;
    uint64_t *cases;
    size_t case_count;
    uint64_t random; /* xorshift; never 0 */
    size_t inflight;
    struct flight *flights;
    struct done *done;
    size_t done_count, done_room;
    uint64_t sendings;
    bool failed;
};

struct run {
    struct arena *arena;
    bool records;
    int64_t ends_at; /* monotonic */
    atomic_llong steps_left;
    pthread_barrier_t begin;
    int64_t began_at, ended_at;
    struct client clients[CLIENTS_MAX];
    size_t count;
};

static void give_up(const char *what, const struct refusal *refusal)
{
    log_refusal(LEVEL_ERROR, what, refusal, "");
    exit(1);
}

static uint64_t number_of(const char *text)
{
    char *end;
    uint64_t number = strtoull(text, &end, 10);
    if (end == text || *end || !number) {
        fprintf(stderr, "\"%s\" is no number over 0\n", text);
        exit(2);
    }
    return number;
}

static FILE *file_open(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* ---- setting up ---- */

static void client_open(struct client *client, struct run *run, const char *path)
{
    struct refusal refusal;
    struct conf *conf;
    struct partner_conf partner;
    client->run = run;
    client->arena = arena_new(SIZE_MAX);
    client->random = UINT64_C(0x9e3779b97f4a7c15) * (run->count + 1);
    if (conf_load(run->arena, path, PROFILE, &conf, &refusal))
        give_up("profile cannot be used", &refusal);
    const char *key = conf_get(conf, "", "key");
    const char *slash = strrchr(path, '/');
    if (key[0] != '/' && slash)
        key = text_print(run->arena, "%.*s/%s", (int)(slash - path), path, key);
    partner.endpoint = conf_get(conf, "", "endpoint");
    partner.server_key = conf_get(conf, "", "server_key");
    client->office = conf_number(conf, "", "office");
    enum status status = curve_key_load(&partner.key, key, &refusal);
    if (!status)
        status = partner_open(&partner, &client->partner, &refusal);
    if (status)
        give_up("client cannot be opened", &refusal);
}

static struct client *client_of(struct run *run, uint64_t office)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->clients[i].office == office)
            return &run->clients[i];
    return NULL;
}

static void case_add(struct client *client, uint64_t id)
{
    /* The room doubles at each power of two. */
    if ((client->case_count & (client->case_count - 1)) == 0)
        client->cases = realloc(client->cases, (client->case_count ? client->case_count * 2 : 1) * sizeof id);
    assert(client->cases);
    client->cases[client->case_count++] = id;
}

static void cases_read(struct run *run, const char *path)
{
    FILE *file = file_open(path, "re");
    const char *wanted = run->records ? "session" : "agreed";
    uint64_t office, id;
    char state[16];
    while (fscanf(file, "%" SCNu64 " %" SCNu64 " %15s", &office, &id, state) == 3) {
        struct client *client = client_of(run, office);
        if (client && strcmp(state, wanted) == 0)
            case_add(client, id);
    }
    fclose(file);
    for (size_t i = 0; i < run->count; i++) {
        if (run->clients[i].case_count)
            continue;
        fprintf(stderr, "office %" PRIu64 " has no case: %s\n", run->clients[i].office, wanted);
        exit(2);
    }
}

/* ---- steps ---- */

static uint64_t next_random(struct client *client)
{
    client->random ^= client->random << 13;
    client->random ^= client->random >> 7;
    client->random ^= client->random << 17;
    return client->random;
}

static enum status submit_pay(struct client *client, struct partner_request *request, struct flight *flight,
                              struct refusal *refusal)
{
    Mediation__InstalmentPay pay = MEDIATION__INSTALMENT_PAY__INIT;
    pay.ordinal = (uint32_t)(next_random(client) % INSTALMENTS) + 1;
    pay.amount_fen = 1;
    request->name = "instalment paid";
    request->body = &pay.base;
    return partner_submit(client->partner, request, WAIT_MS, flight, refusal);
}

static enum status submit_record(struct client *client, struct partner_request *request, struct flight *flight,
                                 struct refusal *refusal)
{
    Mediation__SessionRecord record = MEDIATION__SESSION_RECORD__INIT;
    Tiaojie__Sealed sealed = TIAOJIE__SEALED__INIT;
    uint8_t text[RECORD_BYTES];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)('a' + next_random(client) % 26);
    sealed.plain = (ProtobufCBinaryData){sizeof text, text};
    record.ordinal = 1;
    record.record = &sealed;
    request->name = "session record";
    request->body = &record.base;
    return partner_submit(client->partner, request, WAIT_MS, flight, refusal);
}

/* False when enough has been submitted. */
static bool submit(struct client *client, struct flight *flight)
{
    struct run *run = client->run;
    struct partner_request request = {.service = "mediation"};
    struct refusal refusal;
    if (client->failed || instant_monotonic() >= run->ends_at || atomic_fetch_sub(&run->steps_left, 1) <= 0)
        return false;
    request.target = client->cases[next_random(client) % client->case_count];
    flight->partition = id_partition(request.target);
    flight->began_at = instant_monotonic();
    if ((run->records ? submit_record : submit_pay)(client, &request, flight, &refusal))
        give_up("step cannot be submitted", &refusal);
    return true;
}

static void note_done(struct client *client, const struct partner_outcome *outcome)
{
    const struct flight *flight = outcome->data;
    if (client->done_count == client->done_room) {
        client->done_room = client->done_room ? client->done_room * 2 : 4096;
        client->done = realloc(client->done, client->done_room * sizeof *client->done);
        assert(client->done);
    }
    const int64_t took = instant_monotonic() - flight->began_at;
    client->done[client->done_count++] = (struct done){outcome->id, flight->partition, (uint32_t)took};
    client->sendings += outcome->sendings;
}

static void *client_run(void *data)
{
    struct client *client = data;
    struct partner_outcome outcome;
    pthread_barrier_wait(&client->run->begin);
    for (size_t i = 0; i < client->inflight; i++)
        submit(client, &client->flights[i]);
    while (partner_in_flight(client->partner)) {
        if (!partner_collect(client->partner, WAIT_MS, client->arena, &outcome))
            continue;
        if (outcome.status && !client->failed)
            log_refusal(LEVEL_ERROR, "step refused", &outcome.refusal, "");
        client->failed |= outcome.status != OK;
        if (!outcome.status)
            note_done(client, &outcome);
        arena_clear(client->arena);
        submit(client, outcome.data);
    }
    return NULL;
}

/* ---- a run ---- */

/* The handshake and the first answer are not what is measured. */
static void greet(struct client *client)
{
    struct refusal refusal;
    struct partner_outcome outcome;
    struct flight flight;
    if (!submit(client, &flight))
        return;
    if (!partner_collect(client->partner, WAIT_MS, client->arena, &outcome) || outcome.status)
        give_up("no answer to the first step", outcome.status ? &outcome.refusal : &refusal);
    note_done(client, &outcome);
    client->sendings = 0;
}

static void run_clients(struct run *run, size_t inflight, uint64_t seconds)
{
    run->ends_at = INT64_MAX;
    for (size_t i = 0; i < run->count; i++)
        greet(&run->clients[i]);
    pthread_barrier_init(&run->begin, NULL, (unsigned)run->count + 1);
    for (size_t i = 0; i < run->count; i++) {
        struct client *client = &run->clients[i];
        client->inflight = inflight / run->count + (i < inflight % run->count);
        client->flights = arena_array(run->arena, client->inflight + 1, sizeof *client->flights);
        pthread_create(&client->thread, NULL, client_run, client);
    }
    run->began_at = instant_monotonic();
    run->ends_at = run->began_at + (int64_t)seconds * INSTANT_SECOND;
    pthread_barrier_wait(&run->begin);
    for (size_t i = 0; i < run->count; i++)
        pthread_join(run->clients[i].thread, NULL);
    run->ended_at = instant_monotonic();
    pthread_barrier_destroy(&run->begin);
}

/* ---- telling ---- */

static int by_time(const void *a, const void *b)
{
    const uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

/* All times but each client's first, in order. */
static uint32_t *times_sorted(const struct run *run, size_t *count)
{
    size_t all = 0;
    *count = 0;
    for (size_t i = 0; i < run->count; i++)
        all += run->clients[i].done_count;
    uint32_t *times = calloc(all + 1, sizeof *times);
    assert(times);
    for (size_t i = 0; i < run->count; i++)
        for (size_t k = 1; k < run->clients[i].done_count; k++)
            times[(*count)++] = run->clients[i].done[k].micros;
    qsort(times, *count, sizeof *times, by_time);
    return times;
}

static void ids_write(const struct run *run, const char *path)
{
    FILE *file = file_open(path, "ae");
    char id[UUID_TEXT];
    for (size_t i = 0; i < run->count; i++)
        for (size_t k = 0; k < run->clients[i].done_count; k++) {
            uuid_print(&run->clients[i].done[k].id, id);
            fprintf(file, "%" PRIu32 "\t%s\n", run->clients[i].done[k].partition, id);
        }
    if (fclose(file)) {
        perror(path);
        exit(1);
    }
}

static double cpu_seconds(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static void report(const struct run *run)
{
    size_t count;
    uint32_t *times = times_sorted(run, &count);
    uint64_t sendings = 0;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    for (size_t i = 0; i < run->count; i++)
        sendings += run->clients[i].sendings;
    const double seconds = (double)(run->ended_at - run->began_at) / 1e6;
    printf("steps=%zu per_s=%.0f p50_us=%" PRIu32 " p99_us=%" PRIu32 " sendings=%" PRIu64 " cpu_s=%.2f peak_kib=%ld\n",
           count, (double)count / seconds, times[count / 2], times[count * 99 / 100], sendings, cpu_seconds(&usage),
           usage.ru_maxrss);
    free(times);
}

static bool run_close(struct run *run)
{
    bool failed = false;
    for (size_t i = 0; i < run->count; i++) {
        struct client *client = &run->clients[i];
        failed |= client->failed;
        partner_close(&client->partner);
        arena_free(&client->arena);
        free(client->cases);
        free(client->done);
    }
    arena_free(&run->arena);
    free(run);
    return failed;
}

int main(int argc, char **argv)
{
    enum { STEP = 1, CASES, INFLIGHT, SECONDS, STEPS, IDS, PROFILES };
    struct run *run = calloc(1, sizeof *run);
    assert(run);
    log_open("bench_client");
    if (argc <= PROFILES || argc - PROFILES > CLIENTS_MAX ||
        (strcmp(argv[STEP], "pay") != 0 && strcmp(argv[STEP], "record") != 0)) {
        fprintf(stderr, "usage: bench_client pay|record CASES INFLIGHT SECONDS STEPS IDS PROFILE...\n");
        return 2;
    }
    run->arena = arena_new(SIZE_MAX);
    run->records = strcmp(argv[STEP], "record") == 0;
    atomic_store(&run->steps_left, (long long)number_of(argv[STEPS]));
    for (; run->count < (size_t)(argc - PROFILES); run->count++)
        client_open(&run->clients[run->count], run, argv[PROFILES + run->count]);
    cases_read(run, argv[CASES]);
    run_clients(run, number_of(argv[INFLIGHT]), number_of(argv[SECONDS]));
    report(run);
    ids_write(run, argv[IDS]);
    return run_close(run) ? 1 : 0;
}
