/* SPDX-License-Identifier: Apache-2.0
 *
 * The law in use: a short list, newest first, with how many hold each.
 */
#include "common/runtime/law_load.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct held_law {
    struct law *law;
    size_t holders;
    struct held_law *before; /* the one that this one followed */
};

struct law_share {
    pthread_mutex_t lock;
    struct held_law *newest;
};

struct law_share *law_share_new(void)
{
    struct law_share *share = calloc(1, sizeof *share);
    assert(share);
    pthread_mutex_init(&share->lock, NULL);
    return share;
}

/* Those behind the newest that nobody holds. Called under the lock. */
static void free_unheld(struct law_share *share)
{
    struct held_law **at = share->newest ? &share->newest->before : &share->newest;
    while (*at) {
        struct held_law *held = *at;
        if (held->holders > 0) {
            at = &held->before;
            continue;
        }
        *at = held->before;
        law_free(&held->law);
        free(held);
    }
}

void law_share_free(struct law_share **share)
{
    if (!*share)
        return;
    free_unheld(*share);
    struct held_law *last = (*share)->newest;
    assert(!last || (last->holders == 0 && !last->before));
    if (last)
        law_free(&last->law);
    free(last);
    pthread_mutex_destroy(&(*share)->lock);
    free(*share);
    *share = NULL;
}

void law_share_put(struct law_share *share, struct law *law)
{
    struct held_law *held = calloc(1, sizeof *held);
    assert(held);
    held->law = law;
    pthread_mutex_lock(&share->lock);
    held->before = share->newest;
    share->newest = held;
    free_unheld(share);
    pthread_mutex_unlock(&share->lock);
}

static void let_go(struct law_share *share, const struct law *mine)
{
    struct held_law *held = share->newest;
    while (held->law != mine)
        held = held->before;
    assert(held->holders > 0);
    held->holders--;
}

const struct law *law_share_hold(struct law_share *share, const struct law *mine)
{
    pthread_mutex_lock(&share->lock);
    const struct law *newest = share->newest->law;
    if (newest != mine) {
        share->newest->holders++;
        if (mine)
            let_go(share, mine);
        free_unheld(share);
    }
    pthread_mutex_unlock(&share->lock);
    return newest;
}

void law_share_let_go(struct law_share *share, const struct law **mine)
{
    if (!*mine)
        return;
    pthread_mutex_lock(&share->lock);
    let_go(share, *mine);
    free_unheld(share);
    pthread_mutex_unlock(&share->lock);
    *mine = NULL;
}
