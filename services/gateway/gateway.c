/* SPDX-License-Identifier: Apache-2.0
 *
 * Gateway: one loop over the door, the connections to services, and the watch's news.
 */
#include "services/gateway/gateway.h"

#include "common/base/fail_point.h"
#include "common/base/instant.h"
#include "common/base/log.h"
#include "common/base/uuid.h"
#include "common/net/zap.h"
#include "common/runtime/reply.h"
#include "services/gateway/flights.h"
#include "services/gateway/judge.h"
#include "services/gateway/upstream.h"
#include "services/gateway/watch.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum {
    TURN_MS = 100,
    MESSAGES_A_TURN = 512,
    MESSAGE_MEMORY = 16 * SOCKET_FRAME_MAX,
    RETRY_MS = 100,
};

struct gateway {
    void *context;
    struct zap *zap;
    struct curve_key key;
    void *door;
    struct watch *watch;
    struct people *people;
    struct owners *owners;
    struct flights *flights;
    struct upstreams *upstreams;
    struct arena *arena; /* of the message at hand */
    uint32_t partitions;
    int signals;
    bool stop;
};

/* What is known of the message at hand. */
struct message {
    const struct received *received;
    const struct principal *principal;
    struct judged judged;
    struct moment now;
};

static struct moment moment_now(void)
{
    struct timespec clock;

    clock_gettime(CLOCK_REALTIME, &clock);
    return (struct moment){.business = instant_now(), .clock_ms = clock.tv_sec * 1000 + clock.tv_nsec / 1000000};
}

/* ---- answering a refused message ---- */

static void log_refused(const struct message *message, const struct refusal *refusal)
{
    const Tiaojie__Command *command = message->judged.command;

    if (refusal->status == BUSY)
        return; /* it would be one line for each message of a flood */
    log_event(LEVEL_INFO, "message refused", "status", status_name(refusal->status), "field", refusal->field,
              "principal", LOG_NUMBER(message->principal ? message->principal->id : 0), "key", message->received->peer,
              "bytes", LOG_NUMBER(message->received->size), "trace", command ? command->trace : "", NULL);
}

static void answer_refused(struct gateway *gateway, const struct message *message, const struct refusal *refusal)
{
    const Tiaojie__Command *command = message->judged.command;
    Tiaojie__Answer answer = TIAOJIE__ANSWER__INIT;

    answer.id = command ? command->id : frame_glimpse_id(message->received->bytes, message->received->size);
    answer.status = refusal->status;
    answer.refusal = refusal_to_contract(refusal, gateway->arena);
    answer.refusal->retry_after_ms = status_retry(refusal->status) ? RETRY_MS : 0;
    answer.received_at = message->now.business;
    size_t size = tiaojie__answer__get_packed_size(&answer);
    uint8_t *bytes = arena_take(gateway->arena, size + 1);
    tiaojie__answer__pack(&answer, bytes);
    enum status status = socket_send(gateway->door, &message->received->route, bytes, size);
    (void)status; /* a client that is gone, or reads nothing, has no answer */
    log_refused(message, refusal);
}

/* ---- passing on ---- */

static enum status refuse_in_flight(const struct message *message, struct arena *arena, struct refusal *refusal)
{
    return refuse_with(refusal, BUSY, "", N_("this key has %1 commands in flight, or the gateway is full"),
                       N_("wait for answers before sending more"),
                       text_print(arena, "%u", judge_in_flight_max(message->principal)));
}

static const char *trace_of(const Tiaojie__Command *command, char text[UUID_TEXT])
{
    struct uuid id;

    text[0] = '\0';
    if (command->trace[0])
        return text;
    memcpy(id.bytes, command->id.data, sizeof id.bytes);
    uuid_print(&id, text);
    return text;
}

static void log_passed(const struct message *message, const char *trace)
{
    const Tiaojie__Command *command = message->judged.command;

    if (message->principal->roles & (1u << TIAOJIE__ROLE__ROLE_BENCH))
        return;
    log_event(LEVEL_INFO, command->question ? "question passed on" : "command passed on", "name", command->name, "to",
              command->service, "partition", LOG_NUMBER(message->judged.partition), "principal",
              LOG_NUMBER(message->principal->id), "trace", trace[0] ? trace : command->trace, NULL);
}

