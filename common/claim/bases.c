/* SPDX-License-Identifier: Apache-2.0
 *
 * Bases: files in the order in which they were issued, and looking them through.
 */
#include "common/claim/bases.h"

#include "common/base/instant.h"
#include "common/base/place.h"

#include <assert.h>
#include <string.h>

enum { FILES_MAX = 256 };

struct bases {
    struct arena *arena;
    const Claim__Bases *files[FILES_MAX]; /* the one issued last first */
    size_t count;
};

struct bases *bases_new(struct arena *arena)
{
    struct bases *bases = arena_take(arena, sizeof *bases);

    bases->arena = arena;
    return bases;
}

enum status bases_add(struct bases *bases, const Claim__Bases *file, struct refusal *refusal)
{
    enum status status = bases_check(file, bases->arena, refusal);
    size_t at = 0;

    if (status != OK)
        return status;
    if (bases->count == FILES_MAX)
        return refuse(refusal, TOO_LARGE, "series", N_("256 files of base figures are loaded already"),
                      N_("join several files into one"));
    /* "2026-05-08" sorts as text. Of two of one day the one added later counts. */
    while (at < bases->count && strcmp(bases->files[at]->issued, file->issued) > 0)
        at++;
    memmove(&bases->files[at + 1], &bases->files[at], (bases->count - at) * sizeof *bases->files);
    bases->files[at] = file;
    bases->count++;
    return OK;
}

static int32_t day_or(const char *text, int32_t open)
{
    int32_t day = open;

    if (text[0]) {
        enum status status = day_parse(text, "valid_from", &day, &(struct refusal){0});
        assert(status == OK);
    }
    return day;
}

int32_t bases_first_day(const char *from)
{
    return day_or(from, INT32_MIN);
}

bool bases_valid(const char *from, const char *until, int32_t day)
{
    return day >= day_or(from, INT32_MIN) && day <= day_or(until, INT32_MAX);
}

/* ---- figures ---- */

/* One look through all files: the nearest place that has what is wanted, and of one place the later file's. */
struct search {
    const char *series;
    uint32_t place;
    uint32_t year; /* of a year's figure */
    int32_t day;   /* of one in force from a day */
    int fit;
    bool known;    /* the series is there for the place at all */
    uint32_t last; /* the latest year that the nearest series has */
    int32_t from;
    struct base_figure figure;
};

static void take(struct search *search, const Claim__Series *series, const Claim__Figure *figure)
{
    search->figure = (struct base_figure){
        .series = series,
        .fen = figure->fen,
        .year = figure->year,
        .from = figure->from,
        .unverified = series->unverified || figure->unverified,
    };
}

static void search_series(struct search *search, const Claim__Series *series)
{
    for (size_t i = 0; i < series->n_figures; i++) {
        const Claim__Figure *figure = series->figures[i];
        int32_t from = day_or(figure->from, INT32_MIN);
        if (figure->year > search->last)
            search->last = figure->year;
        if (figure->year ? figure->year == search->year && !search->figure.series
                         : bases_valid(figure->from, figure->until, search->day) &&
                               (!search->figure.series || from > search->from)) {
            take(search, series, figure);
            search->from = from;
        }
    }
}

/* The nearest place that has the series at all: a city's own goes before the province's even where a year lacks. */
static void search_place(const struct bases *bases, struct search *search)
{
    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_series; k++) {
            const Claim__Series *series = bases->files[i]->series[k];
            int fit = place_fit(series->place, search->place);
            if (fit >= 0 && strcmp(series->name, search->series) == 0 && (!search->known || fit > search->fit)) {
                search->fit = fit;
                search->known = true;
            }
        }
}

static void search_figures(const struct bases *bases, struct search *search)
{
    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_series; k++) {
            const Claim__Series *series = bases->files[i]->series[k];
            if (strcmp(series->name, search->series) == 0 && place_fit(series->place, search->place) == search->fit)
                search_series(search, series);
        }
}

