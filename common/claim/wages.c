/* SPDX-License-Identifier: Apache-2.0
 *
 * Wages: what was worked and not paid, at the rate of an hour, day, month or piece; overtime; unused leave; the
 * addition after an order that was not followed.
 *
 * Source    Labour Law 44; Labour Contract Law 82, 85; Ministry notice [2025] 2: a month's pay is turned into a day's
 * by 21.75, an hour's by 8 more. Contracts also count 30 days: which one is asked for, never assumed.
 */
#include "common/claim/wages.h"

#include "common/base/instant.h"

enum {
    DAY_HOURS = WAGE_DAY_HOURS,
    MONTH_DAYS_PAID = 2175, /* hundredths */
    MONTH_DAYS_CALENDAR = 3000,
    ADDITION_LOW = 50,
    ADDITION_HIGH = 100,
    NO_CONTRACT_MONTHS_MAX = 11,
    MONTHS_OF_YEAR = 12,
};

#define ARTICLE_LEAVE N_("Paid Annual Leave Regulation and its Implementation Measures")
#define ARTICLE_ADDITION N_("Labour Contract Law 85; Labour Inspection Regulation 26")

/* How each kind of pay is counted. */
static const struct pay {
    Claim__Item item;
    uint32_t percent;
    const char *article;
} PAYS[] = {
    [CLAIM__PAY__PAY_NORMAL] = {CLAIM__ITEM__ITEM_WAGES, 100, N_("Labour Contract Law 85")},
    [CLAIM__PAY__PAY_LONGER_DAY] = {CLAIM__ITEM__ITEM_OVERTIME, 150, N_("Labour Law 44(1)")},
    [CLAIM__PAY__PAY_REST_DAY] = {CLAIM__ITEM__ITEM_OVERTIME, 200, N_("Labour Law 44(2)")},
    [CLAIM__PAY__PAY_HOLIDAY] = {CLAIM__ITEM__ITEM_OVERTIME, 300, N_("Labour Law 44(3)")},
    [CLAIM__PAY__PAY_UNUSED_LEAVE] = {CLAIM__ITEM__ITEM_UNUSED_LEAVE, 300, ARTICLE_LEAVE},
    [CLAIM__PAY__PAY_NO_CONTRACT] = {CLAIM__ITEM__ITEM_NO_CONTRACT, 100, N_("Labour Contract Law 82")},
    [CLAIM__PAY__PAY_SETTLED] = {CLAIM__ITEM__ITEM_WAGES, 100, N_("Labour Contract Law 85")},
};

static const char *const MEASURED[] = {
    [CLAIM__MEASURE__MEASURE_HOUR] = N_("%1 an hour x %2 hours x %3 percent"),
    [CLAIM__MEASURE__MEASURE_DAY] = N_("%1 a day x %2 days x %3 percent"),
    [CLAIM__MEASURE__MEASURE_MONTH] = N_("%1 a month x %2 months x %3 percent"),
    [CLAIM__MEASURE__MEASURE_PIECE] = N_("%1 a piece x %2 pieces x %3 percent"),
};

/* ---- from one measure to another ---- */

struct conversion {
    Claim__Measure rate, quantity;
    int64_t divide;  /* a rate is divided by it, besides: */
    bool month_days; /* by the days of a month */
    const char *formula;
};

static const struct conversion CONVERSIONS[] = {
    {CLAIM__MEASURE__MEASURE_DAY, CLAIM__MEASURE__MEASURE_HOUR, DAY_HOURS, false,
     N_("%1 a day / 8 x %2 hours x %3 percent")},
    {CLAIM__MEASURE__MEASURE_MONTH, CLAIM__MEASURE__MEASURE_DAY, 1, true, N_("%1 a month / %4 x %2 days x %3 percent")},
    {CLAIM__MEASURE__MEASURE_MONTH, CLAIM__MEASURE__MEASURE_HOUR, DAY_HOURS, true,
     N_("%1 a month / %4 / 8 x %2 hours x %3 percent")},
};

static const struct conversion *conversion_of(const Claim__WageItem *item)
{
    for (size_t i = 0; i < sizeof CONVERSIONS / sizeof *CONVERSIONS; i++)
        if (CONVERSIONS[i].rate == item->rate && CONVERSIONS[i].quantity == item->quantity)
            return &CONVERSIONS[i];
    return NULL;
}

static bool month_days_known(struct counting *counting, const Claim__Wages *wages)
{
    const uint32_t days = wages->month_days_hundredths;

    if (days == MONTH_DAYS_PAID || days == MONTH_DAYS_CALENDAR)
        return true;
    if (!days)
        counting_missing(counting, "month_days_hundredths",
                         N_("by how many days a month's wage is divided is not said"),
                         N_("enter 2175 (21.75 paid days) or 3000 (30 days), as contract or local rule say"), NULL);
    else
        counting_refuse(counting, "month_days_hundredths", N_("a month's wage is divided by 21.75 or by 30"),
                        N_("enter 2175 or 3000"));
    return false;
}

