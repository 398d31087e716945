/* SPDX-License-Identifier: Apache-2.0
 *
 * Reply: from finished jobs to frames.
 */
#include "common/runtime/reply.h"

#include "common/base/log.h"

#include <string.h>

enum { FRAME_ROOM = SOCKET_FRAME_MAX - 65536, RETRY_AFTER_MS = 50 };

Tiaojie__Refusal *refusal_to_contract(const struct refusal *refusal, struct arena *arena)
{
    Tiaojie__Refusal *contract = arena_take(arena, sizeof *contract);
    tiaojie__refusal__init(contract);
    contract->field = arena_text(arena, refusal->field);
    contract->reason = arena_text(arena, refusal->reason);
    contract->remedy = arena_text(arena, refusal->remedy);
    contract->article = arena_text(arena, refusal->article);
    contract->n_values = refusal->value_count;
    contract->values = arena_array(arena, refusal->value_count + 1, sizeof *contract->values);
    for (size_t i = 0; i < refusal->value_count; i++)
        contract->values[i] = arena_text(arena, refusal->values[i]);
    if (status_retry(refusal->status))
        contract->retry_after_ms = RETRY_AFTER_MS;
    return contract;
}

void refusal_from_contract(const Tiaojie__Refusal *contract, enum status status, struct refusal *refusal)
{
    *refusal =
        (struct refusal){.status = status, .field = "", .reason = status_text(status), .remedy = "", .article = ""};
    if (!contract)
        return;
    refusal->field = contract->field;
    refusal->reason = contract->reason;
    refusal->remedy = contract->remedy;
    refusal->article = contract->article;
    for (size_t i = 0; i < contract->n_values && i < TEXT_VALUES_MAX; i++)
        refusal->values[refusal->value_count++] = contract->values[i];
}

static void fill_answer(const struct job *job, Tiaojie__Answer *answer, Tiaojie__Token *token)
{
    const struct work *work = &job->work;
    answer->id = job->id;
    answer->status = (uint32_t)work->status;
    answer->received_at = work->stamp.received_at;
    answer->about = work->about;
    answer->body = job->answer;
    if (work->status != OK) {
        answer->refusal = refusal_to_contract(&work->refusal, job->arena);
        return;
    }
    answer->events = work->events;
    answer->n_events = work->event_count;
    answer->repeated_command = work->repeated;
    if (job->kind == JOB_COMMAND) {
        token->partition = work->partition;
        token->position = work->position;
        answer->token = token;
    }
}

static void make_reply(const struct job *job, const char *service, Tiaojie__Reply *reply)
{
    Tiaojie__Answer *answer = arena_take(job->arena, sizeof *answer);
    Tiaojie__Token *token = arena_take(job->arena, sizeof *token);
    tiaojie__reply__init(reply);
    tiaojie__answer__init(answer);
    tiaojie__token__init(token);
    token->service = arena_text(job->arena, service);
    fill_answer(job, answer, token);
    reply->route = job->route;
    reply->answer = answer;
}

/* An answer over the frame's size becomes a refusal of itself. */
static void cut_too_large(struct job *job, Tiaojie__Reply *reply)
{
    if (tiaojie__reply__get_packed_size(reply) <= FRAME_ROOM)
        return;
    job->work.status = refuse(&job->work.refusal, TOO_LARGE, "", N_("the answer is larger than a frame"),
                              N_("ask for fewer at a time"));
    reply->answer->status = TOO_LARGE;
    reply->answer->refusal = refusal_to_contract(&job->work.refusal, job->arena);
    reply->answer->body = (ProtobufCBinaryData){0, NULL};
    reply->answer->n_events = 0;
}

static void send_frame(void *socket, const struct route *peer, Tiaojie__Reply **list, size_t count)
{
    Tiaojie__Replies replies = TIAOJIE__REPLIES__INIT;
    replies.n_replies = count;
    replies.replies = list;
    struct arena *arena = arena_new(SIZE_MAX);
    size_t size = tiaojie__replies__get_packed_size(&replies);
    uint8_t *bytes = arena_take(arena, size + 1);
    tiaojie__replies__pack(&replies, bytes);
    enum status status = socket_send(socket, peer, bytes, size);
    if (status != OK) /* the asker repeats its commands; what was accepted is found in the log */
        log_event(LEVEL_WARNING, "answers were not delivered", "answers", LOG_NUMBER(count), "status",
                  status_name(status), NULL);
    arena_free(&arena);
}

void replies_send(void *socket, const char *service, struct job **jobs, size_t count)
{
    Tiaojie__Reply *list[BATCH_COMMANDS_MAX];
    for (size_t first = 0; first < count;) {
        const struct route *peer = &jobs[first]->peer;
        size_t size = 0, frame = 0;
        for (; first < count && frame < BATCH_COMMANDS_MAX; first++, frame++) {
            struct job *job = jobs[first];
            if (memcmp(&job->peer, peer, sizeof *peer) != 0)
                break;
            Tiaojie__Reply *reply = arena_take(job->arena, sizeof *reply);
            make_reply(job, service, reply);
            cut_too_large(job, reply);
            size += tiaojie__reply__get_packed_size(reply) + 8;
            if (frame > 0 && size > FRAME_ROOM)
                break;
            list[frame] = reply;
        }
        send_frame(socket, peer, list, frame);
    }
    for (size_t i = 0; i < count; i++) {
        job_log(jobs[i]);
        job_free(&jobs[i]);
    }
}
