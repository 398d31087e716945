/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting: lines, what is missing, base figures.
 */
#include "common/claim/counting.h"

#include "common/base/amount.h"
#include "common/base/instant.h"

#include <stdarg.h>
#include <string.h>

enum { MONTHS_OF_YEAR = 12 };

/* ---- what is added ---- */

/* One more pointer at the end of a list that protobuf-c keeps; `list` is its field's address. Copied, since the field's
 * own type is another one in each message. */
static void list_add(struct arena *arena, void *list, size_t *count, const void *one)
{
    void **items;

    memcpy(&items, list, sizeof items);
    items = arena_more(arena, items, *count, sizeof *items);
    memcpy(list, &items, sizeof items);
    items[(*count)++] = (void *)one;
}

/* The texts up to NULL, as protobuf-c keeps them. */
static char **values_of(struct arena *arena, va_list texts, size_t *count)
{
    char **values = arena_array(arena, TEXT_VALUES_MAX, sizeof *values);

    *count = 0;
    for (const char *text = va_arg(texts, const char *); text && *count < TEXT_VALUES_MAX;
         text = va_arg(texts, const char *))
        values[(*count)++] = arena_text(arena, text);
    return values;
}

Claim__Line *counting_line(struct counting *counting, Claim__Item item, const char *article)
{
    Claim__Line *line = arena_take(counting->arena, sizeof *line);

    claim__line__init(line);
    line->item = item;
    line->article = (char *)article;
    list_add(counting->arena, &counting->sheet->lines, &counting->sheet->n_lines, line);
    return line;
}

void counting_formula(struct counting *counting, Claim__Line *line, const char *formula, ...)
{
    va_list texts;

    va_start(texts, formula);
    line->formula = (char *)formula;
    line->values = values_of(counting->arena, texts, &line->n_values);
    va_end(texts);
}

void counting_amount(struct counting *counting, Claim__Line *line, int64_t fen, int64_t multiply, int64_t divide)
{
    line->amount_fen = counting_times(counting, "amount_fen", fen, multiply, divide);
}

Claim__Missing *counting_missing(struct counting *counting, const char *field, const char *reason, const char *remedy,
                                 ...)
{
    Claim__Missing *missing = arena_take(counting->arena, sizeof *missing);
    va_list texts;

    for (size_t i = 0; i < counting->sheet->n_missing; i++)
        if (strcmp(counting->sheet->missing[i]->field, field) == 0)
            return counting->sheet->missing[i];
    va_start(texts, remedy);
    claim__missing__init(missing);
    missing->field = (char *)field;
    missing->reason = (char *)reason;
    missing->remedy = (char *)remedy;
    missing->values = values_of(counting->arena, texts, &missing->n_values);
    va_end(texts);
    list_add(counting->arena, &counting->sheet->missing, &counting->sheet->n_missing, missing);
    return missing;
}

void counting_not_due(struct counting *counting, Claim__Item item, const char *reason, const char *article, ...)
{
    Claim__NotDue *not_due = arena_take(counting->arena, sizeof *not_due);
    va_list texts;

    va_start(texts, article);
    claim__not_due__init(not_due);
    not_due->item = item;
    not_due->reason = (char *)reason;
    not_due->article = (char *)article;
    not_due->values = values_of(counting->arena, texts, &not_due->n_values);
    va_end(texts);
    list_add(counting->arena, &counting->sheet->not_due, &counting->sheet->n_not_due, not_due);
}

void counting_refuse(struct counting *counting, const char *field, const char *reason, const char *remedy)
{
    if (counting->status == OK)
        counting->status = refuse(counting->refusal, INVALID, field, reason, remedy);
}

int64_t counting_times(struct counting *counting, const char *field, int64_t fen, int64_t multiply, int64_t divide)
{
    int64_t result = 0;
    struct refusal refusal;
    enum status status = amount_times(fen, multiply, divide, field, &result, &refusal);

    if (status != OK)
        counting_refuse(counting, field, refusal.reason, refusal.remedy);
    return result;
}

/* ---- base figures ---- */

/* What is asked for where nothing settles the series: the purpose's name as it stands in JSON. */
static const char *purpose_field(Claim__Purpose purpose)
{
    static const char *const FIELDS[] = {
        [CLAIM__PURPOSE__PURPOSE_OWN_WAGE_BOUNDS] = "chosen.own_wage_bounds",
        [CLAIM__PURPOSE__PURPOSE_AREA_WAGE] = "chosen.area_wage",
        [CLAIM__PURPOSE__PURPOSE_ANNUAL_AREA_WAGE] = "chosen.annual_area_wage",
        [CLAIM__PURPOSE__PURPOSE_COMPENSATION_CEILING] = "chosen.compensation_ceiling",
        [CLAIM__PURPOSE__PURPOSE_MINIMUM_WAGE] = "chosen.minimum_wage",
        [CLAIM__PURPOSE__PURPOSE_DISPOSABLE_INCOME] = "chosen.disposable_income",
    };
    return FIELDS[purpose];
}

/* The series that is taken, and what is known about taking it. */
struct taken {
    const char *series;
    const char *or_higher; /* "": no second one */
    bool unverified;
};

