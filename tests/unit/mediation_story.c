/* SPDX-License-Identifier: Apache-2.0
 *
 * The story up to each of its stations; every command in it must be accepted.
 */
#include "tests/unit/mediation_story.h"

#include "common/base/instant.h"

#include <cmocka.h>
#include <stdio.h>

static const char PROCEDURE[] =
    "{'name': 'test', 'kind': 'labour-wages', 'valid_from': '2011-01-01', 'states': [{'name': 'registered'},"
    " {'name': 'consented'}, {'name': 'mediating'}, {'name': 'in_session'}, {'name': 'drafted'}, {'name': 'agreed'},"
    " {'name': 'in_default'}, {'name': 'ended', 'final': true}],"
    "'steps': ["
    "{'name': 'case open', 'from': [''], 'to': 'registered', 'may': ['service'], 'guards': ['representatives_allowed'],"
    " 'starts': ['finish'], 'article': 'PML 17'},"
    "{'name': 'case consent', 'from': ['registered'], 'to': 'consented', 'may': ['clerk'],"
    " 'guards': ['respondent_consents'], 'article': 'PML 17'},"
    "{'name': 'case assign', 'from': ['consented'], 'to': 'mediating', 'may': ['service'], 'article': 'PML 19'},"
    "{'name': 'session open', 'from': ['mediating'], 'to': 'in_session', 'may': ['mediator'], 'article': 'PML 23'},"
    "{'name': 'session adjourn', 'from': ['in_session'], 'to': 'mediating', 'may': ['mediator'], 'article': 'PML 23'},"
    "{'name': 'session record', 'from': ['in_session'], 'may': ['mediator'], 'article': 'PML 27'},"
    "{'name': 'agreement draft', 'from': ['in_session', 'drafted'], 'to': 'drafted', 'may': ['mediator'],"
    " 'article': 'PML 29'},"
    "{'name': 'agreement consent', 'from': ['in_session', 'drafted'], 'may': ['mediator'], 'article': 'PML 3'},"
    "{'name': 'agreement sign', 'from': ['drafted'], 'may': ['mediator'], 'article': 'PML 29'},"
    "{'name': 'agreement seal', 'from': ['drafted'], 'to': 'agreed', 'may': ['head'], 'guards': ['all_sums_fixed',"
    " 'parties_signed', 'mediator_signed'], 'starts': ['confirmation', 'performance'], 'stops': ['finish'],"
    " 'article': 'PML 29'},"
    "{'name': 'instalment paid', 'from': ['agreed'], 'may': ['clerk'], 'stops': ['performance'], 'article': 'PML 31'},"
    "{'name': 'instalment paid', 'from': ['in_default'], 'to': 'agreed', 'may': ['clerk'],"
    " 'guards': ['nothing_overdue'], 'stops': ['performance'], 'article': 'PML 31'},"
    "{'name': 'instalment paid', 'from': ['in_default'], 'may': ['clerk'], 'stops': ['performance'],"
    " 'article': 'PML 31'},"
    "{'name': 'instalment default', 'from': ['agreed', 'in_default'], 'to': 'in_default', 'article': 'PML 31'},"
    "{'name': 'case routes', 'from': ['drafted', 'agreed', 'in_default'], 'may': ['clerk'], 'article': 'PML 26'},"
    "{'name': 'case follow', 'from': ['agreed', 'in_default'], 'may': ['clerk'], 'article': 'PML 31'},"
    "{'name': 'route choose', 'from': ['agreed', 'in_default'], 'may': ['clerk'], 'starts': ['route'],"
    " 'article': 'PML 33'},"
    "{'name': 'case close', 'from': ['agreed'], 'to': 'ended', 'may': ['clerk'], 'guards': ['performed'],"
    " 'article': 'PML 31'},"
    "{'name': 'case end', 'from': ['mediating', 'in_session', 'drafted', 'in_default'], 'to': 'ended', 'may': "
    "['clerk'],"
    " 'article': 'PML 26'},"
    "{'name': 'case refuse', 'from': ['registered', 'consented', 'mediating'], 'to': 'ended', 'may': ['clerk'],"
    " 'article': 'PML 17'},"
    "{'name': 'case withdraw', 'from': ['mediating', 'in_session'], 'to': 'ended', 'may': ['clerk'],"
    " 'article': 'PML 23'}],"
    "'clocks': ["
    "{'name': 'finish', 'number': 1, 'amount': 1, 'unit': 'months', 'start': 'registration', 'effect': 'duty',"
    " 'expiry_text': 'late', 'article': 'Order 75 Art. 33', 'unverified': true},"
    "{'name': 'confirmation', 'number': 3, 'amount': 30, 'unit': 'days', 'roll': 'day_off', 'start': 'effect',"
    " 'effect': 'bar', 'expiry_text': 'too late', 'article': 'PML 33'},"
    "{'name': 'performance', 'number': 4, 'unit': 'agreed', 'per_subject': true, 'start': 'effect', 'effect': 'duty',"
    " 'expiry_step': 'instalment default', 'expiry_text': 'overdue', 'article': 'PML 31'},"
    "{'name': 'route', 'number': 5, 'unit': 'agreed', 'per_subject': true, 'start': 'as the route says',"
    " 'effect': 'bar', 'expiry_text': 'too late', 'article': 'PML 33'}]}";

