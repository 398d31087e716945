/* SPDX-License-Identifier: Apache-2.0
 *
 * Channel: hands pointers from one thread to another; the giver has them no more.
 *
 * Owns      what is in it until it is taken. Bounded: giving to a full channel fails at once.
 * Refuses   to wait: a taker waits on its event descriptor, together with its sockets.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct channel;

/* `most` things at most wait in it. Never NULL. */
struct channel *channel_new(size_t most);
void channel_free(struct channel **channel);

/* False when it is full: the thing stays the giver's. */
bool channel_give(struct channel *channel, void *thing);

/* Takes up to `most` things in the order given; returns how many. Never waits. */
size_t channel_take(struct channel *channel, void **things, size_t most);

/* Readable while something is in the channel: for poll. */
int channel_descriptor(const struct channel *channel);
