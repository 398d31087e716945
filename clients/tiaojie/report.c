/* SPDX-License-Identifier: Apache-2.0
 *
 * Report: jansson around what json_write makes of messages.
 */
#include "clients/tiaojie/report.h"

#include "common/base/uuid.h"
#include "common/net/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* null where the bytes are not of this type: a newer node may say more than this client knows. */
static json_t *message_json(struct arena *arena, const ProtobufCMessageDescriptor *descriptor,
                            ProtobufCBinaryData bytes)
{
    ProtobufCMessage *message = protobuf_c_message_unpack(descriptor, arena_allocator(arena), bytes.len, bytes.data);
    const char *text;

    if (!message || json_write(message, true, arena, &text) != OK)
        return json_null();
    return json_loads(text, JSON_DECODE_ANY, NULL);
}

static json_t *event_json(struct arena *arena, const struct service *service, const Tiaojie__Event *event)
{
    const struct event *known = service_event(service, event->name);
    json_t *body = known ? message_json(arena, known->message, event->body) : json_null();

    return json_pack("{s:s, s:o}", "name", event->name, "body", body);
}

static json_t *refusal_json(struct arena *arena, const struct refusal *refusal)
{
    const char *reason = text_fill(arena, text_translate(refusal->reason), refusal->values, refusal->value_count);
    const char *remedy = text_fill(arena, text_translate(refusal->remedy), refusal->values, refusal->value_count);

    return json_pack("{s:s, s:s, s:s, s:s}", "field", refusal->field, "reason", reason, "remedy", remedy, "article",
                     refusal->article ? refusal->article : "");
}

static void add_answer(json_t *report, struct arena *arena, const struct service *service,
                       const struct question *question, const Tiaojie__Answer *answer)
{
    if (answer->id.len == UUID_BYTES) {
        struct uuid id;
        char text[UUID_TEXT];
        memcpy(id.bytes, answer->id.data, UUID_BYTES);
        uuid_print(&id, text);
        json_object_set_new(report, "id", json_string(text));
    }
    json_object_set_new(report, "received_at", json_integer(answer->received_at));
    if (question) {
        json_object_set_new(report, "body", message_json(arena, question->answer, answer->body));
        return;
    }
    json_t *events = json_array();
    for (size_t i = 0; i < answer->n_events; i++)
        json_array_append_new(events, event_json(arena, service, answer->events[i]));
    json_object_set_new(report, "about", json_integer((json_int_t)answer->about));
    json_object_set_new(report, "repeated", json_boolean(answer->repeated_command));
    if (answer->token)
        json_object_set_new(report, "token",
                            json_pack("{s:s, s:i, s:I}", "service", answer->token->service, "partition",
                                      (int)answer->token->partition, "position", (json_int_t)answer->token->position));
    json_object_set_new(report, "events", events);
}

const char *report_json(struct arena *arena, const struct service *service, const struct question *question,
                        const Tiaojie__Answer *answer, const struct refusal *refusal)
{
    json_t *report = json_pack("{s:s}", "status", status_name(refusal ? refusal->status : OK));

    if (refusal)
        json_object_set_new(report, "refusal", refusal_json(arena, refusal));
    if (answer && !refusal)
        add_answer(report, arena, service, question, answer);
    char *text = json_dumps(report, JSON_INDENT(2));
    const char *kept = text_print(arena, "%s\n", text);
    free(text);
    json_decref(report);
    return kept;
}
