/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's bad days: two writers, values that the database refuses, connections that break, processes that are
 * killed, logs and tables that somebody changed, schemas that do not fit.
 */
#include "common/base/fail_point.h"
#include "common/store/migrate.h"
#include "common/store/pipeline.h"
#include "tests/unit/books.h"
#include "tests/unit/cut.h"

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a command that does something behind the store's back, between reading and writing
 * -------------------------------------- */

static void (*meddling)(void);
static struct books *meddled;
static struct store *other_store;
static uint64_t meddled_account;

static enum status meddle_decide(const void *command, const struct rows *rows, const struct context *now,
                                 struct events *events)
{
    meddling();
    return LEDGER_ADD.decide(command, rows, now, events);
}

static struct work *meddle(struct books *books, uint64_t account, void (*how)(void))
{
    static struct command command;
    struct work *work = books_add(books, account, 100, "meddled");
    command = LEDGER_ADD;
    command.decide = meddle_decide;
    work->command = &command;
    meddling = how;
    meddled = books;
    meddled_account = account;
    return work;
}

static void write_from_another_store(void)
{
    struct work *work = books_add(meddled, meddled_account, 1, "another store's");
    store_batch(other_store, &work, 1);
    assert_int_equal(work->status, OK);
}

static void write_once_from_another_store(void)
{
    if (books_sql(meddled, "count_lines") == 0)
        write_from_another_store();
}

static void end_backends(void)
{
    static long long ended;
    if (ended == 0)
        ended = books_sql(meddled, "end_backends");
}

/* Not the first time that it is decided, but the second: when it is run as the first half of its batch. */
static void end_backends_at_the_second_attempt(void)
{
    static unsigned attempts;
    if (++attempts == 2)
        books_sql(meddled, "end_backends");
}

/* ---- two writers
 * ---------------------------------------------------------------------------------------------------------------- */

static void test_a_second_writer_is_fenced_and_decides_again(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    other_store = books_store(books);
    struct work *mine = books_add(books, account, 1, "mine"), *theirs = books_add(books, account, 2, "theirs");
    assert_int_equal(books_do(books, mine), OK);
    store_batch(other_store, &theirs, 1); /* its head is one behind now */
    assert_int_equal(theirs->status, OK);
    assert_int_equal(theirs->position, mine->position + 1);
    assert_int_equal(store_counts(other_store).fenced, 1);
    assert_int_equal(books_show(books, account)->balance, 3);
    struct work *fenced = meddle(books, account, write_once_from_another_store);
    assert_int_equal(books_do(books, fenced), OK);
    store_free(&other_store);
    books_check(books);
}

static void test_who_is_fenced_again_at_once_gives_the_partition_up(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    other_store = books_store(books);
    struct work *work = meddle(books, account, write_from_another_store);
    assert_int_equal(books_do(books, work), MOVED);
    assert_false(store_has(books->store, id_partition(account)));
    assert_int_equal(books_show(books, account)->balance, 2);
    store_free(&other_store);
}

static void test_a_fence_in_one_partition_leaves_the_others_alone(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE), other = 0;
    for (uint64_t office = 1; other == 0 || id_partition(other) == id_partition(account); office++)
        other = books_open(books, office);
    other_store = books_store(books);
    struct work *list[] = {meddle(books, account, write_from_another_store), books_add(books, other, 5, "alone")};
    store_batch(books->store, list, 2);
    assert_int_equal(list[0]->status, MOVED);
    assert_int_equal(list[1]->status, OK);
    assert_true(store_has(books->store, id_partition(other)));
    store_free(&other_store);
}

/* ---- values that the database refuses
 * --------------------------------------------------------------------------------------------- */

