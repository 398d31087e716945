/* SPDX-License-Identifier: Apache-2.0
 *
 * Help: printing, and checking the examples.
 */
#include "clients/tiaojie/help.h"

#include "clients/partner/say.h"
#include "clients/tiaojie/line.h"
#include "clients/tiaojie/local.h"
#include "common/net/json_value.h"

#include <string.h>

/* A command or a question, whichever it is. */
struct entry {
    const char *name, *target_help, *help, *example;
    const ProtobufCMessageDescriptor *message;
    uint32_t may;
    bool internal;
};

static struct entry entry_of(const struct command *command, const struct question *question)
{
    if (command)
        return (struct entry){command->name,    command->target_help, command->help,    command->example,
                              command->message, command->may,         command->internal};
    return (struct entry){question->name,    question->target_help, question->help,    question->example,
                          question->message, question->may,         question->internal};
}

/* ---- all ---- */

static void print_usage(FILE *to)
{
    fprintf(to, "%s\n\n",
            text_translate(N_("usage: tiaojie [options] COMMAND [NUMBER] [--field value ...]\n"
                              "       tiaojie help [COMMAND]    tiaojie help --check | --contracts")));
    for (const struct line_option *option = LINE_OPTIONS; option->name; option++)
        fprintf(to, "  --%s %-*s %s\n", option->name, 16 - (int)strlen(option->name),
                option->value ? text_translate(option->value) : "", text_translate(option->help));
}

static void print_entry(FILE *to, struct arena *arena, struct entry entry)
{
    if (entry.internal)
        return;
    const char *words =
        text_print(arena, "%s %s", entry.name, entry.target_help ? text_translate(entry.target_help) : "");
    fprintf(to, "  %-36s %s\n", words, text_translate(entry.help));
}

static void print_exit_codes(FILE *to)
{
    fprintf(to, "\n%s\n  0  %s\n  2  %s\n", text_translate(N_("exit codes")), text_translate(status_text(OK)),
            text_translate(N_("the command line was not understood")));
    for (int status = OK + 1; status < STATUS_COUNT; status++)
        fprintf(to, " %2d  %-12s %s\n", status_exit((enum status)status), status_name((enum status)status),
                text_translate(status_text((enum status)status)));
}

void help_all(FILE *to, struct arena *arena)
{
    print_usage(to);
    for (size_t i = 0; SERVICES[i]; i++) {
        fprintf(to, "\n%s: %s\n", SERVICES[i]->name, text_translate(SERVICES[i]->help));
        for (size_t j = 0; SERVICES[i]->commands[j]; j++)
            print_entry(to, arena, entry_of(SERVICES[i]->commands[j], NULL));
        for (size_t j = 0; SERVICES[i]->questions[j]; j++)
            print_entry(to, arena, entry_of(NULL, SERVICES[i]->questions[j]));
    }
    fprintf(to, "\n%s\n", text_translate(N_("without a node:")));
    for (size_t i = 0; LOCALS[i]; i++)
        local_line(to, LOCALS[i]);
    print_exit_codes(to);
}

/* ---- one ---- */

static const char *enum_values(struct arena *arena, const ProtobufCEnumDescriptor *type)
{
    const char *values = "";

    for (unsigned i = 0; i < type->n_values; i++)
        if (type->values[i].value != 0)
            values = text_print(arena, "%s%s%s", values, values[0] ? " | " : "",
                                json_enum_text(arena, type, type->values[i].name));
    return values;
}

/* By the contracts' naming, see value.h. */
static const char *number_text(const ProtobufCFieldDescriptor *field)
{
    const char *end = strrchr(field->name, '_');

    end = end ? end + 1 : field->name;
    if (strcmp(end, "at") == 0)
        return text_translate(N_("moment, such as 2026-05-31T09:00:00+08:00"));
    if (strcmp(end, "day") == 0 || strcmp(end, "on") == 0 || strcmp(end, "from") == 0 || strcmp(end, "until") == 0)
        return text_translate(N_("day, such as 2026-05-31"));
    return strcmp(end, "fen") == 0 ? text_translate(N_("amount in fen")) : text_translate(N_("whole number"));
}

