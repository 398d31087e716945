/* SPDX-License-Identifier: Apache-2.0
 *
 * Column: field types, column types, and the way between them.
 */
#include "common/store/column.h"

#include "common/store/fault.h"
#include "common/store/pg.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    enum pg_type type;
    const char *name;
} TYPES[] = {
    {PG_BIGINT, "bigint"}, {PG_INTEGER, "integer"}, {PG_SMALLINT, "smallint"}, {PG_BOOLEAN, "boolean"},
    {PG_TEXT, "text"},     {PG_BYTEA, "bytea"},     {PG_DATE, "date"},         {PG_TIMESTAMPTZ, "timestamptz"},
    {PG_UUID, "uuid"},
};

/* The first type is the one that a field has unless the schema says otherwise. */
static const struct {
    ProtobufCType field;
    enum pg_type types[2];
} FITS[] = {
    {PROTOBUF_C_TYPE_UINT64, {PG_BIGINT, PG_BIGINT}},   {PROTOBUF_C_TYPE_INT64, {PG_BIGINT, PG_TIMESTAMPTZ}},
    {PROTOBUF_C_TYPE_UINT32, {PG_INTEGER, PG_INTEGER}}, {PROTOBUF_C_TYPE_INT32, {PG_INTEGER, PG_DATE}},
    {PROTOBUF_C_TYPE_ENUM, {PG_SMALLINT, PG_SMALLINT}}, {PROTOBUF_C_TYPE_BOOL, {PG_BOOLEAN, PG_BOOLEAN}},
    {PROTOBUF_C_TYPE_STRING, {PG_TEXT, PG_TEXT}},       {PROTOBUF_C_TYPE_BYTES, {PG_BYTEA, PG_UUID}},
};

const char *column_type_name(enum pg_type type)
{
    const size_t count = sizeof TYPES / sizeof *TYPES;
    size_t i = 0;
    while (i < count && TYPES[i].type != type)
        i++;
    assert(i < count);
    return TYPES[i].name;
}

static const enum pg_type *fitting(const ProtobufCFieldDescriptor *field)
{
    const size_t count = sizeof FITS / sizeof *FITS;
    size_t i = 0;
    while (i < count && FITS[i].field != field->type)
        i++;
    assert(i < count); /* a kind of field that no column can be */
    return FITS[i].types;
}

/* ---- layouts ------------------------------------------------------------------------------------------------------
 */

static void check_table(const struct table *table)
{
    const ProtobufCMessageDescriptor *row = table->row;
    assert(row->n_fields >= 1 && row->n_fields < PARAMS_MAX);
    assert(row->fields[0].type == PROTOBUF_C_TYPE_UINT64);
    assert(!table->child || (row->n_fields >= 2 && row->fields[1].type == PROTOBUF_C_TYPE_UINT32));
}

static void layout_fill(struct layout *layout, const struct table *table)
{
    check_table(table);
    layout->table = table;
    layout->count = table->row->n_fields;
    layout->columns = calloc(layout->count, sizeof *layout->columns);
    assert(layout->columns);
    for (size_t i = 0; i < layout->count; i++) {
        const ProtobufCFieldDescriptor *field = &table->row->fields[i];
        assert(field->label != PROTOBUF_C_LABEL_REPEATED); /* a repeated thing is a child table */
        bool nullable = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
        layout->columns[i] = (struct column){field, fitting(field)[0], nullable};
    }
    if (!table->child)
        layout->version = protobuf_c_message_descriptor_get_field_by_name(table->row, "version");
    assert(!layout->version || layout->version->type == PROTOBUF_C_TYPE_UINT64);
}

struct layouts *layouts_new(const struct table *const *tables)
{
    size_t count = 0;
    bool clocks = false;
    for (; tables[count]; count++)
        clocks |= tables[count] == &CLOCK;
    struct layouts *layouts = calloc(1, sizeof *layouts);
    assert(layouts);
    layouts->list = calloc(count + 1, sizeof *layouts->list);
    assert(layouts->list);
    for (size_t i = 0; i < count; i++)
        layout_fill(&layouts->list[layouts->count++], tables[i]);
    if (!clocks)
        layout_fill(&layouts->list[layouts->count++], &CLOCK);
    return layouts;
}

