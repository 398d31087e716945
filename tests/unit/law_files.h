/* SPDX-License-Identifier: Apache-2.0
 *
 * Law files: what stands in law/, compiled as an operator would, for the tests. They run in the source root.
 */
#pragma once
#include "common/base/arena.h"
#include "proto/claim.pb-c.h"
#include "proto/procedure.pb-c.h"

struct law;

/* "law/procedures/mediation-labour.txtpb"; in the arena. */
Tiaojie__Procedure *law_file_procedure(struct arena *arena, const char *path);
Tiaojie__Calendar *law_file_calendar(struct arena *arena, int year);

/* "beijing" of law/bases; in the arena. */
Claim__Bases *law_file_bases(struct arena *arena, const char *name);

/* What must not be refused. */
void law_file_add_procedure(struct law *law, struct arena *arena, const char *path);
void law_file_add_calendars(struct law *law, struct arena *arena, int first, int last);
