/* SPDX-License-Identifier: Apache-2.0
 *
 * Ask: one command line carried out: profile, connection, the call, the answer printed.
 */
#pragma once
#include "clients/tiaojie/line.h"

/* Prints the answer on standard output, a refusal on standard error (both on standard output with --json); returns the
 * exit code. */
int ask_run(struct arena *arena, const struct line *line);

/* The same for a command line that could not be parsed: exit code 2 for its form, the refusal's for a field's value. */
int ask_refused(struct arena *arena, bool json, const struct refusal *refusal);
