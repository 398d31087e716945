/* SPDX-License-Identifier: Apache-2.0
 *
 * Log: what a process did: one line an event, `key=value`, on standard error.
 *
 *     time=2026-03-01T02:03:04.567Z level=info service=mediation event="partition taken" partition=3
 *
 * A value with anything but letters, digits and -_.:/+@%,*~ is quoted, control characters are escaped: a line is a
 * line. Refuses   personal data: no name, number, address or text of a case is ever a value. Ids, counts, keys,
 * statuses are.
 */
#pragma once

struct refusal;

enum log_level { LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };

/* Names the process in every line from now on; called once, before threads start. */
void log_open(const char *service);

/* `event` says in the past tense what happened. Then pairs of key and value (both strings), ended by NULL; the
 * request's trace id goes along as "trace". A NULL value ends the list too, so an absent value is passed as "". Any
 * thread. */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

/* A refusal as an event: its status, field and reason filled with its values, remedy; `trace` may be "". */
void log_refusal(enum log_level level, const char *event, const struct refusal *refusal, const char *trace);

/* A number as a log value: log_event(LEVEL_INFO, "...", "entries", LOG_NUMBER(n), NULL). Lives to the end of the block.
 */
enum { LOG_NUMBER_MAX = 24 };
const char *log_number(char text[LOG_NUMBER_MAX], long long number);
#define LOG_NUMBER(number) log_number((char[LOG_NUMBER_MAX]){0}, (long long)(number))
