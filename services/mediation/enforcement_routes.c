/* SPDX-License-Identifier: Apache-2.0
 *
 * Enforcement: the table of routes.
 *
 * PML: People's Mediation Law 2010. LDMAL: Labour Dispute Mediation and Arbitration Law 2008. LCL: Labour Contract Law.
 * CPL: Civil Procedure Law 2023; CPL Interpretation: of the Supreme People's Court, 2022. Labour Interpretation (I): of
 * the Supreme People's Court, 2020. Fa Shi [2011] 5: on the confirmation of mediation agreements. SPC 2018: on the
 * enforcement of notarised documents of debt. Order 33 of 2017: arbitration rules. Order 17 of 2011: enterprise
 * mediation. Notarisation Procedure Rules, seen in excerpts only: unverified.
 */
#include "common/base/text.h"
#include "services/mediation/condition.h"

#define DAYS TIAOJIE__PROCEDURE__UNIT__UNIT_DAYS
#define YEARS TIAOJIE__PROCEDURE__UNIT__UNIT_YEARS
#define BAR ROUTE__EFFECT__EFFECT_BAR
#define OBJECTION ROUTE__EFFECT__EFFECT_OBJECTION
#define WARNING ROUTE__EFFECT__EFFECT_WARNING

static const char THE_AGREEMENT[] = N_("the mediation agreement");
static const char ORDER_APPLICATION[] = N_("written application with the amount, the facts and the evidence");
static const char ORDER_COURSE[] =
    N_("the court answers within 5 days and issues or dismisses within 15 of acceptance; the order lapses unless it is "
       "delivered within 30 days; the debtor pays or objects in writing within 15 days of receipt (CPL 226, 227; CPL "
       "Interpretation 428, 430)");

