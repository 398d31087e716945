/* SPDX-License-Identifier: Apache-2.0
 *
 * Referral desk: the office, what it sends, and what comes to it.
 */
#include "tests/unit/referral_desk.h"

#include "proto/exchange.pb-c.h"
#include "services/referral/referral.h"
#include "tests/unit/law_files.h"

#include <cmocka.h>

const char SEND[] =
    "{'link': 'nanshan', 'department': 'HRSS bureau', 'request': 'please mediate', 'to_office': 7, 'dispute': "
    "{'kind': 'labour-wages', 'place': 440305, 'claims': [{'amount_fen': 1200000, 'worker': {'person': 5123, "
    "'name': {'sealed': 'AAEC', 'subject': 5123, 'carried': 'CQgH'}}}], "
    "'summary': {'sealed': 'AAEC', 'subject': 9, 'carried': 'CQgH'}}}";

int desk_up(void **state)
{
    struct stage *stage = stage_new(&REFERRAL, "2026-03-02");

    stage_sender(stage, OFFICE, REFERRAL_CLERK);
    stage_context(stage)->place = 440305;
    law_file_add_procedure((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage),
                           "law/procedures/referral.txtpb");
    law_file_add_calendars((struct law *)(uintptr_t)stage_context(stage)->law, stage_arena(stage), 2026, 2026);
    *state = stage;
    return 0;
}

int desk_down(void **state)
{
    struct stage *stage = *state;

    stage_free(&stage);
    return 0;
}

const ReferralRows__Referral *the_referral(struct stage *stage, uint64_t id)
{
    return then_row(stage, &REFERRAL_ROW, id, 0);
}

enum status when_envelope_comes(struct stage *stage, const char *conversation, ProtobufCBinaryData part,
                                const char *type)
{
    Exchange__Taken taken = EXCHANGE__TAKEN__INIT;

    taken.link = arena_text(stage_arena(stage), "hrss");
    taken.type = arena_text(stage_arena(stage), type);
    taken.conversation = arena_text(stage_arena(stage), conversation);
    taken.part = part;
    taken.envelope_id = (ProtobufCBinaryData){3, arena_copy(stage_arena(stage), "abc", 3)};
    return when_follows(stage, "exchange", "envelope taken", EVIDENCE, &taken);
}

ProtobufCBinaryData referral_part(struct stage *stage)
{
    Referral__Referral referral = REFERRAL__REFERRAL__INIT;
    Intake__Dispute dispute = INTAKE__DISPUTE__INIT;
    Intake__Claim claim = INTAKE__CLAIM__INIT;
    Tiaojie__Person worker = TIAOJIE__PERSON__INIT;
    Intake__Claim *claims[] = {&claim};

    worker.person = 77;
    claim.worker = &worker;
    claim.amount_fen = 100;
    dispute.kind = arena_text(stage_arena(stage), "labour-wages");
    dispute.n_claims = 1;
    dispute.claims = claims;
    referral.dispute = &dispute;
    referral.to_office = OFFICE;
    referral.request = arena_text(stage_arena(stage), "please mediate");
    return referral_pack(&referral.base, stage_arena(stage));
}

uint64_t given_received(struct stage *stage)
{
    assert_int_equal(when_envelope_comes(stage, "hrss/1025", referral_part(stage), "referral"), OK);
    return then_about(stage);
}

uint64_t given_sent(struct stage *stage)
{
    assert_int_equal(when(stage, "referral send", OFFICE, SEND), OK);
    return then_about(stage);
}

enum status when_receipt_says(struct stage *stage, uint64_t source, const char *link, const char *reached,
                              const char *text)
{
    Exchange__ReceiptTaken taken = EXCHANGE__RECEIPT_TAKEN__INIT;

    taken.link = arena_text(stage_arena(stage), link);
    taken.stage = arena_text(stage_arena(stage), reached);
    taken.text = arena_text(stage_arena(stage), text);
    taken.source = source;
    taken.at = stage_context(stage)->now;
    return when_follows(stage, "exchange", "receipt taken", EVIDENCE, &taken);
}

enum status when_receipt_comes(struct stage *stage, uint64_t source, const char *link, const char *reached)
{
    return when_receipt_says(stage, source, link, reached, "");
}

ProtobufCBinaryData outcome_part(struct stage *stage)
{
    Referral__Outcome outcome = REFERRAL__OUTCOME__INIT;

    outcome.outcome = arena_text(stage_arena(stage), "performed");
    return referral_pack(&outcome.base, stage_arena(stage));
}

/* This node sent to hrss this time. */
uint64_t given_sent_to_hrss(struct stage *stage)
{
    const uint64_t id = given_sent(stage);
    ReferralRows__Referral *row = (ReferralRows__Referral *)(uintptr_t)the_referral(stage, id);

    row->link = arena_text(stage_arena(stage), "hrss");
    return id;
}
