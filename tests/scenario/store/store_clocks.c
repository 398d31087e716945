/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's clocks: what is due fires in its order between commands, and is counted again by new lists of working
 * days.
 */
#include "common/base/instant.h"
#include "common/procedure/law.h"
#include "tests/unit/books.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>

static void start_clock(struct books *books, uint64_t account, uint32_t ordinal, int64_t fire_at)
{
    Ledger__Start start = LEDGER__START__INIT;
    start.ordinal = ordinal;
    start.fire_at = fire_at;
    assert_int_equal(books_do(books, books_work(books, &LEDGER_START, account, &start)), OK);
}

static void test_clocks_fire_once_and_in_order(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    start_clock(books, account, 2, books->now + 2000);
    start_clock(books, account, 1, books->now + 1000);
    start_clock(books, account, 3, books->now + 9000);
    assert_int_equal(store_fire(books->store, books->now + 999), 0);
    assert_int_equal(store_fire(books->store, books->now + 2000), 2);
    assert_int_equal(store_fire(books->store, books->now + 2000), 0);
    store_free(&books->store);
    books->store = books_store(books);
    assert_int_equal(store_fire(books->store, books->now + 2000), 0);
    assert_int_equal(store_fire(books->store, books->now + 9000), 1);
    assert_int_equal(books_sql(books, "count_entries"), 1 + 3 + 3);
    books_check(books);
}

static void test_a_clock_that_is_due_fires_before_what_was_received_later(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    start_clock(books, account, 1, books->now + 1000);
    struct work *list[] = {books_add(books, account, 1, "before"), books_add(books, account, 2, "after")};
    list[0]->stamp.received_at = books->now + 1000;
    list[1]->stamp.received_at = books->now + 1001;
    store_batch(books->store, list, 2);
    Ledger__Shown *shown = books_show(books, account);
    assert_int_equal(shown->n_past, 5);
    assert_string_equal(shown->past[2], "3 amount add: amount added");
    assert_string_equal(shown->past[3], "4 clock fire: clock fired");
    assert_string_equal(shown->past[4], "5 amount add: amount added");
    assert_int_equal(store_counts(books->store).fired, 1);
}

static void test_a_clock_that_starts_in_a_batch_fires_before_a_later_receipt_of_the_same_batch(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    Ledger__Start start = LEDGER__START__INIT;
    start.ordinal = 1;
    start.fire_at = books->now + 1000;
    struct work *list[] = {books_work(books, &LEDGER_START, account, &start), books_add(books, account, 2, "later")};
    list[1]->stamp.received_at = books->now + 5000;
    store_batch(books->store, list, 2);
    Ledger__Shown *shown = books_show(books, account);
    assert_int_equal(shown->n_past, 4);
    assert_string_equal(shown->past[2], "3 clock fire: clock fired");
    assert_string_equal(shown->past[3], "4 amount add: amount added");
    books_check(books);
}

static void test_clocks_whose_firing_is_refused_do_not_hold_up_the_others(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    size_t looked_at = 0;
    for (uint32_t i = 0; i < 70; i++) /* more than are looked at together */
        start_clock(books, account, 1000 + i, books->now + i);
    start_clock(books, account, 1, books->now + 2000);
    for (int i = 0; i < 3; i++)
        looked_at += store_fire(books->store, books->now + 3000);
    assert_int_equal(looked_at, 71);
    assert_int_equal(store_counts(books->store).fired, 1);
    start_clock(books, account, 2, books->now + 2500);
    assert_int_equal(books_do(books, books_add(books, account, 1, "goes on")), OK);
    assert_int_equal(store_fire(books->store, books->now + 3000), 1);
}

static void behind_what_cannot_be_judged(struct books *books)
{
    uint64_t account = books_open(books, BOOKS_OFFICE);
    for (uint32_t i = 0; i < 70; i++) /* more than are looked at together */
        start_clock(books, account, 2000 + i, books->now + i);
    struct work *work = books_add(books, account, 1, "after them all");
    work->stamp.received_at = books->now + 100;
    assert_int_equal(books_do(books, work), UNAVAILABLE);
    assert_int_equal(store_fire(books->store, books->now + 3000), 0);
    books_check(books);
}

static void test_commands_behind_clocks_that_cannot_be_judged_get_an_answer(void **state)
{
    behind_what_cannot_be_judged(*state);
}

static void test_they_get_it_too_while_lists_of_working_days_are_new(void **state)
{
    struct books *books = *state;
    struct law *law = law_new();
    law_file_add_calendars(law, books->arena, 2025, 2026);
    store_use_law(books->store, law);
    behind_what_cannot_be_judged(books);
    law_free(&law);
}

