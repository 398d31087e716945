/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts: who asks whom for what, as the tables of proto/README.md; from the services' descriptions, so that the
 * document cannot say anything else than the program does.
 *
 * Refuses   to translate: the document is English.
 */
#pragma once
#include "common/service.h"

#include <stdio.h>

/* `tiaojie help --contracts`: for each service its commands and questions, its events and who follows them. */
void contracts_print(FILE *to, struct arena *arena);
