/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows: a hash table with open addressing over (table, id, ordinal). Rows never leave it before it is cleared.
 */
#include "common/store/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };
static const uint32_t FAMILY = UINT32_MAX;

struct table_rows {
    struct row_list wanted;
    struct row_list wanted_families;
    struct row_list dirty;
    struct row *touched;
    struct page page;
};

struct rows {
    const struct layouts *layouts;
    struct arena *arena;
    struct row **slots;
    size_t slot_count; /* a power of two */
    size_t used;
    struct table_rows *tables;
    bool complete;
    const struct past *past;
    size_t past_count;
};

/* ---- making -------------------------------------------------------------------------------------------------------
 */

struct rows *rows_make(const struct layouts *layouts, struct arena *arena)
{
    struct rows *rows = calloc(1, sizeof *rows);
    assert(rows);
    rows->layouts = layouts;
    rows->arena = arena;
    rows->slot_count = FIRST_SLOTS;
    rows->slots = calloc(rows->slot_count, sizeof *rows->slots);
    rows->tables = calloc(layouts->count, sizeof *rows->tables);
    assert(rows->slots && rows->tables);
    return rows;
}

void rows_free(struct rows **rows)
{
    if (!*rows)
        return;
    free((*rows)->slots);
    free((*rows)->tables);
    free(*rows);
    *rows = NULL;
}

void rows_clear(struct rows *rows)
{
    if (rows->used > 0)
        memset(rows->slots, 0, rows->slot_count * sizeof *rows->slots);
    memset(rows->tables, 0, rows->layouts->count * sizeof *rows->tables);
    rows->used = 0;
    rows->complete = false;
    rows_set_past(rows, NULL, 0);
}

void rows_clear_into(struct rows *rows, struct arena *arena)
{
    rows_clear(rows);
    rows->arena = arena;
}

void rows_complete(struct rows *rows)
{
    rows_settle(rows);
    rows->complete = true;
}

/* ---- the hash table -----------------------------------------------------------------------------------------------
 */

static size_t slot_of(const struct rows *rows, size_t table, uint64_t id, uint32_t ordinal)
{
    uint64_t mixed = (id + ((uint64_t)ordinal << 32) + table) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 29)) * UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(mixed >> 20) & (rows->slot_count - 1);
}

static struct row **look(const struct rows *rows, size_t table, uint64_t id, uint32_t ordinal)
{
    size_t at = slot_of(rows, table, id, ordinal);
    for (; rows->slots[at]; at = (at + 1) & (rows->slot_count - 1)) {
        const struct row *row = rows->slots[at];
        if (row->id == id && row->ordinal == ordinal && row->table == table)
            break;
    }
    return &rows->slots[at];
}

static void grow(struct rows *rows)
{
    struct row **old = rows->slots;
    size_t old_count = rows->slot_count;
    rows->slot_count *= 2;
    rows->slots = calloc(rows->slot_count, sizeof *rows->slots);
    assert(rows->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i])
            *look(rows, old[i]->table, old[i]->id, old[i]->ordinal) = old[i];
    free(old);
}

/* The row's place, made (as wanted) when there is none. */
static struct row *place(struct rows *rows, size_t table, uint64_t id, uint32_t ordinal, bool *made)
{
    struct row **slot = look(rows, table, id, ordinal);
    *made = !*slot;
    if (*slot)
        return *slot;
    if (rows->used * 2 >= rows->slot_count) {
        grow(rows);
        slot = look(rows, table, id, ordinal);
    }
    struct row *row = arena_take(rows->arena, sizeof *row);
    row->table = table;
    row->id = id;
    row->ordinal = ordinal;
    row->state = ROW_WANTED;
    *slot = row;
    rows->used++;
    return row;
}

static void push(struct row_list *list, struct row *row)
{
    row->next = list->first;
    list->first = row;
    list->count++;
}

/* ---- declaring ----------------------------------------------------------------------------------------------------
 */

static void want(struct reads *reads, const struct table *table, uint64_t id, uint32_t ordinal)
{
    struct rows *rows = reads->rows;
    size_t index = layouts_index(rows->layouts, table);
    if (reads->checking) {
        bool known = *look(rows, index, id, ordinal) || (table->child && *look(rows, index, id, FAMILY));
        reads->missing |= !known;
        return;
    }
    bool made;
    struct row *row = place(rows, index, id, ordinal, &made);
    if (!made)
        return;
    if (!reads->any_partition && id_partition(id) != reads->partition)
        row->state = ordinal == FAMILY ? ROW_PRESENT : ROW_ABSENT;
    else
        push(ordinal == FAMILY ? &rows->tables[index].wanted_families : &rows->tables[index].wanted, row);
}

void reads_one(struct reads *reads, const struct table *table, uint64_t id)
{
    assert(!table->child);
    want(reads, table, id, 0);
}

