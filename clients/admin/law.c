/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules: loading compiled procedures, calendars and base figures. What doesn't hold is refused before it is stored.
 */
#include "common/procedure/law.h"

#include "clients/admin/database.h"
#include "common/base/instant.h"
#include "common/seal/hash.h"
#include "proto/claim.pb-c.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_SIZE_MAX = 1 << 20, HASH_TEXT_BYTES = 8 };

static enum status read_file(struct admin *admin, const char *path, ProtobufCBinaryData *bytes)
{
    FILE *file = fopen(path, "re");

    if (!file)
        return refuse_with(&admin->refusal, INVALID, "FILE", N_("%1 cannot be read: %2"),
                           N_("name a file that can be read"), path, strerrordesc_np(errno));
    bytes->data = arena_take(admin->arena, FILE_SIZE_MAX + 1);
    bytes->len = fread(bytes->data, 1, FILE_SIZE_MAX + 1, file);
    fclose(file);
    if (bytes->len <= FILE_SIZE_MAX)
        return OK;
    return refuse_with(&admin->refusal, TOO_LARGE, "FILE", N_("%1 is larger than 1 MiB"), N_("split it"), path);
}

/* As law_procedure() names it: the first 8 bytes of SHA-256, in hex. */
static const char *content_hash(struct admin *admin, ProtobufCBinaryData bytes)
{
    struct hash *hash = hash_new(HASH_SHA256);
    uint8_t result[HASH_BYTES];

    hash_update(hash, bytes.data, bytes.len);
    hash_final(hash, result);
    hash_free(&hash);
    return database_bytes(admin->arena, result, HASH_TEXT_BYTES) + strlen("\\x");
}

static const char *now_text(struct admin *admin)
{
    char text[INSTANT_TEXT];

    return arena_text(admin->arena, instant_format(instant_now(), text));
}

static enum status store_procedure(struct admin *admin, struct law *law, const char *path)
{
    ProtobufCBinaryData bytes;
    enum status status = read_file(admin, path, &bytes);

    if (status == OK)
        status = law_add_procedure(law, bytes.data, bytes.len, &admin->refusal);
    if (status != OK)
        return status;
    const char *hash = content_hash(admin, bytes);
    const Tiaojie__Procedure *definition = procedure_definition(law_procedure(law, hash));
    status = database_run(admin, admin->database, "procedure_add", NULL,
                          DATABASE_VALUES(hash, definition->kind, text_print(admin->arena, "%u", definition->place),
                                          database_bytes(admin->arena, bytes.data, bytes.len), now_text(admin)));
    if (status == OK)
        printf("procedure hash=%s kind=%s place=%u name=\"%s\"\n", hash, definition->kind, definition->place,
               definition->name);
    return status;
}

static enum status store_calendar(struct admin *admin, struct law *law, const char *path)
{
    ProtobufCBinaryData bytes;
    enum status status = read_file(admin, path, &bytes);

    if (status == OK)
        status = law_add_calendar(law, bytes.data, bytes.len, &admin->refusal);
    if (status != OK)
        return status;
    Tiaojie__Calendar *calendar = tiaojie__calendar__unpack(arena_allocator(admin->arena), bytes.len, bytes.data);
    const char *year = text_print(admin->arena, "%u", calendar->year);
    status = database_run(admin, admin->database, "calendar_add", NULL,
                          DATABASE_VALUES(year, calendar->issued, database_bytes(admin->arena, bytes.data, bytes.len)));
    if (status == OK)
        printf("calendar year=%s issued=%s\n", year, calendar->issued);
    return status;
}

static enum status store_bases(struct admin *admin, struct law *law, const char *path)
{
    ProtobufCBinaryData bytes;
    enum status status = read_file(admin, path, &bytes);

    if (status == OK)
        status = law_add_bases(law, bytes.data, bytes.len, &admin->refusal);
    if (status != OK)
        return status;
    const Claim__Bases *file = claim__bases__unpack(arena_allocator(admin->arena), bytes.len, bytes.data);
    status = database_run(admin, admin->database, "base_add", NULL,
                          DATABASE_VALUES(file->name, file->issued, database_bytes(admin->arena, bytes.data, bytes.len),
                                          now_text(admin)));
    if (status == OK)
        printf("base name=\"%s\" issued=%s series=%zu injury_rules=%zu\n", file->name, file->issued, file->n_series,
               file->n_injury_rules);
    return status;
}

static enum status load_all(struct admin *admin,
                            enum status (*store)(struct admin *admin, struct law *law, const char *path))
{
    enum status status = database_open(admin);

    if (status != OK)
        return status;
    if (admin->word_count == 0)
        return refuse(&admin->refusal, INVALID, "FILE", N_("no file is named"),
                      N_("write one or more after the command"));
    struct law *law = law_new();
    for (size_t i = 0; i < admin->word_count && status == OK; i++)
        status = store(admin, law, admin->words[i]);
    law_free(&law);
    return status;
}

static enum status procedure_load(struct admin *admin)
{
    return load_all(admin, store_procedure);
}

static enum status calendar_load(struct admin *admin)
{
    return load_all(admin, store_calendar);
}

static enum status base_load(struct admin *admin)
{
    return load_all(admin, store_bases);
}

const struct verb VERB_PROCEDURE_LOAD = {
    .name = "procedure load",
    .options = "conf",
    .words = N_("FILE ..."),
    .help = N_("load compiled procedures; services take them when they start"),
    .run = procedure_load,
};

const struct verb VERB_CALENDAR_LOAD = {
    .name = "calendar load",
    .options = "conf",
    .words = N_("FILE ..."),
    .help = N_("load compiled lists of working days; services take them when they start"),
    .run = calendar_load,
};

const struct verb VERB_BASE_LOAD = {
    .name = "base load",
    .options = "conf",
    .words = N_("FILE ..."),
    .help = N_("load compiled base figures; services take them when they start"),
    .run = base_load,
};
