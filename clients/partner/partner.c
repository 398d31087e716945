/* SPDX-License-Identifier: Apache-2.0
 *
 * Partner library: sending, repeating, and saying what went wrong.
 */
#include "clients/partner/partner.h"

#include "clients/partner/pending.h"
#include "clients/partner/tokens.h"
#include "common/base/instant.h"
#include "common/net/monitor.h"
#include "common/net/scan.h"
#include "common/runtime/reply.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SILENCE_US = 2000000,   /* then the same command is sent again */
    LATER_US = 100000,      /* after an answer that says "later" without saying when */
    QUEUE_FULL_US = 20000,  /* the socket's own queue is full */
    LOOK_US = 20000,        /* how often times are looked at */
    WRONG_SERVER_TIMES = 3, /* in a row: one can be a server that ended during the handshake */
};

struct partner {
    void *context;
    void *socket;
    struct monitor *monitor;
    char *endpoint;
    struct pending_table *pending;
    struct tokens *tokens;
    struct received received;
    enum monitor_sign sign; /* what hinders the connection; MONITOR_READY or MONITOR_QUIET: nothing */
    unsigned wrong_server;  /* times in a row */
    bool hopeless;          /* `sign` will not go away by itself */
    int64_t next_look;
};

/* ---- opening and closing ---- */

enum status partner_open(const struct partner_conf *conf, struct partner **partner, struct refusal *refusal)
{
    struct partner *made = calloc(1, sizeof *made);

    if (!made)
        abort();
    made->context = zmq_ctx_new();
    made->endpoint = strdup(conf->endpoint);
    made->pending = pending_new();
    made->tokens = tokens_new();
    received_init(&made->received);
    enum status status = socket_client(made->context, ZMQ_DEALER, &conf->key, conf->server_key, &made->socket, refusal);
    if (status == OK)
        made->monitor = monitor_open(made->context, made->socket);
    if (status == OK && !made->monitor)
        status = refuse(refusal, BROKEN, "", N_("the connection cannot be watched"), N_("free some memory"));
    if (status == OK)
        status = socket_join(&made->socket, made->endpoint, refusal);
    *partner = made;
    if (status != OK)
        partner_close(partner);
    return status;
}

void partner_close(struct partner **partner)
{
    struct partner *one = *partner;

    if (!one)
        return;
    if (one->socket)
        monitor_free(&one->monitor);
    socket_close(&one->socket);
    received_free(&one->received);
    zmq_ctx_term(one->context);
    pending_free(&one->pending);
    tokens_free(&one->tokens);
    free(one->endpoint);
    free(one);
    *partner = NULL;
}

/* ---- sending ---- */

struct uuid partner_id(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return uuid_new(now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000);
}

/* Tokens of other services: the service itself has what it answered. */
static void fill_after(struct partner *partner, Tiaojie__Command *command, Tiaojie__Token **after)
{
    size_t count;
    Tiaojie__Token *tokens = tokens_list(partner->tokens, &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(tokens[i].service, command->service) != 0)
            after[command->n_after++] = &tokens[i];
    command->after = after;
}

static uint8_t *pack_body(const ProtobufCMessage *body, ProtobufCBinaryData *packed)
{
    size_t size = protobuf_c_message_get_packed_size(body);
    uint8_t *bytes = malloc(size + 1);

    if (!bytes)
        abort();
    *packed = (ProtobufCBinaryData){protobuf_c_message_pack(body, bytes), bytes};
    return bytes;
}

static uint8_t *pack_request(struct partner *partner, const struct partner_request *request, struct uuid *id,
                             size_t *size)
{
    Tiaojie__Command command = TIAOJIE__COMMAND__INIT;
    Tiaojie__Token *after[PARTNER_TOKENS_MAX];
    char trace[UUID_TEXT];

    uuid_print(id, trace);
    command.id = (ProtobufCBinaryData){sizeof id->bytes, id->bytes};
    command.service = (char *)(uintptr_t)request->service; /* protobuf-c has no const; packing only reads */
    command.name = (char *)(uintptr_t)request->name;
    command.question = request->question;
    command.target = request->target;
    command.expected_version = request->expected_version;
    command.deadline = request->deadline;
    command.trace = request->trace ? (char *)(uintptr_t)request->trace : trace;
    fill_after(partner, &command, after);
    uint8_t *body = pack_body(request->body, &command.body);
    *size = tiaojie__command__get_packed_size(&command);
    uint8_t *bytes = malloc(*size);
    if (!bytes)
        abort();
    tiaojie__command__pack(&command, bytes);
    free(body);
    return bytes;
}

static void send_pending(struct partner *partner, struct pending *pending, int64_t now)
{
    enum status status = socket_send(partner->socket, NULL, pending->bytes, pending->size);

    pending->sendings += status == OK;
    pending->again_at = now + (status == OK ? SILENCE_US : QUEUE_FULL_US);
}

