/* SPDX-License-Identifier: Apache-2.0
 *
 * Monitor: what ZeroMQ does behind a client's back with its connection, so that it can be said to a person.
 *
 * ZeroMQ reconnects silently: a refused key, an oversize frame or a server that isn't there all look like silence. The
 * monitor tells them apart.
 * Refuses   to close or repair anything: it only watches.
 */
#pragma once
#include "common/base/status.h"

struct monitor;

enum monitor_sign {
    MONITOR_QUIET,        /* nothing new */
    MONITOR_READY,        /* connected, handshake done */
    MONITOR_NOBODY,       /* nobody listens at the endpoint */
    MONITOR_KEY_REFUSED,  /* the server's key check doesn't know this key */
    MONITOR_WRONG_SERVER, /* another server key than expected, or no CURVE there */
    MONITOR_LOST,         /* an established connection was closed: server gone, or a frame too large for it */
};

/* Watches a socket; called by the thread that owns it, before it connects. NULL when libzmq has no memory. */
struct monitor *monitor_open(void *context, void *socket);
void monitor_free(struct monitor **monitor);

/* For waiting (sockets_wait): readable when there is a sign. */
void *monitor_socket(struct monitor *monitor);

/* The next sign; never waits. Signs of one kind in a row are told once each time they happen. */
enum monitor_sign monitor_next(struct monitor *monitor);
