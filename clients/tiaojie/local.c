/* SPDX-License-Identifier: Apache-2.0
 *
 * Local: finding, parsing, running.
 */
#include "clients/tiaojie/local.h"

#include "clients/partner/say.h"
#include "clients/tiaojie/proof.h"

#include <string.h>

enum { EXIT_LINE = 2 };

const struct local *const LOCALS[] = {&PROOF_VERIFY, &PROOF_QR, NULL};

/* How many words the name takes at the front; 0: it is another command. */
static size_t name_words(const char *name, size_t count, const char *const *words)
{
    size_t taken = 0;

    for (const char *at = name; *at; taken++) {
        const size_t size = strcspn(at, " ");
        if (taken == count || strlen(words[taken]) != size || strncmp(words[taken], at, size) != 0)
            return 0;
        at += size + (at[size] == ' ');
    }
    return taken;
}

const struct local *local_find(size_t count, const char *const *words)
{
    for (size_t i = 0; LOCALS[i]; i++)
        if (name_words(LOCALS[i]->name, count, words) > 0)
            return LOCALS[i];
    return NULL;
}

/* `--name value` or `--name=value`; returns how many words it took, 0: refused. */
static size_t take_option(const struct local *local, size_t count, const char *const *words, struct local_call *call)
{
    const char *given = words[0] + 2;
    const size_t size = strcspn(given, "=");

    if (strlen(local->option) != size || strncmp(given, local->option, size) != 0) {
        refusal_fill(&call->refusal, INVALID, words[0], N_("there is no such field or option"),
                     N_("possible: %1; more in `tiaojie help`"),
                     (const char *const[]){text_print(call->arena, "--%s", local->option), NULL});
        return 0;
    }
    if (given[size] == '=') {
        call->option = given + size + 1;
        return 1;
    }
    if (count < 2) {
        refusal_fill(&call->refusal, INVALID, words[0], N_("its value is missing"), N_("write it after the name"),
                     NULL);
        return 0;
    }
    call->option = words[1];
    return 2;
}

enum status local_parse(const struct local *local, size_t count, const char *const *words, struct local_call *call)
{
    for (size_t at = name_words(local->name, count, words); at < count;) {
        if (strncmp(words[at], "--", 2) == 0) {
            const size_t taken = take_option(local, count - at, words + at, call);
            if (taken == 0)
                return call->refusal.status;
            at += taken;
        } else if (call->file) {
            return refuse(&call->refusal, INVALID, words[at], N_("this word is too many"), N_("name one file"));
        } else {
            call->file = words[at++];
        }
    }
    if (!call->file)
        return refuse(&call->refusal, INVALID, "--FILE", N_("one file is wanted"),
                      N_("name it after the command; - reads standard input"));
    if (local->option_needed && !call->option)
        return refuse(&call->refusal, INVALID, text_print(call->arena, "--%s", local->option),
                      N_("this option is missing"), N_("see `tiaojie help`"));
    return OK;
}

int local_run(const struct local *local, struct arena *arena, size_t count, const char *const *words)
{
    struct local_call call = {.arena = arena};
    enum status status = local_parse(local, count, words, &call);
    const bool understood = status == OK;

    if (understood)
        status = local->run(&call);
    if (status != OK)
        say_refusal(stderr, arena, &call.refusal);
    return understood ? status_exit(status) : EXIT_LINE;
}

void local_line(FILE *to, const struct local *local)
{
    fprintf(to, "  %s %-*s %s\n", local->name, 35 - (int)strlen(local->name), text_translate(N_("FILE")),
            text_translate(local->help));
}

void local_page(FILE *to, const struct local *local)
{
    fprintf(to, "tiaojie %s %s\n%s\n\n", local->name, text_translate(N_("FILE")), text_translate(local->help));
    fprintf(to, "  --%-20s %s\n", local->option, text_translate(local->option_help));
    fprintf(to, "%s: tiaojie %s\n", text_translate(N_("example")), local->example);
}
