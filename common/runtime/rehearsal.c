/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearsal: the connection.
 */
#include "common/runtime/rehearsal.h"

#include "common/runtime/process.h"

#include <assert.h>
#include <stdlib.h>

struct rehearsal {
    struct law_share *share;
    struct store_conf conf;
    const struct service *service;
    struct store_reader *reader; /* NULL until it is needed, and while the database is away */
};

struct rehearsal *rehearsal_new(struct process *process)
{
    struct rehearsal *rehearsal = calloc(1, sizeof *rehearsal);
    assert(rehearsal);
    rehearsal->share = process->law;
    rehearsal->conf = (struct store_conf){process->conninfo, process->node, process->partitions, NULL, false};
    rehearsal->service = process->service;
    return rehearsal;
}

void rehearsal_free(struct rehearsal **rehearsal)
{
    if (!*rehearsal)
        return;
    law_share_let_go((*rehearsal)->share, &(*rehearsal)->conf.law);
    store_reader_free(&(*rehearsal)->reader);
    free(*rehearsal);
    *rehearsal = NULL;
}

void rehearsal_judge(struct rehearsal *rehearsal, struct work *work)
{
    work->status = OK;
    rehearsal->conf.law = law_share_hold(rehearsal->share, rehearsal->conf.law);
    if (!rehearsal->reader)
        work->status = store_reader_open(&rehearsal->reader, &rehearsal->conf, rehearsal->service, &work->refusal);
    if (work->status == OK)
        work->status = store_rehearse(rehearsal->reader, &rehearsal->conf, work, &work->refusal);
    if (work->status != OK)
        refusal_keep(&work->refusal, work->arena); /* its texts may stand in rows, or in the law */
}
