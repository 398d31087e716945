/* SPDX-License-Identifier: Apache-2.0
 *
 * Books: a ledger in a real database, for the tests and the benchmark of the store.
 *
 * Owns      the schema "ledger" of the database that TIAOJIE_PG_CONNINFO names (as its owner); each test finds it new.
 */
#pragma once
#include "common/store/store.h"
#include "tests/unit/ledger.h"

enum { BOOKS_PARTITIONS = 4, BOOKS_OFFICE = 11 };

struct books {
    char owner[400];    /* conninfo of the database's owner */
    char conninfo[440]; /* of the service's role */
    struct store_conf conf;
    struct store *store;
    struct store_reader *reader;
    struct arena *arena;
    int64_t now; /* received_at of new works: noon in China on 2025-03-01 */
    uint64_t ids;
};

/* The database as it is, without a store. For processes beside the one that runs the test. */
struct books *books_new(void);

/* cmocka's set-up and tear-down for one test. */
int books_up(void **state);
int books_down(void **state);

#define test_of_books(test) cmocka_unit_test_setup_teardown(test, books_up, books_down)

/* Opens another store on the same database, with all partitions. */
struct store *books_store(struct books *books);

/* A new work: its body is copied nowhere and must outlive it. */
struct work *books_work(struct books *books, const struct command *command, uint64_t target, void *body);
struct work *books_add(struct books *books, uint64_t account, int64_t amount, const char *note);
/* Decides it in a batch of its own; returns its status. */
enum status books_do(struct books *books, struct work *work);
/* Opens an account of an office and returns its id. */
uint64_t books_open(struct books *books, uint64_t office);

/* Runs tests/unit/ledger/sql/NAME.sql as the database's owner and returns its number, if it has one. */
long long books_sql(const struct books *books, const char *name);

/* The text of such a file, to be freed. */
char *books_text(const char *name);

/* Whether the service's own role may run it. */
bool books_may(const struct books *books, const char *name);

struct context books_context(struct books *books, uint64_t target);
Ledger__Shown *books_show(struct books *books, uint64_t account);
/* All partitions: chains hold, and the tables follow from the logs. */
void books_check(struct books *books);
