/* SPDX-License-Identifier: Apache-2.0
 *
 * Command line: the parser.
 */
#include "clients/tiaojie/line.h"

#include "clients/tiaojie/body.h"
#include "clients/tiaojie/local.h"
#include "clients/tiaojie/near.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_WORDS_MAX = 4, NAME_SIZE_MAX = 128 };

const struct line_option LINE_OPTIONS[] = {
    {"as", N_("FILE"), offsetof(struct line, as),
     N_("profile: endpoint, server key, own key, office (or TIAOJIE_PROFILE)")},
    {"key", N_("FILE"), offsetof(struct line, key), N_("another key file than the profile's")},
    {"from", N_("FILE"), offsetof(struct line, from),
     N_("the message as JSON; fields on the command line come on top; - reads standard input")},
    {"json", NULL, offsetof(struct line, json), N_("print the answer, or the refusal, as JSON")},
    {"keep", N_("FILE"), offsetof(struct line, keep), N_("write the answer, or the refusal, as JSON there as well")},
    {"save", N_("FILE"), offsetof(struct line, save),
     N_("write the text that the answer consists of there, as it is: `proof issue`, `proof read`")},
    {"after", N_("FILE"), offsetof(struct line, after),
     N_("see at least what this .seen file says, such as a colleague's")},
    {"expect", N_("VERSION"), offsetof(struct line, expect), N_("only if it still has this version")},
    {"wait", N_("SECONDS"), offsetof(struct line, wait), N_("how long to repeat the command without an answer (15)")},
    {"id", N_("UUID"), offsetof(struct line, id), N_("the command's id, to ask again what became of it")},
    {"trace", N_("TEXT"), offsetof(struct line, trace), N_("what the logs of all services call this request")},
    {NULL, NULL, 0, NULL},
};

struct parse {
    struct arena *arena;
    size_t count;
    const char *const *arguments;
    size_t at;
    struct line *line;
    struct refusal *refusal;
    const struct line_field *fields; /* kept until --from was read */
    size_t field_count;
};

/* ---- names ---- */

static bool find_in(const struct service *service, const char *name, struct line *line)
{
    line->service = service;
    line->command = service_command(service, name);
    line->question = line->command ? NULL : service_question(service, name);
    return line->command || line->question;
}

/* The first `words` words with spaces between them; false where they are too long for any name. */
static bool join(size_t words, const char *const *list, char name[NAME_SIZE_MAX])
{
    size_t size = 0;

    for (size_t i = 0; i < words; i++) {
        size_t length = strlen(list[i]);
        if (size + length + 2 > NAME_SIZE_MAX)
            return false;
        if (i > 0)
            name[size++] = ' ';
        memcpy(name + size, list[i], length);
        size += length;
    }
    name[size] = '\0';
    return true;
}

size_t line_find(size_t count, const char *const *words, struct line *line)
{
    char name[NAME_SIZE_MAX];

    for (size_t length = count < NAME_WORDS_MAX ? count : NAME_WORDS_MAX; length > 0; length--) {
        if (!join(length, words, name))
            continue;
        for (size_t i = 0; SERVICES[i]; i++)
            if (find_in(SERVICES[i], name, line))
                return length;
    }
    line->service = NULL;
    return 0;
}

static const char *all_names(struct arena *arena)
{
    const char *names = "";

    for (size_t i = 0; LOCALS[i]; i++)
        names = text_print(arena, "%s%s,", names, LOCALS[i]->name);
    for (size_t i = 0; SERVICES[i]; i++) {
        for (size_t j = 0; SERVICES[i]->commands[j]; j++)
            if (!SERVICES[i]->commands[j]->internal)
                names = text_print(arena, "%s%s,", names, SERVICES[i]->commands[j]->name);
        for (size_t j = 0; SERVICES[i]->questions[j]; j++)
            if (!SERVICES[i]->questions[j]->internal)
                names = text_print(arena, "%s%s,", names, SERVICES[i]->questions[j]->name);
    }
    return names;
}

/* ---- options and fields ---- */

