/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's ordinary life: batches, refusals, repetitions, versions, readers' marks, questions.
 */
#include "tests/unit/books.h"

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* ---- batches --------------------------------------------------------------------------------------------------------
 */

static void test_a_batch_of_many_commands_is_one_transaction_with_one_statement_a_table(void **state)
{
    struct books *books = *state;
    struct work *list[BATCH_COMMANDS_MAX];
    uint64_t account = books_open(books, BOOKS_OFFICE);
    for (size_t i = 0; i < BATCH_COMMANDS_MAX; i++)
        list[i] = books_add(books, account, 10, "ten");
    struct store_counts before = store_counts(books->store);

    store_batch(books->store, list, BATCH_COMMANDS_MAX);

    struct store_counts after = store_counts(books->store);
    for (size_t i = 0; i < BATCH_COMMANDS_MAX; i++) {
        assert_int_equal(list[i]->status, OK);
        assert_int_equal(list[i]->position, 2 + i);
        assert_int_equal(list[i]->event_count, 1);
        assert_string_equal(list[i]->events[0]->name, "amount added");
    }
    assert_int_equal(after.batches - before.batches, 1);
    /* answers, accounts and lines asked; begin, entries, accounts, lines, answers, commit */
    assert_int_equal(after.statements - before.statements, 3 + 6);
    Ledger__Shown *shown = books_show(books, account);
    assert_int_equal(shown->balance, 10 * BATCH_COMMANDS_MAX);
    assert_int_equal(shown->lines, BATCH_COMMANDS_MAX);
    books_check(books);
}

static void test_a_batch_sweeps_partitions_and_numbers_have_no_gaps(void **state)
{
    struct books *books = *state;
    struct work *list[40];
    bool partitions[BOOKS_PARTITIONS] = {false};
    Ledger__Open open = LEDGER__OPEN__INIT;
    open.has_ceiling_case = LEDGER__OPEN__HAS_CEILING_CEILING;
    for (size_t i = 0; i < 40; i++) {
        list[i] = books_work(books, &LEDGER_OPEN, BOOKS_OFFICE + i % 10, &open);
        partitions[list[i]->partition] = true;
    }
    store_batch(books->store, list, 40);
    for (size_t i = 0; i < 40; i++) {
        Ledger__Opened *opened =
            ledger__opened__unpack(NULL, list[i]->events[0]->body.len, list[i]->events[0]->body.data);
        assert_int_equal(opened->number, 1 + i / 10);
        assert_int_equal(id_partition(list[i]->about), list[i]->partition);
        ledger__opened__free_unpacked(opened, NULL);
    }
    assert_true(partitions[0] && partitions[1] && partitions[2] && partitions[3]);
    assert_int_equal(store_counts(books->store).batches, 1);
    assert_int_equal(books_sql(books, "count_null_ceilings"), 0);
    assert_int_equal(books_sql(books, "count_days"), 40);
    books_check(books);
}

static void test_a_store_set_to_one_partition_writes_each_partition_alone(void **state)
{
    struct books *books = *state;
    store_free(&books->store);
    books->conf.one_partition = true;
    books->store = books_store(books);
    struct work *list[40];
    Ledger__Open open = LEDGER__OPEN__INIT;
    for (size_t i = 0; i < 40; i++)
        list[i] = books_work(books, &LEDGER_OPEN, BOOKS_OFFICE + i % 10, &open);
    store_batch(books->store, list, 40);
    for (size_t i = 0; i < 40; i++)
        assert_int_equal(list[i]->status, OK);
    assert_int_equal(store_counts(books->store).batches, BOOKS_PARTITIONS);
    for (size_t i = 0; i < 40; i++)
        assert_int_equal(books_do(books, books_add(books, list[i]->about, 1, "one")), OK);
    books_check(books);
}

static void test_commands_see_what_the_ones_before_them_in_the_batch_did(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    Ledger__Close close = LEDGER__CLOSE__INIT;
    struct work *list[] = {books_add(books, account, 5, "before"), books_work(books, &LEDGER_CLOSE, account, &close),
                           books_add(books, account, 7, "after")};
    store_batch(books->store, list, 3);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, OK);
    assert_int_equal(list[2]->status, CONFLICT);
    assert_string_equal(list[2]->refusal.field, "target");
    assert_string_equal(list[2]->refusal.values[0], "a name");
    assert_int_equal(books_show(books, account)->balance, 5);
}

