/* SPDX-License-Identifier: Apache-2.0
 *
 * Definition: reading, and saying what was found.
 */
#include "clients/admin/definition.h"

#include "common/base/file.h"

#include <stdio.h>

enum { FILE_SIZE_MAX = 1 << 20 };

enum status admin_file(struct admin *admin, const char *path, ProtobufCBinaryData *bytes)
{
    return file_read(admin->arena, "FILE", path, FILE_SIZE_MAX, bytes, &admin->refusal);
}

enum status definition_read(struct admin *admin, struct law *law, const char *path, struct definition *definition)
{
    enum status status = admin_file(admin, path, &definition->bytes);

    if (status == OK)
        status = law_add_procedure(law, definition->bytes.data, definition->bytes.len, &admin->refusal);
    if (status != OK)
        return status;
    char hash[PROCEDURE_HASH_TEXT];
    procedure_content_hash(definition->bytes.data, definition->bytes.len, hash);
    definition->path = path;
    definition->procedure = law_procedure(law, hash);
    return OK;
}

void definition_done(struct admin *admin, struct law **law)
{
    refusal_keep(&admin->refusal, admin->arena);
    law_free(law);
}

void definition_say(struct admin *admin, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->list[i];
        const struct refusal *refusal = &finding->refusal;
        const char *reason = text_translate(refusal->reason), *remedy = text_translate(refusal->remedy);
        printf("finding field=%s state=\"%s\" step=\"%s\" reason=\"%s\" remedy=\"%s\"", refusal->field, finding->state,
               finding->step, text_fill(admin->arena, reason, refusal->values, refusal->value_count),
               text_fill(admin->arena, remedy, refusal->values, refusal->value_count));
        printf(*refusal->article ? " article=\"%s\"\n" : "\n", refusal->article);
    }
}
