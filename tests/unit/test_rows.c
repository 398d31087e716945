/* SPDX-License-Identifier: Apache-2.0
 *
 * The working set, the codec between fields and columns, and the statements that are made from a table's description.
 */
#include "common/store/rows.h"
#include "common/store/rows.pb-c.h"
#include "common/store/statement.h"
#include "tests/unit/ledger.h"

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { ACCOUNT, LINE, COUNTER, CLOCKS };

struct set {
    struct layouts *layouts;
    struct arena *arena;
    struct rows *rows;
    struct reads reads;
};

static int set_up(void **state)
{
    struct set *set = calloc(1, sizeof *set);
    set->layouts = layouts_new(LEDGER.tables);
    set->arena = arena_new(SIZE_MAX);
    set->rows = rows_make(set->layouts, set->arena);
    set->reads = (struct reads){.rows = set->rows, .partition = 1};
    *state = set;
    return 0;
}

static int set_down(void **state)
{
    struct set *set = *state;
    rows_free(&set->rows);
    arena_free(&set->arena);
    layouts_free(&set->layouts);
    free(set);
    return 0;
}

static void put_account(struct set *set, uint64_t id, int64_t balance)
{
    Ledger__Account *account = message_new(&ledger__account__descriptor, set->arena);
    account->id = id;
    account->balance = balance;
    rows_put(set->rows, ACCOUNT, account);
}

static void put_line(struct set *set, uint64_t account, uint32_t ordinal)
{
    Ledger__Line *line = message_new(&ledger__line__descriptor, set->arena);
    line->account = account;
    line->ordinal = ordinal;
    line->amount = ordinal * 10;
    rows_put(set->rows, LINE, line);
}

/* ---- the working set ------------------------------------------------------------------------------------------------
 */

static void test_every_service_has_the_clocks_table_behind_its_own(void **state)
{
    struct set *set = *state;
    assert_int_equal(set->layouts->count, 4);
    assert_ptr_equal(set->layouts->list[CLOCKS].table, &CLOCK);
    assert_int_equal(layouts_index(set->layouts, &LEDGER_LINE), LINE);
}

static void test_a_row_is_wanted_once_however_often_it_is_declared(void **state)
{
    struct set *set = *state;
    for (int i = 0; i < 3; i++)
        reads_one(&set->reads, &LEDGER_ACCOUNT, 257);
    reads_one(&set->reads, &LEDGER_ACCOUNT, 513);
    assert_int_equal(rows_wanted(set->rows, ACCOUNT, false).count, 2);
    put_account(set, 513, 4);
    rows_settle(set->rows);
    assert_false(rows_are_wanted(set->rows));
    assert_null(rows_one(set->rows, &LEDGER_ACCOUNT, 257));
    const Ledger__Account *account = rows_one(set->rows, &LEDGER_ACCOUNT, 513);
    assert_int_equal(account->balance, 4);
}

static void test_a_row_of_another_partition_is_absent_and_not_asked_for(void **state)
{
    struct set *set = *state;
    reads_one(&set->reads, &LEDGER_ACCOUNT, 258);
    reads_children(&set->reads, &LEDGER_LINE, 258);
    assert_false(rows_are_wanted(set->rows));
    size_t count = 9;
    assert_null(rows_one(set->rows, &LEDGER_ACCOUNT, 258));
    (void)rows_children(set->rows, &LEDGER_LINE, 258, &count);
    assert_int_equal(count, 0);
}

/* Who asks names a child as he likes: "case step --proceeding 4294967295". */
static void test_the_largest_number_names_no_child(void **state)
{
    struct set *set = *state;
    reads_child(&set->reads, &LEDGER_LINE, 257, UINT32_MAX);
    assert_false(rows_are_wanted(set->rows));
    reads_children(&set->reads, &LEDGER_LINE, 257);
    put_line(set, 257, 1);
    rows_settle(set->rows);
    assert_null(rows_child(set->rows, &LEDGER_LINE, 257, UINT32_MAX));
    set->reads.checking = true;
    reads_child(&set->reads, &LEDGER_LINE, 257, UINT32_MAX);
    assert_false(set->reads.missing);
}

