/* SPDX-License-Identifier: Apache-2.0
 *
 * Links: reading the directory.
 */
#include "services/exchange/links.h"

#include "common/base/embedded.h"
#include "common/base/log.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct embedded_file EXCHANGE_SQL[];

static const char *exchange_sql(const char *name)
{
    const struct embedded_file *file = EXCHANGE_SQL;

    while (file->name && strcmp(file->name, name) != 0)
        file++;
    assert(file->name);
    return file->text;
}

/* Results come as text, bytes as \x and hex. */
static size_t read_hex(const char *text, uint8_t *bytes, size_t most)
{
    size_t size = 0;
    unsigned char *read = PQunescapeBytea((const unsigned char *)text, &size);

    if (read && size <= most)
        memcpy(bytes, read, size);
    else
        size = 0;
    PQfreemem(read);
    return size;
}

static bool link_read(PGresult *result, int row, struct link *link)
{
    uint8_t key[SIGNATURE_PUBLIC_MAX];
    const size_t size = read_hex(PQgetvalue(result, row, 4), key, sizeof key);
    const int suite = atoi(PQgetvalue(result, row, 3));

    snprintf(link->name, sizeof link->name, "%s", PQgetvalue(result, row, 0));
    snprintf(link->endpoint, sizeof link->endpoint, "%s", PQgetvalue(result, row, 1));
    snprintf(link->curve_key, sizeof link->curve_key, "%s", PQgetvalue(result, row, 2));
    return signature_public_read((enum signature_suite)suite, (ProtobufCBinaryData){size, key}, &link->signing) == OK;
}

static void links_read(struct links *links, PGresult *result)
{
    links->count = 0;
    for (int row = 0; row < PQntuples(result) && links->count < LINKS_MAX; row++) {
        if (link_read(result, row, &links->list[links->count]))
            links->count++;
        else
            log_event(LEVEL_ERROR, "a link's signing key is none", "link", PQgetvalue(result, row, 0), NULL);
    }
}

enum status links_load(struct links *links, const char *conninfo)
{
    PGconn *connection = PQconnectdb(conninfo);
    PGresult *list = PQexec(connection, exchange_sql("links"));
    PGresult *node = PQexec(connection, exchange_sql("incarnation"));
    const bool good =
        PQresultStatus(list) == PGRES_TUPLES_OK && PQresultStatus(node) == PGRES_TUPLES_OK && PQntuples(node) == 1;

    if (good) {
        links_read(links, list);
        read_hex(PQgetvalue(node, 0, 0), links->incarnation, sizeof links->incarnation);
    }
    PQclear(list);
    PQclear(node);
    PQfinish(connection);
    return good ? OK : UNAVAILABLE;
}

const struct link *links_by_name(const struct links *links, const char *name)
{
    for (size_t i = 0; i < links->count; i++) {
        if (strcmp(links->list[i].name, name) == 0)
            return &links->list[i];
    }
    return NULL;
}

const struct link *links_by_key(const struct links *links, const char *curve_key)
{
    for (size_t i = 0; i < links->count; i++) {
        if (strcmp(links->list[i].curve_key, curve_key) == 0)
            return &links->list[i];
    }
    return NULL;
}