const struct enforcement_route ENFORCEMENT_ROUTES[] = {
    {
        .ordinal = 1,
        .name = N_("judicial-confirmation"),
        .text = N_("both sides ask the court to confirm the agreement"),
        .article = N_("CPL 205; PML 33"),
        .gives_title = true,
        .conditions = {&CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_IDENTIFIED, &CONDITION_PRESIDED,
                       &CONDITION_PAYMENT_IN_LABOUR, &CONDITION_JOINT},
        .limits = {{FROM_EFFECT, 30, DAYS, BAR, N_("CPL 205; PML 33")}},
        .papers = {{THE_AGREEMENT, N_("CPL Interpretation 354"), false},
                   {N_("proof that the committee presided"), N_("CPL Interpretation 354"), false},
                   {N_("identity, address and contact of both sides"), N_("CPL Interpretation 354"), false},
                   {N_("proof of property rights, where they are concerned"), N_("CPL Interpretation 354"), false},
                   {N_("application form, proof of qualification, power of attorney; an oral application is recorded"),
                    N_("Fa Shi [2011] 5 Art. 3; CPL Interpretation 353"), false}},
        .follows =
            N_("the court decides on acceptance within 3 days and on the agreement within 15 (Fa Shi [2011] 5 "
               "Art. 4, 5), at the latest within 30 of filing (CPL 187); what it confirms is enforced (CPL 206)"),
        .fails = N_("refused or dismissed: change the agreement, make a new one, or sue (CPL 206)"),
    },
    {
        .ordinal = 2,
        .name = N_("arbitration-review"),
        .text = N_("both sides ask the labour arbitration commission to review the agreement"),
        .article = N_("Order 33 Art. 74; Order 17 Art. 27"),
        .gives_title = true,
        .conditions = {&CONDITION_LABOUR, &CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_NO_RELATION,
                       &CONDITION_JOINT},
        .limits = {{FROM_EFFECT, 15, DAYS, BAR, N_("Order 33 Art. 74; Order 17 Art. 27")}},
        .papers = {{N_("joint application"), N_("Order 33 Art. 74"), false},
                   {THE_AGREEMENT, N_("Order 33 Art. 74"), false},
                   {N_("identity and qualification of both sides, with addresses and telephones"),
                    N_("Order 33 Art. 74"), false},
                   {N_("proof that belongs to the agreement"), N_("Order 33 Art. 74"), false}},
        .follows =
            N_("the commission finishes within 5 working days of acceptance, extendable by 5 (Order 33 Art. 76); "
               "a mediation document that both sign for is enforced (Order 33 Art. 77)"),
        .fails = N_("written notice that none is made (Order 33 Art. 78): arbitration stays open, and its award may "
                    "follow the agreement (Order 17 Art. 28)"),
    },
    {
        .ordinal = 3,
        .name = N_("payment-order"),
        .text = N_("the worker asks the court for a payment order on the mediation agreement"),
        .article = N_("LDMAL 16; CPL 225"),
        .gives_title = true,
        .conditions = {&CONDITION_LABOUR, &CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_STATUTORY_CLAIM,
                       &CONDITION_OVERDUE, &CONDITION_DELIVERABLE, &CONDITION_NO_COUNTER_DUTY,
                       &CONDITION_NO_PRESERVATION},
        .papers = {{ORDER_APPLICATION, N_("CPL Interpretation 427"), false}, {THE_AGREEMENT, N_("LDMAL 16"), false}},
        .follows = ORDER_COURSE,
        .fails =
            N_("when the order falls, the worker may sue on the mediation agreement at once (Labour Interpretation "
               "(I) 13)"),
    },
    {
        .ordinal = 4,
        .name = N_("wage-payment-order"),
        .text = N_("the worker asks the court for a payment order on the wages themselves"),
        .article = N_("LCL 30; CPL 225"),
        .gives_title = true,
        .conditions = {&CONDITION_LABOUR, &CONDITION_NO_TITLE, &CONDITION_ARREARS, &CONDITION_OVERDUE,
                       &CONDITION_DELIVERABLE, &CONDITION_NO_COUNTER_DUTY, &CONDITION_NO_PRESERVATION},
        .papers = {{ORDER_APPLICATION, N_("CPL Interpretation 427"), false}},
        .follows = ORDER_COURSE,
        .fails = N_("when the order falls, arbitration comes before a suit (Labour Interpretation (I) 13)"),
    },
    {
        .ordinal = 5,
        .name = N_("notarisation"),
        .text = N_("both sides have a notary give the debt enforcement effect"),
        .article = N_("Notary Law 37; CPL 249"),
        .gives_title = true,
        .conditions = {&CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_PAYMENT_ONLY, &CONDITION_UNDISPUTED,
                       &CONDITION_DEBTOR_ACCEPTS, &CONDITION_JOINT},
        .papers = {{THE_AGREEMENT, N_("Notary Law 27, 28"), false},
                   {N_("identity of both sides and sufficient proof"), N_("Notary Law 27, 28"), false},
                   {N_("the debtor's declaration that he accepts enforcement"), N_("Notary Law 37"), false},
                   {N_("a clear debt with manner and time, and how the notary verifies performance"),
                    N_("Notarisation Procedure Rules 39"), true}},
        .follows = N_("issued within 15 working days of acceptance (Notary Law 30); after a breach the notary's "
                      "enforcement certificate goes to the court of the debtor's domicile or property (SPC 2018 Art. "
                      "2, 3)"),
        .fails =
            N_("without a certificate: suit (SPC 2018 Art. 8); when the court refuses enforcement: reconsideration "
               "within 10 days, then suit (SPC 2018 Art. 7)"),
    },
    {
        .ordinal = 6,
        .name = N_("arbitration"),
        .text = N_("a side asks for labour arbitration, because the agreement is not kept"),
        .article = N_("LDMAL 15"),
        .gives_title = true,
        .conditions = {&CONDITION_LABOUR, &CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_BREACH},
        .limits = {{FROM_BREACH, 1, YEARS, OBJECTION, N_("LDMAL 27; Order 17 Art. 31")}},
        .papers = {{N_("written application with copies; an oral one is recorded"), N_("LDMAL 28; Order 33 Art. 29"),
                    false}},
        .follows = N_("accepted or refused within 5 working days (LDMAL 29), decided within 45 days (LDMAL 43); the "
                      "award may follow the agreement (Order 17 Art. 28); pay is not limited while the relation lasts "
                      "(LDMAL 27)"),
        .fails = N_("refused, or no answer in time: suit (LDMAL 29)"),
    },
    {
        .ordinal = 7,
        .name = N_("suit-on-agreement"),
        .text = N_("a side sues on the agreement"),
        .article = N_("PML 32; Labour Interpretation (I) 51"),
        .gives_title = true,
        .conditions = {&CONDITION_IN_EFFECT, &CONDITION_NO_TITLE, &CONDITION_PAY_IN_LABOUR,
                       &CONDITION_PAYMENT_IN_LABOUR, &CONDITION_BREACH},
        .limits = {{FROM_LAST_DUE, 3, YEARS, OBJECTION, N_("Civil Code 188, 189")}},
        .papers = {{THE_AGREEMENT, "", false}},
        .follows = N_("an ordinary civil suit; who claims wages need not prepay the fee (Measures on Court Fees 20)"),
        .fails = N_("what goes beyond pay needs arbitration first (LDMAL 15)"),
    },
    {
        .ordinal = 8,
        .name = N_("suit-on-iou"),
        .text = N_("the worker sues on a written IOU for the wages"),
        .article = N_("Labour Interpretation (I) 15"),
        .gives_title = true,
        .conditions = {&CONDITION_LABOUR, &CONDITION_NO_TITLE, &CONDITION_ARREARS, &CONDITION_IOU},
        .papers = {{N_("the IOU"), N_("Labour Interpretation (I) 15"), false}},
        .follows = N_("an ordinary civil suit; who claims wages need not prepay the fee (Measures on Court Fees 20)"),
        .fails = N_("with another labour question in it: arbitration first (Labour Interpretation (I) 15)"),
    },
    {
        .ordinal = 9,
        .name = N_("enforcement"),
        .text = N_("the court enforces the document that is in force"),
        .article = N_("CPL 250"),
        .conditions = {&CONDITION_TITLE, &CONDITION_UNPAID, &CONDITION_BREACH},
        .limits = {{FROM_EACH_DUE, 2, YEARS, WARNING, N_("SPC 2018 Art. 9")},
                   {FROM_LAST_DUE, 2, YEARS, OBJECTION, N_("CPL 250; CPL Interpretation 481")}},
        .papers = {{N_("the document in force: ruling, order, mediation document, award, judgment or enforcement "
                       "certificate"),
                    "", false}},
        .follows = N_("counted from the days that the document sets, which are taken to be the agreement's; after the "
                      "end of the time the court still enforces, unless the debtor objects (CPL Interpretation 481)"),
        .fails = N_("the claim stays; of a notarised debt: suit on the substance (SPC 2018 Art. 22)"),
    },
    {
        .ordinal = 10,
        .name = N_("labour-inspection"),
        .text = N_("the worker complains to the labour inspection of the place of employment"),
        .article = N_("LDMAL 9; Labour Inspection Regulation 13"),
        .conditions = {&CONDITION_LABOUR, &CONDITION_STATUTORY_CLAIM, &CONDITION_UNPAID},
        .papers = {{N_("complaint with the data of both sides, facts and requests"), "", false}},
        .follows = N_("it looks back two years from the act, or from the end of a continuing one (Labour Inspection "
                      "Regulation 20), and orders payment; unpaid: 50 to 100 percent more (Labour Inspection "
                      "Regulation 26), enforced by the court (Regulation on Wages of Migrant Workers 42)"),
        .fails = N_("refused or not competent: arbitration or suit stays open"),
    },
    {.ordinal = 0},
};
