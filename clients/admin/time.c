/* SPDX-License-Identifier: Apache-2.0
 *
 * Business time of a simulation: writes the file that all processes of the node read.
 */
#include "clients/admin/admin.h"
#include "common/base/instant.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Written beside and renamed, so that nobody reads half a line. */
static enum status write_file(struct admin *admin, const char *path, const char *word)
{
    const char *beside = text_print(admin->arena, "%s.%d", path, (int)getpid());
    FILE *file = fopen(beside, "we");
    bool good = file && fprintf(file, "%s\n", word) > 0;

    if (file && fclose(file) != 0)
        good = false;
    if (good && rename(beside, path) == 0)
        return OK;
    return refuse_with(&admin->refusal, INVALID, "time.file", N_("%1 cannot be written: %2"),
                       N_("name a file that this user may write"), path, strerrordesc_np(errno));
}

static enum status time_set(struct admin *admin)
{
    const char *path = admin_option(admin, "conf");
    struct conf *conf;

    if (admin->word_count != 1 || !path)
        return refuse(&admin->refusal, INVALID, "time set", N_("a time and --conf are wanted"),
                      N_("2026-05-09T09:00:00+08:00, a shift in seconds such as -86400, or live"));
    enum status status = conf_load(admin->arena, path, NODE_CONF, &conf, &admin->refusal);
    if (status != OK)
        return status;
    const char *file = conf_get(conf, "time", "file");
    if (!file[0])
        return refuse(&admin->refusal, CONFLICT, "time.file", N_("this node runs by the clock"),
                      N_("a simulation names a file in [time] file before the node starts"));
    status = write_file(admin, file, admin->words[0]);
    return status == OK ? instant_use_file(file, &admin->refusal) : status; /* says what is wrong with the word */
}

const struct verb VERB_TIME_SET = {
    .name = "time set",
    .options = "conf",
    .words = N_("TIME"),
    .help = N_("set a simulation's time: a moment, a shift in seconds, or live"),
    .run = time_set,
};
