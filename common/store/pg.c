/* SPDX-License-Identifier: Apache-2.0
 *
 * Pg: libpq's pipeline mode, used synchronously.
 *
 * Traps, each of which hung or broke somebody: results come only after a sync or flush; while PQflush
 * has not written all, the socket must be read too, or server and client wait for each other; an error aborts
 * everything up to the sync, so all results are drained to it before pipeline mode is left.
 */
#include "common/store/pg.h"

#include "common/store/fault.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    RESULT_WAIT_MS = 60000, /* above the session's statement_timeout: only a host that is gone gets here */
    CONNECT_PAUSE_MS = 20
};

struct prepared {
    char *name;
    char *text;
};

struct pg {
    PGconn *connection; /* NULL: lost */
    char *conninfo;
    char *session;
    struct prepared *prepared;
    size_t prepared_count;
    bool warned;
    struct pg_fault fault;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *need(void *memory)
{
    if (!memory) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return memory;
}

/* ---- faults and notices -------------------------------------------------------------------------------------------
 */

static void copy_field(char *to, size_t size, const PGresult *result, int field)
{
    const char *value = result ? PQresultErrorField(result, field) : NULL;
    snprintf(to, size, "%s", value ? value : "");
}

static void note_fault(struct pg *pg, const PGresult *result)
{
    struct pg_fault *fault = &pg->fault;
    copy_field(fault->state, sizeof fault->state, result, PG_DIAG_SQLSTATE);
    copy_field(fault->table, sizeof fault->table, result, PG_DIAG_TABLE_NAME);
    copy_field(fault->column, sizeof fault->column, result, PG_DIAG_COLUMN_NAME);
    copy_field(fault->constraint, sizeof fault->constraint, result, PG_DIAG_CONSTRAINT_NAME);
    copy_field(fault->message, sizeof fault->message, result, PG_DIAG_MESSAGE_PRIMARY);
}

static void note_lost(struct pg *pg)
{
    pg->fault = (struct pg_fault){.state = "08006"};
    if (pg->connection) {
        snprintf(pg->fault.message, sizeof pg->fault.message, "%s", PQerrorMessage(pg->connection));
        pg->fault.message[strcspn(pg->fault.message, "\n")] = '\0';
    }
    PQfinish(pg->connection);
    pg->connection = NULL;
}

static void on_notice(void *data, const PGresult *notice)
{
    struct pg *pg = data;
    const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity && strcmp(severity, "WARNING") == 0)
        pg->warned = true;
}

/* ---- connecting ---------------------------------------------------------------------------------------------------
 */

static PGconn *connect_once(struct pg *pg)
{
    /* Later keywords win over what the conninfo says; a host that vanished is noticed within seconds. */
    const char *const keys[] = {"dbname",           "connect_timeout",  "keepalives_idle", "keepalives_interval",
                                "keepalives_count", "tcp_user_timeout", "client_encoding", NULL};
    const char *const values[] = {pg->conninfo, "2", "5", "2", "3", "10000", "UTF8", NULL};
    PGconn *connection = PQconnectdbParams(keys, values, 1);
    if (connection)
        PQsetNoticeReceiver(connection, on_notice, pg);
    return connection;
}

static bool run(struct pg *pg, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good)
        note_fault(pg, result);
    PQclear(result);
    return good;
}

static bool equip(struct pg *pg)
{
    if (!run(pg, PQexec(pg->connection, pg->session)))
        return false;
    for (size_t i = 0; i < pg->prepared_count; i++)
        if (!run(pg, PQprepare(pg->connection, pg->prepared[i].name, pg->prepared[i].text, 0, NULL)))
            return false;
    return PQsetnonblocking(pg->connection, 1) == 0;
}

