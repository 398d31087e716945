/* SPDX-License-Identifier: Apache-2.0
 *
 * Say: what programs for people have in common: their language, and how a refusal reads.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdio.h>

/* Takes the language from the environment (LC_ALL, LC_MESSAGES, LANG) and finds the catalogues: in ../locale beside the
 * program, as the build leaves it, otherwise where the system keeps them. Called once, first. */
void say_language(void);

/* In the reader's language, also where it ends with " (unverified)" (common/base/refusal.h). */
const char *say_article(struct arena *arena, const char *article);

/* "field: reason", then remedy and article, a line each. */
void say_refusal(FILE *to, struct arena *arena, const struct refusal *refusal);
