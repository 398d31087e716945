/* SPDX-License-Identifier: Apache-2.0
 *
 * Load: statements of the service's tables, their parameters and results.
 */
#include "common/store/load.h"

#include "common/store/sql_text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A call's tag: table * TAG_KINDS + kind; the pipeline's other calls have TAG_OTHER. */
enum { TAG_ROWS, TAG_PAGE, TAG_KINDS };

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static enum status compare(struct pg *pg, struct layout *layout, const char *schema, struct refusal *refusal)
{
    struct pipeline *pipeline = pipeline_new(pg);
    struct params *params = pipeline_add(pipeline, "columns", 0);
    params_text(params, schema);
    params_text(params, layout->table->name);
    enum status status = OK;
    if (pipeline_run(pipeline) != PG_DONE)
        status = refuse(refusal, UNAVAILABLE, "database", N_("the columns of the tables cannot be read"),
                        N_("start PostgreSQL, and migrate the database"));
    else
        status = layout_compare(layout, schema, pipeline_result(pipeline, 0), refusal);
    pipeline_free(&pipeline);
    return status;
}

static enum status prepare(struct loader *loader, struct pg *pg, size_t table, enum statement_kind kind,
                           const char **name, struct refusal *refusal)
{
    const struct layout *layout = &loader->layouts->list[table];
    *name = statement_name(loader->arena, layout, kind, NULL);
    return pg_prepare(pg, *name, statement_text(loader->arena, layout, loader->service->name, kind, loader->form, NULL),
                      refusal);
}

static enum status open_table(struct loader *loader, struct pg *pg, size_t table, bool writes, struct refusal *refusal)
{
    struct layout *layout = &loader->layouts->list[table];
    struct table_names *names = &loader->names[table];
    enum status status = compare(pg, layout, loader->service->name, refusal);
    if (status == OK)
        status = prepare(loader, pg, table, STATEMENT_LOAD, &names->load, refusal);
    if (status == OK && layout->table->child)
        status = prepare(loader, pg, table, STATEMENT_CHILDREN, &names->children, refusal);
    if (status == OK && writes)
        status = prepare(loader, pg, table, STATEMENT_WRITE, &names->write, refusal);
    if (status == OK && !writes)
        status = prepare(loader, pg, table, STATEMENT_WALK, &names->walk, refusal);
    return status;
}

enum status loader_open(struct loader **loader, struct pg *pg, const struct service *service, enum statement_form form,
                        bool writes, struct refusal *refusal)
{
    struct loader *new = calloc(1, sizeof *new);
    assert(new);
    new->service = service;
    new->form = form;
    new->arena = arena_new(SIZE_MAX);
    new->layouts = layouts_new(service->tables);
    new->names = arena_array(new->arena, new->layouts->count, sizeof *new->names);
    enum status status = loader_prepare(new, pg, "columns", refusal);
    if (status == OK)
        status = loader_prepare(new, pg, "rollback", refusal);
    for (size_t i = 0; i < new->layouts->count &&status == OK; i++)
        status = open_table(new, pg, i, writes, refusal);
    if (status != OK)
        loader_free(&new);
    *loader = new;
    return status;
}

void loader_free(struct loader **loader)
{
    if (!*loader)
        return;
    layouts_free(&(*loader)->layouts);
    arena_free(&(*loader)->arena);
    free(*loader);
    *loader = NULL;
}

enum status loader_prepare(const struct loader *loader, struct pg *pg, const char *name, struct refusal *refusal)
{
    return pg_prepare(pg, name, sql_for_schema(loader->arena, name, loader->service->name), refusal);
}

const char *loader_page(const struct loader *loader, struct pg *pg, size_t table, const char *column)
{
    const struct layout *layout = &loader->layouts->list[table];
    struct arena *arena = arena_new(SIZE_MAX);
    const char *name = statement_name(arena, layout, STATEMENT_PAGE, column);
    const char *text = statement_text(arena, layout, loader->service->name, STATEMENT_PAGE, loader->form, column);
    struct refusal refusal;
    bool good = pg_prepared_name(pg, name) || pg_prepare(pg, name, text, &refusal) == OK;
    const char *kept = good ? pg_prepared_name(pg, name) : NULL;
    arena_free(&arena);
    return kept;
}

