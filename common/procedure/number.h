/* SPDX-License-Identifier: Apache-2.0
 *
 * Number: the states and clocks of a definition counted, for tables over them. Private to this folder.
 *
 * Of a definition that procedure_check passed: every name is there. States are counted with "" (nothing stands yet) as
 * 0 and the definition's own from 1, clocks from 0.
 */
#pragma once
#include "common/procedure/procedure.h"

size_t state_number(const Tiaojie__Procedure *definition, const char *name);
const char *state_name(const Tiaojie__Procedure *definition, size_t state);
bool state_is_final(const Tiaojie__Procedure *definition, size_t state);
size_t clock_number(const Tiaojie__Procedure *definition, const char *name);
