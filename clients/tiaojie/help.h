/* SPDX-License-Identifier: Apache-2.0
 *
 * Help: everything that the program can say about itself, from the services' descriptions.
 */
#pragma once
#include "common/service.h"

#include <stdio.h>

/* `tiaojie help`: usage, options, every command with its line, exit codes. */
void help_all(FILE *to, struct arena *arena);

/* `tiaojie help WORD WORD`: target, fields, roles, example. False when no command has this name. */
bool help_one(FILE *to, struct arena *arena, size_t count, const char *const *words);

/* `tiaojie help --check`: parses every example with the real parser. Prints what is
 * wrong and returns how many are. */
size_t help_check(FILE *to, struct arena *arena);

/* "clerk, mediator" for bits 1 << TIAOJIE__ROLE__..., "-" for none. */
const char *help_roles(struct arena *arena, uint32_t roles);