static const struct line_option *option_named(const char *name)
{
    for (const struct line_option *option = LINE_OPTIONS; option->name; option++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

static const ProtobufCMessageDescriptor *message_of(const struct line *line)
{
    return line->command ? line->command->message : line->question ? line->question->message : NULL;
}

static enum status refuse_unknown(struct parse *parse, const char *name)
{
    const ProtobufCMessageDescriptor *message = message_of(parse->line);
    const char *known = "";

    for (unsigned i = 0; message && i < message->n_fields; i++)
        known = text_print(parse->arena, "%s--%s,", known, message->fields[i].name);
    for (const struct line_option *option = LINE_OPTIONS; option->name; option++)
        known = text_print(parse->arena, "%s--%s,", known, option->name);
    const char *given = text_print(parse->arena, "--%s", name);
    return refuse_with(parse->refusal, INVALID, given, N_("there is no such field or option"),
                       N_("possible: %1; more in `tiaojie help`"), near_names(parse->arena, given, known));
}

/* The value after a name: `--name=value` or the next argument. */
static enum status take_value(struct parse *parse, const char *name, const char *joined, const char **value)
{
    if (joined)
        *value = joined;
    else if (parse->at < parse->count)
        *value = parse->arguments[parse->at++];
    else
        return refuse(parse->refusal, INVALID, text_print(parse->arena, "--%s", name), N_("its value is missing"),
                      N_("write it after the name"));
    return OK;
}

static enum status keep_field(struct parse *parse, const char *name, const char *value)
{
    struct line_field *longer = arena_array(parse->arena, parse->field_count + 1, sizeof *longer);

    if (parse->field_count > 0)
        memcpy(longer, parse->fields, parse->field_count * sizeof *longer);
    longer[parse->field_count++] = (struct line_field){name, value};
    parse->fields = longer;
    return OK;
}

static enum status take_option(struct parse *parse, const struct line_option *option, const char *joined)
{
    char *place = (char *)parse->line + option->offset;

    if (option->value)
        return take_value(parse, option->name, joined, (const char **)(void *)place);
    if (joined)
        return refuse(parse->refusal, INVALID, text_print(parse->arena, "--%s", option->name), N_("it takes no value"),
                      N_("write it alone"));
    *(bool *)place = true;
    return OK;
}

/* `--name`, `--name value` or `--name=value`. */
static enum status take_named(struct parse *parse)
{
    const char *argument = parse->arguments[parse->at++] + 2;
    const char *equals = strchr(argument, '=');
    const char *name = equals ? text_print(parse->arena, "%.*s", (int)(equals - argument), argument) : argument;
    const ProtobufCMessageDescriptor *message = message_of(parse->line);
    const struct line_option *option = option_named(name);
    const char *value;

    if (message && body_has_field(message, name)) {
        enum status status = take_value(parse, name, equals ? equals + 1 : NULL, &value);
        return status == OK ? keep_field(parse, name, value) : status;
    }
    return option ? take_option(parse, option, equals ? equals + 1 : NULL) : refuse_unknown(parse, name);
}

/* ---- words and target ---- */

static enum status take_words(struct parse *parse)
{
    size_t words = 0;

    while (parse->at + words < parse->count && strncmp(parse->arguments[parse->at + words], "--", 2) != 0)
        words++;
    size_t length = line_find(words, parse->arguments + parse->at, parse->line);
    if (length == 0) {
        char given[NAME_SIZE_MAX];
        bool fits = join(words < 2 ? words : 2, parse->arguments + parse->at, given);
        return refuse_with(parse->refusal, UNKNOWN, fits && words > 0 ? arena_text(parse->arena, given) : "command",
                           N_("there is no such command"), N_("near to it: %1; all are in `tiaojie help`"),
                           near_names(parse->arena, fits ? given : "", all_names(parse->arena)));
    }
    parse->at += length;
    return OK;
}

static enum status take_target(struct parse *parse)
{
    const char *text = parse->arguments[parse->at++];
    char *end;

    errno = 0;
    parse->line->target = strtoull(text, &end, 10);
    if (parse->line->has_target || text[0] < '0' || text[0] > '9' || *end || errno)
        return refuse_with(parse->refusal, INVALID, text, N_("one whole number is expected here: %1"),
                           N_("take the number that an answer or a list gave"),
                           parse->line->command ? parse->line->command->target_help
                                                : parse->line->question->target_help);
    parse->line->has_target = true;
    return OK;
}

static enum status take_one(struct parse *parse)
{
    if (strncmp(parse->arguments[parse->at], "--", 2) == 0)
        return take_named(parse);
    return parse->line->service ? take_target(parse) : take_words(parse);
}

enum status line_parse(struct arena *arena, size_t count, const char *const *arguments, bool read_files,
                       struct line *line, struct refusal *refusal)
{
    struct parse parse = {arena, count, arguments, 0, line, refusal, NULL, 0};
    enum status status = OK;

    *line = (struct line){.service = NULL};
    while (status == OK && parse.at < count)
        status = take_one(&parse);
    if (status == OK && !line->service)
        status = take_words(&parse);
    if (status != OK)
        return status;
    return body_make(arena, message_of(line), read_files ? line->from : NULL, parse.fields, parse.field_count,
                     &line->body, refusal);
}

/* ---- examples ---- */

const char *const *line_split(struct arena *arena, const char *text, size_t *count)
{
    const char **words = arena_array(arena, strlen(text) / 2 + 2, sizeof *words);
    char *copy = arena_text(arena, text), *end = copy;

    *count = 0;
    for (const char *at = text; *at;) {
        if (*at == ' ') {
            at++;
            continue;
        }
        char quote = '\0';
        words[(*count)++] = end;
        for (; *at && (quote || *at != ' '); at++) {
            if (*at == quote)
                quote = '\0';
            else if (!quote && (*at == '\'' || *at == '"'))
                quote = *at;
            else
                *end++ = *at;
        }
        *end++ = '\0';
    }
    return words;
}
