/* SPDX-License-Identifier: Apache-2.0
 *
 * Principals: who may speak to the node, and until when. Gateways are told at once.
 */
#include "clients/admin/database.h"
#include "common/base/instant.h"
#include "common/net/socket.h"
#include "proto/command.pb-c.h"

#include <stdio.h>
#include <string.h>

/* "clerk,mediator" to bits; UNKNOWN names the word. */
static enum status read_roles(struct admin *admin, const char *text, uint32_t *roles)
{
    *roles = 0;
    for (const char *at = text; *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        const char *word = text_print(admin->arena, "%.*s", (int)strcspn(at, ","), at);
        char *name = arena_text(admin->arena, text_print(admin->arena, "ROLE_%s", word));
        for (char *c = name; *c; c++)
            *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        const ProtobufCEnumValue *role = protobuf_c_enum_descriptor_get_value_by_name(&tiaojie__role__descriptor, name);
        if (!role || role->value == 0)
            return refuse_with(
                &admin->refusal, UNKNOWN, "--roles", N_("there is no role \"%1\""),
                N_("roles: clerk, mediator, head, supervisor, partner, service, operator, bench; several with commas"),
                word);
        *roles |= 1u << role->value;
    }
    return OK;
}

/* --key TEXT or --key-file FILE. */
static enum status read_key(struct admin *admin, const char **key)
{
    const char *file = admin_option(admin, "key-file");
    struct curve_key pair;

    if (file) {
        enum status status = curve_key_load(&pair, file, &admin->refusal);
        *key = arena_text(admin->arena, pair.public_text);
        return status;
    }
    enum status status = admin_need(admin, "key", key);
    if (status != OK || curve_text_valid(*key))
        return status;
    return refuse(&admin->refusal, INVALID, "--key", N_("it is not a public key"),
                  N_("write the 40 characters that `tiaojie-admin key make` printed"));
}

/* A day or a moment as text for timestamptz; `fallback` when it is not given. */
static enum status read_moment(struct admin *admin, const char *option, const char *fallback, const char **moment)
{
    const char *text = admin_option(admin, option);
    char formatted[INSTANT_TEXT];
    int64_t instant = 0;
    int32_t day;

    *moment = fallback;
    if (!text)
        return OK;
    enum status status = strchr(text, 'T') ? instant_parse(text, option, &instant, &admin->refusal)
                                           : day_parse(text, option, &day, &admin->refusal);
    if (status != OK)
        return status;
    *moment = arena_text(admin->arena, instant_format(strchr(text, 'T') ? instant : day_start(day), formatted));
    return OK;
}

static const char *now_text(struct admin *admin)
{
    char text[INSTANT_TEXT];

    return arena_text(admin->arena, instant_format(instant_now(), text));
}

struct newcomer {
    const char *name, *key, *roles_text, *from, *until;
    uint32_t roles;
    uint64_t office, mediator;
};

static enum status read_newcomer(struct admin *admin, struct newcomer *one)
{
    enum status status = admin_need(admin, "name", &one->name);

    if (status == OK)
        status = admin_need(admin, "roles", &one->roles_text);
    if (status == OK)
        status = read_roles(admin, one->roles_text, &one->roles);
    if (status == OK)
        status = read_key(admin, &one->key);
    if (status == OK)
        status = admin_number(admin, "office", 1, (UINT64_C(1) << 45) - 1, 0, &one->office);
    if (status == OK)
        status = admin_number(admin, "mediator", 1, UINT64_C(1) << 53, 0, &one->mediator);
    if (status == OK)
        status = read_moment(admin, "from", now_text(admin), &one->from);
    return status == OK ? read_moment(admin, "until", "", &one->until) : status;
}

static enum status principal_add(struct admin *admin)
{
    struct newcomer one;
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = read_newcomer(admin, &one);
    if (status != OK)
        return status;
    bool system = one.roles & (1u << TIAOJIE__ROLE__ROLE_PARTNER | 1u << TIAOJIE__ROLE__ROLE_BENCH);
    status = database_run(
        admin, admin->database, "principal_add", &result,
        DATABASE_VALUES(one.name, system ? "system" : "person", one.key, text_print(admin->arena, "%u", one.roles),
                        text_print(admin->arena, "%llu", (unsigned long long)one.office),
                        text_print(admin->arena, "%llu", (unsigned long long)one.mediator), one.from, one.until));
    if (status != OK)
        return status;
    printf("principal id=%s key=%s\n", PQgetvalue(result, 0, 0), one.key);
    PQclear(result);
    return database_run(admin, admin->database, "principal_notify", NULL, NULL);
}

static enum status principal_revoke(struct admin *admin)
{
    const char *name;
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = admin_need(admin, "name", &name);
    if (status == OK)
        status =
            database_run(admin, admin->database, "principal_revoke", &result, DATABASE_VALUES(name, now_text(admin)));
    if (status != OK)
        return status;
    bool found = PQntuples(result) == 1;
    if (found)
        printf("principal id=%s revoked\n", PQgetvalue(result, 0, 0));
    PQclear(result);
    if (!found)
        return refuse_with(&admin->refusal, UNKNOWN, "--name", N_("nobody with a valid key is called \"%1\""),
                           N_("look with `tiaojie-admin principal list`"), name);
    return database_run(admin, admin->database, "principal_notify", NULL, NULL);
}

static enum status principal_list(struct admin *admin)
{
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = database_run(admin, admin->database, "principal_print", &result, NULL);
    if (status != OK)
        return status;
    for (int i = 0; i < PQntuples(result); i++)
        printf("principal id=%s kind=%s office=%s roles=%s state=%s key=%s name=\"%s\"\n", PQgetvalue(result, i, 0),
               PQgetvalue(result, i, 1), PQgetvalue(result, i, 2), PQgetvalue(result, i, 3), PQgetvalue(result, i, 4),
               PQgetvalue(result, i, 5), PQgetvalue(result, i, 6));
    PQclear(result);
    return OK;
}

const struct verb VERB_PRINCIPAL_ADD = {
    .name = "principal add",
    .options = "conf name roles key key-file office mediator from until",
    .words = "",
    .help = N_("register a key: a person's or a system's"),
    .run = principal_add,
};

const struct verb VERB_PRINCIPAL_REVOKE = {
    .name = "principal revoke",
    .options = "conf name",
    .words = "",
    .help = N_("revoke a key; it is refused from the next message on"),
    .run = principal_revoke,
};

const struct verb VERB_PRINCIPAL_LIST = {
    .name = "principal list",
    .options = "conf",
    .words = "",
    .help = N_("list the keys and who has them"),
    .run = principal_list,
};