/* ---- loading ------------------------------------------------------------------------------------------------------
 */

static void add_partitions(const struct loader *loader, struct params *params, struct row_list list, uint32_t partition)
{
    if (loader->form == FORM_ONE_PARTITION) {
        params_int32(params, (int32_t)partition);
        return;
    }
    params_array(params, PG_INTEGER, list.count);
    for (const struct row *row = list.first; row; row = row->next)
        params_put_int32(params, (int32_t)id_partition(row->id));
}

static void add_keys(const struct loader *loader, struct params *params, struct row_list list, bool ordinals,
                     uint32_t partition)
{
    add_partitions(loader, params, list, partition);
    params_array(params, PG_BIGINT, list.count);
    for (const struct row *row = list.first; row; row = row->next)
        params_put_int64(params, (int64_t)row->id);
    if (!ordinals)
        return;
    params_array(params, PG_INTEGER, list.count);
    for (const struct row *row = list.first; row; row = row->next)
        params_put_int32(params, (int32_t)row->ordinal);
}

static bool add_page(const struct loader *loader, struct pg *pg, struct pipeline *pipeline, size_t table,
                     const struct page *page)
{
    const char *name = loader_page(loader, pg, table, page->column);
    if (!name)
        return false;
    struct params *params = pipeline_add(pipeline, name, (int)table * TAG_KINDS + TAG_PAGE);
    params_int32(params, (int32_t)page->partition);
    params_int64(params, (int64_t)page->value);
    params_int64(params, (int64_t)page->after);
    params_int32(params, (int32_t)page->limit);
    return true;
}

bool load_add(const struct loader *loader, struct pg *pg, struct pipeline *pipeline, struct rows *rows,
              uint32_t partition)
{
    for (size_t i = 0; i < loader->layouts->count; i++) {
        bool child = loader->layouts->list[i].table->child;
        int tag = (int)i * TAG_KINDS + TAG_ROWS;
        struct row_list wanted = rows_wanted(rows, i, false);
        struct row_list families = rows_wanted(rows, i, true);
        const struct page *page = rows_wanted_page(rows, i);
        if (wanted.count > 0)
            add_keys(loader, pipeline_add(pipeline, loader->names[i].load, tag), wanted, child, partition);
        if (families.count > 0)
            add_keys(loader, pipeline_add(pipeline, loader->names[i].children, tag), families, false, partition);
        if (page && !add_page(loader, pg, pipeline, i, page))
            return false;
    }
    return true;
}

void load_take(const struct loader *loader, const struct pipeline *pipeline, struct rows *rows, struct arena *arena)
{
    for (size_t i = 0; i < pipeline_count(pipeline); i++) {
        int tag = pipeline_tag(pipeline, i);
        if (tag < 0)
            continue;
        size_t table = (size_t)tag / TAG_KINDS;
        const PGresult *result = pipeline_result(pipeline, i);
        for (int row = 0; row < PQntuples(result); row++) {
            void *message = layout_row(&loader->layouts->list[table], result, row, 0, arena);
            if (tag % TAG_KINDS == TAG_PAGE)
                rows_put_page(rows, table, message);
            else
                rows_put(rows, table, message);
        }
    }
    rows_settle(rows);
}

/* ---- writing ------------------------------------------------------------------------------------------------------
 */

void write_add(const struct loader *loader, struct pipeline *pipeline, const struct rows *rows, size_t table,
               uint32_t partition)
{
    const struct layout *layout = &loader->layouts->list[table];
    struct row_list dirty = rows_dirty(rows, table);
    if (dirty.count == 0)
        return;
    struct params *params = pipeline_add(pipeline, loader->names[table].write, TAG_OTHER);
    add_partitions(loader, params, dirty, partition);
    for (size_t i = 0; i < layout->count; i++) {
        params_array(params, layout->columns[i].type, dirty.count);
        for (const struct row *row = dirty.first; row; row = row->next)
            column_put(&layout->columns[i], row->message, params);
    }
}
