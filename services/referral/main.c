/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-referral: the process that serves referral.
 */
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/referral/referral.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &REFERRAL, &VAULT_PREPARER);
}