static void test_one_culprit_of_a_hundred_is_refused_alone(void **state)
{
    struct books *books = *state;
    struct work *list[100];
    uint64_t accounts[10];
    for (uint64_t i = 0; i < 10; i++)
        accounts[i] = books_open(books, BOOKS_OFFICE + i);
    for (size_t i = 0; i < 100; i++)
        list[i] = books_add(books, accounts[i % 10], 1, i == 57 ? "curse" : "one");
    store_batch(books->store, list, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(list[i]->status, i == 57 ? INVALID : OK);
    assert_string_equal(list[57]->refusal.field, "line_note_is_no_curse");
    assert_int_equal(books_sql(books, "sum_balances"), 99);
    assert_int_equal(books_sql(books, "count_culprits"), 1);
    assert_true(store_counts(books->store).halved > 2);
    books_check(books);
}

static void test_values_of_every_kind_that_the_database_refuses_are_refused_alone(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    char *long_name = calloc(1, 2000002);
    memset(long_name, 'x', 2000001);
    Ledger__Open open = LEDGER__OPEN__INIT;
    open.name = long_name;
    struct work *list[] = {books_add(books, account, 666, "the balance"),
                           books_add(books, account, 1, "bad \xff bytes"),
                           books_work(books, &LEDGER_OPEN, BOOKS_OFFICE, &open), books_add(books, account, 1, "good")};
    store_batch(books->store, list, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(list[i]->status, INVALID);
        assert_true(strlen(list[i]->refusal.field) > 0 && strlen(list[i]->refusal.remedy) > 0);
    }
    assert_int_equal(list[3]->status, OK);
    assert_int_equal(books_sql(books, "sum_balances"), 1);
    free(long_name);
}

static void test_a_readers_culprit_is_parked_and_the_reader_goes_on(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE), other = books_open(books, BOOKS_OFFICE);
    struct work *list[] = {books_add(books, account, 1, "curse"), books_add(books, other, 1, "one")};
    uint8_t hash[32];
    for (uint64_t i = 0; i < 2; i++) {
        list[i]->has_mark = true;
        list[i]->source_about = i + 1;
        list[i]->mark = (struct inbox_mark){"intake", 0, i * 64, (i + 1) * 64, {1}};
    }
    store_batch(books->store, list, 2);
    assert_int_equal(list[0]->status, INVALID);
    assert_int_equal(list[1]->status, OK);
    assert_int_equal(books_sql(books, "count_parked"), 1);
    assert_int_equal(store_cursor(books->store, id_partition(account), "intake", 0, hash), 128);
}

/* A pipeline that fills the buffers of both sides, in both directions at once. */
static void test_a_pipeline_larger_than_all_buffers_passes_in_both_directions(void **state)
{
    struct books *books = *state;
    enum { CALLS = 10, SIZE = 1000000 };
    struct refusal refusal;
    struct pg *pg;
    char *text = calloc(1, SIZE + 1), *session = books_text("count_rows"), *echo = books_text("echo");
    memset(text, 'x', SIZE);
    assert_int_equal(pg_open(&pg, books->conninfo, session, 0, &refusal), OK);
    assert_int_equal(pg_prepare(pg, "echo", echo, &refusal), OK);
    struct pipeline *pipeline = pipeline_new(pg);
    for (int i = 0; i < CALLS; i++)
        params_text(pipeline_add(pipeline, "echo", TAG_OTHER), text);
    assert_int_equal(pipeline_run(pipeline), PG_DONE);
    for (size_t i = 0; i < CALLS; i++)
        assert_int_equal(PQgetlength(pipeline_result(pipeline, i), 0, 0), SIZE);
    pipeline_free(&pipeline);
    pg_free(&pg);
    free(text);
    free(session);
    free(echo);
}

static void test_ten_rows_of_a_megabyte_each_are_one_batch(void **state)
{
    struct books *books = *state;
    enum { SIZE = 1000000 };
    struct work *list[20];
    char *name = calloc(1, SIZE + 1);
    Ledger__Open open = LEDGER__OPEN__INIT;
    memset(name, 'x', SIZE);
    open.name = name;
    for (size_t i = 0; i < 10; i++)
        list[i] = books_work(books, &LEDGER_OPEN, BOOKS_OFFICE, &open);
    store_batch(books->store, list, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(list[i]->status, OK);
        list[10 + i] = books_add(books, list[i]->about, 1, name);
    }
    store_batch(books->store, list + 10, 10);
    for (size_t i = 10; i < 20; i++)
        assert_int_equal(list[i]->status, OK);
    assert_int_equal(strlen(books_show(books, list[0]->about)->name), SIZE);
    free(name);
}

