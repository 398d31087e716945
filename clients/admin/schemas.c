/* SPDX-License-Identifier: Apache-2.0
 *
 * Schemas: the table. The build embeds each folder's files under these names.
 */
#include "clients/admin/schemas.h"

#include <stddef.h>

extern const struct embedded_file GATEWAY_SCHEMA[], VAULT_SCHEMA[], INTAKE_SCHEMA[], MEDIATION_SCHEMA[],
    ASSIGNMENT_SCHEMA[], REFERRAL_SCHEMA[], EXCHANGE_SCHEMA[];

const struct schema SCHEMAS[] = {
    {"node", GATEWAY_SCHEMA, false},         {"vault", VAULT_SCHEMA, true},
    {"intake", INTAKE_SCHEMA, true},         {"mediation", MEDIATION_SCHEMA, true},
    {"assignment", ASSIGNMENT_SCHEMA, true}, {"referral", REFERRAL_SCHEMA, true},
    {"exchange", EXCHANGE_SCHEMA, true},     {NULL, NULL, false},
};
