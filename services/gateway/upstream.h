/* SPDX-License-Identifier: Apache-2.0
 *
 * Upstream: the gateway's connections to the service processes, one for each that owns a partition.
 *
 * Owns      a DEALER and the frame that is being gathered for each process.
 * Refuses   more than UPSTREAMS_MAX processes.
 */
#pragma once
#include "common/net/socket.h"
#include "services/gateway/directory.h"
#include "services/gateway/frame.h"

enum { UPSTREAMS_MAX = 48 };

struct upstreams;

struct upstreams *upstreams_new(void *context, const struct curve_key *key);
void upstreams_free(struct upstreams **upstreams);

/* The frame that gathers for a process, with room for a command of this size; connects to it at first. Sends what was
 * gathered when there is no room. UNAVAILABLE or BUSY: the process cannot be reached or does not read. */
MUST_CHECK enum status upstreams_frame(struct upstreams *upstreams, const struct address *address, size_t command_size,
                                       struct frame **frame, struct refusal *refusal);

/* Sends all that was gathered. What cannot be sent is dropped, as on a broken connection: clients repeat. */
void upstreams_flush(struct upstreams *upstreams);

/* Writes what is to be waited for, returns how many (at most UPSTREAMS_MAX). */
size_t upstreams_waited(const struct upstreams *upstreams, struct waited *waited);

/* The next frame from any process; BUSY when there is none. */
MUST_CHECK enum status upstreams_receive(struct upstreams *upstreams, struct received *received);

/* Closes the connections to processes that are no longer there. */
void upstreams_keep(struct upstreams *upstreams, const struct owners *owners);
