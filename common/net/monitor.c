/* SPDX-License-Identifier: Apache-2.0
 *
 * Monitor: libzmq's monitor events, turned into the few signs that a person can use.
 */
#include "common/net/monitor.h"

#include "common/net/socket.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct monitor {
    void *watched;
    void *events; /* PAIR */
    bool ready;   /* the handshake of the present connection is done */
    bool failed;  /* the last attempt found a server: that it is tried again is no sign of an empty place */
};

static bool open_events(void *context, struct monitor *monitor)
{
    const int watched = ZMQ_EVENT_CONNECT_RETRIED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                        ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                        ZMQ_EVENT_DISCONNECTED;
    char endpoint[64];
    int linger = 0;

    snprintf(endpoint, sizeof endpoint, "inproc://monitor-%p", (void *)monitor);
    monitor->events = zmq_socket(context, ZMQ_PAIR);
    return zmq_socket_monitor(monitor->watched, endpoint, watched) == 0 && monitor->events &&
           zmq_setsockopt(monitor->events, ZMQ_LINGER, &linger, sizeof linger) == 0 &&
           zmq_connect(monitor->events, endpoint) == 0;
}

struct monitor *monitor_open(void *context, void *socket)
{
    struct monitor *monitor = calloc(1, sizeof *monitor);

    if (!monitor)
        abort();
    monitor->watched = socket;
    if (!open_events(context, monitor))
        monitor_free(&monitor);
    return monitor;
}

void monitor_free(struct monitor **monitor)
{
    if (!*monitor)
        return;
    zmq_socket_monitor((*monitor)->watched, NULL, 0);
    socket_close(&(*monitor)->events);
    free(*monitor);
    *monitor = NULL;
}

void *monitor_socket(struct monitor *monitor)
{
    return monitor->events;
}

/* libzmq's event is two parts: number (16 bits) and value (32 bits), then the endpoint. 0: nothing there. */
static uint16_t event_read(void *events)
{
    uint8_t bytes[6];
    uint16_t event = 0;
    char address[256];

    if (zmq_recv(events, bytes, sizeof bytes, ZMQ_DONTWAIT) != (int)sizeof bytes)
        return 0;
    memcpy(&event, bytes, sizeof event);
    zmq_recv(events, address, sizeof address, ZMQ_DONTWAIT);
    return event;
}

static enum monitor_sign sign_of(struct monitor *monitor, uint16_t event)
{
    bool was_ready = monitor->ready;

    bool had_failed = monitor->failed;

    monitor->ready = event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
    monitor->failed = event != ZMQ_EVENT_CONNECT_RETRIED && event != ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
    switch (event) {
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
        return MONITOR_READY;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
        return MONITOR_KEY_REFUSED;
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
        return MONITOR_WRONG_SERVER;
    case ZMQ_EVENT_DISCONNECTED:
        return was_ready ? MONITOR_LOST : MONITOR_QUIET;
    default:
        return had_failed ? MONITOR_QUIET : MONITOR_NOBODY;
    }
}

enum monitor_sign monitor_next(struct monitor *monitor)
{
    enum monitor_sign sign = MONITOR_QUIET;
    uint16_t event;

    while (sign == MONITOR_QUIET && (event = event_read(monitor->events)) != 0)
        sign = sign_of(monitor, event);
    return sign;
}
