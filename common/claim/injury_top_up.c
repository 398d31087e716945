/* SPDX-License-Identifier: Apache-2.0
 *
 * Injury top-up: the employer declared less than the worker earned, so the fund pays less; the employer owes the
 * difference where the place has such a rule (Guangdong 56, Zhejiang 33).
 *
 * The claim is counted a second time as the fund sees it, with the declared wage: so floors, ceilings and the
 * dependants' cap apply to both sums, and what the employer owes is their difference.
 */
#include "common/claim/injury.h"

#include <assert.h>

/* Nothing is less than what nobody knows. */
static bool is_wage_known(struct injury *injury)
{
    const Claim__Injury *asked = injury->asked;

    return counting_average(injury->counting, "wages_fen", asked->wages_fen, asked->n_wages_fen, asked->own_wage_fen) !=
           0;
}

/* The claim as the fund sees it: line for line the same, since it has a declared wage where an own one is known, and
 * only there. */
static void count_declared(struct injury *injury, Claim__Sheet *sheet)
{
    struct counting counting = *injury->counting;
    Claim__Injury declared = *injury->asked;
    struct injury again = {.counting = &counting, .asked = &declared, .fund = injury->fund};

    claim__sheet__init(sheet);
    counting.sheet = sheet;
    declared.n_wages_fen = 0;
    declared.own_wage_fen = injury->asked->declared_wage_fen;
    if (injury->asked->wage_before_ending_fen && injury->asked->declared_before_ending_fen)
        declared.wage_before_ending_fen = injury->asked->declared_before_ending_fen;
    injury_benefits(&again);
    injury->counting->status = counting.status;
}

/* NULL: no rule of the place is loaded, and it is asked for. */
static const Claim__InjuryRules *rules_of(struct injury *injury)
{
    struct counting *counting = injury->counting;
    const Claim__InjuryRules *rules = bases_injury_rules(counting->bases, counting->place, injury->asked->injury_day);

    if (rules && rules->top_up_article[0])
        return rules;
    counting_missing(counting, "injury_rules.top_up_article",
                     N_("no rule is loaded for place %1 by which the employer makes good an under-declared wage"),
                     N_("load the place's rule with its article by `tiaojie-admin base load`"),
                     text_print(counting->arena, "%06u", counting->place), NULL);
    return NULL;
}

/* A line of the claim becomes what the fund pays of it; the difference stands in a line of its own. */
static void divide(struct injury *injury, Claim__Line *line, const Claim__Line *by_declared)
{
    struct counting *counting = injury->counting;
    const Claim__InjuryRules *rules = rules_of(injury);
    const int64_t whole = line->amount_fen;

    line->amount_fen = by_declared->amount_fen;
    line->formula = by_declared->formula;
    line->values = by_declared->values;
    line->n_values = by_declared->n_values;
    line->note = N_("the fund pays by the wage that was declared");
    if (!rules)
        return;
    Claim__Line *top_up = counting_line(counting, CLAIM__ITEM__ITEM_TOP_UP, rules->top_up_article);
    counting_formula(counting, top_up, N_("%1 by the own wage less %2 by the wage that was declared"),
                     yuan_text(counting, whole), yuan_text(counting, line->amount_fen), NULL);
    top_up->name = line->name;
    top_up->of = line->item;
    top_up->amount_fen = whole - line->amount_fen;
    top_up->monthly = line->monthly;
    top_up->payer = CLAIM__PAYER__PAYER_EMPLOYER;
    top_up->unverified = line->unverified || rules->unverified;
    top_up->provisional = line->provisional;
    top_up->bases = line->bases;
    top_up->n_bases = line->n_bases;
}

/* Where the subsidy goes by the higher of two wages, the fund's part needs the declared one of the second too. */
static bool fund_knows(struct injury *injury, const Claim__Line *line)
{
    const Claim__Injury *asked = injury->asked;

    if (line->item != CLAIM__ITEM__ITEM_MEDICAL_SUBSIDY || !asked->wage_before_ending_fen ||
        asked->declared_before_ending_fen)
        return true;
    counting_missing(injury->counting, "declared_before_ending_fen",
                     N_("which wage was declared in the months before the end of the contract is not known"),
                     N_("enter the average contribution wage of these months as it was declared"), NULL);
    return false;
}

void injury_top_up(struct injury *injury)
{
    Claim__Sheet *sheet = injury->counting->sheet, declared;
    const size_t count = sheet->n_lines;

    if (injury->fund != CLAIM__PAYER__PAYER_FUND || !count || !is_wage_known(injury))
        return;
    count_declared(injury, &declared);
    if (injury->counting->status != OK)
        return;
    assert(declared.n_lines == count);
    for (size_t i = 0; i < count; i++) {
        Claim__Line *line = sheet->lines[i];
        if (line->payer != CLAIM__PAYER__PAYER_FUND || declared.lines[i]->amount_fen >= line->amount_fen)
            continue;
        if (fund_knows(injury, line))
            divide(injury, line, declared.lines[i]);
        else
            line->payer = CLAIM__PAYER__PAYER_NONE;
    }
}
