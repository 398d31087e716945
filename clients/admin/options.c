/* SPDX-License-Identifier: Apache-2.0
 *
 * Options: what was given, and the configuration that it names.
 */
#include "clients/admin/admin.h"
#include "common/base/instant.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *admin_option(const struct admin *admin, const char *name)
{
    for (size_t i = 0; i < admin->option_count; i++)
        if (strcmp(admin->options[i].name, name) == 0)
            return admin->options[i].value;
    return NULL;
}

enum status admin_need(struct admin *admin, const char *name, const char **value)
{
    *value = admin_option(admin, name);
    if (*value && **value)
        return OK;
    return refuse(&admin->refusal, INVALID, text_print(admin->arena, "--%s", name), N_("this option is missing"),
                  N_("see `tiaojie-admin help`"));
}

enum status admin_number(struct admin *admin, const char *name, uint64_t low, uint64_t high, uint64_t fallback,
                         uint64_t *number)
{
    const char *text = admin_option(admin, name);
    char *end;

    *number = fallback;
    if (!text)
        return OK;
    errno = 0;
    *number = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && !*end && !errno && *number >= low && *number <= high)
        return OK;
    return refuse_with(&admin->refusal, INVALID, text_print(admin->arena, "--%s", name),
                       N_("\"%1\" is not a whole number from %2 to %3"), N_("write such a number"), text,
                       text_print(admin->arena, "%llu", (unsigned long long)low),
                       text_print(admin->arena, "%llu", (unsigned long long)high));
}

enum status admin_conf(struct admin *admin)
{
    const char *path = admin_option(admin, "conf");

    if (!path)
        path = getenv("TIAOJIE_CONF");
    if (!path)
        return refuse(&admin->refusal, INVALID, "--conf", N_("it is not said which node"),
                      N_("name its node.conf with --conf FILE or in TIAOJIE_CONF"));
    enum status status = conf_load(admin->arena, path, NODE_CONF, &admin->conf, &admin->refusal);
    if (status != OK)
        return status;
    admin->node = conf_get(admin->conf, "node", "name");
    const char *time = conf_get(admin->conf, "time", "file");
    return instant_use_file(time[0] ? time : NULL, &admin->refusal);
}
