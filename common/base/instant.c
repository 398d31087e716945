/* SPDX-License-Identifier: Apache-2.0
 *
 * Instant: business time, and the calendar's arithmetic by the algorithms of the proleptic Gregorian calendar.
 */
#include "common/base/instant.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WORD_MAX = 63, DAYS_OF_400_YEARS = 146097, DAYS_TO_1970 = 719468 /* from 0000-03-01 */, OFFSET_MAX = 14 * 60 };

static const int64_t CHINA = 8 * 3600 * INSTANT_SECOND;

/* ---- now ---- */

struct word {
    bool still; /* time stands at `value`; otherwise `value` is added to the clock */
    int64_t value;
};

static struct {
    pthread_mutex_t lock;
    const char *path;
    struct word last;
} source = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int64_t clock_read(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);
    assert(!failed);
    return now.tv_sec * INSTANT_SECOND + now.tv_nsec / 1000;
}

static bool word_parse(const char *text, struct word *word)
{
    struct refusal refusal;
    char *end;

    *word = (struct word){0};
    if (strcmp(text, "live") == 0)
        return true;
    if (*text == '+' || *text == '-') {
        errno = 0;
        long long seconds = strtoll(text, &end, 10);
        word->value = seconds * INSTANT_SECOND;
        return end > text + 1 && !*end && !errno && seconds < INT32_MAX && seconds > INT32_MIN;
    }
    word->still = true;
    return instant_parse(text, "time", &word->value, &refusal) == OK;
}

static bool word_read(const char *path, struct word *word)
{
    char text[WORD_MAX + 1];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    ssize_t size = read(file, text, WORD_MAX);
    close(file);
    if (size <= 0)
        return false;
    text[size] = '\0';
    text[strcspn(text, " \t\r\n")] = '\0';
    return word_parse(text, word);
}

enum status instant_use_file(const char *path, struct refusal *refusal)
{
    struct word word = {0};

    if (path && !word_read(path, &word))
        return refuse_with(refusal, INVALID, "time.file", N_("the file %1 holds no time"),
                           N_("write a moment such as 2026-05-09T09:00:00+08:00, seconds such as +86400, or live"),
                           path);
    pthread_mutex_lock(&source.lock);
    source.path = path;
    source.last = word;
    pthread_mutex_unlock(&source.lock);
    return OK;
}

int64_t instant_now(void)
{
    struct word word;

    pthread_mutex_lock(&source.lock);
    if (source.path && word_read(source.path, &word))
        source.last = word;
    word = source.last;
    pthread_mutex_unlock(&source.lock);
    return word.still ? word.value : clock_read(CLOCK_REALTIME) + word.value;
}

