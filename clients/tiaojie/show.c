/* SPDX-License-Identifier: Apache-2.0
 *
 * Show: any contract's message, field by field, by its descriptor.
 */
#include "clients/tiaojie/show.h"

#include "clients/tiaojie/value.h"
#include "proto/procedure.pb-c.h"

#include <string.h>

struct show {
    FILE *to;
    struct arena *arena;
    const struct service *service;
};

static const char *unverified_mark(bool unverified)
{
    return unverified ? text_translate(N_(" (unverified)")) : "";
}

/* ---- clocks ---- */

static const char *subject_text(struct show *show, uint32_t subject)
{
    return subject ? text_print(show->arena, " %u", subject) : "";
}

static void show_start(struct show *show, const Tiaojie__ClockStart *clock)
{
    struct value last = value_day(show->arena, clock->last_day);

    fprintf(show->to, "  %s: %s%s, %s %s", text_translate(clock->again ? N_("clock begins anew") : N_("clock started")),
            text_translate(clock->name), subject_text(show, clock->subject), text_translate(N_("last day")), last.text);
    if (clock->article[0])
        fprintf(show->to, ", %s", text_translate(clock->article));
    fprintf(show->to, "%s%s\n", unverified_mark(clock->unverified),
            clock->provisional ? text_translate(N_(" (provisional: a calendar is missing)")) : "");
}

static void show_stop(struct show *show, const Tiaojie__ClockStop *clock)
{
    fprintf(show->to, "  %s: %s%s", text_translate(N_("clock stopped")), text_translate(clock->name),
            subject_text(show, clock->subject));
    if (clock->reason[0])
        fprintf(show->to, ", %s", text_translate(clock->reason));
    fputc('\n', show->to);
}

/* "finish goes on; ..., last day 2026-06-09 -> 2026-06-20, REASON" */
static void show_move(struct show *show, const Tiaojie__ClockMove *clock)
{
    struct value old = value_day(show->arena, clock->old_last_day), last = value_day(show->arena, clock->last_day);

    fprintf(show->to, "  %s: %s%s %s, %s ", text_translate(N_("time limit")), text_translate(clock->name),
            subject_text(show, clock->subject), text_translate(clock->change), text_translate(N_("last day")));
    if (clock->old_last_day != clock->last_day)
        fprintf(show->to, "%s -> ", old.text);
    fprintf(show->to, "%s%s", last.text,
            clock->provisional ? text_translate(N_(" (provisional: a calendar is missing)")) : "");
    if (clock->reason[0])
        fprintf(show->to, ", %s", clock->reason);
    fputc('\n', show->to);
}

static void show_step(struct show *show, const Tiaojie__StepTaken *step)
{
    if (step->state[0])
        fprintf(show->to, "  %s: %s\n", text_translate(N_("state")), text_translate(step->state));
    if (step->article[0])
        fprintf(show->to, "  %s: %s%s\n", text_translate(N_("article")), text_translate(step->article),
                unverified_mark(step->unverified));
    for (size_t i = 0; i < step->n_starts; i++)
        show_start(show, step->starts[i]);
    for (size_t i = 0; i < step->n_stops; i++)
        show_stop(show, step->stops[i]);
    for (size_t i = 0; i < step->n_moves; i++)
        show_move(show, step->moves[i]);
    for (size_t i = 0; i < step->n_told; i++)
        fprintf(show->to, "  %s: %s\n", text_translate(N_("to be told")), text_translate(step->told[i]));
}

/* ---- any message ---- */

static void show_message(struct show *show, const ProtobufCMessage *message, int indent);

static void show_label(struct show *show, const ProtobufCFieldDescriptor *field, int indent)
{
    fprintf(show->to, "%*s%s:", indent, "", value_label(show->arena, field->name));
}

/* One of a list, with nothing in it that needs lines of its own. */
static bool fits_a_line(const struct show *show, const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE || value_count(message, field) == 0)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED ||
            !value_message(show->arena, value_inner(message, field, 0)).known)
            return false;
    }
    return true;
}

