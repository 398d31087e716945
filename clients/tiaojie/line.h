/* SPDX-License-Identifier: Apache-2.0
 *
 * Command line: from words to a command or question and its body, by the services' own descriptions.
 *
 *     tiaojie [options] WORD WORD [TARGET] [--field value ...] [options]
 *
 * After the words a name is a field of the command's message if it has such a field, otherwise an option of the
 * program. Days may be written 2026-05-31 and moments 2026-05-31T23:59:00+08:00, in JSON files too.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/refusal.h"
#include "common/service.h"

enum { LINE_WAIT_MS = 15000 };

struct line {
    /* options of the program */
    const char *as;
    const char *key;
    const char *after;
    const char *from;
    const char *expect; /* version */
    const char *wait;   /* seconds */
    const char *id;
    const char *keep;
    const char *save;
    const char *trace;
    bool json;
    /* what is asked; one of the two is not NULL */
    const struct service *service;
    const struct command *command;
    const struct question *question;
    bool has_target;
    uint64_t target;
    ProtobufCMessage *body;
};

/* `arguments` are without the program's name. Files are read only where `read_files` (help --check has none). The body
 * has what --from and the fields say. UNKNOWN and INVALID name the word, what is near to it, and what is allowed. */
MUST_CHECK enum status line_parse(struct arena *arena, size_t count, const char *const *arguments, bool read_files,
                                  struct line *line, struct refusal *refusal);

/* Splits an example into words; single and double quotes keep spaces. */
const char *const *line_split(struct arena *arena, const char *text, size_t *count);

/* The options of the program, one help line each, ends with NULL: "--json", "print answers as JSON". */
struct line_option {
    const char *name;
    const char *value; /* NULL: it takes none */
    size_t offset;
    const char *help;
};
extern const struct line_option LINE_OPTIONS[];

/* The command or question that the first words name: line->service, ->command or ->question; returns how many words, 0:
 * none. */
size_t line_find(size_t count, const char *const *words, struct line *line);