bool pg_reconnect(struct pg *pg, int wait_ms)
{
    int64_t until = now_ms() + wait_ms;
    for (;;) {
        PQfinish(pg->connection);
        pg->connection = connect_once(pg);
        if (pg->connection && PQstatus(pg->connection) == CONNECTION_OK && equip(pg))
            return true;
        note_lost(pg);
        if (now_ms() >= until)
            return false;
        poll(NULL, 0, CONNECT_PAUSE_MS);
    }
}

bool pg_is_connected(const struct pg *pg)
{
    return pg->connection != NULL;
}

enum status pg_open(struct pg **pg, const char *conninfo, const char *session, int wait_ms, struct refusal *refusal)
{
    struct pg *new = need(calloc(1, sizeof *new));
    new->conninfo = need(strdup(conninfo));
    new->session = need(strdup(session));
    if (pg_reconnect(new, wait_ms)) {
        *pg = new;
        return OK;
    }
    refuse_with(refusal, UNAVAILABLE, "database", N_("the database does not answer: %1"),
                N_("start PostgreSQL, or correct conninfo in node.conf"), fault_keep(new->fault.message));
    pg_free(&new);
    *pg = NULL;
    return refusal->status;
}

void pg_free(struct pg **pg)
{
    if (!*pg)
        return;
    PQfinish((*pg)->connection);
    for (size_t i = 0; i < (*pg)->prepared_count; i++) {
        free((*pg)->prepared[i].name);
        free((*pg)->prepared[i].text);
    }
    free((*pg)->prepared);
    free((*pg)->session);
    free((*pg)->conninfo);
    free(*pg);
    *pg = NULL;
}

const char *pg_prepared_name(const struct pg *pg, const char *name)
{
    for (size_t i = 0; i < pg->prepared_count; i++)
        if (strcmp(pg->prepared[i].name, name) == 0)
            return pg->prepared[i].name;
    return NULL;
}

enum status pg_prepare(struct pg *pg, const char *name, const char *text, struct refusal *refusal)
{
    if (!pg->connection && !pg_reconnect(pg, 0))
        return fault_refuse(&pg->fault, refusal);
    if (!run(pg, PQprepare(pg->connection, name, text, 0, NULL)))
        return fault_refuse(&pg->fault, refusal);
    pg->prepared = need(realloc(pg->prepared, (pg->prepared_count + 1) * sizeof *pg->prepared));
    pg->prepared[pg->prepared_count++] = (struct prepared){need(strdup(name)), need(strdup(text))};
    return OK;
}

enum status pg_script(struct pg *pg, const char *text, struct refusal *refusal)
{
    if (!pg->connection && !pg_reconnect(pg, 0))
        return fault_refuse(&pg->fault, refusal);
    return run(pg, PQexec(pg->connection, text)) ? OK : fault_refuse(&pg->fault, refusal);
}

/* ---- pipelines ----------------------------------------------------------------------------------------------------
 */

static bool send_call(struct pg *pg, const struct pg_call *call)
{
    const char *values[PARAMS_MAX];
    int lengths[PARAMS_MAX];
    int formats[PARAMS_MAX];
    int count = call->params ? call->params->count : 0;
    for (int i = 0; i < count; i++) {
        const struct params *params = call->params;
        size_t end = i + 1 < count ? params->starts[i + 1] : params->size;
        values[i] = (const char *)params->bytes + params->starts[i];
        lengths[i] = (int)(end - params->starts[i]);
        formats[i] = 1;
    }
    return PQsendQueryPrepared(pg->connection, call->statement, count, values, lengths, formats, 1) == 1;
}

/* Waits until the socket can be read (or written, if that is wanted too) and takes what has come. */
static bool wait_socket(struct pg *pg, short events, int64_t until)
{
    int64_t left = until - now_ms();
    struct pollfd socket = {PQsocket(pg->connection), events, 0};
    if (left <= 0 || poll(&socket, 1, (int)left) == 0)
        return false;
    return !(socket.revents & (POLLIN | POLLHUP | POLLERR)) || PQconsumeInput(pg->connection) == 1;
}