/* The values of a field with semicolons between them; "": none is known. */
static const char *field_values(struct show *show, const ProtobufCMessage *message,
                                const ProtobufCFieldDescriptor *field)
{
    const char *texts = "";

    for (size_t i = 0; i < value_count(message, field); i++) {
        struct value value = field->type == PROTOBUF_C_TYPE_MESSAGE
                                 ? value_message(show->arena, value_inner(message, field, i))
                                 : value_scalar(show->arena, message, field, i);
        if (value.known)
            texts = *texts ? text_print(show->arena, "%s; %s", texts, value.text) : value.text;
    }
    return texts;
}

/* "finish, state: stopped, last day: 2026-06-11": labels where the value alone would not say what it is. */
static void show_line(struct show *show, const ProtobufCMessage *message)
{
    const char *between = " ";

    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *texts = field_values(show, message, field);
        if (!*texts)
            continue;
        fputs(between, show->to);
        if (field->type != PROTOBUF_C_TYPE_STRING || field->label == PROTOBUF_C_LABEL_REPEATED)
            fprintf(show->to, "%s: ", value_label(show->arena, field->name));
        fputs(texts, show->to);
        between = ", ";
    }
    fputc('\n', show->to);
}

static void show_inner(struct show *show, const ProtobufCFieldDescriptor *field, const ProtobufCMessage *inner,
                       int indent)
{
    if (!inner)
        return;
    struct value value = value_message(show->arena, inner);
    show_label(show, field, indent);
    if (value.known) {
        fprintf(show->to, " %s\n", value.text);
        return;
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED && fits_a_line(show, inner)) {
        show_line(show, inner);
        return;
    }
    fputc('\n', show->to);
    show_message(show, inner, indent + 2);
}

static void show_scalars(struct show *show, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                         size_t count, int indent)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        struct value value = value_scalar(show->arena, message, field, i);
        if (!value.known)
            continue;
        if (!any)
            show_label(show, field, indent);
        fprintf(show->to, "%s %s", any ? "," : "", value.text);
        any = true;
    }
    if (any)
        fputc('\n', show->to);
}

static void show_field(struct show *show, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       int indent)
{
    size_t count = value_count(message, field);

    if (field->type != PROTOBUF_C_TYPE_MESSAGE) {
        show_scalars(show, message, field, count, indent);
        return;
    }
    for (size_t i = 0; i < count; i++)
        show_inner(show, field, value_inner(message, field, i), indent);
}

static void show_message(struct show *show, const ProtobufCMessage *message, int indent)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++)
        show_field(show, message, &message->descriptor->fields[i], indent);
}

/* ---- answers ---- */

static void show_event(struct show *show, const Tiaojie__Event *event)
{
    const struct event *known = service_event(show->service, event->name);
    ProtobufCMessage *message = known ? protobuf_c_message_unpack(known->message, arena_allocator(show->arena),
                                                                  event->body.len, event->body.data)
                                      : NULL;

    fprintf(show->to, "%s\n", text_translate(known && known->text ? known->text : event->name));
    for (unsigned i = 0; message && i < known->message->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &known->message->fields[i];
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            show_field(show, message, field, 2);
        else if (field->descriptor == &tiaojie__step_taken__descriptor && value_count(message, field) == 1)
            show_step(show, (const Tiaojie__StepTaken *)value_inner(message, field, 0));
        else if (field->descriptor == &tiaojie__clock_move__descriptor)
            for (size_t k = 0; k < value_count(message, field); k++)
                show_move(show, (const Tiaojie__ClockMove *)value_inner(message, field, k));
    }
}

void show_answer(FILE *to, struct arena *arena, const struct service *service, const struct question *question,
                 const Tiaojie__Answer *answer)
{
    struct show show = {to, arena, service};

    if (question) {
        ProtobufCMessage *message =
            protobuf_c_message_unpack(question->answer, arena_allocator(arena), answer->body.len, answer->body.data);
        if (message)
            show_message(&show, message, 0);
        return;
    }
    if (answer->repeated_command)
        fprintf(to, "%s\n", text_translate(N_("This command was done before; its first answer again:")));
    for (size_t i = 0; i < answer->n_events; i++)
        show_event(&show, answer->events[i]);
    fprintf(to, "%s %llu\n", text_translate(N_("number:")), (unsigned long long)answer->about);
}
