/* SPDX-License-Identifier: Apache-2.0
 *
 * Schemas: every schema of a node's database with its files, in the order in which they are made.
 */
#pragma once
#include "common/base/embedded.h"

#include <stdbool.h>

struct schema {
    const char *name;
    const struct embedded_file *files;
    bool log; /* a service's: with log, answers, clocks */
};

/* "node" is first; ends with an empty one. */
extern const struct schema SCHEMAS[];
