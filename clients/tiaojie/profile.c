/* SPDX-License-Identifier: Apache-2.0
 *
 * Profile: reading, and the .seen file.
 */
#include "clients/tiaojie/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct conf_key PROFILE[] = {
    {"", "endpoint", NULL, 0, 0}, {"", "server_key", NULL, 0, 0},
    {"", "key", NULL, 0, 0},      {"", "office", "0", 0, (UINT64_C(1) << 45) - 1},
    {NULL, NULL, NULL, 0, 0},
};

const char *profile_path_default(void)
{
    return getenv("TIAOJIE_PROFILE");
}

static const char *beside(struct arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');

    if (name[0] == '/' || !slash)
        return name;
    return text_print(arena, "%.*s/%s", (int)(slash - path), path, name);
}

enum status profile_load(struct arena *arena, const char *path, struct profile *profile, struct refusal *refusal)
{
    struct conf *conf;

    if (!path)
        return refuse(refusal, INVALID, "profile", N_("it is not said who asks, and whom"),
                      N_("name a profile with --as FILE or in TIAOJIE_PROFILE"));
    enum status status = conf_load(arena, path, PROFILE, &conf, refusal);
    if (status != OK)
        return status;
    profile->path = path;
    profile->endpoint = conf_get(conf, "", "endpoint");
    profile->server_key = conf_get(conf, "", "server_key");
    profile->key_path = beside(arena, path, conf_get(conf, "", "key"));
    profile->office = conf_number(conf, "", "office");
    return OK;
}

const char *profile_seen_path(struct arena *arena, const struct profile *profile)
{
    return text_print(arena, "%s.seen", profile->path);
}

void profile_read_seen(const char *path, struct partner *partner)
{
    FILE *file = fopen(path, "re");
    char line[256], service[32];
    unsigned partition;
    unsigned long long position;

    if (!file)
        return;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%31s %u %llu", service, &partition, &position) == 3)
            partner_wait_for(partner, service, partition, position);
    fclose(file);
}

void profile_write_seen(struct arena *arena, const char *path, const struct partner *partner)
{
    const char *written = text_print(arena, "%s.%d", path, (int)getpid());
    size_t count;
    const Tiaojie__Token *tokens = partner_tokens(partner, &count);
    FILE *file = fopen(written, "we");

    for (size_t i = 0; file && i < count; i++)
        fprintf(file, "%s %u %llu\n", tokens[i].service, tokens[i].partition, (unsigned long long)tokens[i].position);
    if (!file || fclose(file) != 0 || rename(written, path) != 0)
        fprintf(stderr, "%s: %s\n", path,
                text_translate(N_("cannot be written; the next command may see a little less")));
}
