/* SPDX-License-Identifier: Apache-2.0
 *
 * Services: the one table of what this product is made of. Rights, dispatch, command line and documents come from it.
 */
#include "common/service.h"
#include "services/assignment/assignment.h"
#include "services/exchange/exchange.h"
#include "services/intake/intake.h"
#include "services/mediation/mediation.h"
#include "services/referral/referral.h"
#include "services/vault/vault.h"

const struct service *const SERVICES[] = {&VAULT, &INTAKE, &MEDIATION, &ASSIGNMENT, &REFERRAL, &EXCHANGE, NULL};
