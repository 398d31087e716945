/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendar: notices by day.
 */
#include "common/procedure/calendar.h"

#include "common/base/instant.h"

enum { YEARS = CALENDAR_YEAR_MAX - CALENDAR_YEAR_MIN + 1, DAYS_MAX = 366, RANGE_MAX = 31, FRIDAY = 4 };

/* What a notice says of a day; `issued` tells which of two notices is the later. */
struct named_day {
    int32_t issued;
    bool named;
    enum day_kind kind;
};

struct year {
    bool published;
    int32_t issued; /* of the latest notice that publishes it */
    const char *source;
    struct named_day days[DAYS_MAX];
};

struct calendar {
    struct arena *arena;
    const struct calendar *behind;
    struct year *years[YEARS]; /* NULL: no notice names a day of it */
};

/* A notice being read: its days, in `list`, before any of them counts. */
struct reading {
    struct refusal *refusal;
    uint32_t year;
    int32_t issued;
    struct {
        int32_t day;
        enum day_kind kind;
    } list[DAYS_MAX];
    size_t count;
};

struct calendar *calendar_new(struct arena *arena, const struct calendar *behind)
{
    struct calendar *calendar = arena_take(arena, sizeof *calendar);
    calendar->arena = arena;
    calendar->behind = behind;
    return calendar;
}

static struct year *year_of(const struct calendar *calendar, int32_t day, int *day_of_year)
{
    struct date date = day_date(day);
    if (date.year < CALENDAR_YEAR_MIN || date.year > CALENDAR_YEAR_MAX)
        return NULL;
    *day_of_year = day - day_from_date((struct date){date.year, 1, 1});
    return calendar->years[date.year - CALENDAR_YEAR_MIN];
}

static bool is_weekend(int32_t day)
{
    return day_weekday(day) > FRIDAY;
}

enum day_kind calendar_kind(const struct calendar *calendar, int32_t day)
{
    int index;
    const struct year *year = year_of(calendar, day, &index);
    if (year && year->days[index].named)
        return year->days[index].kind;
    if (calendar->behind)
        return calendar_kind(calendar->behind, day);
    return is_weekend(day) ? DAY_WEEKEND : DAY_WORKING;
}

bool calendar_is_worked(const struct calendar *calendar, int32_t day)
{
    enum day_kind kind = calendar_kind(calendar, day);
    return kind == DAY_WORKING || kind == DAY_MAKE_UP;
}

bool calendar_is_published(const struct calendar *calendar, int32_t day)
{
    int index;
    const struct year *year = year_of(calendar, day, &index);
    return (year && year->published) || (calendar->behind && calendar_is_published(calendar->behind, day));
}

static const struct year *later_notice(const struct calendar *calendar, int32_t first, int32_t last)
{
    const struct year *latest = NULL;
    for (int number = day_date(first).year; number <= day_date(last).year; number++) {
        if (number < CALENDAR_YEAR_MIN || number > CALENDAR_YEAR_MAX)
            continue;
        const struct year *year = calendar->years[number - CALENDAR_YEAR_MIN];
        if (year && year->published && (!latest || year->issued >= latest->issued))
            latest = year;
    }
    return latest;
}

const char *calendar_notice(const struct calendar *calendar, int32_t first, int32_t last)
{
    const struct year *own = later_notice(calendar, first, last);
    const struct year *behind = calendar->behind ? later_notice(calendar->behind, first, last) : NULL;
    if (behind && (!own || behind->issued > own->issued))
        own = behind;
    return own ? own->source : "";
}

int calendar_worked_days(const struct calendar *calendar, int32_t first, int32_t last)
{
    int count = 0;
    for (int32_t day = first; day <= last; day++)
        count += calendar_is_worked(calendar, day);
    return count;
}

/* ---- reading a notice ---- */

static enum status read_day(struct reading *reading, const char *text, const char *field, int32_t *day)
{
    enum status status = day_parse(text, field, day, reading->refusal);
    if (status)
        return status;
    int year = day_date(*day).year;
    if (year + 1 < (int)reading->year || year - 1 > (int)reading->year)
        return refuse_with(reading->refusal, INVALID, field,
                           N_("%1 lies outside the year of the list and those beside it"), N_("check the year"), text);
    return OK;
}

