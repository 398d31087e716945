/* SPDX-License-Identifier: Apache-2.0
 *
 * Procedures before they are loaded: checking and walking through a compiled file. No database is needed.
 */
#include "clients/admin/definition.h"
#include "common/procedure/walk.h"

#include <stdio.h>

enum { WALKS_DEFAULT = 10000, WALKS_MAX = 1000000 };

static enum status need_file(struct admin *admin, const char **path)
{
    *path = admin->words[0];
    if (admin->word_count == 1)
        return OK;
    return refuse(&admin->refusal, INVALID, "FILE", N_("one compiled procedure must be named"),
                  N_("write its file after the command"));
}

static enum status check(struct admin *admin, struct law *law)
{
    struct definition definition;
    const char *path;
    enum status status = need_file(admin, &path);

    if (status == OK)
        status = definition_read(admin, law, path, &definition);
    if (status != OK)
        return status;
    const Tiaojie__Procedure *procedure = procedure_definition(definition.procedure);
    struct findings findings = procedure_review(definition.procedure, admin->arena);
    definition_say(admin, &findings);
    printf("procedure name=\"%s\" states=%zu steps=%zu clocks=%zu findings=%zu\n", procedure->name, procedure->n_states,
           procedure->n_steps, procedure->n_clocks, findings.count);
    admin->bad = findings.count;
    return OK;
}

static void say_walked(struct admin *admin, const Tiaojie__Procedure *procedure, uint64_t seed,
                       const struct walked *walked)
{
    definition_say(admin, &walked->disagreements);
    printf("walk name=\"%s\" seed=%llu states=%zu/%zu moves=%zu expiries=%zu configurations=%zu walks=%zu ended=%zu "
           "stuck=%zu strayed=%zu disagreements=%zu\n",
           procedure->name, (unsigned long long)seed, walked->states, procedure->n_states, walked->moves,
           walked->expiries, walked->configurations, walked->walks, walked->ended, walked->stuck, walked->strayed,
           walked->disagreements.count);
}

static enum status walk(struct admin *admin, struct law *law)
{
    struct definition definition;
    uint64_t seed, walks;
    const char *path;
    enum status status = need_file(admin, &path);

    if (status == OK)
        status = admin_number(admin, "seed", 0, UINT64_MAX, 1, &seed);
    if (status == OK)
        status = admin_number(admin, "walks", 0, WALKS_MAX, WALKS_DEFAULT, &walks);
    if (status == OK)
        status = definition_read(admin, law, path, &definition);
    if (status != OK)
        return status;
    struct findings findings = procedure_review(definition.procedure, admin->arena);
    struct walked walked = procedure_walk(definition.procedure, law, &findings, seed, walks, admin->arena);
    say_walked(admin, procedure_definition(definition.procedure), seed, &walked);
    if (walked.cut)
        return refuse(&admin->refusal, TOO_LARGE, "clocks", N_("too many clocks run at once to walk through all of it"),
                      N_("split the procedure"));
    admin->bad = walked.disagreements.count || walked.strayed || walked.ended < walks;
    return OK;
}

static enum status with_law(struct admin *admin, enum status (*act)(struct admin *admin, struct law *law))
{
    struct law *law = law_new();
    enum status status = act(admin, law);

    definition_done(admin, &law);
    return status;
}

static enum status procedure_check_file(struct admin *admin)
{
    return with_law(admin, check);
}

static enum status procedure_walk_file(struct admin *admin)
{
    return with_law(admin, walk);
}

const struct verb VERB_PROCEDURE_CHECK = {
    .name = "procedure check",
    .options = "conf",
    .words = N_("FILE"),
    .help = N_("name all that is wrong with a compiled procedure"),
    .run = procedure_check_file,
};

const struct verb VERB_PROCEDURE_WALK = {
    .name = "procedure walk",
    .options = "conf seed walks",
    .words = N_("FILE"),
    .help = N_("take all steps of a compiled procedure, and random ones, to see whether it can be worked by"),
    .run = procedure_walk_file,
};
