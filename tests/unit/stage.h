/* SPDX-License-Identifier: Apache-2.0
 *
 * Stage: rules played without a server: given rows, when a command comes, then it is refused or events follow.
 *
 * Owns      the rows that were given or came of events, this service's law, the moment, the sender.
 * Refuses   (by assert) a rule that looks at a row which its reads did not declare, as the store does; events are
 * packed and unpacked before apply sees them, as on the way to the log and back.
 *
 * Bodies and rows are JSON with single quotes for double ones: "{'id': 1041, 'name': 'x'}". What does not hold fails
 * the test.
 */
#pragma once
#include "common/service.h"

struct stage;

enum { STAGE_PARTITIONS = 8 };

/* It is noon in China on `today` ("2025-03-01"). Free with stage_free. */
struct stage *stage_new(const struct service *service, const char *today);
void stage_free(struct stage **stage);

/* Sender, office, place, moment: change as the test needs. Its law is the stage's own, empty until given_procedure. */
struct context *stage_context(struct stage *stage);
struct arena *stage_arena(struct stage *stage);
void stage_at(struct stage *stage, const char *instant); /* "2025-03-01T23:59:00+08:00" */

/* A key of this office with these roles (bits 1 << Role); mediator 0. */
void stage_sender(struct stage *stage, uint64_t office, uint32_t roles);

void given(struct stage *stage, const struct table *table, const char *json);
/* A procedure (Tiaojie__Procedure); returns its hash. */
const char *given_procedure(struct stage *stage, const char *json);

/* Decides and, where it is not refused, applies. For creations the target is the office. */
enum status when(struct stage *stage, const char *command, uint64_t target, const char *json);
enum status when_body(struct stage *stage, const char *command, uint64_t target, const void *body);
/* Another service's event, given to the follow that is described for it; the derived command's outcome. */
enum status when_follows(struct stage *stage, const char *source, const char *event, uint64_t about,
                         const void *message);
/* The clock with this ordinal runs out. */
enum status when_clock_fires(struct stage *stage, uint64_t about, uint32_t ordinal);
/* The answer (of the question's type), for as long as the stage lives; NULL: refused. */
const void *when_asked(struct stage *stage, const char *question, uint64_t target, const char *json);

/* The last one was refused like this; `words` stands in its reason, remedy or article, values filled in. */
void then_refused(struct stage *stage, enum status status, const char *field, const char *words);
void then_nothing_changed(struct stage *stage);
/* The last one's event number `index`, which has this name. */
const void *then_event(struct stage *stage, size_t index, const char *name);
void then_event_count(struct stage *stage, size_t count);
/* What the last one was about. */
uint64_t then_about(struct stage *stage);
/* The row as it is now; the test fails when there is none. `ordinal` 0 for an aggregate. */
const void *then_row(struct stage *stage, const struct table *table, uint64_t id, uint32_t ordinal);
void then_no_row(struct stage *stage, const struct table *table, uint64_t id, uint32_t ordinal);