enum status partner_submit(struct partner *partner, const struct partner_request *request, int wait_ms, void *data,
                           struct refusal *refusal)
{
    struct uuid id = request->id ? *request->id : partner_id();
    int64_t now = instant_monotonic();
    size_t size;
    uint8_t *bytes = pack_request(partner, request, &id, &size);
    struct pending *pending = pending_add(partner->pending, &id, bytes, size);

    if (!pending) {
        free(bytes);
        return refuse(refusal, BUSY, "", N_("too many commands wait for their answers, or this one does already"),
                      N_("collect outcomes before submitting more"));
    }
    pending->data = data;
    pending->ends_at = now + wait_ms * INT64_C(1000);
    send_pending(partner, pending, now);
    return OK;
}

/* ---- outcomes ---- */

static void finish(struct partner *partner, struct pending *pending, struct partner_outcome *outcome)
{
    outcome->data = pending->data;
    outcome->id = pending->id;
    outcome->sendings = pending->sendings;
    pending_remove(partner->pending, pending);
}

static Tiaojie__Answer *unpack_answer(const uint8_t *bytes, size_t size, struct arena *arena)
{
    struct refusal ignored;

    if (scan_message(&tiaojie__answer__descriptor, bytes, size, &SCAN_DEFAULT, arena, &ignored) != OK)
        return NULL;
    return tiaojie__answer__unpack(arena_allocator(arena), size, bytes);
}

static void take_outcome(Tiaojie__Answer *answer, struct partner_outcome *outcome)
{
    outcome->answer = answer;
    outcome->status = answer->status < STATUS_COUNT ? (enum status)answer->status : BROKEN;
    refusal_from_contract(answer->refusal, outcome->status, &outcome->refusal);
}

/* Keeps an answer that says "later" for when the time is over, and plans the next sending. */
static void postpone(struct partner *partner, struct pending *pending, const Tiaojie__Answer *answer)
{
    uint32_t wait_ms = answer->refusal ? answer->refusal->retry_after_ms : 0;

    free(pending->later);
    pending->later = malloc(partner->received.size + 1);
    if (!pending->later)
        abort();
    memcpy(pending->later, partner->received.bytes, partner->received.size);
    pending->later_size = partner->received.size;
    pending->again_at = instant_monotonic() + (wait_ms > 0 ? wait_ms * INT64_C(1000) : LATER_US);
}

/* An answer without an id is to bytes that the node couldn't read: with one command in flight it is meant. */
static struct pending *pending_of(struct partner *partner, const Tiaojie__Answer *answer)
{
    if (answer->id.len == 0 && partner->pending->count == 1)
        return pending_first(partner->pending);
    return pending_find(partner->pending, answer->id.data, answer->id.len);
}

/* True when the received frame ends a command. */
static bool take_answer(struct partner *partner, struct arena *arena, struct partner_outcome *outcome)
{
    Tiaojie__Answer *answer = unpack_answer(partner->received.bytes, partner->received.size, arena);
    struct pending *pending = answer ? pending_of(partner, answer) : NULL;

    if (!pending)
        return false; /* answered before: the command had been sent twice */
    take_outcome(answer, outcome);
    if (answer->token)
        tokens_keep(partner->tokens, answer->token->service, answer->token->partition, answer->token->position);
    if (status_retry(outcome->status) && instant_monotonic() < pending->ends_at) {
        postpone(partner, pending, answer);
        return false;
    }
    finish(partner, pending, outcome);
    return true;
}

static enum status refuse_connection(const struct partner *partner, struct arena *arena, struct refusal *refusal)
{
    const char *endpoint = arena_text(arena, partner->endpoint);

    switch (partner->sign) {
    case MONITOR_KEY_REFUSED:
        return refuse_with(refusal, FORBIDDEN, "key", N_("the server at %1 does not know this key"),
                           N_("have it registered with `tiaojie-admin principal add`"), endpoint);
    case MONITOR_WRONG_SERVER:
        return refuse_with(refusal, UNVERIFIED, "server_key", N_("what listens at %1 has another key than expected"),
                           N_("compare the server's key with `tiaojie-admin key export`"), endpoint);
    case MONITOR_NOBODY:
        return refuse_with(refusal, UNAVAILABLE, "endpoint", N_("nobody listens at %1"),
                           N_("start the node, or correct the endpoint"), endpoint);
    default:
        return refuse_with(refusal, UNAVAILABLE, "", N_("no answer came from %1 in time"),
                           N_("send it again with the same id: what was done is not done twice"), endpoint);
    }
}

static void finish_without_answer(struct partner *partner, struct pending *pending, struct arena *arena,
                                  struct partner_outcome *outcome)
{
    Tiaojie__Answer *later =
        pending->later && !partner->hopeless ? unpack_answer(pending->later, pending->later_size, arena) : NULL;

    if (later)
        take_outcome(later, outcome);
    else
        outcome->status = refuse_connection(partner, arena, &outcome->refusal);
    finish(partner, pending, outcome);
}