/* ---- an item ---- */

struct counted {
    const Claim__WageItem *item;
    uint32_t quantity;
    uint32_t percent;
    const char *article;
    struct wage_floor floor;
};

static void add_line(struct counting *counting, const struct counted *counted, uint32_t month_days)
{
    const Claim__WageItem *item = counted->item;
    const struct conversion *conversion = item->rate == item->quantity ? NULL : conversion_of(item);
    Claim__Line *line = counting_line(counting, PAYS[item->pay].item, counted->article);
    int64_t fen = item->rate_fen, divide = CLAIM_WHOLE * CLAIM_WHOLE;

    if (conversion)
        divide *= conversion->divide;
    if (conversion && conversion->month_days)
        divide = divide / CLAIM_WHOLE * month_days; /* these are hundredths */
    line->name = item->name;
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
    wage_floor_say(counting, line, &counted->floor);
    counting_formula(counting, line, conversion ? conversion->formula : MEASURED[item->rate],
                     yuan_text(counting, item->rate_fen), quantity_text(counting, counted->quantity),
                     number_text(counting, counted->percent), quantity_text(counting, month_days),
                     counted->floor.raised ? counted->floor.rules->overtime_floor_article : NULL, NULL);
    /* percent times hundredths may pass 2^31, so the percent goes in front */
    fen = counting_times(counting, "rate_fen", fen, counted->percent, 1);
    counting_amount(counting, line, fen, counted->quantity, divide);
}

/* Whole months between two days, both counted; false where days are left over. */
static bool months_between(int32_t from, int32_t until, uint32_t *months)
{
    *months = 0;
    while (day_add_months(from, (int)*months + 1) <= until + 1)
        ++*months;
    return day_add_months(from, (int)*months) == until + 1;
}

static bool quantity_of(struct counting *counting, const Claim__WageItem *item, uint32_t *quantity)
{
    uint32_t months;

    *quantity = item->quantity_hundredths;
    if (*quantity)
        return true;
    if (!item->from_day || !item->until_day || item->quantity != CLAIM__MEASURE__MEASURE_MONTH) {
        counting_missing(counting, "quantity_hundredths", N_("how much was worked is not said"),
                         N_("enter the quantity; for months the first and last day will do"), NULL);
        return false;
    }
    if (item->until_day < item->from_day || !months_between(item->from_day, item->until_day, &months)) {
        counting_missing(counting, "quantity_hundredths", N_("from %1 to %2 are not whole months"),
                         N_("enter the months, and the days that are left as an item of their own"),
                         day_text(counting, item->from_day), day_text(counting, item->until_day), NULL);
        return false;
    }
    *quantity = months * CLAIM_WHOLE;
    return true;
}

static bool measures_known(struct counting *counting, const Claim__WageItem *item)
{
    if (!item->rate_fen || !item->rate || !item->quantity) {
        counting_missing(counting, "rate_fen", N_("an item lacks its rate, or what rate and quantity are measured in"),
                         N_("enter rate_fen, rate and quantity"), NULL);
        return false;
    }
    if (item->rate != item->quantity && !conversion_of(item)) {
        counting_refuse(counting, "quantity", N_("such a rate cannot be applied to such a quantity"),
                        N_("enter both in the same measure"));
        return false;
    }
    return true;
}

static void work_item(struct counting *counting, const Claim__Wages *wages, const Claim__WageItem *item)
{
    struct counted counted = {.item = item, .percent = PAYS[item->pay].percent, .article = PAYS[item->pay].article};
    Claim__WageItem raised = *item;

    if (!measures_known(counting, item) || !quantity_of(counting, item, &counted.quantity))
        return;
    if (PAYS[item->pay].item == CLAIM__ITEM__ITEM_OVERTIME) {
        if (!wage_floor_find(counting, item, &counted.floor) ||
            (counted.floor.rules && item->rate != CLAIM__MEASURE__MEASURE_MONTH && !month_days_known(counting, wages)))
            return;
        wage_floor_raise(counting, &raised, wages->month_days_hundredths, &counted.floor);
        counted.item = &raised;
    }
    const struct conversion *conversion = raised.rate == raised.quantity ? NULL : conversion_of(&raised);
    if (conversion && conversion->month_days && !month_days_known(counting, wages))
        return;
    if (item->pay == CLAIM__PAY__PAY_NO_CONTRACT && counted.quantity > NO_CONTRACT_MONTHS_MAX * CLAIM_WHOLE) {
        counting_not_due(counting, CLAIM__ITEM__ITEM_NO_CONTRACT, N_("%1 months: at most 11 are paid twice"),
                         counted.article, quantity_text(counting, counted.quantity), NULL);
        counted.quantity = NO_CONTRACT_MONTHS_MAX * CLAIM_WHOLE;
    }
    add_line(counting, &counted, wages->month_days_hundredths);
}

/* ---- unused leave: whole days, by 21.75 whatever the contract says ---- */