int64_t instant_monotonic(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

/* ---- days ---- */

/* Division that rounds down: moments before 1970 have days too. */
static int64_t floor_divide(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

int32_t day_of(int64_t instant)
{
    return (int32_t)floor_divide(instant + CHINA, INSTANT_DAY);
}

int64_t day_start(int32_t day)
{
    return day * INSTANT_DAY - CHINA;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return LENGTHS[month - 1] + (month == 2 && is_leap(year));
}

bool date_exists(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= month_length(date.year, date.month);
}

/* Years begin in March here, so that the leap day is a year's last one. */
int32_t day_from_date(struct date date)
{
    assert(date_exists(date));
    int year = date.year - (date.month <= 2);
    int era = year / 400;
    int year_of_era = year - era * 400;
    int month = (date.month + 9) % 12;
    int day_of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * DAYS_OF_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           DAYS_TO_1970;
}

struct date day_date(int32_t day)
{
    int64_t days = (int64_t)day + DAYS_TO_1970;
    int era = (int)floor_divide(days, DAYS_OF_400_YEARS);
    int day_of_era = (int)(days - (int64_t)era * DAYS_OF_400_YEARS);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    return (struct date){
        .year = year_of_era + era * 400 + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
}

int day_weekday(int32_t day)
{
    /* 1970-01-01 was a Thursday. */
    return (int)(((int64_t)day % 7 + 7 + 3) % 7);
}

int32_t day_add_months(int32_t day, int months)
{
    struct date date = day_date(day);
    int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
    date.year = (int)floor_divide(month, 12);
    date.month = (int)(month - (int64_t)date.year * 12) + 1;
    int length = month_length(date.year, date.month);
    if (date.day > length)
        date.day = length;
    return day_from_date(date);
}

/* ---- texts ---- */

/* Reads exactly `count` digits; false where something else stands. */
static bool digits(const char **text, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *number = *number * 10 + (**text - '0');
    }
    return true;
}

static bool mark(const char **text, char character)
{
    if (**text != character)
        return false;
    (*text)++;
    return true;
}

static bool date_read(const char **text, struct date *date)
{
    return digits(text, 4, &date->year) && mark(text, '-') && digits(text, 2, &date->month) && mark(text, '-') &&
           digits(text, 2, &date->day);
}

/* "T09:00:00.25": microseconds since the day's start. */
static bool time_read(const char **text, int64_t *time)
{
    int hour, minute, second, digit;

    if (!mark(text, 'T') || !digits(text, 2, &hour) || !mark(text, ':') || !digits(text, 2, &minute) ||
        !mark(text, ':') || !digits(text, 2, &second) || hour > 23 || minute > 59 || second > 59)
        return false;
    *time = ((hour * 60 + minute) * 60 + second) * INSTANT_SECOND;
    if (!mark(text, '.'))
        return true;
    int64_t unit = INSTANT_SECOND / 10;
    for (; unit && digits(text, 1, &digit); unit /= 10)
        *time += digit * unit;
    return unit < INSTANT_SECOND / 10;
}

/* "+08:00" or "Z": microseconds ahead of UTC. */
static bool offset_read(const char **text, int64_t *offset)
{
    int hours, minutes;

    *offset = 0;
    if (mark(text, 'Z'))
        return true;
    char sign = **text;
    if (!mark(text, '+') && !mark(text, '-'))
        return false;
    if (!digits(text, 2, &hours) || !mark(text, ':') || !digits(text, 2, &minutes) || minutes > 59 ||
        hours * 60 + minutes > OFFSET_MAX)
        return false;
    *offset = (sign == '-' ? -1 : 1) * (hours * 60 + minutes) * 60 * INSTANT_SECOND;
    return true;
}

static enum status no_such_day(const char *text, const char *field, struct refusal *refusal)
{
    return refuse_with(refusal, INVALID, field, N_("the calendar has no day %1"), N_("look at the month's last day"),
                       text);
}

enum status day_parse(const char *text, const char *field, int32_t *day, struct refusal *refusal)
{
    struct date date;
    const char *at = text;

    if (!date_read(&at, &date) || *at)
        return refuse_with(refusal, INVALID, field, N_("%1 is not a date"), N_("write it as 2024-04-30"), text);
    if (!date_exists(date))
        return no_such_day(text, field, refusal);
    *day = day_from_date(date);
    return OK;
}

enum status instant_parse(const char *text, const char *field, int64_t *instant, struct refusal *refusal)
{
    struct date date;
    const char *at = text;
    int64_t time, offset;

    if (!date_read(&at, &date) || !time_read(&at, &time) || !offset_read(&at, &offset) || *at)
        return refuse_with(refusal, INVALID, field, N_("%1 is not a moment"),
                           N_("write it with its offset, as 2024-04-30T23:59:00+08:00"), text);
    if (!date_exists(date))
        return no_such_day(text, field, refusal);
    *instant = day_from_date(date) * INSTANT_DAY + time - offset;
    return OK;
}

char *day_format(int32_t day, char text[DAY_TEXT])
{
    struct date date = day_date(day);
    snprintf(text, DAY_TEXT, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

char *instant_format(int64_t instant, char text[INSTANT_TEXT])
{
    int32_t day = day_of(instant);
    int64_t rest = instant - day_start(day);
    int seconds = (int)(rest / INSTANT_SECOND), micros = (int)(rest % INSTANT_SECOND);
    char date[DAY_TEXT], decimals[16] = "";

    if (micros)
        snprintf(decimals, sizeof decimals, ".%06d", micros);
    snprintf(text, INSTANT_TEXT, "%sT%02d:%02d:%02d%s+08:00", day_format(day, date), seconds / 3600, seconds / 60 % 60,
             seconds % 60, decimals);
    return text;
}
