/* SPDX-License-Identifier: Apache-2.0
 *
 * Prepare: a proof is composed and signed before its command is queued: a decision has neither keys nor other
 * partitions' rows. The process asks itself (or who has the application's partition) and puts the answer into the body.
 */
#include "common/runtime/peer.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "common/runtime/reply.h"
#include "common/store/sql_text.h"
#include "services/vault/vault.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>

enum { WAIT_MS = 10000 };

struct composer {
    struct process *process;
    struct peers *peers;
};

static void *composer_open(struct process *process)
{
    struct composer *composer = calloc(1, sizeof *composer);

    assert(composer);
    composer->process = process;
    composer->peers = peers_new(process);
    return composer;
}

static void composer_close(void **state)
{
    struct composer *composer = *state;

    peers_free(&composer->peers);
    free(composer);
    *state = NULL;
}

/* The sender's office, as it is called on papers. NULL: the work is refused. */
static char *office_name(const struct composer *composer, struct work *work)
{
    const char *office = text_print(work->arena, "%llu", (unsigned long long)work->stamp.office);
    PGconn *connection = PQconnectdb(composer->process->conninfo);
    PGresult *result = PQexecParams(connection, sql_text("office_name"), 1, NULL, &office, NULL, NULL, 0);
    char *name = NULL;

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        work->status = refuse(&work->refusal, UNAVAILABLE, "", N_("the directory of offices cannot be read now"),
                              N_("send it again"));
    else if (PQntuples(result) == 0)
        work->status = refuse(&work->refusal, FORBIDDEN, "target", N_("you work for no office of this node"),
                              N_("ask somebody of the office that received the application"));
    else
        name = arena_text(work->arena, PQgetvalue(result, 0, 0));
    PQclear(result);
    PQfinish(connection);
    return name;
}

static void take(struct work *work, const Tiaojie__Answer *answer)
{
    Proof__Issue *issue = (Proof__Issue *)work->body;

    if (answer->status != OK) {
        refusal_from_contract(answer->refusal, (enum status)answer->status, &work->refusal);
        work->status = work->refusal.status;
        return;
    }
    const Proof__Composed *composed =
        proof__composed__unpack(arena_allocator(work->arena), answer->body.len, answer->body.data);
    if (composed)
        issue->statement = composed->statement;
}

static void compose(struct composer *composer, struct work *work)
{
    Proof__Issue *issue = (Proof__Issue *)work->body;
    Proof__Compose question = PROOF__COMPOSE__INIT;

    issue->statement = (ProtobufCBinaryData){0, NULL}; /* whatever the asker said */
    question.worker = issue->worker;
    question.office = work->stamp.office;
    question.office_name = office_name(composer, work);
    if (!question.office_name)
        return;
    struct ask ask = ask_make(work->arena, VAULT.name, PROOF_COMPOSE.name, work->partition, &question.base);
    ask.command.question = true;
    ask.command.target = work->target;
    ask.command.trace = (char *)(uintptr_t)work->trace;
    peers_ask(composer->peers, &ask, 1, work->arena, WAIT_MS);
    take(work, ask.answer);
}

static void composer_run(void *state, struct work **list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i]->command == &PROOF_ISSUE)
            compose(state, list[i]);
}

const struct preparer PROOF_PREPARER = {.open = composer_open, .run = composer_run, .close = composer_close};
