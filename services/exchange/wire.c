/* SPDX-License-Identifier: Apache-2.0
 *
 * Wire: sockets and the loop.
 */
#include "services/exchange/wire.h"

#include "common/base/conf.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "services/exchange/envelope.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINKS_EACH_US = 2 * 1000000, FRAMES_A_TURN = 64, ARENA_BYTES = 64 << 20, WAIT_MAX_MS = 1000 };

/* ---- for the other two files ---- */

struct dealer *wire_dealer(struct wire *wire, const char *link)
{
    for (size_t i = 0; i < wire->dealer_count; i++) {
        if (strcmp(wire->dealers[i].link, link) == 0)
            return &wire->dealers[i];
    }
    return NULL;
}

void wire_send(struct wire *wire, void *socket, const struct route *route, const Exchange__Frame *frame)
{
    const ProtobufCBinaryData bytes = envelope_pack(&frame->base, wire->arena);
    const enum status status = socket_send(socket, route, bytes.data, bytes.len);

    (void)status; /* repeated until it was noted */
}

const Tiaojie__Answer *wire_ask(struct wire *wire, const char *name, bool question, const struct uuid *id,
                                const char *trace, uint64_t target, uint32_t partition, const ProtobufCMessage *body)
{
    struct ask ask = ask_make(wire->arena, "exchange", name, partition, body);

    if (id)
        ask.command.id.data = arena_copy(wire->arena, id, sizeof *id);
    ask.command.question = question;
    ask.command.target = target;
    ask.command.trace = arena_text(wire->arena, trace);
    peers_ask(wire->peers, &ask, 1, wire->arena, ASK_MS);
    return ask.answer;
}

/* ---- the directory and the connections that follow from it ---- */

static bool dealer_fits(const struct dealer *dealer, const struct link *link)
{
    return link && strcmp(dealer->endpoint, link->endpoint) == 0 && strcmp(dealer->curve_key, link->curve_key) == 0;
}

static void drop_changed(struct wire *wire)
{
    size_t kept = 0;

    for (size_t i = 0; i < wire->dealer_count; i++) {
        if (dealer_fits(&wire->dealers[i], links_by_name(wire->links, wire->dealers[i].link)))
            wire->dealers[kept++] = wire->dealers[i];
        else
            socket_close(&wire->dealers[i].socket);
    }
    wire->dealer_count = kept;
}

static void connect_new(struct wire *wire, const struct link *link)
{
    struct refusal refusal;

    if (wire_dealer(wire, link->name))
        return;
    struct dealer *dealer = &wire->dealers[wire->dealer_count];
    snprintf(dealer->link, sizeof dealer->link, "%s", link->name);
    snprintf(dealer->endpoint, sizeof dealer->endpoint, "%s", link->endpoint);
    snprintf(dealer->curve_key, sizeof dealer->curve_key, "%s", link->curve_key);
    dealer->socket = NULL;
    if (socket_connect(wire->process->context, ZMQ_DEALER, dealer->endpoint, &wire->process->key, dealer->curve_key,
                       &dealer->socket, &refusal) == OK)
        wire->dealer_count++;
    else
        log_refusal(LEVEL_WARNING, "a link cannot be connected", &refusal, "");
}

/* Another process of the service may listen now; this one takes over when that ends. */
static void bind_router(struct wire *wire)
{
    struct refusal refusal;
    const char *endpoint = conf_get(wire->process->conf, "exchange", "endpoint");

    if (wire->router || endpoint[0] == '\0')
        return;
    if (socket_bind(wire->process->context, wire->process->zap, ZMQ_ROUTER, endpoint, &wire->process->key, "exchange",
                    &wire->router, &refusal) == OK) {
        log_event(LEVEL_INFO, "listening for other nodes", "endpoint", endpoint, NULL);
    } else if (!wire->bind_failed) {
        wire->bind_failed = true;
        log_refusal(LEVEL_WARNING, "cannot listen for other nodes yet", &refusal, "");
    }
}

static void refresh(struct wire *wire)
{
    if (instant_monotonic() < wire->links_at)
        return;
    wire->links_at = instant_monotonic() + LINKS_EACH_US;
    bind_router(wire);
    if (links_load(wire->links, wire->process->conninfo) != OK)
        return;
    drop_changed(wire);
    for (size_t i = 0; i < wire->links->count; i++)
        connect_new(wire, &wire->links->list[i]);
}

/* ---- the loop ---- */

static void receive_from(struct wire *wire, void *socket, const char *link)
{
    struct received received;

    received_init(&received);
    for (int i = 0; i < FRAMES_A_TURN; i++) {
        const enum status status = socket_receive(socket, &received);
        if (status == BUSY || status == UNAVAILABLE)
            break;
        const struct link *from = link ? links_by_name(wire->links, link) : links_by_key(wire->links, received.peer);
        arena_clear(wire->arena);
        /* The key was let in once; whether it still is a link's is asked for each frame. */
        if (status == OK && from)
            arrival_take(wire, from, &received, socket, link ? NULL : &received.route);
    }
    received_free(&received);
}

static void receive_all(struct wire *wire)
{
    if (wire->router)
        receive_from(wire, wire->router, NULL);
    for (size_t i = 0; i < wire->dealer_count; i++)
        receive_from(wire, wire->dealers[i].socket, wire->dealers[i].link);
}

static int wait_ms(const struct wire *wire)
{
    const int64_t until = wire->look_at < wire->links_at ? wire->look_at : wire->links_at;
    const int64_t left = (until - instant_monotonic()) / 1000 + 1;

    return wire->look || left < 0 ? 0 : left > WAIT_MAX_MS ? WAIT_MAX_MS : (int)left;
}

static void wait_for_news(struct wire *wire)
{
    struct waited waited[LINKS_MAX + 3];
    size_t count = 0;
    void *woken;

    waited[count++] = (struct waited){.descriptor = channel_descriptor(wire->process->wake_beside)};
    waited[count++] = (struct waited){.descriptor = wire->process->stop_descriptor};
    if (wire->router)
        waited[count++] = (struct waited){.socket = wire->router};
    for (size_t i = 0; i < wire->dealer_count; i++)
        waited[count++] = (struct waited){.socket = wire->dealers[i].socket};
    sockets_wait(waited, count, wait_ms(wire));
    if (channel_take(wire->process->wake_beside, &woken, 1) == 1)
        wire->look = true;
}

static struct wire *wire_new(struct process *process)
{
    struct wire *wire = calloc(1, sizeof *wire);

    assert(wire);
    wire->links = calloc(1, sizeof *wire->links);
    assert(wire->links);
    wire->process = process;
    wire->peers = peers_new(process);
    wire->arena = arena_new(ARENA_BYTES);
    wire->look = true;
    return wire;
}

static void wire_free(struct wire *wire)
{
    for (size_t i = 0; i < wire->dealer_count; i++)
        socket_close(&wire->dealers[i].socket);
    socket_close(&wire->router);
    peers_free(&wire->peers);
    arena_free(&wire->arena);
    free(wire->links);
    free(wire);
}

void *wire_run(void *data)
{
    struct process *process = data;
    struct wire *wire = wire_new(process);

    while (!atomic_load(&process->stop)) {
        refresh(wire);
        wait_for_news(wire);
        receive_all(wire);
        if (wire->look || instant_monotonic() >= wire->look_at)
            delivery_look(wire);
    }
    wire_free(wire);
    return NULL;
}
