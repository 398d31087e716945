/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-intake: the process that serves intake.
 */
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/intake/intake.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &INTAKE, &VAULT_PREPARER);
}