static void test_a_refusal_writes_nothing(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    long long before = books_sql(books, "count_rows");
    struct work *work = books_add(books, account, 0, "nothing");
    assert_int_equal(books_do(books, work), INVALID);
    assert_string_equal(work->refusal.field, "amount");
    assert_int_equal(books_do(books, books_add(books, account + 256, 1, "nobody's")), UNKNOWN);
    assert_int_equal(books_sql(books, "count_rows"), before);
    assert_int_equal(books_do(books, work), INVALID);
}

static void test_what_an_earlier_command_makes_a_later_one_read_is_loaded_before_it_decides(void **state)
{
    struct books *books = *state;
    uint64_t a = books_open(books, BOOKS_OFFICE), b = books_open(books, BOOKS_OFFICE);
    Ledger__Link link = LEDGER__LINK__INIT;
    Ledger__Touch touch = LEDGER__TOUCH__INIT;
    link.next = b;
    struct work *list[] = {books_work(books, &LEDGER_LINK, a, &link), books_work(books, &LEDGER_TOUCH, a, &touch),
                           books_add(books, a, 3, "three")};
    store_batch(books->store, list, 3);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, OK);
    assert_int_equal(list[2]->status, OK);
    assert_true(list[0]->position < list[1]->position && list[1]->position < list[2]->position);
    books_check(books);
}

static void test_another_partitions_row_is_absent_for_a_command(void **state)
{
    struct books *books = *state;
    uint64_t a = books_open(books, BOOKS_OFFICE), b = 0;
    for (uint64_t office = 1; b == 0 || id_partition(a) == id_partition(b); office++)
        b = books_open(books, office);
    Ledger__Link link = LEDGER__LINK__INIT;
    Ledger__Touch touch = LEDGER__TOUCH__INIT;
    link.next = b;
    assert_int_equal(books_do(books, books_work(books, &LEDGER_LINK, a, &link)), OK);
    assert_int_equal(books_do(books, books_work(books, &LEDGER_TOUCH, a, &touch)), CONFLICT);
}

static void test_a_partition_that_was_not_taken_is_moved(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    store_drop(books->store, id_partition(account));
    assert_false(store_has(books->store, id_partition(account)));
    assert_int_equal(books_do(books, books_add(books, account, 1, "one")), MOVED);
}

/* ---- repetitions and versions
 * ------------------------------------------------------------------------------------------ */

static void test_a_repeated_command_gets_its_first_answer(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *first = books_add(books, account, 9, "nine");
    assert_int_equal(books_do(books, first), OK);
    uint64_t position = first->position;
    struct work *again = books_add(books, account, 9, "nine");
    again->id = first->id;
    assert_int_equal(books_do(books, again), OK);
    assert_true(again->repeated);
    assert_int_equal(again->position, position);
    assert_int_equal(again->about, account);
    assert_int_equal(again->event_count, 1);
    assert_string_equal(again->events[0]->name, "amount added");
    assert_memory_equal(again->events[0]->body.data, first->events[0]->body.data, first->events[0]->body.len);
    assert_int_equal(books_show(books, account)->balance, 9);
}

static void test_a_command_that_comes_twice_in_one_batch_is_done_once(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *list[] = {books_add(books, account, 9, "nine"), books_add(books, account, 9, "nine")};
    list[1]->id = list[0]->id;
    store_batch(books->store, list, 2);
    assert_int_equal(list[1]->status, OK);
    assert_true(list[1]->repeated && !list[0]->repeated);
    assert_int_equal(list[1]->position, list[0]->position);
    assert_string_equal(list[1]->events[0]->name, "amount added");
    assert_int_equal(books_show(books, account)->balance, 9);
}