static Tiaojie__Stamp stamp_of(const struct message *message)
{
    const struct principal *principal = message->principal;
    Tiaojie__Stamp stamp = TIAOJIE__STAMP__INIT;

    stamp.received_at = message->now.business;
    stamp.principal = principal->id;
    stamp.roles = principal->roles;
    stamp.office = principal->office;
    stamp.place = principal->place;
    stamp.mediator = principal->mediator;
    return stamp;
}

static enum status pass_on(struct gateway *gateway, const struct message *message, struct refusal *refusal)
{
    const struct judged *judged = &message->judged;
    const struct address *owner = owners_find(gateway->owners, judged->service, judged->partition);
    uint8_t ticket[FLIGHT_TICKET_SIZE];
    char text[UUID_TEXT];
    struct frame *frame;

    if (!owner) {
        watch_hurry(gateway->watch);
        return refuse_with(refusal, UNAVAILABLE, "service", N_("no process of %1 is there for this"),
                           N_("send it again; if it lasts, tell the operator"), judged->command->service);
    }
    enum status status = upstreams_frame(gateway->upstreams, owner, message->received->size, &frame, refusal);
    if (status != OK)
        return status;
    if (flights_start(gateway->flights, message->principal->id, judged->command->id.data, &message->received->route,
                      owner->process, judge_in_flight_max(message->principal), instant_monotonic(), ticket) != OK)
        return refuse_in_flight(message, gateway->arena, refusal);
    const char *trace = trace_of(judged->command, text);
    Tiaojie__Stamp stamp = stamp_of(message);
    frame_add(frame, ticket, &stamp, message->received->bytes, message->received->size, trace);
    log_passed(message, trace);
    fail_point("gateway.judged");
    return OK;
}

static void take_message(struct gateway *gateway, const struct received *received, enum status received_as)
{
    struct message message = {.received = received, .now = moment_now()};
    struct refusal refusal;

    arena_clear(gateway->arena);
    message.principal = people_find(gateway->people, received->peer);
    enum status status = judge_principal(message.principal, message.now.business, gateway->arena, &refusal);
    if (status == OK && received_as != OK)
        status = refuse(&refusal, INVALID, "", N_("a message is one frame, this one had more or fewer parts"),
                        N_("send each command as one frame"));
    if (status == OK)
        status = judge_frame(received->bytes, received->size, message.principal, gateway->people, gateway->partitions,
                             message.now, gateway->arena, &message.judged, &refusal);
    if (status == OK)
        status = pass_on(gateway, &message, &refusal);
    if (status != OK)
        answer_refused(gateway, &message, &refusal);
}

/* ---- the loop ---- */

static void read_door(struct gateway *gateway)
{
    struct received received;

    received_init(&received);
    for (int i = 0; i < MESSAGES_A_TURN; i++) {
        enum status status = socket_receive(gateway->door, &received);
        if (status != OK && status != TOO_LARGE)
            break;
        take_message(gateway, &received, status);
    }
    received_free(&received);
    upstreams_flush(gateway->upstreams);
}

static void deliver(struct gateway *gateway, const struct reply *reply)
{
    const struct flight *flight = flights_find(gateway->flights, reply->ticket.data, reply->ticket.len);

    if (reply->status == MOVED)
        watch_hurry(gateway->watch);
    if (!flight)
        return; /* answered already, or given up */
    fail_point("gateway.before_answer");
    enum status status = socket_send(gateway->door, &flight->route, reply->answer.data, reply->answer.len);
    (void)status; /* the client is gone; it will find the answer by repeating the command */
    flights_end(gateway->flights, reply->ticket.data, reply->ticket.len);
}

static void read_upstreams(struct gateway *gateway)
{
    struct received received;
    struct reply reply;

    received_init(&received);
    for (int i = 0; i < MESSAGES_A_TURN && upstreams_receive(gateway->upstreams, &received) == OK; i++) {
        struct wire replies = {received.bytes, received.bytes + received.size};
        while (frame_next_reply(&replies, &reply))
            deliver(gateway, &reply);
    }
    received_free(&received);
}

