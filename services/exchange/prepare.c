/* SPDX-License-Identifier: Apache-2.0
 *
 * Prepare: what came from another node is verified before it is queued, with the keys that the directory has now.
 */
#include "common/base/instant.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "services/exchange/conversation.h"
#include "services/exchange/envelope.h"
#include "services/exchange/exchange.h"
#include "services/exchange/wire.h"

#include <assert.h>
#include <stdlib.h>

struct verifier {
    struct process *process;
    struct links links;
};

static void *exchange_open(struct process *process)
{
    struct verifier *verifier = calloc(1, sizeof *verifier);

    assert(verifier);
    verifier->process = process;
    return verifier;
}

static const struct link *link_of(struct verifier *verifier, const char *name, struct work *work)
{
    const struct link *link = links_by_name(&verifier->links, name);

    if (!link)
        work->status = refuse(&work->refusal, FORBIDDEN, "link", N_("this node has no such link"),
                              N_("the operator adds one with `tiaojie-admin link add`"));
    return link;
}

static ProtobufCBinaryData key_of(const struct link *link, struct arena *arena)
{
    return (ProtobufCBinaryData){link->signing.size, arena_copy(arena, link->signing.bytes, link->signing.size)};
}

static void verify_envelope(struct verifier *verifier, struct work *work)
{
    Exchange__Take *take = (Exchange__Take *)work->body;
    const struct link *link = link_of(verifier, take->link, work);
    Exchange__Envelope *envelope;

    take->key = (ProtobufCBinaryData){0, NULL}; /* whatever the asker said */
    if (!link || !take->signed_)
        return;
    work->status = envelope_judge(take->signed_, link, verifier->process->node, work->stamp.received_at, work->arena,
                                  &envelope, &work->refusal);
    if (work->status == OK)
        take->key = key_of(link, work->arena);
}

static void verify_receipt(struct verifier *verifier, struct work *work)
{
    Exchange__TakeReceipt *take = (Exchange__TakeReceipt *)work->body;
    const struct link *link = link_of(verifier, take->link, work);
    Exchange__Receipt *receipt;

    take->key = (ProtobufCBinaryData){0, NULL};
    if (!link || !take->signed_)
        return;
    work->status = receipt_judge(take->signed_, link, verifier->process->node, work->arena, &receipt, &work->refusal);
    if (work->status == OK)
        take->key = key_of(link, work->arena);
}

static bool is_foreign(const struct work *work)
{
    return work->command == &ENVELOPE_TAKE || work->command == &RECEIPT_TAKE;
}

/* The directory is read for each round, so that a key that was replaced counts at once. */
static void exchange_run(void *state, struct work **list, size_t count)
{
    struct verifier *verifier = state;
    enum status loaded = UNKNOWN;

    for (size_t i = 0; i < count; i++) {
        if (!is_foreign(list[i]))
            continue;
        if (loaded == UNKNOWN)
            loaded = links_load(&verifier->links, verifier->process->conninfo);
        if (loaded != OK)
            list[i]->status = refuse(&list[i]->refusal, UNAVAILABLE, "link",
                                     N_("the directory of links cannot be read now"), N_("send it again"));
        else if (list[i]->command == &ENVELOPE_TAKE)
            verify_envelope(verifier, list[i]);
        else
            verify_receipt(verifier, list[i]);
    }
}

static void exchange_close(void **state)
{
    free(*state);
    *state = NULL;
}

static bool link_lets_in(struct process *process, const char *public_text)
{
    struct links *links = calloc(1, sizeof *links);

    assert(links);
    const bool known = links_load(links, process->conninfo) == OK && links_by_key(links, public_text) != NULL;
    free(links);
    return known;
}

const struct preparer EXCHANGE_PREPARER = {
    .open = exchange_open,
    .run = exchange_run,
    .close = exchange_close,
    .beside = wire_run,
    .lets_in = link_lets_in,
};
