/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-vault: the process that serves the vault.
 */
#include "common/service.h"
#include "services/vault/vault.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &VAULT, &PROOF_PREPARER);
}
