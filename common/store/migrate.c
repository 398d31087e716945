/* SPDX-License-Identifier: Apache-2.0
 *
 * Migrate: comparing what was run with what there is.
 */
#include "common/store/migrate.h"

#include "common/base/arena.h"
#include "common/seal/hash.h"
#include "common/store/fault.h"
#include "common/store/pipeline.h"
#include "common/store/sql_text.h"

#include <string.h>

extern const struct embedded_file STORE_SCHEMA[];

enum { WAIT_MS = 10000 };

struct run {
    const struct migration *migration;
    struct pg *pg;
    struct pipeline *pipeline;
    struct arena *arena;
    const char *role;
    unsigned known;  /* files in the database that the program has too */
    unsigned landed; /* files in the database */
    unsigned ran;
    struct refusal *refusal;
};

static const char *replaced(const struct run *run, const char *text)
{
    return sql_replace(
        run->arena, text,
        (const char *const[]){"schema", run->migration->schema, "role", run->role, "node", run->migration->node, NULL});
}

static enum status script(struct run *run, const char *statement)
{
    return pg_script(run->pg, replaced(run, sql_text(statement)), run->refusal);
}

/* Names go into the statements' text, so they are checked, not quoted. */
static enum status check_name(struct run *run, const char *field, const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (length >= 1 && length <= 30 && name[length] == '\0' && (name[0] < '0' || name[0] > '9'))
        return OK;
    return refuse_with(run->refusal, INVALID, field, N_("%1 is no name: letters a-z, digits and _, 1 to 30"),
                       N_("choose another name"), fault_keep(name));
}

/* ---- files
 * ----------------------------------------------------------------------------------------------------------- */

static void digest_of(const char *text, uint8_t digest[HASH_BYTES])
{
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, text, strlen(text));
    hash_final(hash, digest);
    hash_free(&hash);
}

static enum status record(struct run *run, const char *name, const uint8_t digest[HASH_BYTES])
{
    pipeline_clear(run->pipeline);
    struct params *params = pipeline_add(run->pipeline, "migration_add", TAG_OTHER);
    params_array(params, PG_TEXT, 1);
    params_put_text(params, name);
    params_array(params, PG_BYTEA, 1);
    params_put_bytes(params, digest, HASH_BYTES);
    return pipeline_run(run->pipeline) == PG_DONE ? OK : fault_refuse(pg_fault(run->pg), run->refusal);
}

/* Row of the file among those that have landed, or -1. */
static int landed_row(const PGresult *landed, const char *name)
{
    for (int i = 0; i < PQntuples(landed); i++)
        if (strcmp(PQgetvalue(landed, i, 0), name) == 0)
            return i;
    return -1;
}

/* What has landed already, as it was before this run. */
static enum status read_landed(struct run *run, PGresult **landed)
{
    struct pg_call call = {"migration_list", NULL, NULL};
    enum status status = pg_pipeline(run->pg, &call, 1) == PG_DONE ? OK : fault_refuse(pg_fault(run->pg), run->refusal);
    *landed = call.result;
    run->landed = status == OK ? (unsigned)PQntuples(call.result) : 0;
    return status;
}

static enum status run_file(struct run *run, const PGresult *landed, const char *name, const char *text)
{
    uint8_t digest[HASH_BYTES];
    digest_of(text, digest);
    int row = landed_row(landed, name);
    if (row < 0) {
        enum status status = pg_script(run->pg, text, run->refusal);
        run->ran++;
        return status == OK ? record(run, name, digest) : status;
    }
    run->known++;
    if (PQgetlength(landed, row, 1) == HASH_BYTES && memcmp(PQgetvalue(landed, row, 1), digest, HASH_BYTES) == 0)
        return OK;
    return refuse_with(run->refusal, CONFLICT, "schema",
                       N_("the file %1 of schema %2 was edited after it had been run"),
                       N_("restore it, and put the change into a new file with the next number"), fault_keep(name),
                       fault_keep(run->migration->schema));
}

static enum status run_files(struct run *run)
{
    PGresult *landed;
    enum status status = read_landed(run, &landed);
    for (const struct embedded_file *file = STORE_SCHEMA; run->migration->log && file->name && status == OK; file++)
        status = run_file(run, landed, text_print(run->arena, "common %s", file->name), replaced(run, file->text));
    for (const struct embedded_file *file = run->migration->files; file->name && status == OK; file++)
        status = run_file(run, landed, file->name, file->text);
    PQclear(landed);
    if (status == OK && run->known < run->landed)
        return refuse_with(run->refusal, CONFLICT, "schema",
                           N_("schema %1 was migrated by a newer version: it has files that this one lacks"),
                           N_("run the newer version"), fault_keep(run->migration->schema));
    return status;
}

/* ---- the whole
 * ---------------------------------------------------------------------------------------------------------- */

static enum status prepare(struct run *run)
{
    static const char *const NAMES[] = {"rollback", "migration_list", "migration_add", NULL};
    enum status status = OK;
    for (const char *const *name = NAMES; *name && status == OK; name++)
        status = pg_prepare(run->pg, *name, replaced(run, sql_text(*name)), run->refusal);
    return status;
}

static enum status migrate(struct run *run)
{
    enum status status = script(run, "migrate_begin");
    if (status == OK)
        status = prepare(run);
    if (status == OK)
        status = run_files(run);
    if (status == OK)
        status = script(run, "migrate_roles");
    if (status == OK)
        status = script(run, run->migration->log ? "migrate_grants" : "migrate_node_grants");
    if (status == OK)
        status = script(run, "commit");
    return status;
}

enum status store_migrate(const char *conninfo, const struct migration *migration, unsigned *ran,
                          struct refusal *refusal)
{
    struct run run = {.migration = migration, .arena = arena_new(SIZE_MAX), .refusal = refusal};
    run.role = text_print(run.arena, "%s_%s", migration->node, migration->schema);
    enum status status = check_name(&run, "schema", migration->schema);
    if (status == OK)
        status = check_name(&run, "node", migration->node);
    if (status == OK)
        status = pg_open(&run.pg, conninfo, sql_text("session"), WAIT_MS, refusal);
    if (status == OK) {
        run.pipeline = pipeline_new(run.pg);
        status = migrate(&run);
    }
    *ran = status == OK ? run.ran : 0;
    pipeline_free(&run.pipeline);
    pg_free(&run.pg); /* what was not committed is gone with it */
    arena_free(&run.arena);
    return status;
}
