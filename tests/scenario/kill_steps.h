/* SPDX-License-Identifier: Apache-2.0
 *
 * Kill: what one dispute goes through, from the application to its end: one command or question of a person a step. A
 * command must be accepted. A question is asked until its answer is the one wanted: one service waits for another's
 * news there.
 *
 * Texts hold <name> where a value of the dispute belongs: amounts by the dispute's number, so that no two are alike.
 */
#pragma once
#include <stdbool.h>

enum who { CLERK, MEDIATOR, PEOPLE };

enum about { THE_OFFICE, THE_APPLICATION, THE_CASE };

struct step {
    enum who who;
    const char *service, *name;
    enum about about;
    const char *body;   /* JSON; NULL: empty */
    const char *path;   /* a question's: where in its answer */
    const char *wanted; /* what must stand there; NULL: any number over 0 */
    bool learns_case;   /* that number is the case's */
    bool later;         /* only after the day on which the second instalment was due */
};

#define REGISTERED                                                                                                     \
    "{\"dispute\": {\"kind\": \"labour-wages\", \"place\": 440305, \"papers\": [\"application\", \"identity "          \
    "papers\"], "                                                                                                      \
    "\"summary\": \"两个月工资未付\", \"claims\": ["                                                            \
    "{\"worker\": {\"name\": \"李明\", \"identity_number\": \"<worker>\"}, \"amount_fen\": <one>}, "                 \
    "{\"worker\": {\"name\": \"王芳\", \"identity_number\": \"<shared worker>\"}, \"amount_fen\": <two>}], "         \
    "\"parties\": [{\"role\": \"respondent\", \"name\": \"云川劳务第<one>队\"}]}}"

#define DRAFTED                                                                                                        \
    "{\"portions\": [{\"claim\": 1, \"amount_fen\": <one>}, {\"claim\": 2, \"amount_fen\": <two>}], \"instalments\": " \
    "[{\"due_day\": <soon>, \"amount_fen\": 40000}, {\"due_day\": <soon>, \"amount_fen\": 60000}, "                    \
    "{\"due_day\": <late>, \"amount_fen\": <rest>}], \"terms\": \"分三期支付\"}"

/* One step a paragraph, which the formatter would not keep. */
/* clang-format off */
static const struct step STEPS[] = {
    {CLERK, "intake", "application register", THE_OFFICE, .body = REGISTERED},
    {CLERK, "intake", "application supplement", THE_APPLICATION, .body = "{\"papers\": [\"proof of the claims\"]}"},
    {CLERK, "intake", "application accept", THE_APPLICATION, .body = NULL},
    {CLERK, "intake", "application show", THE_APPLICATION, .path = "application.case_id", .learns_case = true},
    {CLERK, "mediation", "case consent", THE_CASE, .body = "{\"party\": 1, \"consents\": true}"},
    {CLERK, "assignment", "assignment explain", THE_CASE, .path = "state", .wanted = "open"},
    {CLERK, "assignment", "assignment propose", THE_CASE, .body = NULL},
    {MEDIATOR, "assignment", "assignment accept", THE_CASE, .body = NULL},
    {MEDIATOR, "mediation", "case show", THE_CASE, .path = "mediator"},
    {MEDIATOR, "mediation", "session open", THE_CASE, .body = "{\"place\": \"调解室\", \"closed\": true}"},
    {MEDIATOR, "mediation", "session record", THE_CASE, .body = "{\"ordinal\": 1, \"record\": \"双方核对考勤\"}"},
    {MEDIATOR, "mediation", "agreement draft", THE_CASE, .body = DRAFTED},
    {MEDIATOR, "mediation", "agreement consent", THE_CASE, .body = "{\"consents\": true}"},
    {MEDIATOR, "mediation", "agreement sign", THE_CASE, .body = "{\"parties\": [1], \"claims\": [1, 2]}"},
    {MEDIATOR, "mediation", "agreement sign", THE_CASE, .body = "{\"mediator\": true}"},
    {CLERK, "mediation", "agreement seal", THE_CASE, .body = NULL},
    {CLERK, "mediation", "instalment paid", THE_CASE, .body = "{\"ordinal\": 1, \"amount_fen\": 40000}"},
    {CLERK, "mediation", "case show", THE_CASE, .later = true,
     .path = "agreement.instalments.1.state", .wanted = "overdue"},
    {CLERK, "mediation", "case follow", THE_CASE, .body = "{\"note\": \"已电话催告\"}"},
    {CLERK, "mediation", "instalment paid", THE_CASE, .body = "{\"ordinal\": 2, \"amount_fen\": 60000}"},
    {CLERK, "mediation", "instalment paid", THE_CASE, .body = "{\"ordinal\": 3, \"amount_fen\": <rest>}"},
    {CLERK, "mediation", "case close", THE_CASE, .body = NULL},
    {CLERK, "intake", "application show", THE_APPLICATION, .path = "application.outcome", .wanted = "performed"},
    {CLERK, "assignment", "assignment explain", THE_CASE, .path = "state", .wanted = "closed"},
};
/* clang-format on */

enum { STEP_COUNT = sizeof STEPS / sizeof *STEPS };