void reads_child(struct reads *reads, const struct table *table, uint64_t parent, uint32_t ordinal)
{
    assert(table->child);
    if (ordinal != FAMILY) /* numbers come from outside, and no row has this one */
        want(reads, table, parent, ordinal);
}

void reads_children(struct reads *reads, const struct table *table, uint64_t parent)
{
    assert(table->child);
    want(reads, table, parent, FAMILY);
}

void reads_page(struct reads *reads, const struct table *table, const char *column, uint64_t value, uint32_t partition,
                uint64_t after, uint32_t limit)
{
    assert(reads->any_partition && !table->child && limit <= PAGE_ROWS_MAX);
    struct page *page = &reads->rows->tables[layouts_index(reads->rows->layouts, table)].page;
    *page = (struct page){column, value, partition, after, limit, NULL, 0};
    page->list = arena_array(reads->rows->arena, limit > 0 ? limit : 1, sizeof *page->list);
}

bool rows_are_wanted(const struct rows *rows)
{
    for (size_t i = 0; i < rows->layouts->count; i++) {
        const struct table_rows *table = &rows->tables[i];
        if (table->wanted.first || table->wanted_families.first || table->page.column)
            return true;
    }
    return false;
}

struct row_list rows_wanted(const struct rows *rows, size_t table, bool family)
{
    return family ? rows->tables[table].wanted_families : rows->tables[table].wanted;
}

struct page *rows_wanted_page(struct rows *rows, size_t table)
{
    return rows->tables[table].page.column ? &rows->tables[table].page : NULL;
}

/* ---- loading ------------------------------------------------------------------------------------------------------
 */

static const struct layout *layout_of(const struct rows *rows, size_t table)
{
    return &rows->layouts->list[table];
}

/* Puts a child into its family, sorted by ordinal; children come and are made mostly in order. */
static void join_family(struct rows *rows, struct row *family, const void *message)
{
    const struct layout *layout = layout_of(rows, family->table);
    uint32_t ordinal = layout_ordinal(layout, message);
    size_t at = family->child_count;
    while (at > 0 && layout_ordinal(layout, family->children[at - 1]) > ordinal)
        at--;
    if (at > 0 && layout_ordinal(layout, family->children[at - 1]) == ordinal)
        return;
    if (family->child_count == family->child_capacity) {
        family->child_capacity = family->child_capacity ? family->child_capacity * 2 : 8;
        const void **more = arena_array(rows->arena, family->child_capacity, sizeof *more);
        if (family->child_count > 0)
            memcpy(more, family->children, family->child_count * sizeof *more);
        family->children = more;
    }
    memmove(&family->children[at + 1], &family->children[at], (family->child_count - at) * sizeof *family->children);
    family->children[at] = message;
    family->child_count++;
}

static void join(struct rows *rows, const struct row *row)
{
    if (!layout_of(rows, row->table)->table->child)
        return;
    struct row *family = *look(rows, row->table, row->id, FAMILY);
    if (!family && rows->complete) {
        bool made;
        family = place(rows, row->table, row->id, FAMILY, &made);
        family->state = ROW_PRESENT;
    }
    if (family)
        join_family(rows, family, row->message);
}

void rows_put(struct rows *rows, size_t table, void *message)
{
    const struct layout *layout = layout_of(rows, table);
    bool made;
    struct row *row = place(rows, table, layout_id(layout, message), layout_ordinal(layout, message), &made);
    if (row->state != ROW_PRESENT) {
        row->state = ROW_PRESENT;
        row->message = message;
    }
    join(rows, row);
}

void rows_put_page(struct rows *rows, size_t table, void *message)
{
    struct page *page = &rows->tables[table].page;
    assert(page->count < page->limit);
    page->list[page->count++] = message;
}

static void settle(struct row_list *list, enum row_state state)
{
    for (struct row *row = list->first, *next; row; row = next) {
        next = row->next;
        row->next = NULL;
        if (row->state == ROW_WANTED)
            row->state = state;
    }
    *list = (struct row_list){0};
}

void rows_settle(struct rows *rows)
{
    for (size_t i = 0; i < rows->layouts->count; i++) {
        settle(&rows->tables[i].wanted, ROW_ABSENT);
        settle(&rows->tables[i].wanted_families, ROW_PRESENT);
        rows->tables[i].page.column = NULL;
    }
}

/* ---- reading ------------------------------------------------------------------------------------------------------
 */

struct row *rows_find(const struct rows *rows, size_t table, uint64_t id, uint32_t ordinal)
{
    struct row *row = *look(rows, table, id, ordinal);
    return row && row->state == ROW_PRESENT ? row : NULL;
}

