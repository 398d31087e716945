/* SPDX-License-Identifier: Apache-2.0
 *
 * Ready: waits until every partition of every service has a living owner, so that a script can go on.
 */
#include "clients/admin/database.h"
#include "common/base/instant.h"
#include "common/service.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEAD_AFTER_S = 2, LOOK_MS = 50, WAIT_DEFAULT_S = 30, WAIT_MOST_S = 3600 };

static enum status unready(struct admin *admin, const char *service, long *count)
{
    PGresult *result = NULL;
    char seconds[12];
    snprintf(seconds, sizeof seconds, "%d", DEAD_AFTER_S);
    enum status status =
        database_run(admin, admin->database, "node_unready", &result, DATABASE_VALUES(service, seconds));
    *count = status == OK ? strtol(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    PQclear(result);
    return status;
}

/* The first service with a partition that nobody has; NULL: all are served. */
static enum status first_unready(struct admin *admin, const char **name)
{
    enum status status = OK;
    *name = NULL;
    for (size_t i = 0; SERVICES[i] && status == OK && !*name; i++) {
        long count = 0;
        status = unready(admin, SERVICES[i]->name, &count);
        if (count > 0)
            *name = SERVICES[i]->name;
    }
    return status;
}

static enum status node_ready(struct admin *admin)
{
    uint64_t wait_s = WAIT_DEFAULT_S;
    const char *name = NULL;
    enum status status = admin_conf(admin);
    if (status == OK)
        status = admin_number(admin, "wait", 0, WAIT_MOST_S, WAIT_DEFAULT_S, &wait_s);
    if (status == OK)
        status = database_open(admin);
    int64_t end = instant_monotonic() + (int64_t)wait_s * INSTANT_SECOND;
    while (status == OK) {
        status = first_unready(admin, &name);
        if (status != OK || !name || instant_monotonic() >= end)
            break;
        poll(NULL, 0, LOOK_MS);
    }
    if (status == OK && name)
        return refuse_with(&admin->refusal, UNAVAILABLE, name,
                           N_("the service %1 has partitions that no process serves"),
                           N_("start it; its log says why it is not there"), name);
    return status;
}

const struct verb VERB_NODE_READY = {
    .name = "node ready",
    .options = "conf wait",
    .words = "",
    .help = N_("wait until every service is there, --wait seconds at most (30)"),
    .run = node_ready,
};
