/* SPDX-License-Identifier: Apache-2.0
 *
 * Log: lines to standard error. A line is put together first and written at once, so that threads don't mix.
 */
#include "common/base/log.h"

#include "common/base/arena.h"
#include "common/base/refusal.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_SIZE = 4096 };

static const char *const LEVELS[] = {[LEVEL_INFO] = "info", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};

static const char *process = "tiaojie";

struct line {
    size_t size;
    char text[LINE_MAX_SIZE];
};

static void put(struct line *line, char c)
{
    if (line->size < LINE_MAX_SIZE - 2) /* room for the closing quote and the line's end */
        line->text[line->size++] = c;
}

static bool plain(const char *value)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+@%,*~";

    return value[0] != '\0' && value[strspn(value, allowed)] == '\0';
}

static void put_quoted(struct line *line, const char *value)
{
    static const char digits[] = "0123456789abcdef";

    put(line, '"');
    for (const char *c = value; *c && line->size < LINE_MAX_SIZE - 8; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte < 0x20 || byte == 0x7f) {
            put(line, '\\');
            put(line, 'x');
            put(line, digits[byte >> 4]);
            put(line, digits[byte & 15]);
        } else {
            if (byte == '"' || byte == '\\')
                put(line, '\\');
            put(line, *c);
        }
    }
    if (line->size < LINE_MAX_SIZE - 1)
        line->text[line->size++] = '"';
}

static void put_pair(struct line *line, const char *key, const char *value)
{
    put(line, ' ');
    for (const char *c = key; *c; c++)
        put(line, *c);
    put(line, '=');
    if (!plain(value)) {
        put_quoted(line, value);
        return;
    }
    for (const char *c = value; *c; c++)
        put(line, *c);
}

static void put_head(struct line *line, enum log_level level, const char *event)
{
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t size = strftime(line->text, LINE_MAX_SIZE, "time=%Y-%m-%dT%H:%M:%S", &utc);
    line->size = size + (size_t)snprintf(line->text + size, 8, ".%03dZ", (int)(now.tv_nsec / 1000000) % 1000);
    put_pair(line, "level", LEVELS[level]);
    put_pair(line, "service", process);
    put_pair(line, "event", event);
}

static void put_end(struct line *line)
{
    line->text[line->size++] = '\n';
    /* Where the log cannot be written there is no place to say so. */
    ssize_t written = write(STDERR_FILENO, line->text, line->size);
    (void)written;
}

void log_open(const char *service)
{
    process = service;
}

void log_event(enum log_level level, const char *event, ...)
{
    struct line line;
    va_list pairs;

    put_head(&line, level, event);
    va_start(pairs, event);
    for (;;) {
        const char *key = va_arg(pairs, const char *);
        const char *value = key ? va_arg(pairs, const char *) : NULL;
        if (!value)
            break;
        put_pair(&line, key, value);
    }
    va_end(pairs);
    put_end(&line);
}

void log_refusal(enum log_level level, const char *event, const struct refusal *refusal, const char *trace)
{
    struct arena *arena = arena_new(SIZE_MAX);
    const char *reason =
        text_fill(arena, refusal->reason ? refusal->reason : "", refusal->values, refusal->value_count);
    const char *remedy =
        text_fill(arena, refusal->remedy ? refusal->remedy : "", refusal->values, refusal->value_count);

    log_event(level, event, "status", status_name(refusal->status), "field", refusal->field ? refusal->field : "",
              "reason", reason, "remedy", remedy, "trace", trace, NULL);
    arena_free(&arena);
}

const char *log_number(char text[LOG_NUMBER_MAX], long long number)
{
    snprintf(text, LOG_NUMBER_MAX, "%lld", number);
    return text;
}
