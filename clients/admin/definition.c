/* SPDX-License-Identifier: Apache-2.0
 *
 * Definition: reading, and saying what was found.
 */
#include "clients/admin/definition.h"

#include "common/seal/hash.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_SIZE_MAX = 1 << 20, HASH_TEXT_BYTES = 8, HASH_TEXT = 2 * HASH_TEXT_BYTES + 1 };

enum status admin_file(struct admin *admin, const char *path, ProtobufCBinaryData *bytes)
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
    char *text = arena_take(admin->arena, HASH_TEXT);

    hash_update(hash, bytes.data, bytes.len);
    hash_final(hash, result);
    hash_free(&hash);
    for (size_t i = 0; i < HASH_TEXT_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", result[i]);
    return text;
}

enum status definition_read(struct admin *admin, struct law *law, const char *path, struct definition *definition)
{
    enum status status = admin_file(admin, path, &definition->bytes);

    if (status == OK)
        status = law_add_procedure(law, definition->bytes.data, definition->bytes.len, &admin->refusal);
    if (status != OK)
        return status;
    definition->path = path;
    definition->procedure = law_procedure(law, content_hash(admin, definition->bytes));
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
