/* SPDX-License-Identifier: Apache-2.0
 *
 * Definition: a compiled procedure from a file, read, checked and reviewed.
 */
#pragma once
#include "clients/admin/admin.h"
#include "common/procedure/law.h"
#include "common/procedure/review.h"

struct definition {
    const char *path;
    ProtobufCBinaryData bytes;
    const struct procedure *procedure; /* belongs to the law that it was added to */
};

/* A whole file of at most 1 MiB, in the arena. */
MUST_CHECK enum status admin_file(struct admin *admin, const char *path, ProtobufCBinaryData *bytes);

/* Reads a file and adds it to the law: what procedure_check refuses is refused here. */
MUST_CHECK enum status definition_read(struct admin *admin, struct law *law, const char *path,
                                       struct definition *definition);

/* Frees the law; a refusal that names what stands in it stays. */
void definition_done(struct admin *admin, struct law **law);

/* One line for each finding. */
void definition_say(struct admin *admin, const struct findings *findings);
