/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-intake: the process that serves intake.
 */
#include "common/base/embedded.h"
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/intake/intake.h"

extern const struct embedded_file INTAKE_SCHEMA[];

int main(int argc, char **argv)
{
    const struct service_files files = {.schema = INTAKE_SCHEMA};

    return service_main(argc, argv, &INTAKE, &files, &VAULT_PREPARER);
}