static bool has_ended(const struct bases *bases, const struct search *search)
{
    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_series; k++) {
            const Claim__Series *series = bases->files[i]->series[k];
            if (strcmp(series->name, search->series) == 0 && place_fit(series->place, search->place) == search->fit)
                return series->ended;
        }
    return true;
}

static enum status not_loaded(const struct search *search, const char *when, struct arena *arena,
                              struct refusal *refusal)
{
    return refuse_with(refusal, UNKNOWN, "base", N_("no figure of the series \"%1\" is loaded for place %2 and %3"),
                       N_("load the published figure with `tiaojie-admin base load`; services take it when they start"),
                       arena_text(arena, search->series), text_print(arena, "%06u", search->place), when);
}

enum status bases_of_year(const struct bases *bases, const char *series, uint32_t place, uint32_t year,
                          struct arena *arena, struct base_figure *figure, struct refusal *refusal)
{
    struct search search = {.series = series, .place = place, .year = year, .day = INT32_MIN, .from = INT32_MAX};

    search_place(bases, &search);
    search_figures(bases, &search);
    if (!search.figure.series && search.last + 1 == year && !has_ended(bases, &search)) {
        search.year = year - 1;
        search_figures(bases, &search);
        search.figure.provisional = true;
    }
    *figure = search.figure;
    if (search.figure.series)
        return OK;
    return not_loaded(&search, text_print(arena, "%u", year), arena, refusal);
}

enum status bases_on_day(const struct bases *bases, const char *series, uint32_t place, int32_t day,
                         struct arena *arena, struct base_figure *figure, struct refusal *refusal)
{
    struct search search = {.series = series, .place = place, .day = day};
    char text[DAY_TEXT];

    search_place(bases, &search);
    search_figures(bases, &search);
    *figure = search.figure;
    if (search.figure.series)
        return OK;
    return not_loaded(&search, arena_text(arena, day_format(day, text)), arena, refusal);
}

/* ---- what places decided ---- */

/* The rule of the nearest place; of one place the later file's. */
struct nearest {
    uint32_t place;
    int32_t day;
    int fit;
    const void *rule; /* NULL: none yet */
};

static void look_at(struct nearest *nearest, const void *rule, uint32_t place, const char *from, const char *until)
{
    const int fit = place_fit(place, nearest->place);

    if (fit > nearest->fit && (!nearest->day || bases_valid(from, until, nearest->day))) {
        nearest->fit = fit;
        nearest->rule = rule;
    }
}

const Claim__Use *bases_use(const struct bases *bases, Claim__Purpose purpose, uint32_t place, int32_t day)
{
    struct nearest nearest = {place, day, -1, NULL};

    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_uses; k++) {
            const Claim__Use *use = bases->files[i]->uses[k];
            if (use->purpose == purpose)
                look_at(&nearest, use, use->place, use->valid_from, use->valid_until);
        }
    return nearest.rule;
}

const Claim__InjuryRules *bases_injury_rules(const struct bases *bases, uint32_t place, int32_t day)
{
    struct nearest nearest = {place, day, -1, NULL};

    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_injury_rules; k++) {
            const Claim__InjuryRules *rules = bases->files[i]->injury_rules[k];
            look_at(&nearest, rules, rules->place, rules->valid_from, rules->valid_until);
        }
    return nearest.rule;
}

const Claim__WageRules *bases_wage_rules(const struct bases *bases, uint32_t place, int32_t day)
{
    struct nearest nearest = {place, day, -1, NULL};

    for (size_t i = 0; i < bases->count; i++)
        for (size_t k = 0; k < bases->files[i]->n_wage_rules; k++) {
            const Claim__WageRules *rules = bases->files[i]->wage_rules[k];
            look_at(&nearest, rules, rules->place, rules->valid_from, rules->valid_until);
        }
    return nearest.rule;
}