static void test_a_used_id_with_another_body_or_sender_is_refused(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *first = books_add(books, account, 9, "nine");
    assert_int_equal(books_do(books, first), OK);
    struct work *body = books_add(books, account, 8, "eight");
    body->id = first->id;
    body->digest[31] ^= 1;
    assert_int_equal(books_do(books, body), REUSED);
    struct work *sender = books_add(books, account, 9, "nine");
    sender->id = first->id;
    sender->stamp.principal = 8;
    assert_int_equal(books_do(books, sender), REUSED);
    assert_string_equal(sender->refusal.field, "id");
    assert_int_equal(books_show(books, account)->balance, 9);
}

static void test_a_version_that_is_not_the_latest_is_a_conflict_that_names_both(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *list[] = {books_add(books, account, 1, "one"), books_add(books, account, 2, "two")};
    list[0]->expected_version = list[1]->expected_version = store_head(books->store, id_partition(account));
    store_batch(books->store, list, 2);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, CONFLICT);
    assert_string_equal(list[1]->refusal.field, "expected_version");
    assert_int_equal(strtoull(list[1]->refusal.values[0], NULL, 10), list[0]->position - 1);
    assert_int_equal(strtoull(list[1]->refusal.values[1], NULL, 10), list[0]->position);
}

static void test_an_old_command_and_a_passed_deadline_are_refused(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *old = books_add(books, account, 1, "old");
    old->stamp.received_at += INT64_C(36) * 86400 * 1000000;
    assert_int_equal(books_do(books, old), TOO_OLD);
    struct work *late = books_add(books, account, 1, "late");
    late->deadline = books->now;
    assert_int_equal(books_do(books, late), EXPIRED);
    assert_int_equal(books_show(books, account)->balance, 0);
}

static enum status rehearsed(struct books *books, struct work *work)
{
    return store_rehearse(books->reader, &books->conf, work, &work->refusal);
}

static void test_a_rehearsal_judges_as_the_batch_does_and_writes_nothing(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    struct work *good = books_add(books, account, 1, "one"), *nothing = books_add(books, account, 0, "nothing");
    struct work *old = books_add(books, account, 1, "old"), *late = books_add(books, account, 1, "late");
    struct work *stale = books_add(books, account, 1, "stale"), *reused = books_add(books, account, 2, "other body");
    long long before = books_sql(books, "count_rows");
    old->stamp.received_at += INT64_C(36) * 86400 * 1000000;
    late->deadline = books->now;
    stale->expected_version = 999;

    assert_int_equal(rehearsed(books, good), OK);
    assert_false(good->repeated);
    assert_int_equal(rehearsed(books, nothing), INVALID);
    assert_int_equal(rehearsed(books, old), TOO_OLD);
    assert_int_equal(rehearsed(books, late), EXPIRED);
    assert_int_equal(rehearsed(books, stale), CONFLICT);
    assert_int_equal(books_sql(books, "count_rows"), before);

    assert_int_equal(books_do(books, good), OK);
    assert_int_equal(rehearsed(books, good), OK);
    assert_true(good->repeated);
    reused->id = good->id;
    memset(reused->digest, 6, sizeof reused->digest);
    assert_int_equal(rehearsed(books, reused), REUSED);
}

static void test_answers_older_than_they_are_kept_are_swept(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    assert_int_equal(store_sweep(books->store, books->now), 0);
    books_sql(books, "old_answers");
    assert_int_equal(books_do(books, books_add(books, account, 1, "one")), OK);
    assert_int_equal(store_sweep(books->store, books->now), 1);
    assert_int_equal(books_sql(books, "count_answers"), 1);
}

/* ---- readers
 * --------------------------------------------------------------------------------------------------------------- */

/* The mark of the event that comes directly behind the one before. */
static void set_mark(struct work *work, uint64_t position)
{
    work->has_mark = true;
    work->source_about = work->target + 1000; /* the source's aggregate has an id of its own */
    work->mark = (struct inbox_mark){"intake", 3, position > 320 ? position - 1 : 0, position, {0}};
    memset(work->mark.hash, (int)position, sizeof work->mark.hash);
}