static void read_news(struct gateway *gateway)
{
    if (!watch_update(gateway->watch, &gateway->people, &gateway->owners))
        return;
    upstreams_keep(gateway->upstreams, gateway->owners);
    size_t dropped = flights_sweep(gateway->flights, gateway->owners, instant_monotonic());
    if (dropped > 0)
        log_event(LEVEL_WARNING, "commands got no answer in time", "commands", LOG_NUMBER(dropped), NULL);
}

static bool any_ready(const struct waited *waited, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (waited[i].ready)
            return true;
    return false;
}

static void turn(struct gateway *gateway)
{
    enum { DOOR, NEWS, SIGNALS, UPSTREAMS };
    struct waited waited[UPSTREAMS + UPSTREAMS_MAX] = {
        [DOOR] = {.socket = gateway->door},
        [NEWS] = {.descriptor = watch_descriptor(gateway->watch)},
        [SIGNALS] = {.descriptor = gateway->signals},
    };
    size_t count = upstreams_waited(gateway->upstreams, waited + UPSTREAMS);

    sockets_wait(waited, UPSTREAMS + count, TURN_MS);
    if (waited[NEWS].ready) /* news first: a revoked key is refused on the next message */
        read_news(gateway);
    if (any_ready(waited + UPSTREAMS, count))
        read_upstreams(gateway);
    if (waited[DOOR].ready)
        read_door(gateway);
    gateway->stop = waited[SIGNALS].ready;
}

/* ---- opening and closing ---- */

static bool key_known(void *data, const char *domain, const char *public_text)
{
    (void)domain; /* there is one door */
    return watch_knows(data, public_text);
}

static const char *own_conninfo(const struct conf *conf, struct arena *arena)
{
    return text_print(arena, "%s user=%s_gateway", conf_get(conf, "database", "conninfo"),
                      conf_get(conf, "node", "name"));
}

static int open_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL); /* before any thread starts */
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

static enum status open_gateway(struct gateway *gateway, const struct conf *conf, const char *endpoint,
                                struct refusal *refusal)
{
    const char *time_file = conf_get(conf, "time", "file");
    const char *key_file = text_print(gateway->arena, "%s/gateway.key", conf_get(conf, "paths", "keys"));

    gateway->signals = open_signals();
    gateway->partitions = (uint32_t)conf_number(conf, "node", "partitions");
    gateway->context = zmq_ctx_new();
    gateway->flights = flights_new();
    enum status status = instant_use_file(time_file[0] ? time_file : NULL, refusal);
    if (status == OK)
        status = curve_key_load(&gateway->key, key_file, refusal);
    if (status == OK)
        status = watch_start(own_conninfo(conf, gateway->arena), &gateway->watch, refusal);
    if (status == OK)
        status = zap_start(gateway->context, key_known, gateway->watch, &gateway->zap, refusal);
    if (status != OK)
        return status;
    watch_update(gateway->watch, &gateway->people, &gateway->owners);
    gateway->upstreams = upstreams_new(gateway->context, &gateway->key);
    return socket_bind(gateway->context, gateway->zap, ZMQ_ROUTER, endpoint, &gateway->key, "gateway", &gateway->door,
                       refusal);
}

static void close_gateway(struct gateway *gateway)
{
    socket_close(&gateway->door);
    upstreams_free(&gateway->upstreams);
    zap_stop(&gateway->zap);
    watch_stop(&gateway->watch);
    zmq_ctx_term(gateway->context);
    flights_free(&gateway->flights);
    people_free(&gateway->people);
    owners_free(&gateway->owners);
    close(gateway->signals);
    arena_free(&gateway->arena);
}

int gateway_run(const struct conf *conf, const char *endpoint)
{
    struct gateway gateway = {.arena = arena_new(MESSAGE_MEMORY)};
    struct refusal refusal;
    enum status status = open_gateway(&gateway, conf, endpoint, &refusal);

    if (status == OK)
        log_event(LEVEL_INFO, "gateway opened", "endpoint", endpoint, "key", gateway.key.public_text, NULL);
    else
        log_refusal(LEVEL_ERROR, "gateway cannot be opened", &refusal, "");
    while (status == OK && !gateway.stop)
        turn(&gateway);
    log_event(LEVEL_INFO, "gateway closed", NULL);
    close_gateway(&gateway);
    return status_exit(status);
}
