/* SPDX-License-Identifier: Apache-2.0
 *
 * Links: the node's public keys as a file for a peer (key export) or for whoever checks a proof (node key), and a
 * peer's file taken in (link add). The files pass by hand between two offices that know each other: that is what the
 * trust between nodes rests on.
 */
#include "clients/admin/database.h"
#include "common/net/socket.h"
#include "common/seal/node_keys.h"
#include "common/seal/signature_pem.h"

#include <stdio.h>
#include <string.h>

static const struct conf_key LINK_FILE[] = {
    {"", "name", NULL, 0, 0},        {"", "place", NULL, 110000, 659999}, {"", "department", NULL, 0, 0},
    {"", "endpoint", NULL, 0, 0},    {"", "curve_key", NULL, 0, 0},       {"", "signature_suite", NULL, 0, 0},
    {"", "signing_key", NULL, 0, 0}, {"", "transport_key", NULL, 0, 0},   {NULL, NULL, NULL, 0, 0},
};

static const char *hex(struct admin *admin, const uint8_t *bytes, size_t size)
{
    return database_bytes(admin->arena, bytes, size) + strlen("\\x");
}

static void print_export(struct admin *admin, const char *department, const struct curve_key *exchange,
                         const struct node_keys *keys)
{
    const char *suite = admin_option(admin, "suite");
    bool sm2 = suite && strcmp(suite, signature_suite_name(SIGNATURE_SM2_SM3)) == 0;
    const struct signature_public *signing = sm2 ? &keys->signing_sm2.public_key : &keys->signing.public_key;

    printf("name = %s\nplace = %s\ndepartment = %s\nendpoint = %s\ncurve_key = %s\n", admin->node,
           conf_get(admin->conf, "node", "place"), department, conf_get(admin->conf, "exchange", "endpoint"),
           exchange->public_text);
    printf("signature_suite = %s\nsigning_key = %s\ntransport_key = %s\n", signature_suite_name(signing->suite),
           hex(admin, signing->bytes, signing->size),
           hex(admin, keys->transport.public_key, sizeof keys->transport.public_key));
}

static const char *key_file(const struct admin *admin, const char *name)
{
    return text_print(admin->arena, "%s/%s", conf_get(admin->conf, "paths", "keys"), name);
}

static enum status key_export(struct admin *admin)
{
    const char *department;
    struct curve_key exchange;
    struct node_keys keys;
    enum status status = admin_conf(admin);

    if (status == OK)
        status = admin_need(admin, "department", &department);
    if (status == OK)
        status = curve_key_load(&exchange, key_file(admin, "exchange.key"), &admin->refusal);
    if (status == OK)
        status = node_keys_load(key_file(admin, "node.keys"), &keys, &admin->refusal);
    if (status != OK)
        return status;
    print_export(admin, department, &exchange, &keys);
    node_keys_wipe(&keys);
    return OK;
}

static enum status node_key(struct admin *admin)
{
    struct node_keys keys;
    enum status status = admin_conf(admin);

    if (status == OK)
        status = node_keys_load(key_file(admin, "node.keys"), &keys, &admin->refusal);
    if (status != OK)
        return status;
    fputs(signature_pem(&keys.signing.public_key, admin->arena), stdout);
    node_keys_wipe(&keys);
    return OK;
}

static enum status key_make(struct admin *admin)
{
    struct curve_key key;

    if (admin->word_count != 1)
        return refuse(&admin->refusal, INVALID, "FILE", N_("one new file is wanted"), N_("name it after the command"));
    curve_key_make(&key);
    enum status status = curve_key_save(&key, admin->words[0], &admin->refusal);
    if (status == OK)
        printf("key file=%s public=%s\n", admin->words[0], key.public_text);
    return status;
}

/* The file's keys by form; what they are good for shows in the first envelope. */
static enum status check_link(struct admin *admin, const struct conf *link)
{
    if (curve_text_valid(conf_get(link, "", "curve_key")))
        return OK;
    return refuse(&admin->refusal, INVALID, "curve_key", N_("it is not a public key"),
                  N_("take the file as the peer's `tiaojie-admin key export` printed it"));
}

static enum status link_add(struct admin *admin)
{
    struct conf *link;
    enum status status = database_open(admin);

    if (status == OK && admin->word_count != 1)
        status = refuse(&admin->refusal, INVALID, "FILE", N_("the peer's file is missing"),
                        N_("name what the peer's `tiaojie-admin key export` printed"));
    if (status == OK)
        status = conf_load(admin->arena, admin->words[0], LINK_FILE, &link, &admin->refusal);
    if (status == OK)
        status = check_link(admin, link);
    if (status != OK)
        return status;
    const char *name = conf_get(link, "", "name");
    status = database_run(admin, admin->database, "link_add", NULL,
                          DATABASE_VALUES(name, conf_get(link, "", "place"), conf_get(link, "", "department"),
                                          conf_get(link, "", "endpoint"), conf_get(link, "", "curve_key"),
                                          conf_get(link, "", "signature_suite"),
                                          text_print(admin->arena, "\\x%s", conf_get(link, "", "signing_key")),
                                          text_print(admin->arena, "\\x%s", conf_get(link, "", "transport_key"))));
    if (status == OK)
        printf("link name=%s endpoint=%s\n", name, conf_get(link, "", "endpoint"));
    return status;
}

static enum status link_list(struct admin *admin)
{
    PGresult *result;
    enum status status = database_open(admin);

    if (status == OK)
        status = database_run(admin, admin->database, "link_print", &result, NULL);
    if (status != OK)
        return status;
    for (int i = 0; i < PQntuples(result); i++)
        printf("link name=%s place=%s endpoint=%s suite=%s department=\"%s\"\n", PQgetvalue(result, i, 0),
               PQgetvalue(result, i, 1), PQgetvalue(result, i, 2), PQgetvalue(result, i, 3), PQgetvalue(result, i, 4));
    PQclear(result);
    return OK;
}

const struct verb VERB_KEY_MAKE = {
    .name = "key make",
    .options = "",
    .words = N_("FILE"),
    .help = N_("make a key file for a person or a system, and print its public half"),
    .run = key_make,
};

const struct verb VERB_KEY_EXPORT = {
    .name = "key export",
    .options = "conf department suite",
    .words = "",
    .help = N_("print this node's public keys, for a peer's `link add`; --suite sm2-sm3 for SM2 signatures"),
    .run = key_export,
};

const struct verb VERB_NODE_KEY = {
    .name = "node key",
    .options = "conf",
    .words = "",
    .help = N_("print this node's public signing key in PEM, for whoever checks a proof"),
    .run = node_key,
};

const struct verb VERB_LINK_ADD = {
    .name = "link add",
    .options = "conf",
    .words = N_("FILE"),
    .help = N_("take in what a peer's `key export` printed"),
    .run = link_add,
};

const struct verb VERB_LINK_LIST = {
    .name = "link list", .options = "conf", .words = "", .help = N_("list the peers"), .run = link_list};
