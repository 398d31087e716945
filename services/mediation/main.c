/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-mediation: the process that serves mediation.
 */
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/mediation/mediation.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &MEDIATION, &VAULT_PREPARER);
}
