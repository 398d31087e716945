/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadlines as the services count them, for whoever counts them a second time.
 *
 *     deadlines count NOTICE... <SUMS
 *         each line a sum: start and agreed day (days since 1970-01-01), the clock and its ledger as JSON, between
 *         tabs; for each a line: last day, raw day, day of warning or "-", "provisional" or "sure", "rest" or "-", days
 *         counted, days passed over with their reasons
 *     deadlines days FIRST LAST NOTICE...
 *         the days of these years, each with its kind
 *
 * NOTICE is a compiled list of days off, as an operator loads it.
 */
#include "common/base/file.h"
#include "common/base/instant.h"
#include "common/net/json.h"
#include "common/procedure/deadline.h"
#include "common/procedure/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOTICE_BYTES_MAX = 1 << 16, PARTS = 4 };

struct door {
    struct arena *arena; /* of one line */
    struct law *law;
    struct refusal refusal;
};

static void give_up(const struct door *door, const char *what)
{
    const struct refusal *refusal = &door->refusal;
    fprintf(stderr, "%s: %s: %s\n", what, refusal->field,
            text_fill(door->arena, refusal->reason, refusal->values, refusal->value_count));
    exit(1);
}

static void take_notices(struct door *door, char **paths)
{
    for (; *paths; paths++) {
        ProtobufCBinaryData bytes;
        enum status status = file_read(door->arena, "NOTICE", *paths, NOTICE_BYTES_MAX, &bytes, &door->refusal);
        if (!status)
            status = law_add_calendar(door->law, bytes.data, bytes.len, &door->refusal);
        if (status)
            give_up(door, *paths);
        arena_clear(door->arena);
    }
}

/* ---- count ---- */

static const void *read_json(struct door *door, const ProtobufCMessageDescriptor *descriptor, const char *text)
{
    ProtobufCMessage *message;
    if (json_read(descriptor, text, strlen(text), door->arena, &message, &door->refusal))
        give_up(door, text);
    return message;
}

static const char *day_text(struct door *door, int32_t day)
{
    return day_format(day, arena_take(door->arena, DAY_TEXT));
}

static void print_skipped(struct door *door, const struct deadline_account *account)
{
    const char *comma = "";
    for (size_t i = 0; i < account->skipped_count; i++) {
        const Tiaojie__ClockExplained__Skipped *skipped = account->skipped[i];
        for (int32_t day = skipped->from_day; day <= skipped->to_day; day++, comma = ",")
            printf("%s%s %s%s", comma, day_text(door, day), skipped->reason, skipped->rolled ? " moved" : "");
    }
    puts(*comma ? "" : "-");
}

static bool is_same(const struct deadline *a, const struct deadline *b)
{
    return a->last_day == b->last_day && a->raw_day == b->raw_day && a->warn_day == b->warn_day &&
           a->provisional == b->provisional && a->rest_day == b->rest_day && a->due_at == b->due_at;
}

static void count(struct door *door, const struct deadline_start *start, const Tiaojie__Procedure__Clock *clock)
{
    const struct calendar *calendar = law_calendar_of(door->law, clock->calendar);
    struct deadline_account account = {.arena = door->arena};
    const struct deadline deadline = deadline_count(calendar, clock, start, &account);
    const struct deadline unexplained = deadline_count(calendar, clock, start, NULL);

    if (!is_same(&deadline, &unexplained)) {
        puts("explained, it is another day");
        return;
    }
    printf("%s\t%s\t%s\t%s\t%s\t%u\t", day_text(door, deadline.last_day), day_text(door, deadline.raw_day),
           deadline.warn_day ? day_text(door, deadline.warn_day) : "-", deadline.provisional ? "provisional" : "sure",
           deadline.rest_day ? "rest" : "-", account.counted);
    print_skipped(door, &account);
}

static void count_line(struct door *door, char *line)
{
    char *parts[PARTS];
    for (int i = 0; i < PARTS; i++) {
        parts[i] = strsep(&line, "\t\n");
        if (!parts[i]) {
            fprintf(stderr, "a sum has %d parts\n", PARTS);
            exit(2);
        }
    }
    const struct deadline_start start = {.day = (int32_t)strtol(parts[0], NULL, 10),
                                         .agreed = (int32_t)strtol(parts[1], NULL, 10),
                                         .ledger = read_json(door, &tiaojie__clock_ledger__descriptor, parts[3])};
    count(door, &start, read_json(door, &tiaojie__procedure__clock__descriptor, parts[2]));
    arena_clear(door->arena);
}

static void count_lines(struct door *door)
{
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0)
        count_line(door, line);
    free(line);
}

/* ---- days ---- */

static void print_days(struct door *door, const char *first, const char *last)
{
    static const char *const KINDS[] = {
        [DAY_WORKING] = "working day", [DAY_MAKE_UP] = "make-up working day", [DAY_WEEKEND] = "weekend",
        [DAY_OFF] = "day off",         [DAY_STATUTORY] = "statutory holiday",
    };
    int32_t day = day_from_date((struct date){(int)strtol(first, NULL, 10), 1, 1});
    const int32_t end = day_from_date((struct date){(int)strtol(last, NULL, 10), 12, 31});
    for (; day <= end; day++)
        printf("%s\t%s\n", day_text(door, day), KINDS[calendar_kind(law_calendar(door->law), day)]);
}

int main(int argc, char **argv)
{
    const bool counts = argc >= 3 && strcmp(argv[1], "count") == 0;
    const bool lists = argc >= 5 && strcmp(argv[1], "days") == 0;
    if (!counts && !lists) {
        fprintf(stderr, "usage: deadlines count NOTICE... <SUMS | deadlines days FIRST LAST NOTICE...\n");
        return 2;
    }
    struct door door = {.arena = arena_new(SIZE_MAX), .law = law_new()};
    take_notices(&door, argv + (counts ? 2 : 4));
    if (counts)
        count_lines(&door);
    else
        print_days(&door, argv[2], argv[3]);
    law_free(&door.law);
    arena_free(&door.arena);
    return 0;
}