static void test_more_clocks_than_fit_a_batch_all_fire(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    size_t fired = 0, now;
    for (uint32_t i = 0; i < 150; i++)
        start_clock(books, account, 100 + i, books->now + i);
    struct work *work = books_add(books, account, 1, "after them all");
    work->stamp.received_at = books->now + 100;
    assert_int_equal(books_do(books, work), OK);
    assert_int_equal(work->position, 1 + 150 + 100 + 1);
    while ((now = store_fire(books->store, books->now + 1000)) > 0)
        fired += now;
    assert_int_equal(fired, 50);
    books_check(books);
}

/* ---- lists of working days
 * --------------------------------------------------------------------------------------------------------- */

static bool counts_all(struct books *books, struct store *store)
{
    size_t moved;
    while (store_recounts(store))
        if (!store_recount(store, books->now, BATCH_COMMANDS_MAX, &moved))
            return false;
    return true;
}

static void test_each_partition_is_counted_once_by_the_lists_in_force(void **state)
{
    struct books *books = *state;
    struct law *law = law_new();
    uint64_t account = books_open(books, BOOKS_OFFICE);
    start_clock(books, account, 1, books->now + 1000);
    law_file_add_calendars(law, books->arena, 2026, 2026);
    assert_true(counts_all(books, books->store)); /* no lists */
    store_use_law(books->store, law);
    assert_true(store_recounts(books->store));
    assert_true(counts_all(books, books->store));
    struct store *next = books_store(books);
    store_use_law(next, law);
    assert_false(store_recounts(next));
    store_free(&next);
    law_free(&law);
    books_check(books);
}

static void test_a_limit_that_the_lists_move_does_not_run_out_before_it_is_counted_again(void **state)
{
    struct books *books = *state;
    struct law *law = law_new();
    law_file_add_calendars(law, books->arena, 2025, 2026);
    law_file_add_procedure(law, books->arena, "law/procedures/referral.txtpb");
    uint64_t account = books_open(books, BOOKS_OFFICE);
    Ledger__Start start = LEDGER__START__INIT;
    start.ordinal = 1;
    start.fire_at = books->now + 1000; /* as lists before these had it */
    start.name = "object";             /* five working days */
    start.rules = (char *)procedure_hash(law_choose(law, "referral", 440305, day_of(books->now)));
    assert_int_equal(books_do(books, books_work(books, &LEDGER_START, account, &start)), OK);
    store_use_law(books->store, law);
    struct work *work = books_add(books, account, 1, "while the lists are new");
    work->stamp.received_at = books->now + 5000;
    assert_int_equal(books_do(books, work), OK);
    Ledger__Shown *shown = books_show(books, account);
    assert_int_equal(shown->n_past, 4);
    assert_string_equal(shown->past[2], "3 clock recount: clocks recounted");
    assert_string_equal(shown->past[3], "4 amount add: amount added");
    assert_int_equal(store_fire(books->store, books->now + 5000), 0);
    assert_int_equal(store_fire(books->store, books->now + (int64_t)30 * 86400 * 1000000), 1);
    books_check(books);
    law_free(&law);
}

static void test_a_count_that_comes_to_nothing_says_so_and_goes_on_later(void **state)
{
    struct books *books = *state;
    struct law *law = law_new();
    law_file_add_calendars(law, books->arena, 2026, 2026);
    store_use_law(books->store, law);
    books_sql(books, "forbid_clocks");
    assert_false(counts_all(books, books->store));
    assert_true(store_recounts(books->store));
    books_sql(books, "allow_clocks");
    assert_true(counts_all(books, books->store));
    law_free(&law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_books(test_clocks_fire_once_and_in_order),
        test_of_books(test_a_clock_that_is_due_fires_before_what_was_received_later),
        test_of_books(test_a_clock_that_starts_in_a_batch_fires_before_a_later_receipt_of_the_same_batch),
        test_of_books(test_clocks_whose_firing_is_refused_do_not_hold_up_the_others),
        test_of_books(test_commands_behind_clocks_that_cannot_be_judged_get_an_answer),
        test_of_books(test_they_get_it_too_while_lists_of_working_days_are_new),
        test_of_books(test_more_clocks_than_fit_a_batch_all_fire),
        test_of_books(test_each_partition_is_counted_once_by_the_lists_in_force),
        test_of_books(test_a_limit_that_the_lists_move_does_not_run_out_before_it_is_counted_again),
        test_of_books(test_a_count_that_comes_to_nothing_says_so_and_goes_on_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
