/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-admin: finds the verb, takes its options, runs it.
 */
#include "clients/admin/admin.h"
#include "clients/partner/say.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_BAD = 1, EXIT_LINE = 2 };

static const struct verb *const VERBS[] = {
    &VERB_NODE_INIT,         &VERB_NODE_READY,
    &VERB_NODE_KEY,          &VERB_OFFICE_ADD,
    &VERB_OFFICE_LIST,       &VERB_PRINCIPAL_ADD,
    &VERB_PRINCIPAL_REVOKE,  &VERB_PRINCIPAL_LIST,
    &VERB_KEY_MAKE,          &VERB_KEY_EXPORT,
    &VERB_LINK_ADD,          &VERB_LINK_LIST,
    &VERB_PROCEDURE_LOAD,    &VERB_PROCEDURE_CHECK,
    &VERB_PROCEDURE_DRAW,    &VERB_PROCEDURE_WALK,
    &VERB_PROCEDURE_MIGRATE, &VERB_CALENDAR_LOAD,
    &VERB_BASE_LOAD,         &VERB_MEDIATOR_ADD,
    &VERB_MEDIATOR_LEAVE,    &VERB_LOG_VERIFY,
    &VERB_LOG_COUNT,         &VERB_LOG_REPLAY,
    &VERB_TIME_SET,          NULL,
};

static const char *flags(const struct verb *verb)
{
    return verb->flags ? verb->flags : "";
}

static int usage(FILE *to)
{
    fprintf(to, "%s\n", text_translate(N_("usage: tiaojie-admin COMMAND [--option value ...]")));
    for (size_t i = 0; VERBS[i]; i++) {
        const char *words = VERBS[i]->words;
        fprintf(to, "  %s %s\n      %s\n", VERBS[i]->name, words[0] ? text_translate(words) : "",
                text_translate(VERBS[i]->help));
        if (VERBS[i]->options && VERBS[i]->options[0])
            fprintf(to, "      %s: %s%s%s\n", text_translate(N_("options")), VERBS[i]->options,
                    VERBS[i]->flags ? " " : "", flags(VERBS[i]));
    }
    return to == stdout ? 0 : EXIT_LINE;
}

/* How many arguments the verb's name takes at the front; 0: another verb. */
static int verb_words(const struct verb *verb, int argc, char **argv)
{
    const char *at = verb->name;
    int words = 0;

    for (int i = 1; *at; i++) {
        size_t size = strcspn(at, " ");
        if (i >= argc || strlen(argv[i]) != size || strncmp(argv[i], at, size) != 0)
            return 0;
        at += size + (at[size] == ' ');
        words++;
    }
    return words;
}

static bool knows(const char *names, const char *option)
{
    size_t length = strlen(option);

    for (const char *at = names; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' '))
        if (strcspn(at, " ") == length && strncmp(at, option, length) == 0)
            return true;
    return false;
}

static bool is_flag(const struct verb *verb, const char *option)
{
    return knows(flags(verb), option);
}

static enum status take_option(struct admin *admin, const struct verb *verb, const char *name, const char *value)
{
    if (!knows(verb->options, name) && !is_flag(verb, name))
        return refuse_with(&admin->refusal, INVALID, text_print(admin->arena, "--%s", name),
                           N_("`%1` has no such option"), N_("its options: %2"), verb->name,
                           text_print(admin->arena, "%s%s%s", verb->options, verb->flags ? " " : "", flags(verb)));
    if (!value || admin->option_count == ADMIN_OPTIONS_MAX)
        return refuse(&admin->refusal, INVALID, text_print(admin->arena, "--%s", name), N_("its value is missing"),
                      N_("write it after the name"));
    admin->options[admin->option_count++] = (struct admin_option){name, value};
    return OK;
}

static enum status take_words(struct admin *admin, const struct verb *verb, int first, int argc, char **argv)
{
    enum status status = OK;

    for (int i = first; i < argc && verb->options && status == OK; i++) {
        if (strncmp(argv[i], "--", 2) == 0) {
            const bool flag = is_flag(verb, argv[i] + 2);
            status = take_option(admin, verb, argv[i] + 2, flag ? "yes" : i + 1 < argc ? argv[i + 1] : NULL);
            i += flag ? 0 : 1;
        } else if (!verb->words[0] || admin->word_count == ADMIN_WORDS_MAX)
            status =
                refuse(&admin->refusal, INVALID, argv[i], N_("this word is too many"), N_("see `tiaojie-admin help`"));
        else
            admin->words[admin->word_count++] = argv[i];
    }
    return status;
}

static int run(struct admin *admin, const struct verb *verb, int first)
{
    enum status status = take_words(admin, verb, first, admin->argument_count, admin->arguments);

    if (status == OK)
        status = verb->run(admin);
    if (status != OK)
        say_refusal(stderr, admin->arena, &admin->refusal);
    PQfinish(admin->database);
    return status != OK ? status_exit(status) : admin->bad ? EXIT_BAD : 0;
}

int main(int argc, char **argv)
{
    struct admin admin = {.arena = arena_new(SIZE_MAX), .argument_count = argc, .arguments = argv};
    int code = -1;

    say_language();
    for (size_t i = 0; VERBS[i] && code < 0; i++) {
        int words = verb_words(VERBS[i], argc, argv);
        if (words > 0)
            code = run(&admin, VERBS[i], words + 1);
    }
    if (code < 0)
        code = usage(argc == 2 && strcmp(argv[1], "help") == 0 ? stdout : stderr);
    arena_free(&admin.arena);
    return code;
}
