/* SPDX-License-Identifier: Apache-2.0
 *
 * Books: setting up, and what tests say about it.
 */
#include "tests/unit/books.h"

#include "common/base/instant.h"
#include "common/store/migrate.h"

#include <assert.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t size = 0;
    assert(file); /* tests start in the clone's own folder */
    ssize_t length = getdelim(&text, &size, '\0', file);
    assert(length > 0);
    fclose(file);
    return text;
}

char *books_text(const char *name)
{
    char path[120];
    snprintf(path, sizeof path, "tests/unit/ledger/sql/%s.sql", name);
    return read_file(path);
}

/* Runs a statement; false when it failed. */
static bool run(const char *conninfo, const char *name, long long *number)
{
    char *text = books_text(name);
    PGconn *connection = PQconnectdb(conninfo);
    PGresult *result = PQexec(connection, text);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    *number = PQntuples(result) == 1 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;
    PQclear(result);
    PQfinish(connection);
    free(text);
    return good;
}

long long books_sql(const struct books *books, const char *name)
{
    long long number;
    assert_true(run(books->owner, name, &number));
    return number;
}

bool books_may(const struct books *books, const char *name)
{
    long long number;
    return run(books->conninfo, name, &number);
}

static void migrate(const struct books *books)
{
    char *text = read_file("tests/unit/ledger/0001_ledger.sql");
    const struct embedded_file files[] = {{"0001_ledger", text}, {NULL, NULL}};
    const struct migration migration = {"ledger", "test", files, true};
    struct refusal refusal;
    unsigned ran;
    assert_int_equal(store_migrate(books->owner, &migration, &ran, &refusal), OK);
    free(text);
}

struct store *books_store(struct books *books)
{
    struct store *store;
    struct refusal refusal;
    assert_int_equal(store_open(&store, &books->conf, &LEDGER, &refusal), OK);
    for (uint32_t i = 0; i < BOOKS_PARTITIONS; i++)
        assert_int_equal(store_take(store, i, &refusal), OK);
    return store;
}

struct books *books_new(void)
{
    struct books *books = calloc(1, sizeof *books);
    struct refusal refusal;
    const char *owner = getenv("TIAOJIE_PG_CONNINFO");
    assert(books && owner);
    snprintf(books->owner, sizeof books->owner, "%s", owner);
    snprintf(books->conninfo, sizeof books->conninfo, "%s user=test_ledger", owner);
    books->conf = (struct store_conf){books->conninfo, "test", BOOKS_PARTITIONS, NULL, false};
    books->arena = arena_new(SIZE_MAX);
    assert_int_equal(instant_parse("2025-03-01T12:00:00+08:00", "now", &books->now, &refusal), OK);
    return books;
}

int books_up(void **state)
{
    struct books *books = books_new();
    struct refusal refusal;
    books_sql(books, "wipe");
    migrate(books);
    books->store = books_store(books);
    assert_int_equal(store_reader_open(&books->reader, &books->conf, &LEDGER, &refusal), OK);
    *state = books;
    return 0;
}

int books_down(void **state)
{
    struct books *books = *state;
    store_free(&books->store);
    store_reader_free(&books->reader);
    arena_free(&books->arena);
    free(books);
    return 0;
}

struct work *books_work(struct books *books, const struct command *command, uint64_t target, void *body)
{
    struct work *work = arena_take(books->arena, sizeof *work);
    work->command = command;
    work->id = uuid_new(books->now / 1000);
    work->target = target;
    work->partition = command->creates ? affinity_partition(target, BOOKS_PARTITIONS) : id_partition(target);
    work->stamp = (Tiaojie__Stamp)TIAOJIE__STAMP__INIT;
    work->stamp.received_at = books->now;
    work->stamp.principal = 7;
    work->stamp.roles = 1u << TIAOJIE__ROLE__ROLE_CLERK;
    work->body = body;
    work->trace = "trace-1";
    work->arena = books->arena;
    memset(work->digest, 5, sizeof work->digest);
    return work;
}

struct work *books_add(struct books *books, uint64_t account, int64_t amount, const char *note)
{
    Ledger__Add *add = arena_take(books->arena, sizeof *add);
    ledger__add__init(add);
    add->amount = amount;
    add->note = arena_text(books->arena, note);
    return books_work(books, &LEDGER_ADD, account, add);
}

enum status books_do(struct books *books, struct work *work)
{
    store_batch(books->store, &work, 1);
    return work->status;
}

uint64_t books_open(struct books *books, uint64_t office)
{
    Ledger__Open *open = arena_take(books->arena, sizeof *open);
    ledger__open__init(open);
    open->name = arena_text(books->arena, "a name");
    struct work *work = books_work(books, &LEDGER_OPEN, office, open);
    assert_int_equal(books_do(books, work), OK);
    return work->about;
}

struct context books_context(struct books *books, uint64_t target)
{
    return (struct context){.now = books->now,
                            .today = day_of(books->now),
                            .target = target,
                            .partition = id_partition(target),
                            .partitions = BOOKS_PARTITIONS,
                            .node = "test",
                            .arena = books->arena};
}

Ledger__Shown *books_show(struct books *books, uint64_t account)
{
    Ledger__Show show = LEDGER__SHOW__INIT;
    struct context context = books_context(books, account);
    struct refusal refusal;
    ProtobufCMessage *answer;
    assert_int_equal(store_ask(books->reader, &LEDGER_SHOW, &show, &context, &answer, &refusal), OK);
    return (Ledger__Shown *)(void *)answer;
}

void books_check(struct books *books)
{
    for (uint32_t i = 0; i < BOOKS_PARTITIONS; i++) {
        struct refusal refusal;
        uint64_t entries, bad, rows, differ;
        assert_int_equal(store_verify(books->reader, i, &entries, &bad, &refusal), OK);
        assert_int_equal(bad, 0);
        assert_int_equal(entries, store_head(books->store, i));
        assert_int_equal(store_replay(books->reader, i, &rows, &differ, &refusal), OK);
        assert_int_equal(differ, 0);
    }
}
