/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement: composing. All identifiers are quoted: a table may be called "case".
 */
#include "common/store/statement.h"

#include "common/base/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const NAMES[] = {
    [STATEMENT_LOAD] = "load", [STATEMENT_CHILDREN] = "children", [STATEMENT_WRITE] = "write",
    [STATEMENT_WALK] = "walk", [STATEMENT_PAGE] = "page",
};

const char *statement_name(struct arena *arena, const struct layout *layout, enum statement_kind kind,
                           const char *column)
{
    const char *space = column ? " " : "";
    return text_print(arena, "%s %s%s%s", NAMES[kind], layout->table->name, space, column ? column : "");
}

/* `prefix"a", prefix"b"` for all columns from `first` on. */
static void print_columns(FILE *out, const struct layout *layout, const char *prefix, size_t first)
{
    for (size_t i = first; i < layout->count; i++)
        fprintf(out, "%s%s\"%s\"", i > first ? ", " : "", prefix, layout->columns[i].field->name);
}

static void print_select(FILE *out, const struct layout *layout)
{
    fputs("select ", out);
    print_columns(out, layout, "t.", 0);
}

/* The parent of a child, the id of an aggregate. */
static const char *id_name(const struct layout *layout)
{
    return layout->columns[0].field->name;
}

/* The keys drive: `offset 0` keeps the planner from turning the join round. A plan that was made while the table was
 * small would else read the whole table for ever, and look for the keys in it. */
static void print_load(FILE *out, const struct layout *layout, const char *schema, enum statement_form form,
                       bool by_key)
{
    bool ordinals = by_key && layout->table->child;
    bool sweep = form == FORM_SWEEP;
    print_select(out, layout);
    fprintf(out, "\n  from unnest(%s$2::bigint[]%s) as k(%sid%s)", sweep ? "$1::integer[], " : "",
            ordinals ? ", $3::integer[]" : "", sweep ? "partition, " : "", ordinals ? ", ordinal" : "");
    fprintf(out, "\n cross join lateral (select r.* from \"%s\".\"%s\" as r", schema, layout->table->name);
    fprintf(out, "\n                      where r.partition = %s and r.\"%s\" = k.id%s offset 0) as t",
            sweep ? "k.partition" : "$1::integer", id_name(layout), ordinals ? " and r.\"ordinal\" = k.ordinal" : "");
}

static void print_source(FILE *out, const struct layout *layout, enum statement_form form)
{
    bool sweep = form == FORM_SWEEP;
    fprintf(out, "\nselect %s, ", sweep ? "n.partition" : "$1::integer");
    print_columns(out, layout, "n.", 0);
    fprintf(out, "\n  from unnest(%s", sweep ? "$1::integer[], " : "");
    for (size_t i = 0; i < layout->count; i++)
        fprintf(out, "%s$%zu::%s[]", i > 0 ? ", " : "", i + 2, column_type_name(layout->columns[i].type));
    fprintf(out, ") as n(%s", sweep ? "partition, " : "");
    print_columns(out, layout, "", 0);
    fputs(")", out);
}

/* Row by row the same values for all columns but the key: an update that moves no indexed value stays HOT. */
static void print_write(FILE *out, const struct layout *layout, const char *schema, enum statement_form form)
{
    size_t keys = layout->table->child ? 2 : 1;
    fprintf(out, "insert into \"%s\".\"%s\" as t (partition, ", schema, layout->table->name);
    print_columns(out, layout, "", 0);
    fputs(")", out);
    print_source(out, layout, form);
    fprintf(out, "\n    on conflict (partition, \"%s\"%s) do ", id_name(layout), keys == 2 ? ", \"ordinal\"" : "");
    if (keys == layout->count)
        fputs("nothing", out);
    else
        fputs("update set ", out);
    for (size_t i = keys; i < layout->count; i++) {
        const char *name = layout->columns[i].field->name;
        fprintf(out, "%s\"%s\" = excluded.\"%s\"", i > keys ? ", " : "", name, name);
    }
}

static void print_walk(FILE *out, const struct layout *layout, const char *schema)
{
    bool child = layout->table->child;
    print_select(out, layout);
    fprintf(out, "\n  from \"%s\".\"%s\" as t\n where t.partition = $1::integer and ", schema, layout->table->name);
    fprintf(out,
            child ? "(t.\"%s\", t.\"ordinal\") > ($2::bigint, $3::integer)"
                  : "t.\"%s\" > $2::bigint and $3::integer = 0",
            id_name(layout));
    fprintf(out, "\n order by t.\"%s\"%s\n limit $4::integer", id_name(layout), child ? ", t.\"ordinal\"" : "");
}

static void print_page(FILE *out, const struct layout *layout, const char *schema, const char *column)
{
    print_select(out, layout);
    fprintf(out, "\n  from \"%s\".\"%s\" as t", schema, layout->table->name);
    fprintf(out, "\n where t.partition = $1::integer and t.\"%s\" = $2::bigint and t.\"%s\" > $3::bigint", column,
            id_name(layout));
    fprintf(out, "\n order by t.\"%s\"\n limit $4::integer", id_name(layout));
}

const char *statement_text(struct arena *arena, const struct layout *layout, const char *schema,
                           enum statement_kind kind, enum statement_form form, const char *column)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert(out);
    if (kind == STATEMENT_WRITE)
        print_write(out, layout, schema, form);
    else if (kind == STATEMENT_WALK)
        print_walk(out, layout, schema);
    else if (kind == STATEMENT_PAGE)
        print_page(out, layout, schema, column);
    else
        print_load(out, layout, schema, form, kind == STATEMENT_LOAD);
    fclose(out);
    const char *kept = arena_text(arena, text);
    free(text);
    return kept;
}
