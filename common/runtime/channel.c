/* SPDX-License-Identifier: Apache-2.0
 *
 * Channel: a ring under a mutex, with an eventfd.
 */
#include "common/runtime/channel.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct channel {
    pthread_mutex_t lock;
    int descriptor;
    size_t most;
    size_t first;
    size_t count;
    void *ring[];
};

struct channel *channel_new(size_t most)
{
    struct channel *channel = calloc(1, sizeof *channel + most * sizeof(void *));
    assert(channel);
    channel->most = most;
    channel->descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    assert(channel->descriptor >= 0);
    pthread_mutex_init(&channel->lock, NULL);
    return channel;
}

void channel_free(struct channel **channel)
{
    if (!*channel)
        return;
    close((*channel)->descriptor);
    pthread_mutex_destroy(&(*channel)->lock);
    free(*channel);
    *channel = NULL;
}

bool channel_give(struct channel *channel, void *thing)
{
    pthread_mutex_lock(&channel->lock);
    bool room = channel->count < channel->most;
    bool was_empty = channel->count == 0;
    if (room)
        channel->ring[(channel->first + channel->count++) % channel->most] = thing;
    pthread_mutex_unlock(&channel->lock);
    if (room && was_empty) {
        const uint64_t one = 1;
        ssize_t written = write(channel->descriptor, &one, sizeof one);
        assert(written == sizeof one);
    }
    return room;
}

size_t channel_take(struct channel *channel, void **things, size_t most)
{
    pthread_mutex_lock(&channel->lock);
    size_t taken = 0;
    for (; taken < most && channel->count > 0; taken++, channel->count--) {
        things[taken] = channel->ring[channel->first];
        channel->first = (channel->first + 1) % channel->most;
    }
    if (channel->count == 0) {
        /* Emptied under the lock, so that a giver that sees an empty ring writes after this read. */
        uint64_t ignored;
        ssize_t got = read(channel->descriptor, &ignored, sizeof ignored);
        (void)got;
    }
    pthread_mutex_unlock(&channel->lock);
    return taken;
}

int channel_descriptor(const struct channel *channel)
{
    return channel->descriptor;
}
