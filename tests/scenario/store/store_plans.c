/* SPDX-License-Identifier: Apache-2.0
 *
 * Plans: a service starts on empty tables and keeps its plans while they grow. Each statement of the store is explained
 * over empty tables here, and must look rows up by their keys all the same.
 */
#include "common/store/load.h"
#include "common/store/sql_text.h"
#include "common/store/statement.h"
#include "tests/unit/books.h"

#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plans {
    struct books *books;
    PGconn *connection;
    struct pg *pg;
    struct loader *loader; /* knows the columns' true types */
    char *plan_of;
    size_t explained;
};

static void must(PGconn *connection, PGresult *result, ExecStatusType wanted)
{
    if (PQresultStatus(result) != wanted)
        fail_msg("%s", PQerrorMessage(connection));
    PQclear(result);
}

static int set_up(void **state)
{
    struct plans *plans = calloc(1, sizeof *plans);
    struct refusal refusal;
    void *books;
    char *text = books_text("plan");
    books_up(&books);
    plans->books = books;
    plans->connection = PQconnectdb(plans->books->conninfo);
    plans->plan_of = books_text("plan_of");
    assert_int_equal(pg_open(&plans->pg, plans->books->conninfo, sql_text("session"), 0, &refusal), OK);
    assert_int_equal(loader_open(&plans->loader, plans->pg, &LEDGER, FORM_SWEEP, true, &refusal), OK);
    must(plans->connection, PQexec(plans->connection, sql_text("session")), PGRES_COMMAND_OK);
    must(plans->connection, PQexec(plans->connection, text), PGRES_COMMAND_OK);
    free(text);
    *state = plans;
    return 0;
}

static int set_down(void **state)
{
    struct plans *plans = *state;
    void *books = plans->books;
    loader_free(&plans->loader);
    pg_free(&plans->pg);
    PQfinish(plans->connection);
    books_down(&books);
    free(plans->plan_of);
    free(plans);
    return 0;
}

static int parameter_count(PGconn *connection, const char *name)
{
    PGresult *result = PQdescribePrepared(connection, name);
    int count = PQnparams(result);
    PQclear(result);
    return count;
}

/* A scan of an index without a condition on it reads the whole table. */
static const char *fault_of(const PGresult *plan, int row)
{
    static const char *const FAULTS[] = {"Seq Scan", "Join Filter", "Hash Join", "Merge Join", "Materialize"};
    const char *line = PQgetvalue(plan, row, 0);
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++)
        if (strstr(line, FAULTS[i]))
            return FAULTS[i];
    bool scan = strstr(line, "Index Scan") || strstr(line, "Index Only Scan");
    bool bound = row + 1 < PQntuples(plan) && strstr(PQgetvalue(plan, row + 1, 0), "Index Cond");
    return scan && !bound ? "a scan of a whole index" : NULL;
}

static void explain(struct plans *plans, const char *name, const char *text)
{
    char count[12];
    const char *values[] = {name, count};
    must(plans->connection, PQprepare(plans->connection, name, text, 0, NULL), PGRES_COMMAND_OK);
    snprintf(count, sizeof count, "%d", parameter_count(plans->connection, name));
    PGresult *plan = PQexecParams(plans->connection, plans->plan_of, 2, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(plan) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", name, PQerrorMessage(plans->connection));
    assert_true(PQntuples(plan) > 0);
    for (int row = 0; row < PQntuples(plan); row++)
        if (fault_of(plan, row))
            fail_msg("%s: %s in its plan: %s", name, fault_of(plan, row), PQgetvalue(plan, row, 0));
    PQclear(plan);
    plans->explained++;
}

static void explain_table(struct plans *plans, const struct layout *layout, enum statement_form form)
{
    struct arena *arena = plans->books->arena;
    for (enum statement_kind kind = STATEMENT_LOAD; kind <= STATEMENT_WALK; kind++) {
        if (kind == STATEMENT_CHILDREN && !layout->table->child)
            continue;
        const char *name = statement_name(arena, layout, kind, form == FORM_SWEEP ? NULL : "as Citus wants it");
        explain(plans, name, statement_text(arena, layout, "ledger", kind, form, NULL));
    }
}

static void test_rows_are_looked_up_by_key_whenever_the_plan_was_made(void **state)
{
    struct plans *plans = *state;
    const struct layouts *layouts = plans->loader->layouts;
    for (size_t i = 0; i < layouts->count; i++) {
        explain_table(plans, &layouts->list[i], FORM_SWEEP);
        explain_table(plans, &layouts->list[i], FORM_ONE_PARTITION);
    }
    assert_true(plans->explained >= 6 * layouts->count);
}

static void test_a_page_is_read_by_its_own_index_whenever_the_plan_was_made(void **state)
{
    struct plans *plans = *state;
    const struct layouts *layouts = plans->loader->layouts;
    const struct layout *account = &layouts->list[layouts_index(layouts, &LEDGER_ACCOUNT)];
    explain(plans, "page",
            statement_text(plans->books->arena, account, "ledger", STATEMENT_PAGE, FORM_SWEEP, "office"));
}

static void test_the_log_and_its_neighbours_are_looked_up_by_key_whenever_the_plan_was_made(void **state)
{
    static const char *const NAMES[] = {"answer_find", "answer_write", "entry_hash",   "entry_write",
                                        "entries",     "past",         "clock_due",    "culprit_write",
                                        "inbox_write", "inbox_load",   "parked_write", "parked_load",
                                        "head",        "clock_open",   "recount_load", "recount_write"};
    struct plans *plans = *state;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        explain(plans, NAMES[i], sql_for_schema(plans->books->arena, NAMES[i], "ledger"));
}

#define test_of_plans(test) cmocka_unit_test_setup_teardown(test, set_up, set_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_plans(test_rows_are_looked_up_by_key_whenever_the_plan_was_made),
        test_of_plans(test_a_page_is_read_by_its_own_index_whenever_the_plan_was_made),
        test_of_plans(test_the_log_and_its_neighbours_are_looked_up_by_key_whenever_the_plan_was_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
