/* SPDX-License-Identifier: Apache-2.0
 *
 * Say: gettext's catalogue, and refusals.
 */
#include "clients/partner/say.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static const char DOMAIN[] = "tiaojie";

void say_language(void)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - sizeof "/../locale");

    setlocale(LC_ALL, "");
    textdomain(DOMAIN);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    if (size <= 0)
        return;
    path[size] = '\0';
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash : path, "/../locale");
    if (access(path, X_OK) == 0)
        bindtextdomain(DOMAIN, path);
}

const char *say_article(struct arena *arena, const char *article)
{
    static const char MARK[] = N_(" (unverified)");
    const size_t length = strlen(article), mark = sizeof MARK - 1;

    if (length <= mark || strcmp(article + length - mark, MARK) != 0)
        return text_translate(article);
    const char *named = text_print(arena, "%.*s", (int)(length - mark), article);
    return text_print(arena, "%s%s", text_translate(named), text_translate(MARK));
}

void say_refusal(FILE *to, struct arena *arena, const struct refusal *refusal)
{
    const char *reason = text_fill(arena, text_translate(refusal->reason), refusal->values, refusal->value_count);
    const char *remedy = text_fill(arena, text_translate(refusal->remedy), refusal->values, refusal->value_count);

    fprintf(to, "%s%s%s\n", refusal->field, refusal->field[0] ? ": " : "",
            reason[0] ? reason : text_translate(status_text(refusal->status)));
    if (remedy[0])
        fprintf(to, "  %s: %s\n", text_translate(N_("remedy")), remedy);
    if (refusal->article && refusal->article[0])
        fprintf(to, "  %s: %s\n", text_translate(N_("article")), say_article(arena, refusal->article));
}
