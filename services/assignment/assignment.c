/* SPDX-License-Identifier: Apache-2.0
 *
 * Assignment: the service's description, and what its subjects share.
 */
#include "services/assignment/assignment.h"

#include "proto/mediation.pb-c.h"
#include "services/assignment/choose.h"
#include "services/assignment/matter.h"
#include "services/assignment/roster.h"

#include <string.h>

const struct table ROSTER_POOL = {"pool", &assignment_rows__pool__descriptor, false};
const struct table ROSTER_MEDIATOR_PLACE = {"mediator", &assignment_rows__mediator__descriptor, false};
const struct table ROSTER_CANDIDATE = {"candidate", &assignment_rows__candidate__descriptor, true};
const struct table ROSTER_MATTER = {"matter", &assignment_rows__matter__descriptor, false};
const struct table ROSTER_OPPONENT = {"opponent", &assignment_rows__opponent__descriptor, true};
const struct table ROSTER_DECLINED = {"declined", &assignment_rows__declined__descriptor, true};

/* ---- lists -------------------------------------------------------------------------------------------------------- */

char *roster_join(char *const *entries, size_t count, struct arena *arena)
{
    size_t size = 1;

    for (size_t i = 0; i < count; i++)
        size += strlen(entries[i]) + 1;
    char *list = arena_take(arena, size), *end = list;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *end++ = CHOOSE_LINE;
        end = stpcpy(end, entries[i]);
    }
    return list;
}

char **roster_split(const char *list, size_t *count, struct arena *arena)
{
    size_t lines = *list != '\0';

    for (const char *at = list; *at != '\0'; at++)
        lines += *at == CHOOSE_LINE;
    char **entries = arena_array(arena, lines + 1, sizeof *entries);
    char *copy = arena_text(arena, list);
    for (size_t i = 0; i < lines; i++) {
        char *end = strchrnul(copy, CHOOSE_LINE);
        entries[i] = copy;
        copy = *end == '\0' ? end : end + 1;
        *end = '\0';
    }
    *count = lines;
    return entries;
}

enum status roster_line(const char *text, const char *field, struct refusal *refusal)
{
    const size_t length = strlen(text);

    if (length == 0 || length > ROSTER_TEXT_MAX)
        return refuse(refusal, INVALID, field, N_("empty, or longer than 200 bytes"), N_("give a short text"));
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return refuse(refusal, INVALID, field, N_("a control character stands in it"), N_("give one line of text"));
    return OK;
}

/* ---- whose it is --------------------------------------------------------------------------------------------------- */

enum status roster_ours(uint64_t office, const struct context *now, struct refusal *refusal)
{
    if (office == now->office || now->roles & ROSTER_OPERATOR)
        return OK;
    return refuse(refusal, FORBIDDEN, "target", N_("it is another office's"), N_("ask the office that it belongs to"));
}

/* Division codes end in zeros where they stand for a whole city (440300) or province (440000). */
static bool place_contains(uint32_t outer, uint32_t inner)
{
    const uint32_t unit = outer % 10000 == 0 ? 10000 : outer % 100 == 0 ? 100 : 1;

    return outer != 0 && outer / unit == inner / unit;
}

enum status roster_seen(uint64_t office, uint32_t place, const struct context *now, struct refusal *refusal)
{
    if (now->roles & ROSTER_SUPERVISOR && place_contains(now->place, place))
        return OK;
    return roster_ours(office, now, refusal);
}

enum status matter_ours(const struct rows *rows, const struct context *now, const AssignmentRows__Matter **matter,
                        struct refusal *refusal)
{
    *matter = rows_one(rows, &ROSTER_MATTER, now->target);
    if (!*matter)
        return refuse(refusal, UNKNOWN, "target", N_("no case with this id waits for a mediator"),
                      N_("look it up with `case list`"));
    return roster_ours((*matter)->office, now, refusal);
}

/* ---- the description -------------------------------------------------------------------------------------------------- */

static const struct table *const TABLES[] = {&ROSTER_POOL,     &ROSTER_MEDIATOR_PLACE, &ROSTER_CANDIDATE, &ROSTER_MATTER,
                                             &ROSTER_OPPONENT, &ROSTER_DECLINED,       NULL};

static const struct command *const COMMANDS[] = {&MEDIATOR_ADD, &MEDIATOR_LEAVE, &MATTER_OPEN, &ASSIGNMENT_PROPOSE,
                                                 &ASSIGNMENT_ACCEPT, &ASSIGNMENT_DECLINE, &MATTER_CLOSE, NULL};

static const struct event *const EVENTS[] = {&MEDIATOR_ADDED,      &MEDIATOR_ON_LEAVE,   &MATTER_OPENED,
                                             &ASSIGNMENT_PROPOSED, &ASSIGNMENT_ACCEPTED, &ASSIGNMENT_DECLINED,
                                             &MATTER_CLOSED,       NULL};

static const struct question *const QUESTIONS[] = {&ASSIGNMENT_EXPLAIN, &MEDIATOR_LIST, NULL};

static const struct follow FOLLOWS[] = {
    {"mediation", "case opened", &mediation__opened__descriptor, matter_derive_open},
    {"mediation", "case closed", &mediation__closed__descriptor, matter_derive_close},
    {0},
};

const struct service ASSIGNMENT = {
    .name = "assignment",
    .number = 4,
    .help = "who mediates which case",
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
};
