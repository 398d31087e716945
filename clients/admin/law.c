/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules: loading compiled procedures, calendars and base figures. What doesn't hold is refused before it is stored.
 */
#include "common/procedure/law.h"

#include "clients/admin/database.h"
#include "clients/admin/definition.h"
#include "common/base/instant.h"
#include "common/runtime/law_load.h"
#include "proto/claim.pb-c.h"

#include <stdio.h>
#include <string.h>

static const char *now_text(struct admin *admin)
{
    char text[INSTANT_TEXT];

    return arena_text(admin->arena, instant_format(instant_now(), text));
}

static enum status store_procedure(struct admin *admin, const struct definition *definition)
{
    const Tiaojie__Procedure *procedure = procedure_definition(definition->procedure);
    const char *hash = procedure_hash(definition->procedure);
    enum status status = database_run(
        admin, admin->database, "procedure_add", NULL,
        DATABASE_VALUES(hash, procedure->kind, text_print(admin->arena, "%u", procedure->place),
                        database_bytes(admin->arena, definition->bytes.data, definition->bytes.len), now_text(admin)));

    if (status == OK)
        printf("procedure hash=%s kind=%s place=%u name=\"%s\"\n", hash, procedure->kind, procedure->place,
               procedure->name);
    return status;
}

/* Several files may be loaded at once: what is wrong in one says in which. */
static enum status name_file(struct admin *admin, const char *path, enum status status)
{
    if (status != OK)
        admin->refusal.field = text_print(admin->arena, "%s: %s", path, admin->refusal.field);
    return status;
}

static enum status store_calendar(struct admin *admin, struct law *law, const char *path)
{
    ProtobufCBinaryData bytes;
    enum status status = admin_file(admin, path, &bytes);

    if (status == OK)
        status = name_file(admin, path, law_add_calendar(law, bytes.data, bytes.len, &admin->refusal));
    if (status != OK)
        return status;
    Tiaojie__Calendar *calendar = tiaojie__calendar__unpack(arena_allocator(admin->arena), bytes.len, bytes.data);
    const char *year = text_print(admin->arena, "%u", calendar->year);
    status = database_run(
        admin, admin->database, "calendar_add", NULL,
        DATABASE_VALUES(year, calendar->issued, calendar->name, database_bytes(admin->arena, bytes.data, bytes.len)));
    if (status == OK)
        printf("calendar year=%s issued=%s%s%s\n", year, calendar->issued, *calendar->name ? " name=" : "",
               calendar->name);
    return status;
}

static enum status store_bases(struct admin *admin, struct law *law, const char *path)
{
    ProtobufCBinaryData bytes;
    enum status status = admin_file(admin, path, &bytes);

    if (status == OK)
        status = name_file(admin, path, law_add_bases(law, bytes.data, bytes.len, &admin->refusal));
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

/* One that has findings, or that is in force beside another of these files, is refused before any is stored. */
static enum status judge_procedure(struct admin *admin, const struct definition *list, size_t at)
{
    const struct findings findings = procedure_review(list[at].procedure, admin->arena);

    if (findings.count) {
        definition_say(admin, &findings);
        return refuse_with(&admin->refusal, INVALID, "FILE", N_("%1 has %2 findings"),
                           N_("mend them; `tiaojie-admin procedure check` names them again"), list[at].path,
                           text_print(admin->arena, "%zu", findings.count));
    }
    for (size_t i = 0; i < at; i++)
        if (list[i].procedure != list[at].procedure && procedures_overlap(list[i].procedure, list[at].procedure))
            return refuse_with(
                &admin->refusal, CONFLICT, "FILE", N_("%1 and %2 are in force for the same kind and place on one day"),
                N_("let the older one end before the newer one begins (valid_until)"), list[i].path, list[at].path);
    return OK;
}

/* A version that the node holds makes way only where it is named: by mistake nothing is put out of force. */
static enum status judge_displaced(struct admin *admin, const struct procedure *held, const struct procedure *wanted)
{
    const Tiaojie__Procedure *old = procedure_definition(held), *new = procedure_definition(wanted);
    const char *replaces = admin_option(admin, "replaces");

    if (!replaces || !strstr(replaces, procedure_hash(held)))
        return refuse_with(&admin->refusal, CONFLICT, "valid_from",
                           N_("%1 is in force for the same kind and place on one day: %2, from %3"),
                           N_("if it is to make way, add --replaces %1; several with commas"), procedure_hash(held),
                           old->name, old->valid_from);
    if (strcmp(new->valid_from, old->valid_from) < 0)
        return refuse_with(&admin->refusal, CONFLICT, "valid_from",
                           N_("it begins before %1, which it replaces and which begins on %2"),
                           N_("begin on that day or later, or end the day before it (valid_until)"),
                           procedure_hash(held), old->valid_from);
    return OK;
}

static enum status judge_versions(struct admin *admin, const struct definition *list, size_t count)
{
    const char *conninfo;
    struct law *law = NULL;
    enum status status = database_conninfo(admin, &conninfo);

    if (status == OK)
        status = law_load(conninfo, &law, &admin->refusal);
    for (size_t i = 0; i < count && status == OK; i++) {
        const struct procedure *held;
        size_t at = 0;
        while (status == OK && (held = law_displaced(law, list[i].procedure, &at)))
            status = judge_displaced(admin, held, list[i].procedure);
    }
    if (law)
        definition_done(admin, &law);
    return status;
}

static enum status need_words(struct admin *admin)
{
    if (admin->word_count)
        return OK;
    return refuse(&admin->refusal, INVALID, "FILE", N_("no file is named"), N_("write one or more after the command"));
}

static enum status procedure_load(struct admin *admin)
{
    struct definition *list = arena_array(admin->arena, admin->word_count + 1, sizeof *list);
    struct law *law = law_new();
    enum status status = need_words(admin);

    for (size_t i = 0; i < admin->word_count && status == OK; i++) {
        status = definition_read(admin, law, admin->words[i], &list[i]);
        if (status == OK)
            status = judge_procedure(admin, list, i);
    }
    if (status == OK)
        status = judge_versions(admin, list, admin->word_count);
    if (status == OK)
        status = database_open(admin);
    for (size_t i = 0; i < admin->word_count && status == OK; i++)
        status = store_procedure(admin, &list[i]);
    definition_done(admin, &law);
    return status;
}

static enum status load_each(struct admin *admin,
                             enum status (*store)(struct admin *admin, struct law *law, const char *path))
{
    enum status status = need_words(admin);
    struct law *law = law_new();

    if (status == OK)
        status = database_open(admin);
    for (size_t i = 0; i < admin->word_count && status == OK; i++)
        status = store(admin, law, admin->words[i]);
    definition_done(admin, &law);
    return status;
}

static enum status calendar_load(struct admin *admin)
{
    return load_each(admin, store_calendar);
}

static enum status base_load(struct admin *admin)
{
    return load_each(admin, store_bases);
}

const struct verb VERB_PROCEDURE_LOAD = {
    .name = "procedure load",
    .options = "conf replaces",
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
