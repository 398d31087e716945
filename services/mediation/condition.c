/* SPDX-License-Identifier: Apache-2.0
 *
 * Condition: the predicates.
 */
#include "services/mediation/condition.h"

static Mediation__Answered known(bool holds)
{
    return holds ? FACT_YES : FACT_NO;
}

static Mediation__Answered not(Mediation__Answered answer)
{
    return answer == FACT_UNSAID ? FACT_UNSAID : known(answer == FACT_NO);
}

/* ---- the agreement ---- */

static Mediation__Answered in_effect(const struct enforcement_facts *facts)
{
    return known(facts->effect_day != 0);
}

static Mediation__Answered labour(const struct enforcement_facts *facts)
{
    return known(facts->labour);
}

static Mediation__Answered presided(const struct enforcement_facts *facts)
{
    if (!facts->labour)
        return FACT_YES;
    if (facts->said.presided == ROUTE__BODY__BODY_NONE)
        return FACT_UNSAID;
    return known(facts->said.presided == ROUTE__BODY__BODY_PEOPLES_COMMITTEE);
}

static Mediation__Answered payment_only(const struct enforcement_facts *facts)
{
    return facts->said.payment_only;
}

static Mediation__Answered payment_in_labour(const struct enforcement_facts *facts)
{
    return facts->labour ? facts->said.payment_only : FACT_YES;
}

/* Who only promises payment confirms nothing else. */
static Mediation__Answered no_relation(const struct enforcement_facts *facts)
{
    return facts->said.payment_only == FACT_YES ? FACT_YES : not(facts->said.confirms_relation);
}

static Mediation__Answered claim_is(const struct enforcement_facts *facts, bool holds)
{
    return facts->said.claim == ROUTE__CLAIM__CLAIM_NONE ? FACT_UNSAID : known(holds);
}

static Mediation__Answered statutory_claim(const struct enforcement_facts *facts)
{
    return claim_is(facts, facts->said.claim != ROUTE__CLAIM__CLAIM_OTHER);
}

static Mediation__Answered arrears(const struct enforcement_facts *facts)
{
    return claim_is(facts, facts->said.claim == ROUTE__CLAIM__CLAIM_ARREARS);
}

static Mediation__Answered pay_in_labour(const struct enforcement_facts *facts)
{
    return facts->labour ? arrears(facts) : FACT_YES;
}

/* ---- its performance ---- */

/* Before an agreement has effect, no row says when what is claimed was due. */
static Mediation__Answered overdue(const struct enforcement_facts *facts)
{
    const struct enforcement_due *due = enforcement_open(facts);

    if (!facts->effect_day)
        return facts->said.breach;
    return known(due && due->day < facts->today);
}

static Mediation__Answered breach(const struct enforcement_facts *facts)
{
    return facts->said.breach == FACT_YES ? FACT_YES : overdue(facts);
}

static Mediation__Answered unpaid(const struct enforcement_facts *facts)
{
    return known(!facts->effect_day || enforcement_open(facts));
}

/* ---- the parties ---- */

static Mediation__Answered joint(const struct enforcement_facts *facts)
{
    return facts->said.both_apply;
}

static Mediation__Answered identified(const struct enforcement_facts *facts)
{
    return facts->said.respondent_identified;
}

static Mediation__Answered no_counter_duty(const struct enforcement_facts *facts)
{
    return not(facts->said.counter_duty);
}

static Mediation__Answered deliverable(const struct enforcement_facts *facts)
{
    return facts->said.deliverable;
}

static Mediation__Answered no_preservation(const struct enforcement_facts *facts)
{
    return not(facts->said.preservation);
}

static Mediation__Answered undisputed(const struct enforcement_facts *facts)
{
    return not(facts->said.disputed);
}

static Mediation__Answered debtor_accepts(const struct enforcement_facts *facts)
{
    return facts->said.debtor_accepts;
}