/* ---- connections that break
 * --------------------------------------------------------------------------------------------------------- */

static void test_a_backend_that_ends_in_the_middle_of_a_batch_doubles_nothing(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *list[] = {books_add(books, account, 1, "one"), meddle(books, account, end_backends)};
    store_batch(books->store, list, 2);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, OK);
    assert_int_equal(books_show(books, account)->balance, 101);
    assert_int_equal(books_sql(books, "count_entries"), 3);
    books_sql(books, "end_backends");
    assert_int_equal(books_do(books, books_add(books, account, 1, "and on")), OK);
    books_check(books);
}

static void test_a_half_that_must_be_tried_again_is_not_overtaken_by_the_other(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *list[] = {meddle(books, account, end_backends_at_the_second_attempt),
                           books_add(books, account, 1, "curse"), books_add(books, account, 1, "one")};
    store_batch(books->store, list, 3);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, INVALID);
    assert_int_equal(list[2]->status, OK);
    assert_true(list[0]->position < list[2]->position);
    assert_int_equal(books_show(books, account)->balance, 101);
}

static void test_a_commit_that_nobody_heard_of_is_found_in_the_log(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    char through[512];
    struct cut *cut = cut_new(books->conninfo, through);
    store_free(&books->store);
    books->conf.conninfo = through;
    books->store = books_store(books);
    struct work *list[] = {books_add(books, account, 1, "one"), books_add(books, account, 2, "two")};
    uint64_t batches = store_counts(books->store).batches;
    cut_at_commit(cut);
    store_batch(books->store, list, 2);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, OK);
    assert_false(list[1]->repeated);
    assert_int_equal(store_counts(books->store).batches - batches, 1);
    assert_int_equal(books_sql(books, "count_entries"), 3);
    assert_int_equal(books_do(books, books_add(books, account, 3, "three")), OK);
    assert_int_equal(books_show(books, account)->balance, 6);
    books_check(books);
    store_free(&books->store);
    cut_free(&cut);
}

static void test_a_commit_with_a_warning_is_not_answered_as_done(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    books_sql(books, "warn_at_commit");
    struct work *work = books_add(books, account, 1, "one");
    assert_int_equal(books_do(books, work), UNAVAILABLE);
    assert_int_equal(books_sql(books, "count_lines"), 1);
    assert_int_equal(books_do(books, work), OK); /* the same command again finds itself */
    assert_true(work->repeated);
}

/* ---- processes that are killed
 * -------------------------------------------------------------------------------------------------------- */

/* Two commands, with a clock that runs out between their receipts. */
static void play(struct books *books, struct store *store, uint64_t account, const struct uuid ids[2],
                 struct work *list[2])
{
    static Ledger__Start start;
    ledger__start__init(&start);
    start.ordinal = 1;
    start.fire_at = books->now + 5;
    list[0] = books_work(books, &LEDGER_START, account, &start);
    list[1] = books_add(books, account, 1, "one");
    list[0]->id = ids[0];
    list[1]->id = ids[1];
    list[1]->stamp.received_at = books->now + 10;
    store_batch(store, list, 2);
}

/* The other process: argv is "play", the account, and the two commands' ids. It does not come to its end. */
static int play_in_another_process(char **argv)
{
    struct books *books = books_new();
    struct work *list[2];
    struct uuid ids[2];
    if (uuid_parse(argv[3], &ids[0]) == OK && uuid_parse(argv[4], &ids[1]) == OK)
        play(books, books_store(books), strtoull(argv[2], NULL, 10), ids, list);
    return 0;
}