static void test_what_is_checked_and_was_not_declared_is_missing(void **state)
{
    struct set *set = *state;
    reads_one(&set->reads, &LEDGER_ACCOUNT, 257);
    reads_children(&set->reads, &LEDGER_LINE, 257);
    rows_settle(set->rows);
    set->reads.checking = true;
    reads_one(&set->reads, &LEDGER_ACCOUNT, 257);
    reads_child(&set->reads, &LEDGER_LINE, 257, 3);
    assert_false(set->reads.missing);
    reads_one(&set->reads, &LEDGER_ACCOUNT, 513);
    assert_true(set->reads.missing);
    assert_false(rows_are_wanted(set->rows));
}

static void test_children_come_in_the_order_of_their_ordinals_with_new_ones_among_them(void **state)
{
    struct set *set = *state;
    reads_children(&set->reads, &LEDGER_LINE, 257);
    put_line(set, 257, 3);
    put_line(set, 257, 1);
    put_line(set, 257, 1); /* the same row may come by key and with its family */
    rows_settle(set->rows);
    (void)rows_new_child(set->rows, &LEDGER_LINE, 257, 2);
    size_t count;
    const void *const *lines = rows_children(set->rows, &LEDGER_LINE, 257, &count);
    assert_int_equal(count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(((const Ledger__Line *)lines[i])->ordinal, i + 1);
    assert_ptr_equal(rows_child(set->rows, &LEDGER_LINE, 257, 2), lines[1]);
    assert_null(rows_child(set->rows, &LEDGER_LINE, 257, 4));
}

static void test_only_changed_and_new_rows_are_written_and_each_once(void **state)
{
    struct set *set = *state;
    reads_one(&set->reads, &LEDGER_ACCOUNT, 257);
    reads_one(&set->reads, &LEDGER_ACCOUNT, 513);
    put_account(set, 257, 1);
    put_account(set, 513, 2);
    rows_settle(set->rows);
    for (int i = 0; i < 2; i++) {
        Ledger__Account *account = rows_change(set->rows, &LEDGER_ACCOUNT, 257);
        account->balance += 10;
    }
    Ledger__Account *new = rows_new(set->rows, &LEDGER_ACCOUNT, 769);
    assert_int_equal(new->id, 769);
    assert_int_equal(rows_dirty(set->rows, ACCOUNT).count, 2);
    assert_int_equal(((const Ledger__Account *)rows_one(set->rows, &LEDGER_ACCOUNT, 257))->balance, 21);
    struct row *touched = rows_take_touched(set->rows, ACCOUNT);
    assert_int_equal(touched->id, 769);
    assert_int_equal(touched->next_touched->id, 257);
    assert_null(rows_take_touched(set->rows, ACCOUNT));
}

static void test_a_set_of_many_rows_finds_each_of_them_and_forgets_all(void **state)
{
    struct set *set = *state;
    enum { MANY = 20000 };
    for (uint64_t i = 1; i <= MANY; i++) {
        reads_one(&set->reads, &LEDGER_ACCOUNT, i * 256 + 1);
        put_account(set, i * 256 + 1, (int64_t)i);
    }
    rows_settle(set->rows);
    for (uint64_t i = 1; i <= MANY; i++)
        assert_int_equal(((const Ledger__Account *)rows_one(set->rows, &LEDGER_ACCOUNT, i * 256 + 1))->balance, i);
    rows_clear(set->rows);
    assert_null(rows_find(set->rows, ACCOUNT, 257, 0));
}

static void test_a_complete_set_needs_no_declarations(void **state)
{
    struct set *set = *state;
    rows_complete(set->rows);
    size_t count;
    assert_null(rows_one(set->rows, &LEDGER_ACCOUNT, 257));
    (void)rows_new(set->rows, &LEDGER_ACCOUNT, 257);
    (void)rows_new_child(set->rows, &LEDGER_LINE, 257, 1);
    (void)rows_children(set->rows, &LEDGER_LINE, 257, &count);
    assert_int_equal(count, 1);
}

/* ---- the codec
 * --------------------------------------------------------------------------------------------------------- */

/* What a column's value becomes on its way through a binary array of one element. */
static void carry(const struct column *column, const void *from, void *to, struct arena *arena)
{
    enum { HEADER = 20 };
    struct params params = {0};
    params_array(&params, column->type, 1);
    column_put(column, from, &params);
    int32_t size = binary_int32(params.bytes + HEADER);
    assert_int_equal(params.size, HEADER + 4 + (size > 0 ? size : 0));
    const char *bytes = (const char *)params.bytes + HEADER + 4;
    column_get(column, size < 0 ? NULL : bytes, size < 0 ? 0 : (size_t)size, to, arena);
    params_free(&params);
}

static void test_every_kind_of_field_comes_back_as_it_went(void **state)
{
    struct set *set = *state;
    const struct layout *layout = &set->layouts->list[ACCOUNT];
    Ledger__Account from = LEDGER__ACCOUNT__INIT;
    uint8_t seal[16] = {0, 255, 7};
    from.id = (UINT64_C(1) << 53) - 1;
    from.number = UINT32_MAX;
    from.name = (char *)(uintptr_t) "\xf0\xa0\xae\xb7 \xc2\xb7 name";
    from.balance = INT64_MIN;
    from.kind = LEDGER__KIND__KIND_PLAIN;
    from.closed = 1;
    from.seal = (ProtobufCBinaryData){sizeof seal, seal};
    from.has_ceiling_case = LEDGER__ACCOUNT__HAS_CEILING_CEILING;
    from.opened_at = -1;
    from.opened_on = -40000;
    Ledger__Account *to = message_new(&ledger__account__descriptor, set->arena);
    for (size_t i = 0; i < layout->count; i++)
        carry(&layout->columns[i], &from, to, set->arena);
    assert_int_equal(to->id, from.id);
    assert_int_equal(to->number, UINT32_MAX);
    assert_string_equal(to->name, from.name);
    assert_true(to->balance == INT64_MIN && to->closed && to->kind == LEDGER__KIND__KIND_PLAIN);
    assert_memory_equal(to->seal.data, seal, sizeof seal);
    assert_int_equal(to->has_ceiling_case, LEDGER__ACCOUNT__HAS_CEILING_CEILING);
    assert_true(to->ceiling == 0 && to->opened_at == -1 && to->opened_on == -40000);
}

static void test_a_oneof_of_its_own_is_null_when_it_is_not_set_and_everything_else_is_never_null(void **state)
{
    struct set *set = *state;
    const struct layout *layout = &set->layouts->list[ACCOUNT];
    Ledger__Account empty = LEDGER__ACCOUNT__INIT;
    for (size_t i = 0; i < layout->count; i++) {
        struct params params = {0};
        params_array(&params, layout->columns[i].type, 1);
        column_put(&layout->columns[i], &empty, &params);
        bool null = binary_int32(params.bytes + 20) < 0;
        assert_int_equal(null, strcmp(layout->columns[i].field->name, "ceiling") == 0);
        params_free(&params);
    }
}

/* 2025-03-01 and noon of it in UTC, counted from 2000-01-01 as PostgreSQL does. */
static void test_days_and_moments_are_counted_from_2000_in_the_database(void **state)
{
    struct params params = {0};
    struct column day = {protobuf_c_message_descriptor_get_field_by_name(&ledger__account__descriptor, "opened_on"),
                         PG_DATE, false};
    struct column moment = {protobuf_c_message_descriptor_get_field_by_name(&ledger__account__descriptor, "opened_at"),
                            PG_TIMESTAMPTZ, false};
    Ledger__Account account = LEDGER__ACCOUNT__INIT;
    (void)state;
    account.opened_on = 20148;
    account.opened_at = INT64_C(1740830400000000);
    params_array(&params, PG_DATE, 1);
    column_put(&day, &account, &params);
    params_array(&params, PG_TIMESTAMPTZ, 1);
    column_put(&moment, &account, &params);
    assert_int_equal(binary_int32(params.bytes + 24), 9191);
    assert_int_equal(binary_int64(params.bytes + params.starts[1] + 24), INT64_C(794145600000000));
    params_free(&params);
}

/* ---- statements
 * ------------------------------------------------------------------------------------------------------------ */

static const char *text_of(struct set *set, size_t table, enum statement_kind kind, enum statement_form form)
{
    return statement_text(set->arena, &set->layouts->list[table], "ledger", kind, form, "office");
}

static void test_the_statements_of_a_table_are_these(void **state)
{
    struct set *set = *state;
    assert_string_equal(statement_name(set->arena, &set->layouts->list[LINE], STATEMENT_LOAD, NULL), "load line");
    assert_string_equal(text_of(set, LINE, STATEMENT_LOAD, FORM_SWEEP),
                        "select t.\"account\", t.\"ordinal\", t.\"amount\", t.\"note\"\n"
                        "  from unnest($1::integer[], $2::bigint[], $3::integer[]) as k(partition, id, ordinal)\n"
                        " cross join lateral (select r.* from \"ledger\".\"line\" as r\n"
                        "                      where r.partition = k.partition and r.\"account\" = k.id"
                        " and r.\"ordinal\" = k.ordinal offset 0) as t");
    assert_string_equal(
        text_of(set, LINE, STATEMENT_CHILDREN, FORM_SWEEP),
        "select t.\"account\", t.\"ordinal\", t.\"amount\", t.\"note\"\n"
        "  from unnest($1::integer[], $2::bigint[]) as k(partition, id)\n"
        " cross join lateral (select r.* from \"ledger\".\"line\" as r\n"
        "                      where r.partition = k.partition and r.\"account\" = k.id offset 0) as t");
    assert_string_equal(
        text_of(set, LINE, STATEMENT_WRITE, FORM_SWEEP),
        "insert into \"ledger\".\"line\" as t (partition, \"account\", \"ordinal\", \"amount\", \"note\")\n"
        "select n.partition, n.\"account\", n.\"ordinal\", n.\"amount\", n.\"note\"\n"
        "  from unnest($1::integer[], $2::bigint[], $3::integer[], $4::bigint[], $5::text[])"
        " as n(partition, \"account\", \"ordinal\", \"amount\", \"note\")\n"
        "    on conflict (partition, \"account\", \"ordinal\") do update"
        " set \"amount\" = excluded.\"amount\", \"note\" = excluded.\"note\"");
}

static void test_as_citus_wants_it_the_partition_is_one_value(void **state)
{
    struct set *set = *state;
    assert_string_equal(text_of(set, COUNTER, STATEMENT_LOAD, FORM_ONE_PARTITION),
                        "select t.\"id\", t.\"last\"\n"
                        "  from unnest($2::bigint[]) as k(id)\n"
                        " cross join lateral (select r.* from \"ledger\".\"counter\" as r\n"
                        "                      where r.partition = $1::integer and r.\"id\" = k.id offset 0) as t");
    assert_string_equal(text_of(set, COUNTER, STATEMENT_WRITE, FORM_ONE_PARTITION),
                        "insert into \"ledger\".\"counter\" as t (partition, \"id\", \"last\")\n"
                        "select $1::integer, n.\"id\", n.\"last\"\n"
                        "  from unnest($2::bigint[], $3::integer[]) as n(\"id\", \"last\")\n"
                        "    on conflict (partition, \"id\") do update set \"last\" = excluded.\"last\"");
}

static void test_pages_and_walks_go_on_behind_a_key(void **state)
{
    struct set *set = *state;
    assert_string_equal(text_of(set, COUNTER, STATEMENT_PAGE, FORM_SWEEP),
                        "select t.\"id\", t.\"last\"\n"
                        "  from \"ledger\".\"counter\" as t\n"
                        " where t.partition = $1::integer and t.\"office\" = $2::bigint and t.\"id\" > $3::bigint\n"
                        " order by t.\"id\"\n"
                        " limit $4::integer");
    assert_string_equal(
        text_of(set, LINE, STATEMENT_WALK, FORM_SWEEP),
        "select t.\"account\", t.\"ordinal\", t.\"amount\", t.\"note\"\n"
        "  from \"ledger\".\"line\" as t\n"
        " where t.partition = $1::integer and (t.\"account\", t.\"ordinal\") > ($2::bigint, $3::integer)\n"
        " order by t.\"account\", t.\"ordinal\"\n"
        " limit $4::integer");
}

/* ---- ids
 * -------------------------------------------------------------------------------------------------------------------
 */

/* These numbers stand in ids for ever: a change of the mix would lose every counter that exists. */
static void test_a_page_has_as_many_rows_as_are_asked_for_up_to_a_bound(void **state)
{
    (void)state;
    assert_int_equal(page_rows(0), PAGE_ROWS);
    assert_int_equal(page_rows(7), 7);
    assert_int_equal(page_rows(PAGE_ROWS_MAX), PAGE_ROWS_MAX);
    assert_int_equal(page_rows(PAGE_ROWS_MAX + 1), PAGE_ROWS_MAX);
}

static void test_an_affinity_has_its_partition_for_ever(void **state)
{
    (void)state;
    assert_int_equal(affinity_partition(1, 8), 1);
    assert_int_equal(affinity_partition(440305, 8), 4);
    assert_int_equal(affinity_partition(440305, 64), 4);
    assert_int_equal(affinity_id(1, 8), 257);
    struct context now = {.position = 7, .partition = 5};
    assert_int_equal(context_new_id(&now, 3), (7 * 1024 + 3) * 256 + 5);
    assert_int_equal(id_partition(context_new_id(&now, 3)), 5);
}

#define test_of_set(test) cmocka_unit_test_setup_teardown(test, set_up, set_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_set(test_every_service_has_the_clocks_table_behind_its_own),
        test_of_set(test_a_row_is_wanted_once_however_often_it_is_declared),
        test_of_set(test_a_row_of_another_partition_is_absent_and_not_asked_for),
        test_of_set(test_the_largest_number_names_no_child),
        test_of_set(test_what_is_checked_and_was_not_declared_is_missing),
        test_of_set(test_children_come_in_the_order_of_their_ordinals_with_new_ones_among_them),
        test_of_set(test_only_changed_and_new_rows_are_written_and_each_once),
        test_of_set(test_a_set_of_many_rows_finds_each_of_them_and_forgets_all),
        test_of_set(test_a_complete_set_needs_no_declarations),
        test_of_set(test_every_kind_of_field_comes_back_as_it_went),
        test_of_set(test_a_oneof_of_its_own_is_null_when_it_is_not_set_and_everything_else_is_never_null),
        test_of_set(test_days_and_moments_are_counted_from_2000_in_the_database),
        test_of_set(test_the_statements_of_a_table_are_these),
        test_of_set(test_as_citus_wants_it_the_partition_is_one_value),
        test_of_set(test_pages_and_walks_go_on_behind_a_key),
        cmocka_unit_test(test_a_page_has_as_many_rows_as_are_asked_for_up_to_a_bound),
        cmocka_unit_test(test_an_affinity_has_its_partition_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
