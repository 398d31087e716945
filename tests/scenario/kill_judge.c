/* SPDX-License-Identifier: Apache-2.0
 *
 * Kill's judge: compares what was acknowledged with the logs, and the disputes of a disturbed run with an undisturbed
 * one's.
 *
 *     kill_judge LOG CALM STORM     prints acknowledged=N lost=N doubled=N differ=N; tells of each on standard error
 *
 * LOG has a line for each entry of the node's logs (kill_log.sql), CALM and STORM are what `kill play` kept.
 *
 * lost      an acknowledged command that is not where its answer said, or is there with other events
 * doubled   a command id that stands in a service's log more than once, or an aggregate that no dispute has
 * differ    an aggregate whose events, without times and ids, are not those of the same dispute in the calm run; a
 *           number of an office that is missing or was given twice
 */
#include "common/base/arena.h"
#include "common/base/text.h"
#include "common/net/json.h"
#include "common/service.h"
#include "proto/log.pb-c.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 100000 };

struct entry {
    const char *service, *id, *command, *hex;
    uint32_t partition;
    uint64_t position, target;
    bool known; /* its aggregate is a dispute's */
};

struct acknowledged {
    const char *service, *id, *hex;
    uint32_t partition;
    uint64_t position;
};

struct aggregate {
    unsigned dispute;
    const char *service;
    uint64_t id;
};

struct kept {
    struct acknowledged *acknowledged;
    size_t count;
    struct aggregate *aggregates;
    size_t aggregate_count;
};

struct judge {
    struct arena *arena;
    struct entry *entries; /* by service, partition and position, as the query sorts them */
    size_t count;
    unsigned lost, doubled, differ;
};

/* ---- reading ---- */

