/* SPDX-License-Identifier: Apache-2.0
 *
 * Conf: reading with inih, checking against the table of known keys.
 */
#include "common/base/conf.h"

#include "common/base/text.h"

#include <assert.h>
#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTITIONS_HIGH = 256 };

const struct conf_key NODE_CONF[] = {
    {"node", "name", NULL, 0, 0},
    {"node", "place", NULL, 110000, 659999},
    {"node", "partitions", "8", 1, PARTITIONS_HIGH},
    {"database", "conninfo", NULL, 0, 0},
    {"paths", "run", NULL, 0, 0},
    {"paths", "keys", NULL, 0, 0},
    {"time", "file", "", 0, 0},
    {"gateway", "endpoint", NULL, 0, 0},
    {"exchange", "endpoint", "", 0, 0},
    {NULL, NULL, NULL, 0, 0},
};

struct conf {
    const struct conf_key *known;
    const char **values; /* by place in `known` */
    uint64_t *numbers;
};

struct reading {
    struct arena *arena;
    struct conf *conf;
    const char *path;
    struct refusal *refusal;
    enum status status;
};

static size_t known_count(const struct conf_key *known)
{
    size_t count = 0;

    while (known[count].name)
        count++;
    return count;
}

static size_t known_find(const struct conf_key *known, const char *section, const char *name)
{
    size_t i = 0;

    while (known[i].name && (strcmp(known[i].section, section) != 0 || strcmp(known[i].name, name) != 0))
        i++;
    return i;
}

static const char *full_name(struct arena *arena, const char *section, const char *name)
{
    return section[0] ? text_print(arena, "%s.%s", section, name) : arena_text(arena, name);
}

/* Every key that may be there, for the one who mistyped. */
static const char *known_names(struct arena *arena, const struct conf_key *known)
{
    const char *names = full_name(arena, known[0].section, known[0].name);

    for (size_t i = 1; known[0].name && known[i].name; i++)
        names = text_print(arena, "%s, %s", names, full_name(arena, known[i].section, known[i].name));
    return names;
}

static enum status refuse_value(struct reading *reading, size_t i, const char *value)
{
    const struct conf_key *key = &reading->conf->known[i];

    return refuse_with(reading->refusal, INVALID, full_name(reading->arena, key->section, key->name),
                       N_("%1: \"%2\" is not a whole number from %3 to %4"), N_("write a number within these limits"),
                       reading->path, arena_text(reading->arena, value),
                       text_print(reading->arena, "%llu", (unsigned long long)key->low),
                       text_print(reading->arena, "%llu", (unsigned long long)key->high));
}

static enum status take_value(struct reading *reading, size_t i, const char *value)
{
    const struct conf_key *key = &reading->conf->known[i];

    reading->conf->values[i] = arena_text(reading->arena, value);
    if (key->low == 0 && key->high == 0)
        return OK;
    char *end;
    errno = 0;
    uint64_t number = strtoull(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end || errno || number < key->low || number > key->high)
        return refuse_value(reading, i, value);
    reading->conf->numbers[i] = number;
    return OK;
}

static int take_line(void *data, const char *section, const char *name, const char *value)
{
    struct reading *reading = data;
    size_t i = known_find(reading->conf->known, section, name);

    if (reading->status != OK)
        return 0;
    if (!reading->conf->known[i].name)
        reading->status = refuse_with(reading->refusal, INVALID, full_name(reading->arena, section, name),
                                      N_("%1 has a key that is not known"), N_("remove it; known are: %2"),
                                      reading->path, known_names(reading->arena, reading->conf->known));
    else if (reading->conf->values[i])
        reading->status = refuse_with(reading->refusal, INVALID, full_name(reading->arena, section, name),
                                      N_("%1 has this key twice"), N_("keep one of them"), reading->path);
    else
        reading->status = take_value(reading, i, value);
    return reading->status == OK;
}

static enum status take_missing(struct reading *reading)
{
    const struct conf_key *known = reading->conf->known;

    for (size_t i = 0; known[i].name; i++) {
        if (reading->conf->values[i])
            continue;
        if (!known[i].fallback)
            return refuse_with(reading->refusal, INVALID, full_name(reading->arena, known[i].section, known[i].name),
                               N_("%1 lacks this key"), N_("add a line with it"), reading->path);
        enum status status = take_value(reading, i, known[i].fallback);
        if (status != OK)
            return status;
    }
    return OK;
}

static enum status read_file(struct reading *reading)
{
    FILE *file = fopen(reading->path, "re");

    if (!file)
        return refuse_with(reading->refusal, INVALID, "conf", N_("%1 cannot be read: %2"),
                           N_("name a file that this user may read"), reading->path, strerrordesc_np(errno));
    int line = ini_parse_file(file, take_line, reading);
    fclose(file);
    if (reading->status != OK)
        return reading->status;
    if (line != 0)
        return refuse_with(reading->refusal, INVALID, "conf",
                           N_("%1 line %2 is neither \"[section]\" nor \"key = value\""), N_("correct the line"),
                           reading->path, text_print(reading->arena, "%d", line));
    return take_missing(reading);
}

enum status conf_load(struct arena *arena, const char *path, const struct conf_key *known, struct conf **conf,
                      struct refusal *refusal)
{
    size_t count = known_count(known);
    struct conf *loaded = arena_take(arena, sizeof *loaded);
    struct reading reading = {arena, loaded, arena_text(arena, path), refusal, OK};

    loaded->known = known;
    loaded->values = arena_array(arena, count + 1, sizeof *loaded->values);
    loaded->numbers = arena_array(arena, count + 1, sizeof *loaded->numbers);
    enum status status = read_file(&reading);
    if (status == OK)
        *conf = loaded;
    return status;
}

const char *conf_get(const struct conf *conf, const char *section, const char *name)
{
    size_t i = known_find(conf->known, section, name);

    assert(conf->known[i].name);
    return conf->values[i];
}

uint64_t conf_number(const struct conf *conf, const char *section, const char *name)
{
    size_t i = known_find(conf->known, section, name);

    assert(conf->known[i].name && (conf->known[i].low || conf->known[i].high));
    return conf->numbers[i];
}
