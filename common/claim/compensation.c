/* SPDX-License-Identifier: Apache-2.0
 *
 * Economic compensation: months of service times the average wage, between the minimum wage and three times the city's
 * average.
 *
 * Source    Labour Contract Law 46, 47, 87, 97; its Implementation Regulation 20, 25, 27.
 */
#include "common/base/instant.h"
#include "common/claim/counting.h"

enum {
    GROUNDS = 7,
    MONTHS_OF_YEAR = 12,
    HALF_YEAR = 6,
    HALVES = 2, /* service is counted in half months of pay */
    CEILING_TIMES = 3,
    CEILING_YEARS = 12,
    UNLAWFUL_TIMES = 2,
    YEARS_MAX = 100,
};

#define ARTICLE_COMPENSATION N_("Labour Contract Law 46, 47")
#define ARTICLE_UNLAWFUL N_("Labour Contract Law 87; Implementation Regulation 25")
#define ARTICLE_NOTICE N_("Labour Contract Law, Implementation Regulation 20")
#define ARTICLE_BEFORE N_("Labour Contract Law 97")

struct pay {
    int64_t average;
    bool lifted; /* to the minimum wage */
    bool capped;
    struct base_figure minimum;
    struct base_figure ceiling;
};

static int32_t first_counted_day(void)
{
    return day_from_date((struct date){2008, 1, 1});
}

/* Half months: two a full year, two for six months or more, one for less, none where nothing is left. */
static uint32_t half_months(int32_t from, int32_t until)
{
    uint32_t years = 0;

    while (years < YEARS_MAX && day_add_months(from, (int)(years + 1) * MONTHS_OF_YEAR) <= until + 1)
        years++;
    const int months = (int)years * MONTHS_OF_YEAR;
    if (day_add_months(from, months) >= until + 1)
        return HALVES * years;
    return HALVES * years + (day_add_months(from, months + HALF_YEAR) <= until + 1 ? HALVES : 1);
}

static bool pay_known(struct counting *counting, const Claim__Compensation *asked, struct pay *pay)
{
    pay->average = counting_average(counting, "wages_fen", asked->wages_fen, asked->n_wages_fen, asked->average_fen);
    if (!pay->average)
        counting_missing(counting, "wages_fen", N_("the average of the last twelve months is not known"),
                         N_("enter the due pay of each month, with bonuses and allowances"), NULL);
    if (!pay->average || !counting_minimum_wage(counting, asked->until_day, &pay->minimum) ||
        !counting_purpose(counting, CLAIM__PURPOSE__PURPOSE_COMPENSATION_CEILING, asked->until_day, &pay->ceiling))
        return false;
    const int64_t minimum = figure_month(counting, &pay->minimum);
    pay->lifted = pay->average < minimum;
    if (pay->lifted)
        pay->average = minimum;
    pay->capped = pay->average > CEILING_TIMES * pay->ceiling.fen / figure_months(&pay->ceiling);
    return true;
}

/* Only who earns more than three times the average has a ceiling of years too. */
static uint32_t halves_paid(const struct pay *pay, uint32_t halves)
{
    return pay->capped && halves > HALVES * CEILING_YEARS ? HALVES * CEILING_YEARS : halves;
}

static void describe(struct counting *counting, Claim__Line *line, const struct pay *pay, uint32_t halves,
                     uint32_t times)
{
    const char *formula = pay->capped   ? N_("wage capped at 3 x %1 x %2 months x %3 (12 years at most)")
                          : pay->lifted ? N_("wage lifted to the minimum wage %1 x %2 months x %3")
                                        : N_("average wage %1 x %2 months x %3");

    counting_formula(counting, line, formula,
                     yuan_text(counting, pay->capped ? figure_month(counting, &pay->ceiling) : pay->average),
                     quantity_text(counting, halves * CLAIM_WHOLE / HALVES), number_text(counting, times), NULL);
    counting_base(counting, line, &pay->ceiling, N_("the year before the relation ended"));
    counting_base(counting, line, &pay->minimum, N_("the day on which the relation ended"));
}