static void test_a_readers_effect_and_its_mark_are_written_together(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    uint32_t partition = id_partition(account);
    struct work *list[3] = {books_add(books, account, 1, "one"), books_add(books, account, 2, "two")};
    list[2] = books_add(books, account, 0, "");
    list[2]->command = NULL; /* an event that is not for us: only the mark */
    list[2]->body = NULL;
    for (uint64_t i = 0; i < 3; i++)
        set_mark(list[i], 320 + i);
    store_batch(books->store, list, 3);
    uint8_t hash[32];
    assert_int_equal(list[2]->status, OK);
    assert_int_equal(store_cursor(books->store, partition, "intake", 3, hash), 322);
    assert_int_equal(hash[0], 322 % 256);
    store_free(&books->store);
    books->store = books_store(books);
    assert_int_equal(store_cursor(books->store, partition, "intake", 3, hash), 322);
    assert_int_equal(hash[31], 322 % 256);
    assert_int_equal(store_cursor(books->store, partition, "intake", 2, hash), 0);
    assert_int_equal(books_sql(books, "count_entries"), 3);
}

static void test_a_refused_readers_command_parks_its_aggregate_and_not_the_rest(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE), other = books_open(books, BOOKS_OFFICE);
    uint8_t hash[32];
    struct work *list[] = {books_add(books, account, 0, "refused"), books_add(books, account, 1, "behind it"),
                           books_add(books, other, 1, "another")};
    for (uint64_t i = 0; i < 3; i++)
        set_mark(list[i], 320 + i);
    store_batch(books->store, list, 3);
    assert_int_equal(list[0]->status, INVALID);
    assert_int_equal(list[1]->status, BARRED);
    assert_string_equal(list[1]->refusal.values[0], "5");
    assert_int_equal(list[2]->status, OK);
    assert_int_equal(store_cursor(books->store, id_partition(account), "intake", 3, hash), 322);
    struct work *later[] = {books_add(books, account, 1, "later"), books_add(books, account, 1, "after a restart")};
    set_mark(later[0], 323);
    set_mark(later[1], 324);
    assert_int_equal(books_do(books, later[0]), BARRED);
    store_free(&books->store);
    books->store = books_store(books);
    assert_int_equal(books_do(books, later[1]), BARRED);
    assert_int_equal(books_sql(books, "count_parked"), 4);
    assert_int_equal(books_do(books, books_add(books, account, 1, "a clerk's own")), OK);
}

static void test_a_readers_work_out_of_its_turn_is_busy_and_writes_nothing(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    uint8_t hash[32];
    struct work *list[] = {books_add(books, account, 1, "first"), books_add(books, account, 2, "third"),
                           books_add(books, account, 4, "second")};
    set_mark(list[0], 320);
    set_mark(list[1], 322);
    set_mark(list[2], 321);
    store_batch(books->store, list, 3);
    assert_int_equal(list[0]->status, OK);
    assert_int_equal(list[1]->status, BUSY);
    assert_int_equal(list[2]->status, OK);
    assert_int_equal(store_cursor(books->store, id_partition(account), "intake", 3, hash), 321);
    assert_int_equal(books_do(books, list[0]), BUSY);
    assert_int_equal(books_do(books, list[1]), OK);
    assert_int_equal(books_show(books, account)->balance, 7);
    assert_int_equal(books_sql(books, "count_parked"), 0);
}

static void test_what_comes_refused_from_its_preparing_is_parked_with_that_refusal(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    uint8_t hash[32];
    struct work *work = books_add(books, account, 1, "one");
    set_mark(work, 320);
    work->status = refuse(&work->refusal, UNKNOWN, "worker", N_("the key was destroyed"), N_("nothing is to be done"));
    assert_int_equal(books_do(books, work), UNKNOWN);
    assert_string_equal(work->refusal.field, "worker");
    assert_int_equal(store_cursor(books->store, id_partition(account), "intake", 3, hash), 320);
    assert_int_equal(books_sql(books, "count_parked"), 1);
    assert_int_equal(books_show(books, account)->balance, 0);
}

/* ---- questions and followers
 * ------------------------------------------------------------------------------------------------------ */

