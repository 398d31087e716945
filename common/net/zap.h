/* SPDX-License-Identifier: Apache-2.0
 *
 * Key check: answers libzmq's question whether a public key may connect (ZAP, RFC 27), one thread a process.
 *
 * Owns      the socket inproc://zeromq.zap.01 of its context. Each message on a connection that it let in carries the
 *           peer's public key (struct received, `peer`).
 * Refuses   every mechanism but CURVE, and a second check in one context. Without it CURVE would encrypt, and let
 *           everybody in: socket_bind asks for it.
 */
#pragma once
#include "common/base/refusal.h"

#include <stdbool.h>

struct zap;

/* Starts the thread. `known` is called on it, for each handshake: may this key (Z85 text) connect to sockets of this
 * domain? A key that was let in is not asked for again while its connection lasts: who must refuse a revoked key at
 * once looks at `peer` of every message. */
MUST_CHECK enum status zap_start(void *context, bool (*known)(void *data, const char *domain, const char *public_text),
                                 void *data, struct zap **zap, struct refusal *refusal);

/* Stops the thread; listening sockets are closed before. NULL is allowed. */
void zap_stop(struct zap **zap);
