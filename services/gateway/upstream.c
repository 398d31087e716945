/* SPDX-License-Identifier: Apache-2.0
 *
 * Upstream: connecting, gathering, sending.
 */
#include "services/gateway/upstream.h"

#include "common/base/log.h"

#include <stdlib.h>
#include <string.h>

struct upstream {
    char process[PROCESS_NAME_SIZE];
    void *socket;
    struct frame *frame;
};

struct upstreams {
    void *context;
    struct curve_key key;
    struct upstream list[UPSTREAMS_MAX];
    size_t count;
    size_t turn; /* who is read next: none waits for the others */
};

struct upstreams *upstreams_new(void *context, const struct curve_key *key)
{
    struct upstreams *upstreams = calloc(1, sizeof *upstreams);

    if (!upstreams)
        abort();
    upstreams->context = context;
    upstreams->key = *key;
    return upstreams;
}

static void close_one(struct upstreams *upstreams, size_t i)
{
    socket_close(&upstreams->list[i].socket);
    free(upstreams->list[i].frame);
    upstreams->list[i] = upstreams->list[--upstreams->count];
}

void upstreams_free(struct upstreams **upstreams)
{
    if (!*upstreams)
        return;
    while ((*upstreams)->count > 0)
        close_one(*upstreams, 0);
    free(*upstreams);
    *upstreams = NULL;
}

static enum status open_one(struct upstreams *upstreams, const struct address *address, struct upstream **made,
                            struct refusal *refusal)
{
    if (upstreams->count == UPSTREAMS_MAX)
        return refuse(refusal, UNAVAILABLE, "", N_("too many processes for one gateway"),
                      N_("ask the operator to end some"));
    struct upstream *one = &upstreams->list[upstreams->count];
    enum status status = socket_connect(upstreams->context, ZMQ_DEALER, address->endpoint, &upstreams->key,
                                        address->key, &one->socket, refusal);
    if (status != OK)
        return refuse(refusal, UNAVAILABLE, "", N_("the process that is responsible cannot be reached"),
                      N_("send it again"));
    one->frame = malloc(sizeof *one->frame);
    if (!one->frame)
        abort();
    one->frame->size = 0;
    one->frame->commands = 0;
    memcpy(one->process, address->process, sizeof one->process);
    upstreams->count++;
    log_event(LEVEL_INFO, "process connected", "process", one->process, "endpoint", address->endpoint, NULL);
    *made = one;
    return OK;
}

static enum status send_one(struct upstream *one)
{
    if (one->frame->commands == 0)
        return OK;
    enum status status = socket_send(one->socket, NULL, one->frame->bytes, one->frame->size);
    if (status != OK)
        log_event(LEVEL_WARNING, "commands were not passed on", "process", one->process, "commands",
                  LOG_NUMBER(one->frame->commands), "status", status_name(status), NULL);
    one->frame->size = 0;
    one->frame->commands = 0;
    return status;
}

enum status upstreams_frame(struct upstreams *upstreams, const struct address *address, size_t command_size,
                            struct frame **frame, struct refusal *refusal)
{
    struct upstream *one = NULL;

    for (size_t i = 0; i < upstreams->count && !one; i++)
        if (strcmp(upstreams->list[i].process, address->process) == 0)
            one = &upstreams->list[i];
    enum status status = one ? OK : open_one(upstreams, address, &one, refusal);
    if (status != OK)
        return status;
    if (one->frame->size + command_size + FRAME_AROUND > sizeof one->frame->bytes && send_one(one) != OK)
        return refuse(refusal, BUSY, "", N_("the process that is responsible doesn't keep up"),
                      N_("send it again a little later"));
    *frame = one->frame;
    return OK;
}

void upstreams_flush(struct upstreams *upstreams)
{
    for (size_t i = 0; i < upstreams->count; i++) {
        enum status status = send_one(&upstreams->list[i]);
        (void)status; /* said in the log; the flights end by themselves */
    }
}

size_t upstreams_waited(const struct upstreams *upstreams, struct waited *waited)
{
    for (size_t i = 0; i < upstreams->count; i++)
        waited[i] = (struct waited){.socket = upstreams->list[i].socket};
    return upstreams->count;
}

enum status upstreams_receive(struct upstreams *upstreams, struct received *received)
{
    for (size_t i = 0; i < upstreams->count; i++) {
        upstreams->turn = (upstreams->turn + 1) % upstreams->count;
        enum status status = socket_receive(upstreams->list[upstreams->turn].socket, received);
        if (status == OK)
            return OK;
    }
    return BUSY;
}

void upstreams_keep(struct upstreams *upstreams, const struct owners *owners)
{
    for (size_t i = upstreams->count; i > 0; i--)
        if (!owners_has(owners, upstreams->list[i - 1].process))
            close_one(upstreams, i - 1);
}
