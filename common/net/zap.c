/* SPDX-License-Identifier: Apache-2.0
 *
 * Key check: a thread with two sockets: libzmq's questions, and the one through which it is told to stop.
 */
#include "common/net/zap.h"

#include "common/net/socket.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 7, PART_MAX = 255 };

/* A question by RFC 27: version, request id, domain, address, identity, mechanism, credentials. */
enum { VERSION, REQUEST, DOMAIN, ADDRESS, IDENTITY, MECHANISM, KEY };

struct question {
    char parts[PARTS][PART_MAX + 1];
    size_t sizes[PARTS];
    bool whole;
};

struct zap {
    bool (*known)(void *data, const char *domain, const char *public_text);
    void *data;
    void *questions; /* REP, the thread's */
    void *stop;      /* PAIR, the thread's end */
    void *stopper;   /* PAIR, ours */
    pthread_t thread;
};

static void question_read(void *socket, struct question *question)
{
    int more = 1;
    size_t size = sizeof more;

    *question = (struct question){.whole = true};
    for (size_t i = 0; more; i++) {
        char rest[PART_MAX + 1];
        int got = zmq_recv(socket, i < PARTS ? question->parts[i] : rest, PART_MAX, 0);
        if (got < 0 || got > PART_MAX || i >= PARTS)
            question->whole = false;
        else
            question->sizes[i] = (size_t)got;
        if (zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) != 0)
            more = 0;
        if (!more && i + 1 < PARTS)
            question->whole = false;
    }
}

static bool judge(const struct zap *zap, const struct question *question, char public_text[CURVE_TEXT_SIZE])
{
    public_text[0] = '\0';
    if (!question->whole || strcmp(question->parts[VERSION], "1.0") != 0 ||
        strcmp(question->parts[MECHANISM], "CURVE") != 0 || question->sizes[KEY] != 32)
        return false;
    zmq_z85_encode(public_text, (const uint8_t *)question->parts[KEY], 32);
    return zap->known(zap->data, question->parts[DOMAIN], public_text);
}

static void answer(void *socket, const struct question *question, bool may, const char *public_text)
{
    const char *code = may ? "200" : "400";
    const char *user = may ? public_text : "";

    zmq_send(socket, "1.0", 3, ZMQ_SNDMORE);
    zmq_send(socket, question->parts[REQUEST], question->sizes[REQUEST], ZMQ_SNDMORE);
    zmq_send(socket, code, 3, ZMQ_SNDMORE);
    zmq_send(socket, "", 0, ZMQ_SNDMORE);
    zmq_send(socket, user, strlen(user), ZMQ_SNDMORE);
    zmq_send(socket, "", 0, 0);
}

static void *zap_run(void *data)
{
    struct zap *zap = data;
    struct question question;
    char public_text[CURVE_TEXT_SIZE];

    for (;;) {
        zmq_pollitem_t items[] = {{.socket = zap->questions, .events = ZMQ_POLLIN},
                                  {.socket = zap->stop, .events = ZMQ_POLLIN}};
        if (zmq_poll(items, 2, -1) < 0 && zmq_errno() == ETERM)
            break;
        if (items[1].revents)
            break;
        if (!items[0].revents)
            continue;
        question_read(zap->questions, &question);
        bool may = judge(zap, &question, public_text);
        answer(zap->questions, &question, may, public_text);
    }
    return NULL;
}

static void close_all(struct zap **zap)
{
    socket_close(&(*zap)->questions);
    socket_close(&(*zap)->stop);
    socket_close(&(*zap)->stopper);
    free(*zap);
    *zap = NULL;
}

static bool open_sockets(void *context, struct zap *zap)
{
    char endpoint[64];

    snprintf(endpoint, sizeof endpoint, "inproc://zap-stop-%p", (void *)zap);
    zap->questions = zmq_socket(context, ZMQ_REP);
    zap->stop = zmq_socket(context, ZMQ_PAIR);
    zap->stopper = zmq_socket(context, ZMQ_PAIR);
    return zap->questions && zap->stop && zap->stopper && zmq_bind(zap->questions, "inproc://zeromq.zap.01") == 0 &&
           zmq_bind(zap->stop, endpoint) == 0 && zmq_connect(zap->stopper, endpoint) == 0;
}

enum status zap_start(void *context, bool (*known)(void *data, const char *domain, const char *public_text), void *data,
                      struct zap **zap, struct refusal *refusal)
{
    *zap = calloc(1, sizeof **zap);
    if (!*zap)
        abort();
    (*zap)->known = known;
    (*zap)->data = data;
    if (open_sockets(context, *zap) && pthread_create(&(*zap)->thread, NULL, zap_run, *zap) == 0)
        return OK;
    close_all(zap);
    return refuse(refusal, BROKEN, "zap", N_("the key check could not be started"),
                  N_("one process has one key check: look for a second one"));
}

void zap_stop(struct zap **zap)
{
    if (!*zap)
        return;
    zmq_send((*zap)->stopper, "", 0, 0);
    pthread_join((*zap)->thread, NULL);
    close_all(zap);
}