static void compensation_line(struct counting *counting, const Claim__Compensation *asked, uint32_t halves)
{
    const bool unlawful = asked->unlawful == CLAIM__FACT__FACT_YES;
    const uint32_t times = unlawful ? UNLAWFUL_TIMES : 1;
    struct pay pay;

    if (!pay_known(counting, asked, &pay))
        return;
    halves = halves_paid(&pay, halves);
    Claim__Line *line =
        counting_line(counting, unlawful ? CLAIM__ITEM__ITEM_UNLAWFUL_ENDING : CLAIM__ITEM__ITEM_COMPENSATION,
                      unlawful ? ARTICLE_UNLAWFUL : ARTICLE_COMPENSATION);
    describe(counting, line, &pay, halves, times);
    if (pay.capped)
        counting_amount(counting, line, pay.ceiling.fen, (int64_t)CEILING_TIMES * halves * times,
                        figure_months(&pay.ceiling) * HALVES);
    else
        counting_amount(counting, line, pay.average, (int64_t)halves * times, HALVES);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

static void notice_line(struct counting *counting, const Claim__Compensation *asked)
{
    if (asked->no_notice != CLAIM__FACT__FACT_YES)
        return;
    if (!asked->last_month_fen) {
        counting_missing(counting, "last_month_fen", N_("a month's pay instead of notice is that of the last month"),
                         N_("enter the pay of the month before the end"), NULL);
        return;
    }
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_NOTICE_PAY, ARTICLE_NOTICE);
    counting_formula(counting, line, N_("pay of the last month %1"), yuan_text(counting, asked->last_month_fen), NULL);
    counting_amount(counting, line, asked->last_month_fen, 1, 1);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
}

/* ---- service before the law was in force ---- */

static void before_line(struct counting *counting, const Claim__Compensation *asked)
{
    Claim__Line *line = counting_line(counting, CLAIM__ITEM__ITEM_COMPENSATION, ARTICLE_BEFORE);

    counting_formula(counting, line, N_("before 2008-01-01: %1 a month x %2 months, by %3"),
                     yuan_text(counting, asked->before_wage_fen),
                     quantity_text(counting, asked->before_months_hundredths), asked->before_rule, NULL);
    counting_amount(counting, line, asked->before_wage_fen, asked->before_months_hundredths, CLAIM_WHOLE);
    line->payer = CLAIM__PAYER__PAYER_EMPLOYER;
    line->unverified = true; /* the rule is the asker's word */
}

/* Whether, for how many months and from which wage differed by ground and place: nothing of it is assumed. */
static void before_counted(struct counting *counting, const Claim__Compensation *asked)
{
    const bool whole = asked->before_months_hundredths && asked->before_wage_fen && asked->before_rule[0];

    if (asked->before_owed == CLAIM__FACT__FACT_NONE)
        counting_missing(counting, "before_owed",
                         N_("the years before 2008-01-01 follow the rules of that time (Labour Contract Law 97)"),
                         N_("say whether these gave compensation for such an ending"), NULL);
    else if (asked->before_owed == CLAIM__FACT__FACT_NO)
        counting_not_due(counting, CLAIM__ITEM__ITEM_COMPENSATION,
                         N_("the rules before 2008-01-01 gave none for the years until then"), ARTICLE_BEFORE, NULL);
    else if (!whole)
        counting_missing(counting, "before_months_hundredths",
                         N_("what the rules before 2008-01-01 gave for the years until then is not known"),
                         N_("enter months, wage a month and the rule with its article"), NULL);
    else
        before_line(counting, asked);
}

/* ---- the claim ---- */

static bool ground_known(struct counting *counting, const Claim__Compensation *asked)
{
    if (asked->ground > GROUNDS)
        counting_refuse(counting, "ground", N_("Labour Contract Law 46 has seven items"), N_("enter 1 to 7"));
    else if (!asked->ground && asked->unlawful != CLAIM__FACT__FACT_YES)
        counting_missing(counting, "ground", N_("compensation is owed on seven grounds only: which one is not said"),
                         N_("enter the item of Labour Contract Law 46, or that the ending was unlawful"), NULL);
    return asked->ground <= GROUNDS && (asked->ground || asked->unlawful == CLAIM__FACT__FACT_YES);
}

void compensation_count(struct counting *counting, const Claim__Compensation *asked)
{
    int32_t from = asked->from_day;

    notice_line(counting, asked);
    if (!asked->from_day || !asked->until_day) {
        counting_missing(counting, "from_day", N_("how long the relation lasted is not known"),
                         N_("enter its first and last day"), NULL);
        return;
    }
    if (asked->until_day < from) {
        counting_refuse(counting, "until_day", N_("the relation ended before it began"), N_("exchange the two days"));
        return;
    }
    if (!ground_known(counting, asked))
        return;
    /* Damages for an unlawful ending count from the first day of work (Implementation Regulation 25). */
    const bool whole = asked->unlawful == CLAIM__FACT__FACT_YES && asked->until_day >= first_counted_day();
    if (from < first_counted_day() && !whole) {
        before_counted(counting, asked);
        from = first_counted_day();
    }
    if (from <= asked->until_day)
        compensation_line(counting, asked, half_months(from, asked->until_day));
}
