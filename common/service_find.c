/* SPDX-License-Identifier: Apache-2.0
 *
 * Service: the search by name. A file of its own, so that who needs no list of services need not link one.
 */
#include "common/service.h"

#include <string.h>

const struct service *service_find(const char *name)
{
    for (const struct service *const *at = SERVICES; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}
