/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-assignment: the process that serves assignment.
 */
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/assignment/assignment.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &ASSIGNMENT, &VAULT_PREPARER);
}
