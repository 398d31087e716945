/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts: the services' descriptions as Markdown.
 */
#include "clients/tiaojie/contracts.h"

#include "clients/tiaojie/help.h"
#include "common/base/text.h"

#include <string.h>

static const char *who_may(struct arena *arena, uint32_t roles, bool internal)
{
    return internal ? "the node itself" : help_roles(arena, roles);
}

static void print_command(FILE *to, struct arena *arena, const struct command *command)
{
    fprintf(to, "| `%s` | %s | `%s` | %s |\n", command->name, command->target_help ? command->target_help : "-",
            command->message->name, who_may(arena, command->may, command->internal));
}

static void print_question(FILE *to, struct arena *arena, const struct question *question)
{
    fprintf(to, "| `%s`? | %s | `%s` &rarr; `%s` | %s |\n", question->name,
            question->target_help ? question->target_help : "-", question->message->name, question->answer->name,
            who_may(arena, question->may, question->internal));
}

static void print_asked(FILE *to, struct arena *arena, const struct service *service)
{
    fputs("\n| command, question? | about | message | who may |\n|---|---|---|---|\n", to);
    for (size_t i = 0; service->commands[i]; i++)
        print_command(to, arena, service->commands[i]);
    for (size_t i = 0; service->questions[i]; i++)
        print_question(to, arena, service->questions[i]);
}

static bool follows(const struct service *reader, const struct service *source, const struct event *event)
{
    for (const struct follow *follow = reader->follows; follow && follow->source; follow++)
        if (strcmp(follow->source, source->name) == 0 && strcmp(follow->event, event->name) == 0)
            return true;
    return false;
}

/* The services that react to an event, "-" where none does. */
static const char *readers(struct arena *arena, const struct service *source, const struct event *event)
{
    const char *names = "";

    for (size_t i = 0; SERVICES[i]; i++)
        if (follows(SERVICES[i], source, event))
            names = text_print(arena, "%s%s%s", names, names[0] ? ", " : "", SERVICES[i]->name);
    return names[0] ? names : "-";
}

static void print_events(FILE *to, struct arena *arena, const struct service *service)
{
    fputs("\n| event | message | followed by |\n|---|---|---|\n", to);
    for (size_t i = 0; service->events[i]; i++)
        fprintf(to, "| `%s` | `%s` | %s |\n", service->events[i]->name, service->events[i]->message->name,
                readers(arena, service, service->events[i]));
}

void contracts_print(FILE *to, struct arena *arena)
{
    for (size_t i = 0; SERVICES[i]; i++) {
        fprintf(to, "%s### %u %s\n\n%s\n", i ? "\n" : "", SERVICES[i]->number, SERVICES[i]->name, SERVICES[i]->help);
        print_asked(to, arena, SERVICES[i]);
        print_events(to, arena, SERVICES[i]);
    }
}
