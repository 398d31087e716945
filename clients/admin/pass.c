/* SPDX-License-Identifier: Apache-2.0
 *
 * Passed on: what changes a service's own things is a command like any other. `mediator add` and `mediator leave` are
 * sent by the program `tiaojie` beside this one, with the same words and an operator's or office head's profile.
 */
#include "clients/admin/admin.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum status pass_on(struct admin *admin)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - sizeof "/tiaojie");

    path[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash : path, "/tiaojie");
    admin->arguments[0] = path;
    execv(path, admin->arguments); /* comes back only when it fails */
    return refuse_with(&admin->refusal, UNAVAILABLE, "tiaojie", N_("%1 cannot be started: %2"),
                       N_("install it beside this program"), arena_text(admin->arena, path), strerrordesc_np(errno));
}

const struct verb VERB_MEDIATOR_ADD = {
    .name = "mediator add",
    .options = NULL,
    .words = N_("OFFICE --as PROFILE ..."),
    .help = N_("add a mediator to an office's pool; see `tiaojie help mediator add`"),
    .run = pass_on,
};

const struct verb VERB_MEDIATOR_LEAVE = {
    .name = "mediator leave",
    .options = NULL,
    .words = N_("MEDIATOR --as PROFILE ..."),
    .help = N_("note a mediator's absence; see `tiaojie help mediator leave`"),
    .run = pass_on,
};
