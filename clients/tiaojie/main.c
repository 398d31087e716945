/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie: the command line for people and scripts. What it can do is what the services describe (common/service.h),
 * and what needs no node (local.h).
 */
#include "clients/partner/say.h"
#include "clients/tiaojie/ask.h"
#include "clients/tiaojie/contracts.h"
#include "clients/tiaojie/help.h"
#include "clients/tiaojie/local.h"

#include <string.h>

enum { EXIT_CHECK = 1, EXIT_LINE = 2 };

static int help(struct arena *arena, size_t count, const char *const *words)
{
    if (count == 1 && strcmp(words[0], "--check") == 0)
        return help_check(stdout, arena) == 0 ? 0 : EXIT_CHECK;
    if (count == 1 && strcmp(words[0], "--contracts") == 0) {
        contracts_print(stdout, arena);
        return 0;
    }
    if (count > 0 && help_one(stdout, arena, count, words))
        return 0;
    help_all(stdout, arena);
    return count == 0 ? 0 : EXIT_LINE;
}

static int run(struct arena *arena, size_t count, const char *const *arguments)
{
    struct line line;
    struct refusal refusal;

    if (count == 0 || strcmp(arguments[0], "--help") == 0 || strcmp(arguments[0], "help") == 0)
        return help(arena, count > 0 ? count - 1 : 0, arguments + (count > 0));
    const struct local *local = local_find(count, arguments);
    if (local)
        return local_run(local, arena, count, arguments);
    if (line_parse(arena, count, arguments, true, &line, &refusal) != OK)
        return ask_refused(arena, line.json, &refusal);
    return ask_run(arena, &line);
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new(SIZE_MAX);

    say_language();
    int code = run(arena, (size_t)(argc - 1), (const char *const *)(argv + 1));
    arena_free(&arena);
    return code;
}