static bool flush(struct pg *pg, int64_t until)
{
    int unsent;
    while ((unsent = PQflush(pg->connection)) == 1)
        if (!wait_socket(pg, POLLIN | POLLOUT, until))
            return false;
    return unsent == 0;
}

/* The next result, or NULL at the end of a statement's results; *lost when it does not come. */
static PGresult *next_result(struct pg *pg, int64_t until, bool *lost)
{
    while (PQisBusy(pg->connection))
        if (!flush(pg, until) || !wait_socket(pg, POLLIN, until)) {
            *lost = true;
            return NULL;
        }
    PGresult *result = PQgetResult(pg->connection);
    const char *severity = result ? PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED) : NULL;
    bool fatal = severity && (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0);
    *lost = fatal || PQstatus(pg->connection) != CONNECTION_OK;
    return result;
}

/* The call's one result and the NULL behind it. True when it came. */
static bool collect_call(struct pg *pg, struct pg_call *call, int64_t until, bool *failed)
{
    bool lost = false;
    call->result = next_result(pg, until, &lost);
    if (lost || !call->result)
        return false;
    if (PQresultStatus(call->result) == PGRES_FATAL_ERROR && !*failed) {
        note_fault(pg, call->result);
        *failed = true;
    }
    PGresult *end = next_result(pg, until, &lost);
    PQclear(end);
    return !lost && !end;
}

static bool collect_sync(struct pg *pg, int64_t until)
{
    bool lost = false;
    PGresult *sync = next_result(pg, until, &lost);
    bool good = !lost && PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    return good && PQexitPipelineMode(pg->connection) == 1;
}

static bool exchange(struct pg *pg, struct pg_call *calls, size_t count, bool *failed)
{
    int64_t until = now_ms() + RESULT_WAIT_MS;
    if (PQenterPipelineMode(pg->connection) != 1)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!send_call(pg, &calls[i]))
            return false;
    if (PQpipelineSync(pg->connection) != 1 || !flush(pg, until))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!collect_call(pg, &calls[i], until, failed))
            return false;
    return collect_sync(pg, until);
}

static bool roll_back(struct pg *pg)
{
    if (PQtransactionStatus(pg->connection) == PQTRANS_IDLE)
        return true;
    PGresult *result = PQexecPrepared(pg->connection, "rollback", 0, NULL, NULL, NULL, 1);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
}

enum pg_outcome pg_pipeline(struct pg *pg, struct pg_call *calls, size_t count)
{
    bool failed = false;
    for (size_t i = 0; i < count; i++)
        calls[i].result = NULL;
    pg->warned = false;
    if (!pg->connection)
        return PG_LOST;
    if (!exchange(pg, calls, count, &failed) || (failed && !roll_back(pg))) {
        pg_clear(calls, count);
        note_lost(pg);
        return PG_LOST;
    }
    return failed ? PG_FAILED : PG_DONE;
}

void pg_clear(struct pg_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        PQclear(calls[i].result);
        calls[i].result = NULL;
    }
}

bool pg_warned(const struct pg *pg)
{
    return pg->warned;
}

const struct pg_fault *pg_fault(const struct pg *pg)
{
    return &pg->fault;
}

/* ---- values -------------------------------------------------------------------------------------------------------
 */

int64_t pg_get_int64(const PGresult *result, int row, int column)
{
    assert(PQgetlength(result, row, column) == sizeof(int64_t));
    return binary_int64(PQgetvalue(result, row, column));
}

int32_t pg_get_int32(const PGresult *result, int row, int column)
{
    assert(PQgetlength(result, row, column) == sizeof(int32_t));
    return binary_int32(PQgetvalue(result, row, column));
}

int64_t pg_get_timestamp(const PGresult *result, int row, int column)
{
    return pg_get_int64(result, row, column) + PG_EPOCH_US;
}