static enum status add_day(struct reading *reading, int32_t day, enum day_kind kind, const char *text,
                           const char *field)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->list[i].day != day)
            continue;
        if (kind == DAY_STATUTORY && reading->list[i].kind == DAY_OFF) {
            reading->list[i].kind = kind;
            return OK;
        }
        return refuse_with(reading->refusal, INVALID, field, N_("%1 is named twice"),
                           N_("compare the list with its notice"), text);
    }
    if (kind == DAY_STATUTORY)
        return refuse_with(reading->refusal, INVALID, field, N_("the statutory holiday %1 is not among the days off"),
                           N_("compare the list with its notice"), text);
    if (reading->count == DAYS_MAX)
        return refuse(reading->refusal, TOO_LARGE, field, N_("the list names more days than a year has"),
                      N_("compare the list with its notice"));
    reading->list[reading->count].day = day;
    reading->list[reading->count++].kind = kind;
    return OK;
}

static enum status read_range(struct reading *reading, const Tiaojie__Calendar__Range *range)
{
    int32_t first, last;
    enum status status = read_day(reading, range->from, "off.from", &first);
    if (status)
        return status;
    last = first;
    status = *range->to ? read_day(reading, range->to, "off.to", &last) : OK;
    if (status)
        return status;
    if (last < first || last - first >= RANGE_MAX)
        return refuse_with(reading->refusal, INVALID, "off", N_("the days off from %1 to %2 are no holiday"),
                           N_("check both days"), range->from, range->to);
    for (int32_t day = first; !status && day <= last; day++)
        status = add_day(reading, day, DAY_OFF, range->from, "off");
    return status;
}

static enum status read_make_up(struct reading *reading, const char *text)
{
    int32_t day;
    enum status status = read_day(reading, text, "working", &day);
    if (status)
        return status;
    if (!is_weekend(day))
        return refuse_with(reading->refusal, INVALID, "working",
                           N_("the make-up day %1 is neither a Saturday nor a Sunday"), N_("look for a wrong digit"),
                           text);
    return add_day(reading, day, DAY_MAKE_UP, text, "working");
}

static enum status read_statutory(struct reading *reading, const char *text)
{
    int32_t day;
    enum status status = read_day(reading, text, "statutory", &day);
    return status ? status : add_day(reading, day, DAY_STATUTORY, text, "statutory");
}

static enum status read_notice(struct reading *reading, const Tiaojie__Calendar *notice)
{
    if (notice->year < CALENDAR_YEAR_MIN || notice->year > CALENDAR_YEAR_MAX)
        return refuse(reading->refusal, INVALID, "year", N_("calendars are kept for 2000 to 2127"),
                      N_("check the year"));
    enum status status = day_parse(notice->issued, "issued", &reading->issued, reading->refusal);
    for (size_t i = 0; !status && i < notice->n_off; i++)
        status = read_range(reading, notice->off[i]);
    for (size_t i = 0; !status && i < notice->n_working; i++)
        status = read_make_up(reading, notice->working[i]);
    for (size_t i = 0; !status && i < notice->n_statutory; i++)
        status = read_statutory(reading, notice->statutory[i]);
    return status;
}

static struct year *year_make(struct calendar *calendar, int number)
{
    struct year **year = &calendar->years[number - CALENDAR_YEAR_MIN];
    if (!*year)
        *year = arena_take(calendar->arena, sizeof **year);
    return *year;
}

static void name_day(struct calendar *calendar, int32_t day, struct named_day named)
{
    struct date date = day_date(day);
    if (date.year < CALENDAR_YEAR_MIN || date.year > CALENDAR_YEAR_MAX)
        return;
    int index = day - day_from_date((struct date){date.year, 1, 1});
    struct named_day *known = &year_make(calendar, date.year)->days[index];
    if (!known->named || known->issued <= named.issued)
        *known = named;
}

static void publish(struct calendar *calendar, const Tiaojie__Calendar *notice, int32_t issued)
{
    struct year *year = year_make(calendar, (int)notice->year);
    if (year->published && year->issued > issued)
        return;
    year->published = true;
    year->issued = issued;
    year->source = arena_text(calendar->arena, notice->source);
}

enum status calendar_add(struct calendar *calendar, const Tiaojie__Calendar *notice, struct refusal *refusal)
{
    struct reading reading = {.refusal = refusal, .year = notice->year};
    enum status status = read_notice(&reading, notice);
    if (status)
        return status;
    publish(calendar, notice, reading.issued);
    for (size_t i = 0; i < reading.count; i++)
        name_day(calendar, reading.list[i].day,
                 (struct named_day){.issued = reading.issued, .named = true, .kind = reading.list[i].kind});
    return OK;
}
