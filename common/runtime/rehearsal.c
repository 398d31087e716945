/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearsal: the connection.
 */
#include "common/runtime/rehearsal.h"

#include "common/runtime/process.h"

#include <assert.h>
#include <stdlib.h>

struct rehearsal {
    struct store_conf conf;
    const struct service *service;
    struct store_reader *reader; /* NULL until it is needed, and while the database is away */
};

struct rehearsal *rehearsal_new(struct process *process)
{
    struct rehearsal *rehearsal = calloc(1, sizeof *rehearsal);
    assert(rehearsal);
    rehearsal->conf = (struct store_conf){process->conninfo, process->node, process->partitions, process->law, false};
    rehearsal->service = process->service;
    return rehearsal;
}

void rehearsal_free(struct rehearsal **rehearsal)
{
    if (!*rehearsal)
        return;
    store_reader_free(&(*rehearsal)->reader);
    free(*rehearsal);
    *rehearsal = NULL;
}

void rehearsal_judge(struct rehearsal *rehearsal, struct work *work)
{
    work->status = OK;
    if (!rehearsal->reader)
        work->status = store_reader_open(&rehearsal->reader, &rehearsal->conf, rehearsal->service, &work->refusal);
    if (work->status == OK)
        work->status = store_rehearse(rehearsal->reader, &rehearsal->conf, work, &work->refusal);
}