static struct row *declared(const struct rows *rows, const struct table *table, uint64_t id, uint32_t ordinal)
{
    struct row *row = *look(rows, layouts_index(rows->layouts, table), id, ordinal);
    assert(row || rows->complete);            /* reads did not declare it */
    assert(!row || row->state != ROW_WANTED); /* reads_more may only look at what reads declared */
    return row && row->state == ROW_PRESENT ? row : NULL;
}

const void *rows_one(const struct rows *rows, const struct table *table, uint64_t id)
{
    assert(!table->child);
    const struct row *row = declared(rows, table, id, 0);
    return row ? row->message : NULL;
}

const void *rows_child(const struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal)
{
    assert(table->child);
    if (ordinal == FAMILY)
        return NULL;
    /* A whole family that was read answers for each of its children. */
    size_t index = layouts_index(rows->layouts, table);
    if (*look(rows, index, parent, FAMILY) && !*look(rows, index, parent, ordinal))
        return NULL;
    const struct row *row = declared(rows, table, parent, ordinal);
    return row ? row->message : NULL;
}

const void *const *rows_children(const struct rows *rows, const struct table *table, uint64_t parent, size_t *count)
{
    const struct row *family = declared(rows, table, parent, FAMILY);
    *count = family ? family->child_count : 0;
    return family ? family->children : NULL;
}

const void *const *rows_page(const struct rows *rows, const struct table *table, size_t *count)
{
    const struct page *page = &rows->tables[layouts_index(rows->layouts, table)].page;
    *count = page->count;
    return page->list;
}

/* ---- changing -----------------------------------------------------------------------------------------------------
 */

void rows_mark_dirty(struct rows *rows, struct row *row)
{
    if (!row->dirty)
        push(&rows->tables[row->table].dirty, row);
    row->dirty = true;
    if (row->touched)
        return;
    row->touched = true;
    row->next_touched = rows->tables[row->table].touched;
    rows->tables[row->table].touched = row;
}

struct row *rows_take_touched(struct rows *rows, size_t table)
{
    struct row *first = rows->tables[table].touched;
    rows->tables[table].touched = NULL;
    for (struct row *row = first; row; row = row->next_touched)
        row->touched = false;
    return first;
}

static void *change(struct rows *rows, const struct table *table, uint64_t id, uint32_t ordinal)
{
    struct row *row = *look(rows, layouts_index(rows->layouts, table), id, ordinal);
    assert(row && row->state == ROW_PRESENT); /* decide must have seen it */
    rows_mark_dirty(rows, row);
    return row->message;
}

static void *add(struct rows *rows, const struct table *table, uint64_t id, uint32_t ordinal)
{
    bool made;
    size_t index = layouts_index(rows->layouts, table);
    struct row *row = place(rows, index, id, ordinal, &made);
    assert(row->state != ROW_PRESENT); /* decide must have seen that there is none */
    row->state = ROW_PRESENT;
    row->message = message_new(table->row, rows->arena);
    layout_set_key(layout_of(rows, index), row->message, id, ordinal);
    rows_mark_dirty(rows, row);
    join(rows, row);
    return row->message;
}

void *rows_change(struct rows *rows, const struct table *table, uint64_t id)
{
    assert(!table->child);
    return change(rows, table, id, 0);
}

void *rows_change_child(struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal)
{
    assert(table->child);
    return change(rows, table, parent, ordinal);
}

void *rows_new(struct rows *rows, const struct table *table, uint64_t id)
{
    assert(!table->child);
    return add(rows, table, id, 0);
}

void *rows_new_child(struct rows *rows, const struct table *table, uint64_t parent, uint32_t ordinal)
{
    assert(table->child && ordinal != FAMILY);
    return add(rows, table, parent, ordinal);
}

char *rows_text(struct rows *rows, const char *text)
{
    return arena_text(rows->arena, text);
}

ProtobufCBinaryData rows_bytes(struct rows *rows, ProtobufCBinaryData bytes)
{
    return (ProtobufCBinaryData){bytes.len, bytes.len > 0 ? arena_copy(rows->arena, bytes.data, bytes.len) : NULL};
}

struct row_list rows_dirty(const struct rows *rows, size_t table)
{
    return rows->tables[table].dirty;
}

void rows_each(const struct rows *rows, void (*visit)(void *data, const struct row *row), void *data)
{
    for (size_t i = 0; i < rows->slot_count; i++) {
        const struct row *row = rows->slots[i];
        if (row && row->state == ROW_PRESENT && row->ordinal != FAMILY)
            visit(data, row);
    }
}

/* ---- the timeline -------------------------------------------------------------------------------------------------
 */

void rows_set_past(struct rows *rows, const struct past *past, size_t count)
{
    rows->past = past;
    rows->past_count = count;
}

const struct past *question_entries(const struct rows *rows, size_t *count)
{
    *count = rows->past_count;
    return rows->past;
}