static FILE *file_open(const char *path)
{
    FILE *file = fopen(path, "r");

    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* The next of the line's words; "" where it has no more. */
static const char *word(char **line, const char *separators)
{
    const char *next = strsep(line, separators);

    return next ? next : "";
}

static uint64_t number(char **line, const char *separators)
{
    return strtoull(word(line, separators), NULL, 10);
}

static void entry_read(struct judge *judge, char *line)
{
    struct entry *entry = &judge->entries[judge->count++];

    assert(judge->count < LINES_MAX);
    entry->service = arena_text(judge->arena, word(&line, "|"));
    entry->partition = (uint32_t)number(&line, "|");
    entry->position = number(&line, "|");
    entry->target = number(&line, "|");
    entry->id = arena_text(judge->arena, word(&line, "|"));
    entry->command = arena_text(judge->arena, word(&line, "|"));
    entry->hex = arena_text(judge->arena, word(&line, "|\n"));
}

static void acknowledged_read(struct judge *judge, struct kept *kept, char *line)
{
    struct acknowledged *one = &kept->acknowledged[kept->count++];

    assert(kept->count < LINES_MAX);
    one->service = arena_text(judge->arena, word(&line, " "));
    one->partition = (uint32_t)number(&line, " ");
    one->position = number(&line, " ");
    one->id = arena_text(judge->arena, word(&line, " "));
    one->hex = arena_text(judge->arena, word(&line, " \n"));
}

static void aggregate_read(struct judge *judge, struct kept *kept, char *line)
{
    struct aggregate *one = &kept->aggregates[kept->aggregate_count++];

    assert(kept->aggregate_count < LINES_MAX);
    one->dispute = (unsigned)number(&line, " ");
    one->service = arena_text(judge->arena, word(&line, " "));
    one->id = number(&line, " \n");
}

static void log_read(struct judge *judge, const char *path)
{
    FILE *file = file_open(path);
    char *line = NULL;
    size_t room = 0;

    judge->entries = arena_array(judge->arena, LINES_MAX, sizeof *judge->entries);
    while (getline(&line, &room, file) > 0)
        entry_read(judge, line);
    free(line);
    fclose(file);
}

static struct kept kept_read(struct judge *judge, const char *path)
{
    FILE *file = file_open(path);
    struct kept kept = {.acknowledged = arena_array(judge->arena, LINES_MAX, sizeof *kept.acknowledged),
                        .aggregates = arena_array(judge->arena, LINES_MAX, sizeof *kept.aggregates)};
    char *line = NULL;
    size_t room = 0;

    while (getline(&line, &room, file) > 0) {
        char *rest = line;
        if (strcmp(word(&rest, " "), "ack") == 0)
            acknowledged_read(judge, &kept, rest);
        else
            aggregate_read(judge, &kept, rest);
    }
    free(line);
    fclose(file);
    return kept;
}

/* ---- once, and where it was said to be ---- */

static void judge_acknowledged(struct judge *judge, const struct acknowledged *one)
{
    const struct entry *found = NULL;

    for (size_t i = 0; i < judge->count && !found; i++)
        if (strcmp(judge->entries[i].id, one->id) == 0 && strcmp(judge->entries[i].service, one->service) == 0)
            found = &judge->entries[i];
    bool good = found && found->partition == one->partition && found->position == one->position &&
                strcmp(found->hex, one->hex) == 0;
    if (good)
        return;
    judge->lost++;
    fprintf(stderr, "lost: %s in %s, partition %" PRIu32 " position %" PRIu64 ": %s\n", one->id, one->service,
            one->partition, one->position, found ? "it says something else" : "it is not in the log");
}

static int by_id(const void *a, const void *b)
{
    const struct entry *one = *(const struct entry *const *)a, *other = *(const struct entry *const *)b;
    int order = strcmp(one->service, other->service);

    return order ? order : strcmp(one->id, other->id);
}

static void judge_ids(struct judge *judge)
{
    const struct entry **sorted = arena_array(judge->arena, judge->count + 1, sizeof *sorted);

    for (size_t i = 0; i < judge->count; i++)
        sorted[i] = &judge->entries[i];
    qsort(sorted, judge->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < judge->count; i++) {
        if (by_id(&sorted[i - 1], &sorted[i]) != 0)
            continue;
        judge->doubled++;
        fprintf(stderr, "doubled: %s in %s: %s\n", sorted[i]->id, sorted[i]->service, sorted[i]->command);
    }
}

static void mark_known(struct judge *judge, const struct kept *kept)
{
    for (size_t i = 0; i < judge->count; i++)
        for (size_t k = 0; k < kept->aggregate_count; k++)
            if (judge->entries[i].target == kept->aggregates[k].id &&
                strcmp(judge->entries[i].service, kept->aggregates[k].service) == 0)
                judge->entries[i].known = true;
}

static void judge_strangers(struct judge *judge)
{
    static const char *const BEGINNINGS[] = {"application register", "case open", "matter open", NULL};

    for (size_t i = 0; i < judge->count; i++)
        for (const char *const *name = BEGINNINGS; *name; name++) {
            if (judge->entries[i].known || strcmp(judge->entries[i].command, *name) != 0)
                continue;
            judge->doubled++;
            fprintf(stderr, "doubled: nobody's %s: %" PRIu64 "\n", *name, judge->entries[i].target);
        }
}

/* ---- the same as undisturbed ---- */

/* What differs between two runs of one script by right: times, ids, what is sealed, and what depends on others. */
static bool is_volatile(const char *key)
{
    static const char *const KEYS[] = {"at",     "number", "number_text", "year",    "person",   "subject", "sealed",
                                       "values", "load",   "application", "case_id", "referral", NULL};
    const size_t size = strlen(key);

    for (const char *const *name = KEYS; *name; name++)
        if (strcmp(key, *name) == 0)
            return true;
    return (size > 3 && strcmp(key + size - 3, "_at") == 0) || (size > 4 && strcmp(key + size - 4, "_day") == 0);
}

static void strip(json_t *value)
{
    const char *key;
    json_t *inner;
    size_t i;
    void *next;

    json_array_foreach(value, i, inner) strip(inner);
    json_object_foreach_safe(value, next, key, inner)
    {
        if (is_volatile(key))
            json_object_del(value, key);
        else
            strip(inner);
    }
}

static json_t *event_json(struct judge *judge, const struct service *service, const Tiaojie__Event *event)
{
    const struct event *known = service_event(service, event->name);
    ProtobufCMessage *message = known ? protobuf_c_message_unpack(known->message, arena_allocator(judge->arena),
                                                                  event->body.len, event->body.data)
                                      : NULL;
    const char *text;

    if (!message || json_write(message, true, judge->arena, &text) != OK)
        return json_null();
    return json_loads(text, 0, NULL);
}

static Tiaojie__Events *events_of(struct judge *judge, const struct entry *entry)
{
    const size_t size = strlen(entry->hex) / 2;
    uint8_t *bytes = arena_take(judge->arena, size + 1);

    for (size_t i = 0; i < size; i++)
        sscanf(entry->hex + 2 * i, "%2hhx", &bytes[i]);
    Tiaojie__Events *events = tiaojie__events__unpack(arena_allocator(judge->arena), size, bytes);
    if (events)
        return events;
    judge->differ++;
    fprintf(stderr, "differ: the events of %s in %s cannot be read\n", entry->id, entry->service);
    static Tiaojie__Events none = TIAOJIE__EVENTS__INIT;
    return &none;
}

/* A line for each event of one aggregate, in their order. */
static const char *story(struct judge *judge, const struct aggregate *aggregate)
{
    const struct service *service = service_find(aggregate->service);
    const char *text = "";

    for (size_t i = 0; i < judge->count; i++) {
        const struct entry *entry = &judge->entries[i];
        /* A mediator can have the number that mediation gave to a case. */
        if (entry->target != aggregate->id || strcmp(entry->service, aggregate->service) != 0 ||
            strcmp(entry->command, "mediator add") == 0)
            continue;
        const Tiaojie__Events *events = events_of(judge, entry);
        for (size_t k = 0; k < events->n_events; k++) {
            json_t *body = event_json(judge, service, events->events[k]);
            strip(body);
            char *line = json_dumps(body, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
            text = text_print(judge->arena, "%s%s: %s %s\n", text, entry->command, events->events[k]->name, line);
            free(line);
            json_decref(body);
        }
    }
    return text;
}

static const struct aggregate *same_in(const struct kept *kept, const struct aggregate *aggregate)
{
    for (size_t i = 0; i < kept->aggregate_count; i++)
        if (kept->aggregates[i].dispute == aggregate->dispute &&
            strcmp(kept->aggregates[i].service, aggregate->service) == 0)
            return &kept->aggregates[i];
    return NULL;
}

static void judge_story(struct judge *judge, const struct kept *calm, const struct aggregate *aggregate)
{
    const struct aggregate *other = same_in(calm, aggregate);
    const char *is = story(judge, aggregate), *must = other ? story(judge, other) : "";

    if (*is && strcmp(is, must) == 0)
        return;
    judge->differ++;
    fprintf(stderr, "differ: dispute %u in %s\n-- undisturbed:\n%s-- disturbed:\n%s", aggregate->dispute,
            aggregate->service, must, is);
}

/* ---- numbers without gaps ---- */

struct given {
    json_int_t office, number;
};

static int by_number(const void *a, const void *b)
{
    const struct given *one = a, *other = b;

    if (one->office != other->office)
        return one->office < other->office ? -1 : 1;
    return (one->number > other->number) - (one->number < other->number);
}

static void judge_numbers(struct judge *judge, const char *name, const char *event)
{
    struct given *numbers = arena_array(judge->arena, judge->count + 1, sizeof *numbers);
    size_t count = 0;

    for (size_t i = 0; i < judge->count; i++) {
        if (strcmp(judge->entries[i].service, name) != 0)
            continue;
        const Tiaojie__Events *events = events_of(judge, &judge->entries[i]);
        if (events->n_events == 0 || strcmp(events->events[0]->name, event) != 0)
            continue;
        json_t *body = event_json(judge, service_find(name), events->events[0]);
        numbers[count++] = (struct given){json_integer_value(json_object_get(body, "office")),
                                          json_integer_value(json_object_get(body, "number"))};
        json_decref(body);
    }
    qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || numbers[i].office != numbers[i - 1].office;
        if (numbers[i].number == (first ? 1 : numbers[i - 1].number + 1))
            continue;
        judge->differ++;
        fprintf(stderr, "differ: number %lld of office %lld in %s follows %lld\n", (long long)numbers[i].number,
                (long long)numbers[i].office, name, first ? 0LL : (long long)numbers[i - 1].number);
    }
    judge->differ += count == 0;
}

int main(int argc, char **argv)
{
    struct judge judge = {.arena = arena_new(SIZE_MAX)};

    if (argc != 4) {
        fprintf(stderr, "usage: kill_judge LOG CALM STORM\n");
        return 2;
    }
    log_read(&judge, argv[1]);
    const struct kept calm = kept_read(&judge, argv[2]), storm = kept_read(&judge, argv[3]);
    for (size_t i = 0; i < storm.count; i++)
        judge_acknowledged(&judge, &storm.acknowledged[i]);
    mark_known(&judge, &calm);
    mark_known(&judge, &storm);
    judge_ids(&judge);
    judge_strangers(&judge);
    for (size_t i = 0; i < storm.aggregate_count; i++)
        judge_story(&judge, &calm, &storm.aggregates[i]);
    judge_numbers(&judge, "intake", "application registered");
    judge_numbers(&judge, "mediation", "case opened");
    printf("acknowledged=%zu lost=%u doubled=%u differ=%u\n", storm.count, judge.lost, judge.doubled, judge.differ);
    arena_free(&judge.arena);
    return 0;
}