static const char *type_text(struct arena *arena, const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return text_translate(N_("text"));
    case PROTOBUF_C_TYPE_BOOL:
        return "true | false";
    case PROTOBUF_C_TYPE_BYTES:
        return text_translate(N_("base64"));
    case PROTOBUF_C_TYPE_ENUM:
        return enum_values(arena, field->descriptor);
    case PROTOBUF_C_TYPE_MESSAGE:
        return json_is_sealed(field->descriptor) ? text_translate(N_("text, kept sealed"))
                                                 : text_translate(N_("with --from only"));
    default:
        return number_text(field);
    }
}

static void print_fields(FILE *to, struct arena *arena, const ProtobufCMessageDescriptor *message)
{
    for (unsigned i = 0; i < message->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->fields[i];
        fprintf(to, "  --%-20s %s%s\n", field->name, type_text(arena, field),
                field->label == PROTOBUF_C_LABEL_REPEATED ? text_translate(N_(" (may be repeated)")) : "");
    }
}

const char *help_roles(struct arena *arena, uint32_t roles)
{
    const char *names = "";

    for (unsigned i = 0; i < tiaojie__role__descriptor.n_values; i++) {
        const ProtobufCEnumValue *role = &tiaojie__role__descriptor.values[i];
        if (roles & (1u << role->value) && role->value != 0)
            names = text_print(arena, "%s%s%s", names, names[0] ? ", " : "",
                               json_enum_text(arena, &tiaojie__role__descriptor, role->name));
    }
    return names[0] ? names : "-";
}

bool help_one(FILE *to, struct arena *arena, size_t count, const char *const *words)
{
    struct line line = {.service = NULL};
    const struct local *local = local_find(count, words);

    if (local) {
        local_page(to, local);
        return true;
    }
    if (line_find(count, words, &line) == 0)
        return false;
    struct entry entry = entry_of(line.command, line.question);
    fprintf(to, "tiaojie %s %s [--field value ...]\n%s\n\n", entry.name,
            entry.target_help ? text_translate(entry.target_help) : "", text_translate(entry.help));
    print_fields(to, arena, entry.message);
    fprintf(to, "%s: %s\n", text_translate(N_("roles")), help_roles(arena, entry.may));
    fprintf(to, "%s: tiaojie %s\n", text_translate(N_("example")), entry.example);
    return true;
}

/* ---- check ---- */

/* False when the example doesn't parse, or names something else than its own command. */
static bool check_entry(FILE *to, struct arena *arena, struct entry entry)
{
    struct refusal refusal;
    struct line line;
    size_t count;

    if (!entry.example || !entry.help) {
        fprintf(to, "%s: %s\n", entry.name, text_translate(N_("it has no example or no help line")));
        return false;
    }
    const char *const *words = line_split(arena, entry.example, &count);
    if (line_parse(arena, count, words, false, &line, &refusal) != OK) {
        fprintf(to, "tiaojie %s\n", entry.example);
        say_refusal(to, arena, &refusal);
        return false;
    }
    const char *found = line.command ? line.command->name : line.question->name;
    if (strcmp(found, entry.name) == 0)
        return true;
    fprintf(to, "%s: %s\n", entry.name, text_translate(N_("its example is for another command")));
    return false;
}

static bool check_local(FILE *to, struct arena *arena, const struct local *local)
{
    struct local_call call = {.arena = arena};
    size_t count;
    const char *const *words = line_split(arena, local->example, &count);

    if (local_find(count, words) == local && local_parse(local, count, words, &call) == OK)
        return true;
    fprintf(to, "%s: %s\n", local->name, text_translate(N_("its example is for another command")));
    return false;
}

size_t help_check(FILE *to, struct arena *arena)
{
    size_t checked = 0, bad = 0;

    for (size_t i = 0; SERVICES[i]; i++) {
        for (size_t j = 0; SERVICES[i]->commands[j]; j++, checked++)
            bad += !check_entry(to, arena, entry_of(SERVICES[i]->commands[j], NULL));
        for (size_t j = 0; SERVICES[i]->questions[j]; j++, checked++)
            bad += !check_entry(to, arena, entry_of(NULL, SERVICES[i]->questions[j]));
    }
    for (size_t i = 0; LOCALS[i]; i++, checked++)
        bad += !check_local(to, arena, LOCALS[i]);
    fprintf(to, "help examples=%zu bad=%zu\n", checked, bad);
    return bad;
}