/* ---- watching the connection ---- */

/* A connection that was cut after a frame over the limit was sent: the server did it, and would again. */
static bool finish_too_large(struct partner *partner, struct arena *arena, struct partner_outcome *outcome)
{
    struct pending *pending = pending_first(partner->pending);

    while (pending && pending->size <= SOCKET_FRAME_MAX)
        pending = pending_after(partner->pending, pending);
    if (!pending)
        return false;
    outcome->status =
        refuse_with(&outcome->refusal, TOO_LARGE, "", N_("the frame has %1 bytes, a node takes at most %2"),
                    N_("send fewer things in one message"), text_print(arena, "%zu", pending->size),
                    text_print(arena, "%d", SOCKET_FRAME_MAX));
    finish(partner, pending, outcome);
    return true;
}

/* What was on a lost connection is sent again on the next one. */
static void send_all_again(struct partner *partner)
{
    for (struct pending *one = pending_first(partner->pending); one; one = pending_after(partner->pending, one))
        one->again_at = 0;
    partner->next_look = 0;
}

static void take_sign(struct partner *partner, enum monitor_sign sign)
{
    partner->sign = sign;
    partner->wrong_server = sign == MONITOR_WRONG_SERVER ? partner->wrong_server + 1
                            : sign == MONITOR_READY      ? 0
                                                         : partner->wrong_server;
    partner->hopeless = sign == MONITOR_KEY_REFUSED || partner->wrong_server >= WRONG_SERVER_TIMES;
}

/* True when a sign ends a command. */
static bool look_at_connection(struct partner *partner, struct arena *arena, struct partner_outcome *outcome)
{
    enum monitor_sign sign;

    while ((sign = monitor_next(partner->monitor)) != MONITOR_QUIET) {
        take_sign(partner, sign);
        if (sign != MONITOR_LOST)
            continue;
        if (finish_too_large(partner, arena, outcome)) {
            send_all_again(partner);
            return true;
        }
        send_all_again(partner);
    }
    if (!partner->hopeless || partner->pending->count == 0)
        return false;
    finish_without_answer(partner, pending_first(partner->pending), arena, outcome);
    return true;
}

/* Repeats what is due. True when a command's time is over. */
static bool look_at_times(struct partner *partner, struct arena *arena, struct partner_outcome *outcome)
{
    int64_t now = instant_monotonic();

    if (now < partner->next_look)
        return false;
    for (struct pending *one = pending_first(partner->pending); one; one = pending_after(partner->pending, one)) {
        if (now >= one->ends_at) {
            finish_without_answer(partner, one, arena, outcome);
            return true;
        }
        if (now >= one->again_at)
            send_pending(partner, one, now);
    }
    partner->next_look = now + LOOK_US;
    return false;
}

/* ---- waiting ---- */

static bool next_outcome(struct partner *partner, struct arena *arena, struct partner_outcome *outcome)
{
    while (socket_receive(partner->socket, &partner->received) == OK)
        if (take_answer(partner, arena, outcome))
            return true;
    return look_at_connection(partner, arena, outcome) || look_at_times(partner, arena, outcome);
}

bool partner_collect(struct partner *partner, int wait_ms, struct arena *arena, struct partner_outcome *outcome)
{
    int64_t until = instant_monotonic() + wait_ms * INT64_C(1000);
    struct waited waited[] = {{.socket = partner->socket},
                              {.socket = monitor_socket(partner->monitor), .descriptor = -1}};

    *outcome = (struct partner_outcome){.status = OK};
    while (!next_outcome(partner, arena, outcome)) {
        int64_t left = until - instant_monotonic();
        if (left <= 0)
            return false;
        sockets_wait(waited, 2, (int)((left < LOOK_US ? left : LOOK_US) / 1000) + 1);
    }
    return true;
}

enum status partner_call(struct partner *partner, const struct partner_request *request, int wait_ms,
                         struct arena *arena, Tiaojie__Answer **answer, struct refusal *refusal)
{
    struct partner_outcome outcome;
    enum status status = partner_submit(partner, request, wait_ms, &outcome, refusal);

    *answer = NULL;
    if (status != OK)
        return status;
    /* It ends within its time. Another one's outcome means that calls and submissions were mixed: it is lost. */
    while (!partner_collect(partner, wait_ms, arena, &outcome) || outcome.data != &outcome)
        ;
    *answer = outcome.answer;
    *refusal = outcome.refusal;
    return outcome.status;
}

size_t partner_in_flight(const struct partner *partner)
{
    return partner->pending->count;
}

/* ---- tokens ---- */

const Tiaojie__Token *partner_tokens(const struct partner *partner, size_t *count)
{
    return tokens_list(partner->tokens, count);
}

void partner_wait_for(struct partner *partner, const char *service, uint32_t partition, uint64_t position)
{
    tokens_keep(partner->tokens, service, partition, position);
}