static void test_a_question_reads_rows_timeline_and_pages(void **state)
{
    struct books *books = *state;
    uint64_t ids[5];
    for (size_t i = 0; i < 5; i++)
        ids[i] = books_open(books, BOOKS_OFFICE);
    assert_int_equal(books_do(books, books_add(books, ids[1], 4, "four")), OK);
    Ledger__Shown *shown = books_show(books, ids[1]);
    assert_string_equal(shown->name, "a name");
    assert_int_equal(shown->n_past, 2);
    assert_string_equal(shown->past[0], "2 account open: account opened");
    assert_string_equal(shown->past[1], "6 amount add: amount added");
    Ledger__List list = LEDGER__LIST__INIT;
    struct context context = books_context(books, ids[0]);
    struct refusal refusal;
    ProtobufCMessage *answer;
    list.office = BOOKS_OFFICE;
    list.after = ids[1];
    list.limit = 2;
    assert_int_equal(store_ask(books->reader, &LEDGER_LIST, &list, &context, &answer, &refusal), OK);
    const Ledger__Listed *listed = (const void *)answer;
    assert_int_equal(listed->n_ids, 2);
    assert_int_equal(listed->ids[0], ids[2]);
    assert_int_equal(listed->ids[1], ids[3]);
}

static void test_a_follower_gets_what_came_after_and_notices_a_fork(void **state)
{
    struct books *books = *state;
    uint64_t account = books_open(books, BOOKS_OFFICE);
    for (int64_t i = 1; i <= 3; i++)
        assert_int_equal(books_do(books, books_add(books, account, i, "more")), OK);
    Tiaojie__Follow follow = TIAOJIE__FOLLOW__INIT;
    Tiaojie__Followed *followed;
    struct refusal refusal;
    follow.partition = id_partition(account);
    follow.at_most = 2;
    assert_int_equal(store_follow(books->reader, &follow, books->arena, &followed, &refusal), OK);
    assert_int_equal(followed->n_entries, 2);
    assert_int_equal(followed->head, 4);
    assert_string_equal(followed->entries[0]->events[0]->name, "account opened");
    assert_string_equal(followed->entries[1]->trace, "trace-1");
    assert_int_equal(followed->entries[1]->at, books->now);
    follow.position = 2;
    follow.hash = followed->entries[1]->hash;
    assert_int_equal(store_follow(books->reader, &follow, books->arena, &followed, &refusal), OK);
    assert_int_equal(followed->entries[0]->position, 3);
    follow.hash.data[0] ^= 1;
    assert_int_equal(store_follow(books->reader, &follow, books->arena, &followed, &refusal), UNVERIFIED);
    assert_true(followed->forked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_books(test_a_batch_of_many_commands_is_one_transaction_with_one_statement_a_table),
        test_of_books(test_a_batch_sweeps_partitions_and_numbers_have_no_gaps),
        test_of_books(test_a_store_set_to_one_partition_writes_each_partition_alone),
        test_of_books(test_commands_see_what_the_ones_before_them_in_the_batch_did),
        test_of_books(test_a_refusal_writes_nothing),
        test_of_books(test_what_an_earlier_command_makes_a_later_one_read_is_loaded_before_it_decides),
        test_of_books(test_another_partitions_row_is_absent_for_a_command),
        test_of_books(test_a_partition_that_was_not_taken_is_moved),
        test_of_books(test_a_repeated_command_gets_its_first_answer),
        test_of_books(test_a_command_that_comes_twice_in_one_batch_is_done_once),
        test_of_books(test_a_used_id_with_another_body_or_sender_is_refused),
        test_of_books(test_a_version_that_is_not_the_latest_is_a_conflict_that_names_both),
        test_of_books(test_an_old_command_and_a_passed_deadline_are_refused),
        test_of_books(test_a_rehearsal_judges_as_the_batch_does_and_writes_nothing),
        test_of_books(test_answers_older_than_they_are_kept_are_swept),
        test_of_books(test_a_readers_effect_and_its_mark_are_written_together),
        test_of_books(test_a_refused_readers_command_parks_its_aggregate_and_not_the_rest),
        test_of_books(test_a_readers_work_out_of_its_turn_is_busy_and_writes_nothing),
        test_of_books(test_what_comes_refused_from_its_preparing_is_parked_with_that_refusal),
        test_of_books(test_a_question_reads_rows_timeline_and_pages),
        test_of_books(test_a_follower_gets_what_came_after_and_notices_a_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