const char *body(struct stage *stage, const char *format, ...)
{
    enum { BODY_MAX = 8192 };
    char *text = arena_take(stage_arena(stage), BODY_MAX);
    va_list list;

    va_start(list, format);
    assert_true(vsnprintf(text, BODY_MAX, format, list) < BODY_MAX);
    va_end(list);
    return text;
}

int32_t on(const char *day)
{
    struct refusal refusal = {0};
    int32_t result = 0;

    assert_int_equal(day_parse(day, "day", &result, &refusal), OK);
    return result;
}

struct stage *story_new(void)
{
    struct stage *stage = stage_new(&MEDIATION, "2026-05-08");

    stage_context(stage)->place = 440305;
    given_procedure(stage, PROCEDURE);
    as_clerk(stage);
    return stage;
}

void as_clerk(struct stage *stage)
{
    stage_sender(stage, OFFICE, CLERK);
}

void as_mediator(struct stage *stage)
{
    stage_sender(stage, OFFICE, MEDIATES);
    stage_context(stage)->mediator = MEDIATOR;
}

void as_head(struct stage *stage)
{
    stage_sender(stage, OFFICE, HEAD);
}

static const char *claims_of(struct stage *stage)
{
    const char *claims = "";

    for (unsigned i = 1; i <= WORKERS; i++)
        claims = body(stage,
                      "%s%s{'worker': {'person': %u, 'name': {'sealed': 'AAECAw==', 'subject': %u}},"
                      " 'amount_fen': %d, 'work': 'formwork', 'representative': %s}",
                      claims, i > 1 ? "," : "", 1000 + i, 1000 + i, WAGE_FEN, i <= 2 ? "true" : "false");
    return claims;
}

uint64_t story_opened(struct stage *stage)
{
    const char *open = body(stage,
                            "{'application': 2051, 'office': %d, 'referral': 4099, 'dispute': {'kind': 'labour-wages',"
                            " 'place': 440305, 'language': 'hakka', 'claims': [%s], 'parties': [{'role': 'respondent',"
                            " 'name': 'Subcontractor', 'credit_code': '91350100M000100Y43'}, {'role': 'jointly_liable',"
                            " 'name': 'General contractor'}], 'summary': {'sealed': 'AAECAw==', 'subject': 9}}}",
                            OFFICE, claims_of(stage));

    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case open", OFFICE, open);
    then_event(stage, 0, "case opened");
    as_clerk(stage);
    return then_about(stage);
}

uint64_t story_mediating(struct stage *stage)
{
    const uint64_t id = story_opened(stage);

    when(stage, "case consent", id, "{'party': 1, 'consents': true}");
    then_event(stage, 0, "consent recorded");
    stage_sender(stage, OFFICE, 1u << TIAOJIE__ROLE__ROLE_SERVICE);
    when(stage, "case assign", id, body(stage, "{'mediator': %d, 'mediator_name': 'Li'}", MEDIATOR));
    then_event(stage, 0, "mediator assigned");
    as_clerk(stage);
    return id;
}

uint64_t story_in_session(struct stage *stage)
{
    const uint64_t id = story_mediating(stage);

    as_mediator(stage);
    when(stage, "session open", id, "{'place': 'room 2', 'closed': true}");
    then_event(stage, 0, "session opened");
    return id;
}

const char *draft_of(struct stage *stage, uint32_t first, uint32_t last, const char *more)
{
    const char *portions = "";

    for (uint32_t i = first; i <= last; i++)
        portions = body(stage, "%s%s{'claim': %u, 'amount_fen': %d}", portions, i > first ? "," : "", i, WAGE_FEN);
    return body(stage, "{'portions': [%s]%s}", portions, more);
}

uint64_t story_drafted(struct stage *stage)
{
    const uint64_t id = story_in_session(stage);
    const char *monthly = body(stage, ", 'monthly': {'count': 3, 'from_day': %d}", on("2026-05-31"));

    when(stage, "agreement consent", id, "{'claims': [12]}");
    then_event(stage, 0, "worker outside");
    when(stage, "agreement draft", id, draft_of(stage, 1, 11, monthly));
    then_event(stage, 0, "agreement drafted");
    return id;
}

uint64_t story_sealed(struct stage *stage)
{
    const uint64_t id = story_drafted(stage);

    when(stage, "agreement consent", id, "{'consents': true, 'representative': 1}");
    then_event(stage, 0, "worker consented");
    when(stage, "agreement sign", id, "{'parties': [1, 2], 'claims': [1], 'mediator': true}");
    then_event(stage, 0, "agreement signed");
    as_head(stage);
    when(stage, "agreement seal", id, "{}");
    then_event(stage, 0, "agreement sealed");
    as_clerk(stage);
    return id;
}

const MediationRows__Case *the_case(struct stage *stage, uint64_t id)
{
    return then_row(stage, &CASE, id, 0);
}

const MediationRows__Instalment *the_instalment(struct stage *stage, uint64_t id, uint32_t ordinal)
{
    return then_row(stage, &INSTALMENT, id, ordinal);
}