static void run_until_killed(const char *fail_point, uint64_t account, const struct uuid ids[2])
{
    char setting[80], number[24], first[UUID_TEXT], second[UUID_TEXT];
    snprintf(setting, sizeof setting, "%s:1", fail_point);
    snprintf(number, sizeof number, "%llu", (unsigned long long)account);
    uuid_print(&ids[0], first);
    uuid_print(&ids[1], second);
    int how;
    pid_t child = fork();
    if (child == 0) {
        setenv("TIAOJIE_FAIL_POINT", setting, 1);
        execl("/proc/self/exe", "store_faults", "play", number, first, second, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

static void test_a_process_killed_at_any_fail_point_of_the_store_loses_and_doubles_nothing(void **state)
{
    struct books *books = *state;
    for (const char *const *name = fail_point_names(); *name; name++) {
        if (strncmp(*name, "batch.", 6) != 0 && strncmp(*name, "clock.", 6) != 0 && strncmp(*name, "store.", 6) != 0)
            continue;
        uint64_t account = books_open(books, BOOKS_OFFICE);
        struct uuid ids[] = {uuid_new(books->now / 1000), uuid_new(books->now / 1000)};
        struct work *list[2];
        run_until_killed(*name, account, ids);
        play(books, books->store, account, ids, list); /* whoever sent them sends them again */
        assert_int_equal(list[0]->status, OK);
        assert_int_equal(list[1]->status, OK);
        Ledger__Shown *shown = books_show(books, account);
        assert_int_equal(shown->balance, 1);
        assert_int_equal(shown->n_past, 4);
        assert_non_null(strstr(shown->past[2], "clock fired"));
    }
    books_check(books);
}

/* ---- what somebody changed
 * --------------------------------------------------------------------------------------------------------------- */

static uint64_t three_entries(struct books *books)
{
    uint64_t account = books_open(books, BOOKS_OFFICE);
    assert_int_equal(books_do(books, books_add(books, account, 1, "one")), OK);
    assert_int_equal(books_do(books, books_add(books, account, 2, "two")), OK);
    return account;
}

static uint64_t first_bad(struct books *books, uint64_t account)
{
    struct refusal refusal;
    uint64_t entries, bad;
    assert_int_equal(store_verify(books->reader, id_partition(account), &entries, &bad, &refusal), OK);
    return bad;
}

static uint64_t differing(struct books *books, uint64_t account)
{
    struct refusal refusal;
    uint64_t rows, differ;
    assert_int_equal(store_replay(books->reader, id_partition(account), &rows, &differ, &refusal), OK);
    return differ;
}

static void test_one_changed_byte_of_an_entry_is_found_at_its_position(void **state)
{
    struct books *books = *state;
    uint64_t account = three_entries(books);
    assert_int_equal(first_bad(books, account), 0);
    books_sql(books, "change_a_byte");
    assert_int_equal(first_bad(books, account), 3);
}

static void test_a_missing_entry_is_found_at_its_position(void **state)
{
    struct books *books = *state;
    uint64_t account = three_entries(books);
    books_sql(books, "remove_an_entry");
    assert_int_equal(first_bad(books, account), 2);
}

static void test_a_table_that_does_not_follow_from_its_log_is_found(void **state)
{
    struct books *books = *state;
    uint64_t account = three_entries(books);
    assert_int_equal(differing(books, account), 0);
    books_sql(books, "change_a_row");
    assert_int_equal(differing(books, account), 1);
    books_sql(books, "remove_a_row");
    assert_int_equal(differing(books, account), 2);
}

/* ---- schemas that do not fit
 * ------------------------------------------------------------------------------------------------------------- */

static void refuses_to_start(struct books *books, const char *change, const char *table, const char *column)
{
    struct store *store;
    struct refusal refusal;
    books_sql(books, change);
    assert_int_equal(store_open(&store, &books->conf, &LEDGER, &refusal), INVALID);
    assert_null(store);
    assert_string_equal(refusal.values[0], table);
    assert_string_equal(refusal.values[1], column);
}

static void test_a_dropped_column_is_refused_by_table_and_column(void **state)
{
    refuses_to_start(*state, "drop_column", "ledger.account", "touched");
}

static void test_a_column_of_another_type_is_refused_by_table_and_column(void **state)
{
    refuses_to_start(*state, "change_type", "ledger.account", "touched");
}

static void test_a_column_that_nobody_fills_is_refused_by_table_and_column(void **state)
{
    refuses_to_start(*state, "add_column", "ledger.line", "extra");
}

static void test_a_schema_file_runs_once_and_is_refused_when_it_was_edited(void **state)
{
    struct books *books = *state;
    /* The first file is what books_up ran; here it says something else. */
    const struct embedded_file edited[] = {{"0001_ledger", "-- edited"}, {NULL, NULL}};
    const struct embedded_file gone[] = {{NULL, NULL}};
    struct migration migration = {"ledger", "test", edited, true};
    struct refusal refusal;
    unsigned ran;
    assert_int_equal(store_migrate(books->owner, &migration, &ran, &refusal), CONFLICT);
    assert_string_equal(refusal.values[0], "0001_ledger");
    migration.files = gone;
    assert_int_equal(store_migrate(books->owner, &migration, &ran, &refusal), CONFLICT);
    migration.schema = "no name";
    assert_int_equal(store_migrate(books->owner, &migration, &ran, &refusal), INVALID);
    assert_int_equal(books_do(books, books_add(books, books_open(books, BOOKS_OFFICE), 1, "one")), OK);
}

static void test_the_services_role_cannot_change_its_log(void **state)
{
    struct books *books = *state;
    three_entries(books);
    assert_false(books_may(books, "change_a_byte"));
    assert_false(books_may(books, "remove_an_entry"));
    assert_false(books_may(books, "remove_a_row"));
    assert_true(books_may(books, "count_entries"));
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "play") == 0)
        return play_in_another_process(argv);
    const struct CMUnitTest tests[] = {
        test_of_books(test_a_second_writer_is_fenced_and_decides_again),
        test_of_books(test_who_is_fenced_again_at_once_gives_the_partition_up),
        test_of_books(test_a_fence_in_one_partition_leaves_the_others_alone),
        test_of_books(test_one_culprit_of_a_hundred_is_refused_alone),
        test_of_books(test_values_of_every_kind_that_the_database_refuses_are_refused_alone),
        test_of_books(test_a_readers_culprit_is_parked_and_the_reader_goes_on),
        test_of_books(test_a_pipeline_larger_than_all_buffers_passes_in_both_directions),
        test_of_books(test_ten_rows_of_a_megabyte_each_are_one_batch),
        test_of_books(test_a_backend_that_ends_in_the_middle_of_a_batch_doubles_nothing),
        test_of_books(test_a_half_that_must_be_tried_again_is_not_overtaken_by_the_other),
        test_of_books(test_a_commit_that_nobody_heard_of_is_found_in_the_log),
        test_of_books(test_a_commit_with_a_warning_is_not_answered_as_done),
        test_of_books(test_a_process_killed_at_any_fail_point_of_the_store_loses_and_doubles_nothing),
        test_of_books(test_one_changed_byte_of_an_entry_is_found_at_its_position),
        test_of_books(test_a_missing_entry_is_found_at_its_position),
        test_of_books(test_a_table_that_does_not_follow_from_its_log_is_found),
        test_of_books(test_a_dropped_column_is_refused_by_table_and_column),
        test_of_books(test_a_column_of_another_type_is_refused_by_table_and_column),
        test_of_books(test_a_column_that_nobody_fills_is_refused_by_table_and_column),
        test_of_books(test_a_schema_file_runs_once_and_is_refused_when_it_was_edited),
        test_of_books(test_the_services_role_cannot_change_its_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
