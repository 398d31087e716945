/* SPDX-License-Identifier: Apache-2.0
 *
 * Database: connecting, running, and saying what PostgreSQL refused.
 */
#include "clients/admin/database.h"

#include "common/base/embedded.h"

#include <assert.h>
#include <string.h>

enum { VALUES_MAX = 16 };

extern const struct embedded_file GATEWAY_SQL[];

static const char *sql(const char *name)
{
    const struct embedded_file *file = GATEWAY_SQL;

    while (file->name && strcmp(file->name, name) != 0)
        file++;
    assert(file->name);
    return file->text;
}

/* PostgreSQL's message without its line end. */
static const char *first_line(struct arena *arena, const char *message)
{
    return text_print(arena, "%.*s", (int)strcspn(message, "\n"), message);
}

enum status database_connect(struct admin *admin, const char *conninfo, PGconn **connection)
{
    *connection = PQconnectdb(conninfo);
    if (PQstatus(*connection) == CONNECTION_OK)
        return OK;
    const char *message = first_line(admin->arena, PQerrorMessage(*connection));
    PQfinish(*connection);
    *connection = NULL;
    return refuse_with(&admin->refusal, UNAVAILABLE, "database", N_("the database cannot be reached: %1"),
                       N_("start it, or correct [database] conninfo; a new node needs `tiaojie-admin node init` first"),
                       message);
}

enum status database_conninfo(struct admin *admin, const char **conninfo)
{
    enum status status = admin_conf(admin);

    if (status == OK)
        *conninfo =
            text_print(admin->arena, "%s user=%s_node", conf_get(admin->conf, "database", "conninfo"), admin->node);
    return status;
}

enum status database_open(struct admin *admin)
{
    const char *conninfo;

    if (admin->database)
        return OK;
    enum status status = database_conninfo(admin, &conninfo);
    return status != OK ? status : database_connect(admin, conninfo, &admin->database);
}

static enum status refuse_result(struct admin *admin, const char *name, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *place = arena_text(admin->arena, constraint ? constraint : name);

    if (state && strcmp(state, "23505") == 0)
        return refuse_with(&admin->refusal, CONFLICT, place, N_("there is one already (%1)"),
                           N_("look with the list command"), place);
    if (state && strncmp(state, "23", 2) == 0)
        return refuse_with(&admin->refusal, INVALID, place, N_("the schema's rule %1 refuses these values"),
                           N_("correct the values; an office must exist before it is named"), place);
    return refuse_with(&admin->refusal, BROKEN, place, N_("PostgreSQL refused a statement: %1"),
                       N_("tell the operator of the database"),
                       first_line(admin->arena, message ? message : "connection lost"));
}

static bool succeeded(const PGresult *result)
{
    return PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK;
}

enum status database_run(struct admin *admin, PGconn *connection, const char *name, PGresult **result,
                         const char *const *values)
{
    const char *list[VALUES_MAX];
    int count = 0;

    for (; values && values[count]; count++) {
        assert(count < VALUES_MAX);
        list[count] = values[count];
    }
    PGresult *got = PQexecParams(connection, sql(name), count, NULL, list, NULL, NULL, 0);
    enum status status = succeeded(got) ? OK : refuse_result(admin, name, got);
    if (result && status == OK)
        *result = got;
    else
        PQclear(got);
    return status;
}

enum status database_run_texts(struct admin *admin, PGconn *connection, const char *name, const char *const *values)
{
    PGresult *texts;
    enum status status = database_run(admin, connection, name, &texts, values);

    if (status != OK)
        return status;
    for (int i = 0; i < PQntuples(texts) && status == OK; i++) {
        PGresult *result = PQexec(connection, PQgetvalue(texts, i, 0));
        if (!succeeded(result))
            status = refuse_result(admin, name, result);
        PQclear(result);
    }
    PQclear(texts);
    return status;
}

const char *database_bytes(struct arena *arena, const uint8_t *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_take(arena, size * 2 + 3);

    memcpy(text, "\\x", 2);
    for (size_t i = 0; i < size; i++) {
        text[2 + i * 2] = digits[bytes[i] >> 4];
        text[3 + i * 2] = digits[bytes[i] & 15];
    }
    return text;
}
