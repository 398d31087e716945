/* SPDX-License-Identifier: Apache-2.0
 *
 * tiaojie-exchange: the process that serves exchange.
 */
#include "common/runtime/preparer.h"
#include "common/service.h"
#include "services/exchange/exchange.h"

int main(int argc, char **argv)
{
    return service_main(argc, argv, &EXCHANGE, &EXCHANGE_PREPARER);
}
