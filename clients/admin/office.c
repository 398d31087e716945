/* SPDX-License-Identifier: Apache-2.0
 *
 * Offices: committees, stations, workstations, HRSS windows, court divisions.
 */
#include "clients/admin/database.h"

#include <stdio.h>

static const uint64_t OFFICE_MAX = (UINT64_C(1) << 45) - 1;

static enum status office_add(struct admin *admin)
{
    const char *name, *kind;
    uint64_t id, place;
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = admin_need(admin, "name", &name);
    if (status == OK)
        status = admin_need(admin, "kind", &kind);
    if (status == OK)
        status = admin_number(admin, "id", 1, OFFICE_MAX, 0, &id);
    if (status == OK)
        status = admin_number(admin, "place", 110000, 659999, conf_number(admin->conf, "node", "place"), &place);
    if (status != OK)
        return status;
    status = database_run(admin, admin->database, "office_add", &result,
                          DATABASE_VALUES(text_print(admin->arena, "%llu", (unsigned long long)id), name,
                                          text_print(admin->arena, "%llu", (unsigned long long)place), kind));
    if (status != OK)
        return status;
    printf("office id=%s\n", PQgetvalue(result, 0, 0));
    PQclear(result);
    return database_run(admin, admin->database, "principal_notify", NULL, NULL);
}

static enum status office_list(struct admin *admin)
{
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = database_run(admin, admin->database, "office_print", &result, NULL);
    if (status != OK)
        return status;
    for (int i = 0; i < PQntuples(result); i++)
        printf("office id=%s place=%s kind=%s name=\"%s\"\n", PQgetvalue(result, i, 0), PQgetvalue(result, i, 1),
               PQgetvalue(result, i, 2), PQgetvalue(result, i, 3));
    PQclear(result);
    return OK;
}

const struct verb VERB_OFFICE_ADD = {
    .name = "office add",
    .options = "conf id name place kind",
    .words = "",
    .help = N_("add an office; kinds: committee, station, workstation, hrss, court"),
    .run = office_add,
};

const struct verb VERB_OFFICE_LIST = {
    .name = "office list", .options = "conf", .words = "", .help = N_("list the offices"), .run = office_list};
