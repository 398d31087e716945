/* SPDX-License-Identifier: Apache-2.0
 *
 * Reader: a service's log and tables for the admin tool, as the service's reading role.
 */
#pragma once
#include "clients/admin/admin.h"
#include "common/procedure/law.h"
#include "common/store/store.h"

/* The configuration was read (admin_conf). Free with store_reader_free. */
MUST_CHECK enum status reader_open(struct admin *admin, const struct law *law, const struct service *service,
                                   struct store_reader **reader);