void layouts_free(struct layouts **layouts)
{
    if (!*layouts)
        return;
    for (size_t i = 0; i < (*layouts)->count; i++)
        free((*layouts)->list[i].columns);
    free((*layouts)->list);
    free(*layouts);
    *layouts = NULL;
}

size_t layouts_index(const struct layouts *layouts, const struct table *table)
{
    size_t i = 0;
    while (i < layouts->count && layouts->list[i].table != table)
        i++;
    assert(i < layouts->count); /* a table that the service does not list */
    return i;
}

/* ---- comparing ----------------------------------------------------------------------------------------------------
 */

enum found { FOUND_NAME, FOUND_TYPE, FOUND_NOT_NULL, FOUND_DEFAULT };

static int find_column(const PGresult *found, const char *name)
{
    for (int i = 0; i < PQntuples(found); i++)
        if (strcmp(PQgetvalue(found, i, FOUND_NAME), name) == 0)
            return i;
    return -1;
}

static enum status refuse_column(struct refusal *refusal, const char *schema, const struct layout *layout,
                                 const char *column, const char *reason)
{
    char table[130];
    snprintf(table, sizeof table, "%s.%s", schema, layout->table->name);
    return refuse_with(refusal, INVALID, "schema", reason,
                       N_("migrate the database with this version, or start the version that fits it"),
                       fault_keep(table), fault_keep(column));
}

static enum status compare_field(struct column *column, const PGresult *found, int at, const char **reason)
{
    enum pg_type type = (enum pg_type)pg_get_int32(found, at, FOUND_TYPE);
    const enum pg_type *fits = fitting(column->field);
    if (type != fits[0] && type != fits[1]) {
        *reason = N_("table %1: column %2 has a type that does not fit");
        return INVALID;
    }
    if (column->nullable && *PQgetvalue(found, at, FOUND_NOT_NULL)) {
        *reason = N_("table %1: column %2 must allow null");
        return INVALID;
    }
    column->type = type;
    return OK;
}

/* Columns that this program does not know must fill themselves. */
static const char *unfilled_column(const struct layout *layout, const PGresult *found)
{
    for (int i = 0; i < PQntuples(found); i++) {
        const char *name = PQgetvalue(found, i, FOUND_NAME);
        bool filled = !*PQgetvalue(found, i, FOUND_NOT_NULL) || *PQgetvalue(found, i, FOUND_DEFAULT);
        bool known = strcmp(name, "partition") == 0 ||
                     protobuf_c_message_descriptor_get_field_by_name(layout->table->row, name) != NULL;
        if (!filled && !known)
            return name;
    }
    return NULL;
}

enum status layout_compare(struct layout *layout, const char *schema, const PGresult *found, struct refusal *refusal)
{
    if (find_column(found, "partition") < 0)
        return refuse_column(refusal, schema, layout, "partition", N_("table %1 lacks column %2"));
    for (size_t i = 0; i < layout->count; i++) {
        struct column *column = &layout->columns[i];
        const char *reason = N_("table %1 lacks column %2");
        int at = find_column(found, column->field->name);
        if (at < 0 || compare_field(column, found, at, &reason) != OK)
            return refuse_column(refusal, schema, layout, column->field->name, reason);
    }
    const char *unfilled = unfilled_column(layout, found);
    if (unfilled)
        return refuse_column(refusal, schema, layout, unfilled,
                             N_("table %1: column %2 is unknown here and must be nullable or have a default"));
    return OK;
}

/* ---- values -------------------------------------------------------------------------------------------------------
 */

static const void *member(const ProtobufCFieldDescriptor *field, const void *message)
{
    return (const char *)message + field->offset;
}

static bool is_set(const struct column *column, const void *message)
{
    if (!column->nullable)
        return true;
    const uint32_t *which = (const void *)((const char *)message + column->field->quantifier_offset);
    return *which == column->field->id;
}

static void put_bytes(const struct column *column, const ProtobufCBinaryData *bytes, struct params *params)
{
    /* What is no uuid becomes null, which the column refuses: a data error of this row alone. */
    if (column->type == PG_UUID && bytes->len != UUID_BYTES)
        params_put_null(params);
    else
        params_put_bytes(params, bytes->data, bytes->len);
}