static bool series_for(struct counting *counting, Claim__Purpose purpose, int32_t day, struct taken *taken)
{
    const Claim__Count *count = counting->count;

    for (size_t i = 0; i < count->n_chosen; i++)
        if (count->chosen[i]->purpose == purpose) {
            *taken = (struct taken){count->chosen[i]->series, "", false};
            return true;
        }
    const Claim__Use *use = bases_use(counting->bases, purpose, counting->place, day);
    if (use) {
        *taken = (struct taken){use->series, use->or_higher, use->unverified};
        return true;
    }
    counting_missing(counting, purpose_field(purpose), N_("which series is meant is not settled for place %1"),
                     N_("name it in `chosen`, or load base figures that settle it"),
                     text_print(counting->arena, "%06u", counting->place), NULL);
    return false;
}

static bool found(struct counting *counting, enum status status, const struct refusal *refusal)
{
    if (status != OK && counting->status == OK) {
        *counting->refusal = *refusal;
        counting->status = status;
    }
    return status == OK;
}

bool counting_year_before(struct counting *counting, const char *series, uint32_t place, int32_t day,
                          struct base_figure *figure)
{
    struct refusal refusal;
    uint32_t year = (uint32_t)day_date(day).year - 1;

    return found(counting, bases_of_year(counting->bases, series, place, year, counting->arena, figure, &refusal),
                 &refusal);
}

/* Of a figure and the second series' one the higher; the line shows both. */
static bool or_higher(struct counting *counting, const char *series, int32_t day, struct base_figure *figure)
{
    struct base_figure *other = arena_take(counting->arena, sizeof *other);

    if (!counting_year_before(counting, series, counting->place, day, other))
        return false;
    /* Compared as a year's: at most 12 * 2^53. */
    if (other->fen * (MONTHS_OF_YEAR / figure_months(other)) > figure->fen * (MONTHS_OF_YEAR / figure_months(figure))) {
        const struct base_figure higher = *other;
        *other = *figure;
        *figure = higher;
    }
    figure->passed_over = other;
    return true;
}

bool counting_purpose(struct counting *counting, Claim__Purpose purpose, int32_t day, struct base_figure *figure)
{
    struct taken taken;

    if (!series_for(counting, purpose, day, &taken) ||
        !counting_year_before(counting, taken.series, counting->place, day, figure) ||
        (taken.or_higher[0] && !or_higher(counting, taken.or_higher, day, figure)))
        return false;
    figure->unverified = figure->unverified || taken.unverified;
    return true;
}

bool counting_minimum_wage(struct counting *counting, int32_t day, struct base_figure *figure)
{
    struct taken taken;
    struct refusal refusal;

    if (!series_for(counting, CLAIM__PURPOSE__PURPOSE_MINIMUM_WAGE, day, &taken) ||
        !found(counting,
               bases_on_day(counting->bases, taken.series, counting->place, day, counting->arena, figure, &refusal),
               &refusal))
        return false;
    figure->unverified = figure->unverified || taken.unverified;
    return true;
}

static void base_used(struct counting *counting, Claim__Line *line, const struct base_figure *figure, const char *event)
{
    Claim__BaseUsed *used = arena_take(counting->arena, sizeof *used);

    claim__base_used__init(used);
    used->series = figure->series->name;
    used->place = figure->series->place;
    used->per = figure->series->per;
    used->year = figure->year;
    used->in_force_from = (char *)figure->from;
    used->amount_fen = figure->fen;
    used->event = (char *)event;
    used->source = figure->series->source;
    used->unverified = figure->unverified;
    used->provisional = figure->provisional;
    used->wanted_year = figure->provisional ? figure->year + 1 : 0;
    line->unverified = line->unverified || figure->unverified;
    line->provisional = line->provisional || figure->provisional;
    list_add(counting->arena, &line->bases, &line->n_bases, used);
}

void counting_base(struct counting *counting, Claim__Line *line, const struct base_figure *figure, const char *event)
{
    base_used(counting, line, figure, event);
    if (figure->passed_over)
        base_used(counting, line, figure->passed_over, N_("compared: of the two the higher counts"));
}

int64_t figure_months(const struct base_figure *figure)
{
    return figure->series->per == CLAIM__PER__PER_YEAR ? MONTHS_OF_YEAR : 1;
}

int64_t figure_month(struct counting *counting, const struct base_figure *figure)
{
    return counting_times(counting, "base", figure->fen, 1, figure_months(figure));
}

/* ---- averages and texts ---- */

int64_t counting_average(struct counting *counting, const char *field, const int64_t *months, size_t count,
                         int64_t average)
{
    int64_t sum = 0;

    if (count == 0)
        return average;
    if (count > AVERAGE_MONTHS_MAX) {
        counting_refuse(counting, field, N_("more than twelve months are listed"), N_("list the last twelve"));
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        sum += months[i]; /* at most 12 * 2^53 */
    int64_t low = sum / (int64_t)count, rest = sum % (int64_t)count;
    return low + (2 * rest >= (int64_t)count);
}

const char *yuan_text(struct counting *counting, int64_t fen)
{
    return amount_text(counting->arena, fen);
}

const char *quantity_text(struct counting *counting, uint32_t value)
{
    if (value % CLAIM_WHOLE == 0)
        return text_print(counting->arena, "%u", value / CLAIM_WHOLE);
    return text_print(counting->arena, value % 10 ? "%u.%02u" : "%u.%u", value / CLAIM_WHOLE,
                      value % 10 ? value % CLAIM_WHOLE : value % CLAIM_WHOLE / 10);
}

const char *number_text(struct counting *counting, int64_t value)
{
    return text_print(counting->arena, "%lld", (long long)value);
}

const char *day_text(struct counting *counting, int32_t day)
{
    char text[DAY_TEXT];

    return arena_text(counting->arena, day_format(day, text));
}
