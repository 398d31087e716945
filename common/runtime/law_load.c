/* SPDX-License-Identifier: Apache-2.0
 *
 * Loading of the law.
 */
#include "common/runtime/law_load.h"

#include "common/store/sql_text.h"

#include <stdio.h>

static enum status add_all(PGconn *connection, const char *statement, struct law *law,
                           enum status (*add)(struct law *, const uint8_t *, size_t, struct refusal *),
                           struct refusal *refusal)
{
    /* Result format 1: binary, so that a bytea is its bytes. */
    PGresult *result = PQexecParams(connection, sql_text(statement), 0, NULL, NULL, NULL, NULL, 1);
    enum status status = OK;
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        status = refuse(refusal, UNAVAILABLE, statement, N_("the database did not give the procedures and calendars"),
                        N_("was the node initialised by this version?"));
    for (int row = 0; status == OK && row < PQntuples(result); row++)
        status = add(law, (const uint8_t *)PQgetvalue(result, row, 0), (size_t)PQgetlength(result, row, 0), refusal);
    PQclear(result);
    return status;
}

enum status law_load(const char *conninfo, struct law **law, struct refusal *refusal)
{
    PGconn *connection = PQconnectdb(conninfo);
    *law = law_new();
    enum status status = OK;
    if (PQstatus(connection) != CONNECTION_OK)
        status =
            refuse(refusal, UNAVAILABLE, "conninfo", N_("the database does not answer"), N_("is PostgreSQL running?"));
    if (status == OK)
        status = add_all(connection, "law_calendars", *law, law_add_calendar, refusal);
    if (status == OK)
        status = add_all(connection, "law_bases", *law, law_add_bases, refusal);
    if (status == OK)
        status = add_all(connection, "law_procedures", *law, law_add_procedure, refusal);
    PQfinish(connection);
    return status;
}

bool law_mark(PGconn *connection, char mark[LAW_MARK_TEXT])
{
    PGresult *result = PQexec(connection, sql_text("law_mark"));
    bool good = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    if (good)
        snprintf(mark, LAW_MARK_TEXT, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    return good;
}
