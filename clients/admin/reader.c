/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader: opening.
 */
#include "clients/admin/reader.h"

enum status reader_open(struct admin *admin, const struct law *law, const struct service *service,
                        struct store_reader **reader)
{
    const struct store_conf conf = {
        .conninfo = text_print(admin->arena, "%s user=%s_%s_read", conf_get(admin->conf, "database", "conninfo"),
                               admin->node, service->name),
        .node = admin->node,
        .partitions = (uint32_t)conf_number(admin->conf, "node", "partitions"),
        .law = law,
    };

    return store_reader_open(reader, &conf, service, &admin->refusal);
}