static void unused_leave(struct counting *counting, const Claim__WageItem *item)
{
    const uint32_t days = item->quantity_hundredths / CLAIM_WHOLE * CLAIM_WHOLE;
    struct counted counted = {
        .item = item, .quantity = days, .percent = PAYS[item->pay].percent, .article = ARTICLE_LEAVE};

    if (!item->rate_fen || item->rate != CLAIM__MEASURE__MEASURE_MONTH ||
        item->quantity != CLAIM__MEASURE__MEASURE_DAY) {
        counting_missing(counting, "items.rate_fen", N_("unused leave is counted from a month's average, in days"),
                         N_("enter the average of twelve months without overtime (rate: month) and the days"), NULL);
        return;
    }
    if (item->normal_pay_paid == CLAIM__FACT__FACT_NONE) {
        counting_missing(counting, "items.normal_pay_paid", N_("the threefold pay includes the normal pay"),
                         N_("say whether the normal pay of these days was paid"), NULL);
        return;
    }
    if (item->normal_pay_paid == CLAIM__FACT__FACT_YES)
        counted.percent -= CLAIM_WHOLE;
    if (days)
        add_line(counting, &counted, MONTH_DAYS_PAID);
    else
        counting_not_due(counting, CLAIM__ITEM__ITEM_UNUSED_LEAVE, N_("a part of a day is not paid"), ARTICLE_LEAVE,
                         NULL);
}

static void settled(struct counting *counting, const Claim__WageItem *item)
{
    if (!item->rate_fen) {
        counting_missing(counting, "rate_fen", N_("an item lacks its rate, or what rate and quantity are measured in"),
                         N_("enter rate_fen, rate and quantity"), NULL);
        return;
    }
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_WAGES, PAYS[item->pay].article);
    line->name = item->name;
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
    counting_formula(counting, line, N_("as both sides fixed it: %1"), yuan_text(counting, item->rate_fen), NULL);
    counting_amount(counting, line, item->rate_fen, 1, 1);
}

/* ---- addition ---- */

/* What is still unpaid of wages and overtime. */
static int64_t unpaid(struct counting *counting)
{
    const Claim__Sheet *sheet = counting->sheet;
    const int64_t paid = counting_paid(counting, counting->count->paid, counting->count->n_paid);
    int64_t sum = 0;

    for (size_t i = 0; i < sheet->n_lines; i++)
        if (sheet->lines[i]->item == CLAIM__ITEM__ITEM_WAGES || sheet->lines[i]->item == CLAIM__ITEM__ITEM_OVERTIME)
            sum = sum > INT64_MAX / 2 ? sum : sum + sheet->lines[i]->amount_fen;
    return sum > paid ? sum - paid : 0;
}

static void addition_line(struct counting *counting, uint32_t percent)
{
    const int64_t base = unpaid(counting);
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_ADDITION, ARTICLE_ADDITION);

    counting_formula(counting, line, N_("unpaid %1 x %2 percent"), yuan_text(counting, base),
                     number_text(counting, percent), NULL);
    counting_amount(counting, line, base, percent, CLAIM_WHOLE);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

/* Only after an order of the labour department to pay by a day, and only if it was not followed. */
static void addition(struct counting *counting, const Claim__Wages *wages)
{
    const uint32_t percent = wages->addition_percent;
    const bool ordered = wages->ordered == CLAIM__FACT__FACT_YES,
               unpaid_now = wages->order_unpaid == CLAIM__FACT__FACT_YES;

    if (percent && (percent < ADDITION_LOW || percent > ADDITION_HIGH))
        counting_refuse(counting, "addition_percent", N_("the addition is 50 to 100 percent"),
                        N_("enter the percentage of the order"));
    else if (percent && !(ordered && unpaid_now))
        counting_not_due(counting, CLAIM__ITEM__ITEM_ADDITION,
                         N_("only where the labour department ordered to pay by a day and that was not done"),
                         ARTICLE_ADDITION, NULL);
    else if (ordered && unpaid_now && !percent)
        counting_missing(counting, "addition_percent", N_("how much is added after the order is not said"),
                         N_("enter the percentage of the order, 50 to 100"), NULL);
    else if (percent)
        addition_line(counting, percent);
}

void wages_count(struct counting *counting, const Claim__Wages *wages)
{
    if (!wages->n_items)
        counting_missing(counting, "items", N_("nothing is listed that was worked and not paid"),
                         N_("list it, an item for each rate"), NULL);
    for (size_t i = 0; i < wages->n_items; i++) {
        const Claim__WageItem *item = wages->items[i];
        if (item->pay == CLAIM__PAY__PAY_NONE)
            counting_missing(counting, "items.pay", N_("an item does not say what kind of pay it is"),
                             N_("enter its pay, such as normal or rest_day"), NULL);
        else if (item->pay == CLAIM__PAY__PAY_UNUSED_LEAVE)
            unused_leave(counting, item);
        else if (item->pay == CLAIM__PAY__PAY_SETTLED)
            settled(counting, item);
        else
            work_item(counting, wages, item);
    }
    addition(counting, wages);
}
