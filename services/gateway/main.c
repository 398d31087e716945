/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-gateway --conf FILE [--endpoint ENDPOINT]
 * A second gateway of the same node is given an endpoint of its own.
 */
#include "common/base/log.h"
#include "services/gateway/gateway.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    bool other = argc == 5 && strcmp(argv[3], "--endpoint") == 0;

    if ((argc != 3 && !other) || strcmp(argv[1], "--conf") != 0) {
        fprintf(stderr, "usage: tiaojie-gateway --conf FILE [--endpoint ENDPOINT]\n");
        return 2;
    }
    struct arena *arena = arena_new(SIZE_MAX);
    struct conf *conf;
    struct refusal refusal;
    int code;

    log_open("gateway");
    enum status status = conf_load(arena, argv[2], NODE_CONF, &conf, &refusal);
    if (status == OK)
        code = gateway_run(conf, other ? argv[4] : conf_get(conf, "gateway", "endpoint"));
    else {
        log_refusal(LEVEL_ERROR, "configuration cannot be used", &refusal, "");
        code = status_exit(status);
    }
    arena_free(&arena);
    return code;
}