static Mediation__Answered iou(const struct enforcement_facts *facts)
{
    return facts->said.iou;
}

static Mediation__Answered title(const struct enforcement_facts *facts)
{
    return facts->said.title;
}

static Mediation__Answered no_title(const struct enforcement_facts *facts)
{
    return not(facts->said.title);
}

/* ---- the conditions ---- */

static const char ASK_PAYMENT_ONLY[] = N_("does the agreement hold duties of payment only?");
static const char ASK_TITLE[] = N_("is there a document in force that a court enforces?");
static const char ASK_BREACH[] = N_("is a payment, or another duty, overdue?");
static const char ASK_CLAIM[] = N_("is it about arrears of pay, medical cost of an injury, compensation, or something "
                                   "else?");

const struct enforcement_condition CONDITION_IN_EFFECT = {
    .holds = in_effect,
    .reason = N_("no agreement has effect yet"),
    .remedy = N_("have it signed and sealed first"),
    .article = N_("PML 29"),
};

const struct enforcement_condition CONDITION_LABOUR = {
    .holds = labour,
    .reason = N_("this is no labour dispute"),
    .remedy = N_("take a route that is open to any dispute"),
};

const struct enforcement_condition CONDITION_JOINT = {
    .holds = joint,
    .fact = "both_apply",
    .question = N_("do both sides apply together?"),
    .reason = N_("one side alone cannot apply"),
    .remedy = N_("win the other side over, or take a route of one side"),
};

const struct enforcement_condition CONDITION_PRESIDED = {
    .holds = presided,
    .fact = "presided",
    .question =
        N_("which body presided: a people's mediation committee, an enterprise's committee, or a township's body?"),
    .reason = N_("in labour disputes the court confirms only what a people's mediation committee mediated"),
    .remedy = N_("ask for an arbitration review"),
    .article = N_("Labour Interpretation (I) 52"),
};

const struct enforcement_condition CONDITION_PAYMENT_ONLY = {
    .holds = payment_only,
    .fact = "payment_only",
    .question = ASK_PAYMENT_ONLY,
    .reason = N_("the agreement holds other duties than payment"),
    .remedy = N_("put the duties of payment into an agreement of their own"),
};

const struct enforcement_condition CONDITION_PAYMENT_IN_LABOUR = {
    .holds = payment_in_labour,
    .fact = "payment_only",
    .question = ASK_PAYMENT_ONLY,
    .reason = N_("the agreement on a labour dispute holds other duties than payment"),
    .remedy = N_("ask for an arbitration review"),
    .article = N_("Labour Interpretation (I) 52"),
};

const struct enforcement_condition CONDITION_IDENTIFIED = {
    .holds = identified,
    .fact = "respondent_identified",
    .question = N_("is the respondent identified, by registration or identity number?"),
    .reason = N_("the respondent is not identified"),
    .remedy = N_("find out who it is first; labour inspection can help"),
    .article = N_("CPL Interpretation 354"),
};

const struct enforcement_condition CONDITION_NO_RELATION = {
    .holds = no_relation,
    .fact = "confirms_relation",
    .question = N_("does the agreement confirm a labour relation?"),
    .reason = N_("an agreement that confirms a labour relation is not reviewed"),
    .remedy = N_("have the relation settled by arbitration"),
    .article = N_("Order 33 Art. 75"),
};

const struct enforcement_condition CONDITION_NO_TITLE = {
    .holds = no_title,
    .fact = "title",
    .question = ASK_TITLE,
    .reason = N_("there is a document already that a court enforces"),
    .remedy = N_("ask for enforcement"),
};

const struct enforcement_condition CONDITION_STATUTORY_CLAIM = {
    .holds = statutory_claim,
    .fact = "claim",
    .question = ASK_CLAIM,
    .reason = N_("it is not about arrears of pay, medical cost of an injury, or compensation"),
    .remedy = N_("ask for arbitration"),
};

