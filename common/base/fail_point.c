/* SPDX-License-Identifier: Apache-2.0
 *
 * Fail point: counting passes.
 */
#include "common/base/fail_point.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char wanted[64]; /* "": none */
static atomic_long passes_left;

static void read_environment(void)
{
    const char *value = getenv("TIAOJIE_FAIL_POINT");
    const char *colon = value ? strchr(value, ':') : NULL;
    size_t length = colon ? (size_t)(colon - value) : 0;
    if (length == 0 || length >= sizeof wanted)
        return;
    memcpy(wanted, value, length);
    atomic_store(&passes_left, strtol(colon + 1, NULL, 10));
}

static void check_name(const char *name)
{
    const char *const *known = fail_point_names();
    while (*known && strcmp(*known, name) != 0)
        known++;
    assert(*known);
}

void fail_point(const char *name)
{
    pthread_once(&once, read_environment);
    if (!wanted[0])
        return;
    check_name(name);
    if (strcmp(wanted, name) == 0 && atomic_fetch_sub(&passes_left, 1) == 1)
        raise(SIGKILL);
}