void column_put(const struct column *column, const void *message, struct params *params)
{
    const void *value = member(column->field, message);
    const int32_t *number = value; /* of the kinds that are 32 bits in a message */
    if (!is_set(column, message)) {
        params_put_null(params);
        return;
    }
    switch (column->type) {
    case PG_BIGINT:
        params_put_int64(params, *(const int64_t *)value);
        return;
    case PG_TIMESTAMPTZ:
        params_put_timestamp(params, *(const int64_t *)value);
        return;
    case PG_INTEGER:
        params_put_int32(params, *number);
        return;
    case PG_DATE:
        params_put_int32(params, (int32_t)((uint32_t)*number - PG_EPOCH_DAYS));
        return;
    case PG_SMALLINT:
        params_put_int16(params, (int16_t)*number);
        return;
    case PG_BOOLEAN:
        params_put_boolean(params, *(const protobuf_c_boolean *)value);
        return;
    case PG_TEXT:
        params_put_text(params, *(char *const *)value);
        return;
    case PG_BYTEA:
    case PG_UUID:
        put_bytes(column, value, params);
        return;
    }
}

static char *get_text(const char *bytes, size_t size, struct arena *arena)
{
    char *text = arena_take(arena, size + 1);
    memcpy(text, bytes, size);
    return text;
}

static void get_value(enum pg_type type, const char *bytes, size_t size, void *value, struct arena *arena)
{
    switch (type) {
    case PG_BIGINT:
        *(int64_t *)value = binary_int64(bytes);
        return;
    case PG_TIMESTAMPTZ:
        *(int64_t *)value = binary_int64(bytes) + PG_EPOCH_US;
        return;
    case PG_INTEGER:
        *(int32_t *)value = binary_int32(bytes);
        return;
    case PG_DATE:
        *(int32_t *)value = binary_int32(bytes) + PG_EPOCH_DAYS;
        return;
    case PG_SMALLINT:
        *(int32_t *)value = binary_int16(bytes);
        return;
    case PG_BOOLEAN:
        *(protobuf_c_boolean *)value = *bytes != 0;
        return;
    case PG_TEXT:
        *(char **)value = get_text(bytes, size, arena);
        return;
    case PG_BYTEA:
    case PG_UUID:
        *(ProtobufCBinaryData *)value = (ProtobufCBinaryData){size, size > 0 ? arena_copy(arena, bytes, size) : NULL};
        return;
    }
}

void column_get(const struct column *column, const char *bytes, size_t size, void *message, struct arena *arena)
{
    if (!bytes)
        return;
    if (column->nullable)
        *(uint32_t *)(void *)((char *)message + column->field->quantifier_offset) = column->field->id;
    get_value(column->type, bytes, size, (char *)message + column->field->offset, arena);
}

void *message_new(const ProtobufCMessageDescriptor *descriptor, struct arena *arena)
{
    void *message = arena_take(arena, descriptor->sizeof_message);
    protobuf_c_message_init(descriptor, message);
    return message;
}

void *layout_row(const struct layout *layout, const PGresult *result, int row, int first, struct arena *arena)
{
    void *message = message_new(layout->table->row, arena);
    for (size_t i = 0; i < layout->count; i++) {
        int at = first + (int)i;
        const char *bytes = PQgetisnull(result, row, at) ? NULL : PQgetvalue(result, row, at);
        column_get(&layout->columns[i], bytes, (size_t)PQgetlength(result, row, at), message, arena);
    }
    return message;
}

uint64_t layout_id(const struct layout *layout, const void *message)
{
    return *(const uint64_t *)member(layout->columns[0].field, message);
}

uint32_t layout_ordinal(const struct layout *layout, const void *message)
{
    return layout->table->child ? *(const uint32_t *)member(layout->columns[1].field, message) : 0;
}

uint64_t layout_version(const struct layout *layout, const void *message)
{
    return layout->version ? *(const uint64_t *)member(layout->version, message) : 0;
}

void layout_set_key(const struct layout *layout, void *message, uint64_t id, uint32_t ordinal)
{
    *(uint64_t *)(void *)((char *)message + layout->columns[0].field->offset) = id;
    if (layout->table->child)
        *(uint32_t *)(void *)((char *)message + layout->columns[1].field->offset) = ordinal;
}

void layout_set_version(const struct layout *layout, void *message, uint64_t version)
{
    if (layout->version)
        *(uint64_t *)(void *)((char *)message + layout->version->offset) = version;
}