const struct enforcement_condition CONDITION_ARREARS = {
    .holds = arrears,
    .fact = "claim",
    .question = ASK_CLAIM,
    .reason = N_("it is not about arrears of pay"),
    .remedy = N_("ask for arbitration"),
};

const struct enforcement_condition CONDITION_PAY_IN_LABOUR = {
    .holds = pay_in_labour,
    .fact = "claim",
    .question = ASK_CLAIM,
    .reason = N_("in labour disputes only an agreement on pay leads straight to court"),
    .remedy = N_("ask for arbitration"),
    .article = N_("Labour Interpretation (I) 51"),
};

const struct enforcement_condition CONDITION_BREACH = {
    .holds = breach,
    .fact = "breach",
    .question = ASK_BREACH,
    .reason = N_("the agreement is kept so far"),
    .remedy = N_("come back when a duty is overdue"),
    .opens = true,
};

const struct enforcement_condition CONDITION_OVERDUE = {
    .holds = overdue,
    .fact = "breach",
    .question = ASK_BREACH,
    .reason = N_("no payment is overdue"),
    .remedy = N_("come back when a payment is overdue"),
    .article = N_("CPL Interpretation 427"),
    .opens = true,
};

const struct enforcement_condition CONDITION_NO_COUNTER_DUTY = {
    .holds = no_counter_duty,
    .fact = "counter_duty",
    .question = N_("does the creditor owe the debtor something in return, or is there another debt between them?"),
    .reason = N_("there is a duty in return or another debt"),
    .remedy = N_("ask for arbitration or sue"),
    .article = N_("CPL 225; CPL Interpretation 427"),
};

const struct enforcement_condition CONDITION_DELIVERABLE = {
    .holds = deliverable,
    .fact = "deliverable",
    .question = N_("is the debtor in China and found, so that an order can be delivered?"),
    .reason = N_("an order cannot be delivered to the debtor"),
    .remedy = N_("ask for arbitration or sue"),
    .article = N_("CPL 225; CPL Interpretation 427"),
};

const struct enforcement_condition CONDITION_NO_PRESERVATION = {
    .holds = no_preservation,
    .fact = "preservation",
    .question = N_("was a court asked to preserve property before a suit?"),
    .reason = N_("a court was asked to preserve property before a suit"),
    .remedy = N_("ask for arbitration or sue"),
    .article = N_("CPL Interpretation 427"),
};

const struct enforcement_condition CONDITION_UNDISPUTED = {
    .holds = undisputed,
    .fact = "disputed",
    .question = N_("do the parties still dispute the matter?"),
    .reason = N_("the parties dispute the matter"),
    .remedy = N_("agree first"),
    .article = N_("Notary Law 31(4)"),
};

const struct enforcement_condition CONDITION_DEBTOR_ACCEPTS = {
    .holds = debtor_accepts,
    .fact = "debtor_accepts",
    .question = N_("does the debtor declare that he accepts enforcement?"),
    .reason = N_("the debtor does not accept enforcement"),
    .remedy = N_("ask the court to confirm the agreement"),
    .article = N_("Notary Law 37"),
};

const struct enforcement_condition CONDITION_IOU = {
    .holds = iou,
    .fact = "iou",
    .question = N_("is there a written IOU for the wages, and no other labour question?"),
    .reason = N_("there is no written IOU for the wages, or another labour question beside it"),
    .remedy = N_("ask for arbitration"),
    .article = N_("Labour Interpretation (I) 15"),
};

const struct enforcement_condition CONDITION_TITLE = {
    .holds = title,
    .fact = "title",
    .question = ASK_TITLE,
    .reason = N_("the agreement alone is not enforced"),
    .remedy = N_("take a route that leads to a document which a court enforces"),
};

const struct enforcement_condition CONDITION_UNPAID = {
    .holds = unpaid,
    .reason = N_("nothing is left to be paid"),
    .remedy = N_("close the case"),
};
