/* SPDX-License-Identifier: Apache-2.0
 *
 * Node init: database, roles, schemas, keys, and the processes' own keys as principals. Run again after an update it
 * does what is missing and leaves the rest.
 */
#include "clients/admin/database.h"
#include "clients/admin/schemas.h"
#include "common/base/instant.h"
#include "common/net/socket.h"
#include "common/seal/node_keys.h"
#include "common/store/migrate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { INCARNATION_BYTES = 16 };

/* ---- database ---- */

/* The database's name from [database] conninfo. */
static enum status database_name(struct admin *admin, const char **name)
{
    PQconninfoOption *options = PQconninfoParse(conf_get(admin->conf, "database", "conninfo"), NULL);

    *name = NULL;
    for (PQconninfoOption *one = options; one && one->keyword; one++)
        if (strcmp(one->keyword, "dbname") == 0 && one->val)
            *name = arena_text(admin->arena, one->val);
    PQconninfoFree(options);
    if (*name)
        return OK;
    return refuse(&admin->refusal, INVALID, "database.conninfo", N_("it names no database"),
                  N_("write dbname=... into it"));
}

static enum status make_database(struct admin *admin, const char *superuser, const char *name)
{
    PGconn *connection;
    enum status status = database_connect(admin, superuser, &connection);

    if (status != OK)
        return status;
    status = database_run_texts(admin, connection, "database_make", DATABASE_VALUES(name));
    PQfinish(connection);
    return status;
}

static enum status make_schemas(struct admin *admin, const char *owner)
{
    enum status status = OK;

    for (const struct schema *schema = SCHEMAS; schema->name && status == OK; schema++) {
        const struct migration migration = {schema->name, admin->node, schema->files, schema->log};
        unsigned ran;
        status = store_migrate(owner, &migration, &ran, &admin->refusal);
        if (status == OK)
            printf("schema name=%s files_run=%u\n", schema->name, ran);
    }
    return status;
}

static enum status make_gateway_role(struct admin *admin, const char *owner)
{
    PGconn *connection;
    enum status status = database_connect(admin, owner, &connection);

    if (status != OK)
        return status;
    status = database_run_texts(admin, connection, "gateway_role", DATABASE_VALUES(admin->node));
    PQfinish(connection);
    return status;
}

/* ---- keys ---- */

static enum status make_key_folder(struct admin *admin, const char *folder)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return OK;
    return refuse_with(&admin->refusal, INVALID, "paths.keys", N_("%1 cannot be made: %2"),
                       N_("make the folder above it, or name another one"), folder, strerrordesc_np(errno));
}

/* A process's CURVE key: the file's, or a new one; registered under the process's name. */
static enum status make_process_key(struct admin *admin, const char *folder, const char *process)
{
    const char *path = text_print(admin->arena, "%s/%s.key", folder, process);
    struct curve_key key;
    enum status status = OK;

    if (access(path, F_OK) == 0)
        status = curve_key_load(&key, path, &admin->refusal);
    else {
        curve_key_make(&key);
        status = curve_key_save(&key, path, &admin->refusal);
    }
    if (status == OK)
        status = database_run(admin, admin->database, "principal_service", NULL,
                              DATABASE_VALUES(text_print(admin->arena, "service %s", process), key.public_text));
    if (status == OK)
        printf("key process=%s public=%s\n", process, key.public_text);
    return status;
}

static enum status make_keys(struct admin *admin)
{
    const char *folder = conf_get(admin->conf, "paths", "keys");
    const char *node_keys = text_print(admin->arena, "%s/node.keys", folder);
    enum status status = make_key_folder(admin, folder);

    if (status == OK && access(node_keys, F_OK) != 0)
        status = node_keys_make(node_keys, &admin->refusal);
    if (status == OK)
        status = make_process_key(admin, folder, "gateway");
    for (const struct schema *schema = SCHEMAS + 1; schema->name && status == OK; schema++)
        status = make_process_key(admin, folder, schema->name);
    return status == OK ? database_run(admin, admin->database, "principal_notify", NULL, NULL) : status;
}

/* ---- the node's row ---- */

static enum status check_node(struct admin *admin, const char *place, const char *partitions)
{
    PGresult *result;
    enum status status = database_run(admin, admin->database, "node_print", &result, NULL);

    if (status != OK)
        return status;
    bool same = strcmp(PQgetvalue(result, 0, 0), admin->node) == 0 && strcmp(PQgetvalue(result, 0, 1), place) == 0 &&
                strcmp(PQgetvalue(result, 0, 2), partitions) == 0;
    PQclear(result);
    if (same)
        return OK;
    return refuse(&admin->refusal, CONFLICT, "node",
                  N_("name, place or partitions differ from what the node was made with"),
                  N_("restore them in node.conf: they are part of every id and cannot change"));
}

static enum status make_node(struct admin *admin)
{
    uint8_t incarnation[INCARNATION_BYTES];
    char now[INSTANT_TEXT];
    const char *place = conf_get(admin->conf, "node", "place");
    const char *partitions = conf_get(admin->conf, "node", "partitions");

    if (getrandom(incarnation, sizeof incarnation, 0) != sizeof incarnation)
        abort();
    enum status status = database_run(admin, admin->database, "node_add", NULL,
                                      DATABASE_VALUES(admin->node, place, partitions,
                                                      database_bytes(admin->arena, incarnation, sizeof incarnation),
                                                      instant_format(instant_now(), now)));
    return status == OK ? check_node(admin, place, partitions) : status;
}

static enum status node_init(struct admin *admin)
{
    const char *superuser, *name;
    enum status status = admin_conf(admin);

    if (status == OK)
        status = admin_need(admin, "superuser", &superuser);
    if (status == OK)
        status = database_name(admin, &name);
    if (status == OK)
        status = make_database(admin, superuser, name);
    if (status != OK)
        return status;
    const char *owner = text_print(admin->arena, "%s dbname=%s", superuser, name);
    status = make_schemas(admin, owner);
    if (status == OK)
        status = make_gateway_role(admin, owner);
    if (status == OK)
        status = database_open(admin);
    if (status == OK)
        status = make_node(admin);
    if (status == OK)
        status = make_keys(admin);
    if (status == OK)
        printf("node name=%s place=%s partitions=%s ready\n", admin->node, conf_get(admin->conf, "node", "place"),
               conf_get(admin->conf, "node", "partitions"));
    return status;
}

const struct verb VERB_NODE_INIT = {
    .name = "node init",
    .options = "conf superuser",
    .words = "",
    .help = N_("make the node's database, roles, schemas and keys; again after an update: what is missing"),
    .run = node_init,
};
