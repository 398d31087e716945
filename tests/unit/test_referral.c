/* SPDX-License-Identifier: Apache-2.0
 *
 * Referrals: what leaves the node, what comes, who may answer and when.
 */
#include "common/base/instant.h"
#include "proto/exchange.pb-c.h"
#include "proto/mediation.pb-c.h"
#include "services/referral/handover.h"
#include "services/referral/referral.h"
#include "tests/unit/law_files.h"
#include "tests/unit/stage.h"

#include <cmocka.h>
#include <string.h>

enum { OFFICE = 7 };

/* The exchange's ids are hashes. */
#define EVIDENCE ((UINT64_C(1) << 50) + 3)

static const char SEND[] =
    "{'link': 'nanshan', 'department': 'HRSS bureau', 'request': 'please mediate', 'to_office': 7, 'dispute': "
    "{'kind': 'labour-wages', 'place': 440305, 'claims': [{'amount_fen': 1200000, 'worker': {'person': 5123, "
    "'name': {'sealed': 'AAEC', 'subject': 5123, 'carried': 'CQgH'}}}], "
    "'summary': {'sealed': 'AAEC', 'subject': 9, 'carried': 'CQgH'}}}";

static int open_stage(void **state)
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

static int close_stage(void **state)
{
    struct stage *stage = *state;

    stage_free(&stage);
    return 0;
}

static const ReferralRows__Referral *the_referral(struct stage *stage, uint64_t id)
{
    return then_row(stage, &REFERRAL_ROW, id, 0);
}

/* hrss's referral comes, sealed for this node already. */
static enum status when_envelope_comes(struct stage *stage, const char *conversation, ProtobufCBinaryData part,
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

static ProtobufCBinaryData referral_part(struct stage *stage)
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

static uint64_t given_received(struct stage *stage)
{
    assert_int_equal(when_envelope_comes(stage, "hrss/1025", referral_part(stage), "referral"), OK);
    return then_about(stage);
}

static uint64_t given_sent(struct stage *stage)
{
    assert_int_equal(when(stage, "referral send", OFFICE, SEND), OK);
    return then_about(stage);
}

/* ---- sending ---- */

static void test_only_what_was_sealed_for_the_other_node_leaves_this_one(void **state)
{
    struct stage *stage = *state;

    given_sent(stage);
    const Referral__Sent *sent = then_event(stage, 0, "referral sent");
    const Referral__Referral *part =
        referral__referral__unpack(arena_allocator(stage_arena(stage)), sent->part.len, sent->part.data);
    const Tiaojie__Person *worker = part->dispute->claims[0]->worker;
    assert_int_equal(worker->person, 0);
    assert_int_equal(worker->name->sealed.len, 0);
    assert_int_equal(worker->name->subject, 0);
    assert_int_equal(worker->name->carried.len, 3);
    assert_int_equal(part->dispute->summary->sealed.len, 0);
    assert_int_equal(part->dispute->summary->carried.len, 3);
}

static void test_what_stays_here_is_sealed_for_this_node_only(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);
    const Referral__Sent *sent = then_event(stage, 0, "referral sent");

    assert_int_equal(sent->dispute->claims[0]->worker->name->carried.len, 0);
    assert_int_equal(sent->dispute->claims[0]->worker->name->sealed.len, 3);
    assert_int_equal(the_referral(stage, id)->office, OFFICE);
}

static void test_a_conversation_is_named_after_node_and_referral(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    assert_string_equal(the_referral(stage, id)->conversation,
                        text_print(stage_arena(stage), "stage/%llu", (unsigned long long)id));
}

static void test_nobody_sends_for_another_office(void **state)
{
    struct stage *stage = *state;

    when(stage, "referral send", OFFICE + 1, SEND);
    then_refused(stage, FORBIDDEN, "target", "another office");
    then_nothing_changed(stage);
}

/* ---- stages ---- */

static enum status when_receipt_says(struct stage *stage, uint64_t source, const char *link, const char *reached,
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

static enum status when_receipt_comes(struct stage *stage, uint64_t source, const char *link, const char *reached)
{
    return when_receipt_says(stage, source, link, reached, "");
}

static void test_receipts_show_how_far_the_other_side_is(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "accepted");
    assert_string_equal(the_referral(stage, id)->state, "accepted");
    when_receipt_comes(stage, id, "nanshan", "stored");
    assert_string_equal(the_referral(stage, id)->state, "accepted"); /* late, and no step back */
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_int_equal(shown->n_stages, 2);
    assert_true(shown->stages[1]->valid);
    assert_int_equal(shown->evidence, EVIDENCE);
}

static void test_another_link_confirms_nothing(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "court", "accepted");
    then_refused(stage, UNKNOWN, "target", "went over the link");
    assert_string_equal(the_referral(stage, id)->state, "sent");
}

/* ---- receiving ---- */

static void test_a_referral_comes_to_the_office_that_it_names(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    then_event(stage, 0, "referral received");
    assert_int_equal(the_referral(stage, id)->office, OFFICE);
    assert_string_equal(the_referral(stage, id)->state, "received");
    assert_int_equal(id_partition(id), affinity_partition(OFFICE, STAGE_PARTITIONS));
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_the_same_conversation_is_received_once(void **state)
{
    struct stage *stage = *state;

    given_received(stage);
    when_envelope_comes(stage, "hrss/1025", referral_part(stage), "referral");
    then_refused(stage, CONFLICT, "conversation", "received before");
    then_nothing_changed(stage);
}

static void test_nobody_begins_a_conversation_in_another_nodes_name(void **state)
{
    struct stage *stage = *state;

    when_envelope_comes(stage, "court/1025", referral_part(stage), "referral");
    then_refused(stage, FORBIDDEN, "conversation", "court/1025");
}

static void test_a_part_that_cannot_be_read_is_refused_by_name(void **state)
{
    struct stage *stage = *state;
    uint8_t bad[] = {0x12, 0x02, 0xf0, 0x80}; /* request: bad UTF-8 */

    when_envelope_comes(stage, "hrss/1025", (ProtobufCBinaryData){sizeof bad, bad}, "referral");
    then_refused(stage, INVALID, "part", "request");
}

static void test_an_accepted_referral_hands_its_dispute_to_intake(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    const Referral__Accepted *accepted = then_event(stage, 0, "referral accepted");
    assert_int_equal(accepted->office, OFFICE);
    assert_int_equal(accepted->dispute->claims[0]->worker->person, 77);
    assert_string_equal(accepted->link, "hrss");
    assert_memory_equal(accepted->envelope_id.data, "abc", 3);
    const Store__Clock *clock = then_row(stage, &CLOCK, id, 1000);
    assert_int_equal(clock->state, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
}

static void test_an_accepted_referral_cannot_be_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "referral answer");
}

static void test_a_return_needs_a_reason(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral return", id, "{}");
    then_refused(stage, INVALID, "reason", "text");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    const Referral__Returned *returned = then_event(stage, 0, "referral returned");
    assert_string_equal(returned->reason, "another district");
}

static void test_another_office_decides_nothing(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_sender(stage, OFFICE + 1, REFERRAL_CLERK);
    when(stage, "referral accept", id, "{}");
    then_refused(stage, FORBIDDEN, "target", "another office");
}

static void test_an_office_that_lets_five_working_days_pass_is_late_and_may_still_accept(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    assert_int_equal(when_clock_fires(stage, id, 1000), OK);
    then_event(stage, 0, "referral overdue");
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
}

/* ---- objections: received on Monday 2026-03-02, so the fifth working day is Monday 2026-03-09 ---- */

enum { ACCEPT_CLOCK = 1000, OBJECT_CLOCK = 2000, KEPT_CLOCK = 3000, DECIDE_CLOCK = 4000 };

#define REJECTED "{'decision': 'Shenzhen, 2026 No. 7'}"

static int32_t day_in_march(int day)
{
    return day_from_date((struct date){2026, 3, day});
}

static enum status when_objected(struct stage *stage, uint64_t id)
{
    return when(stage, "referral object", id, "{'reason': 'the site lies in another district'}");
}

static enum status when_objected_for(struct stage *stage, uint64_t id, int day)
{
    return when(stage, "referral object", id,
                text_print(stage_arena(stage), "{'reason': 'another district', 'event_day': %d}", day_in_march(day)));
}

static uint64_t given_objected(struct stage *stage)
{
    const uint64_t id = given_received(stage);

    assert_int_equal(when_objected(stage, id), OK);
    return id;
}

static void clock_is(struct stage *stage, uint64_t id, uint32_t ordinal, Store__ClockState state)
{
    assert_int_equal(((const Store__Clock *)then_row(stage, &CLOCK, id, ordinal))->state, state);
}

static void test_an_objection_is_in_time_until_the_end_of_the_fifth_working_day(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-09T23:59:59+08:00");
    assert_int_equal(when_objected(stage, id), OK);
    const Referral__Objected *objected = then_event(stage, 0, "referral objected");
    assert_string_equal(objected->reason, "the site lies in another district");
    assert_string_equal(objected->link, "hrss");
    assert_memory_equal(objected->envelope_id.data, "abc", 3);
    assert_string_equal(the_referral(stage, id)->state, "objected");
    clock_is(stage, id, ACCEPT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    clock_is(stage, id, OBJECT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    clock_is(stage, id, DECIDE_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_RUNNING);
}

static void test_from_the_next_day_on_an_objection_is_barred_with_article_and_remedy(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-10T00:00:00+08:00"); /* the clock has not fired yet */
    when_objected(stage, id);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    then_refused(stage, BARRED, "at", "Petition Work Regulations 2022 Art. 23");
    then_refused(stage, BARRED, "at", "can still be entered, with its own day");
    then_nothing_changed(stage);
    when_clock_fires(stage, id, OBJECT_CLOCK);
    when_objected(stage, id);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
}

static void test_an_objection_that_was_made_in_time_may_be_entered_later(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when_clock_fires(stage, id, OBJECT_CLOCK);
    stage_at(stage, "2026-03-16T09:00:00+08:00");
    when_objected_for(stage, id, 10);
    then_refused(stage, BARRED, "at", "ended on 2026-03-09");
    assert_int_equal(when_objected_for(stage, id, 9), OK);
    const Referral__Objected *objected = then_event(stage, 0, "referral objected");
    assert_string_equal(objected->reason, "2026-03-09: another district"); /* the sender sees which day is meant */
    assert_int_equal(objected->event_day, day_in_march(9));
}

static void test_an_objection_is_not_older_than_its_referral_and_not_to_come(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    stage_at(stage, "2026-03-04T09:00:00+08:00");
    when_objected_for(stage, id, 1);
    then_refused(stage, INVALID, "event_day", "received on 2026-03-02");
    when_objected_for(stage, id, 5);
    then_refused(stage, INVALID, "event_day", "between");
    then_nothing_changed(stage);
    assert_int_equal(when_objected_for(stage, id, 2), OK);
}

static void test_an_objection_needs_a_reason_and_a_clerk_or_head(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral object", id, "{}");
    then_refused(stage, INVALID, "reason", "text");
    stage_sender(stage, OFFICE, REFERRAL_SUPERVISOR);
    when_objected(stage, id);
    then_refused(stage, FORBIDDEN, "role", "clerk, head");
    stage_sender(stage, OFFICE, REFERRAL_HEAD);
    assert_int_equal(when_objected(stage, id), OK);
}

static void test_while_an_objection_is_open_nothing_is_accepted_or_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    when(stage, "referral accept", id, "{}");
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    when_objected(stage, id);
    then_refused(stage, CONFLICT, "state", "possible now: objection uphold, objection reject");
    then_nothing_changed(stage);
}

static void test_without_an_objection_the_superior_has_nothing_to_decide(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "objection uphold", id,
         "{'department': 'Longgang', 'reason': 'another district', 'decision': 'Shenzhen, 2026 No. 7'}");
    then_refused(stage, CONFLICT, "state", "referral object");
    when(stage, "objection reject", id, REJECTED);
    then_refused(stage, CONFLICT, "state", "referral object");
}

static void test_an_upheld_objection_goes_back_with_the_department_that_the_superior_names(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    when(stage, "objection uphold", id, "{'reason': 'the site lies in Longgang'}");
    then_refused(stage, INVALID, "department", "");
    when(stage, "objection uphold", id, "{'department': 'Longgang HRSS bureau'}");
    then_refused(stage, INVALID, "reason", "text");
    when(stage, "objection uphold", id,
         "{'department': 'Longgang HRSS bureau', 'reason': 'the site lies in Longgang'}");
    then_refused(stage, INVALID, "decision", "");
    when(
        stage, "objection uphold", id,
        "{'department': 'Longgang HRSS bureau', 'reason': 'the site lies in Longgang', 'decision': 'Shenzhen, No. 7'}");
    const Referral__Returned *returned = then_event(stage, 0, "referral returned");
    assert_string_equal(returned->reason, "the site lies in Longgang -> Longgang HRSS bureau (Shenzhen, No. 7)");
    assert_string_equal(returned->department, "Longgang HRSS bureau");
    assert_string_equal(the_referral(stage, id)->state, "returned");
    assert_string_equal(the_referral(stage, id)->reason, returned->reason);
}

static void test_after_a_rejected_objection_the_time_to_accept_counts_from_the_decision(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    stage_at(stage, "2026-03-13T10:00:00+08:00");
    when(stage, "objection reject", id, "{}");
    then_refused(stage, INVALID, "decision", "");
    when(stage, "objection reject", id,
         text_print(stage_arena(stage), "{'decision': 'x', 'event_day': %d}", day_in_march(14)));
    then_refused(stage, INVALID, "event_day", "received on 2026-03-02");
    assert_int_equal(
        when(stage, "objection reject", id,
             text_print(stage_arena(stage), "{'decision': 'Shenzhen, No. 7', 'event_day': %d}", day_in_march(11))),
        OK);
    const Referral__Rejected *rejected = then_event(stage, 0, "objection rejected");
    assert_string_equal(rejected->decision, "2026-03-11: Shenzhen, No. 7");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->referral->state, "kept");
    assert_string_equal(shown->reason, "2026-03-11: Shenzhen, No. 7");
    const Store__Clock *accept = then_row(stage, &CLOCK, id, KEPT_CLOCK);
    assert_int_equal(accept->last_day, day_in_march(18));
    clock_is(stage, id, DECIDE_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
    assert_int_equal(when(stage, "referral accept", id, "{}"), OK);
    clock_is(stage, id, KEPT_CLOCK, STORE__CLOCK_STATE__CLOCK_STATE_STOPPED);
}

static void test_what_the_superior_decided_binds_the_office(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    assert_int_equal(when(stage, "objection reject", id, REJECTED), OK);
    when_objected(stage, id);
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    when(stage, "objection uphold", id, "{'department': 'L', 'reason': 'r', 'decision': 'd'}");
    then_refused(stage, CONFLICT, "state", "possible now: referral accept");
    then_nothing_changed(stage);
}

static void test_an_objection_on_which_nothing_is_recorded_is_late(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_objected(stage);

    assert_int_equal(when_clock_fires(stage, id, DECIDE_CLOCK), OK);
    then_event(stage, 0, "referral overdue");
    assert_string_equal(the_referral(stage, id)->state, "objected");
    assert_int_equal(when(stage, "objection reject", id, REJECTED), OK);
}

static void test_the_sender_sees_an_objection_with_its_reason_and_what_became_of_it(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "kept"); /* receipts come in any order */
    when_receipt_says(stage, id, "nanshan", "objected", "another district");
    assert_string_equal(the_referral(stage, id)->state, "kept");
    assert_string_equal(the_referral(stage, id)->reason, "");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->stages[1]->stage, "objected");
    assert_string_equal(shown->stages[1]->text, "another district");
}

static void test_the_sender_sees_an_open_objection_until_it_is_returned(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage);

    when_receipt_comes(stage, id, "nanshan", "stored");
    when_receipt_says(stage, id, "nanshan", "objected", "another district");
    const Referral__Shown *shown = when_asked(stage, "referral show", id, "{}");
    assert_string_equal(shown->referral->state, "objected");
    assert_string_equal(shown->reason, "another district");
    when_receipt_says(stage, id, "nanshan", "returned", "another district -> Longgang HRSS bureau");
    assert_string_equal(the_referral(stage, id)->state, "returned");
    assert_string_equal(the_referral(stage, id)->reason, "another district -> Longgang HRSS bureau");
}

static void test_the_end_of_the_time_to_object_makes_no_office_late(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    assert_int_equal(when_clock_fires(stage, id, OBJECT_CLOCK), OK);
    then_event(stage, 0, "limit passed");
    assert_string_equal(the_referral(stage, id)->state, "received");
}

/* A link whose agreement bars acceptance after the time for it, and opens the return only then. */
static void given_strict_agreement(struct stage *stage)
{
    static char *names[] = {"accept or return"};
    struct refusal refusal = {0};
    Tiaojie__Procedure *procedure = law_file_procedure(stage_arena(stage), "law/procedures/referral.txtpb");

    procedure->place = 440305;
    for (size_t i = 0; i < procedure->n_steps; i++) {
        Tiaojie__Procedure__Step *step = procedure->steps[i];
        if (strcmp(step->name, "referral accept") == 0)
            step->n_barred_by = 1, step->barred_by = names;
        if (strcmp(step->name, "referral return") == 0)
            step->n_opened_by = 1, step->opened_by = names;
    }
    const ProtobufCBinaryData bytes = referral_pack(&procedure->base, stage_arena(stage));
    assert_int_equal(
        law_add_procedure((struct law *)(uintptr_t)stage_context(stage)->law, bytes.data, bytes.len, &refusal), OK);
}

static void test_a_local_agreement_may_bar_acceptance_and_open_the_return(void **state)
{
    struct stage *stage = *state;

    given_strict_agreement(stage);
    const uint64_t id = given_received(stage);
    when(stage, "referral return", id, "{'reason': 'another district'}");
    then_refused(stage, CONFLICT, "at", "only after 'accept or return' has run out on 2026-03-09");
    stage_at(stage, "2026-03-10T00:00:00+08:00");
    when(stage, "referral accept", id, "{}");
    then_refused(stage, BARRED, "at", "'accept or return' ended on 2026-03-09");
    when_clock_fires(stage, id, ACCEPT_CLOCK);
    assert_int_equal(when(stage, "referral return", id, "{'reason': 'another district'}"), OK);
}

/* ---- the outcome ---- */

static void given_case_closed(struct stage *stage, uint64_t id)
{
    Mediation__Closed closed = MEDIATION__CLOSED__INIT;

    closed.outcome = arena_text(stage_arena(stage), "performed");
    closed.referral = id;
    closed.agreed_fen = 9000000;
    closed.workers = 12;
    assert_int_equal(when_follows(stage, "mediation", "case closed", 4099, &closed), OK);
}

static void test_nothing_is_answered_before_the_dispute_has_ended(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_received(stage);

    when(stage, "referral accept", id, "{}");
    when(stage, "referral answer", id, "{}");
    then_refused(stage, CONFLICT, "target", "not ended");
    given_case_closed(stage, id);
    when(stage, "referral answer", id, "{}");
    const Referral__Answered *answered = then_event(stage, 0, "referral answered");
    const Referral__Outcome *outcome =
        referral__outcome__unpack(arena_allocator(stage_arena(stage)), answered->part.len, answered->part.data);
    assert_string_equal(outcome->outcome, "performed");
    assert_int_equal(outcome->agreed_fen, 9000000);
    assert_int_equal(outcome->workers, 12);
}

static ProtobufCBinaryData outcome_part(struct stage *stage)
{
    Referral__Outcome outcome = REFERRAL__OUTCOME__INIT;

    outcome.outcome = arena_text(stage_arena(stage), "performed");
    return referral_pack(&outcome.base, stage_arena(stage));
}

/* This node sent to hrss this time. */
static uint64_t given_sent_to_hrss(struct stage *stage)
{
    const uint64_t id = given_sent(stage);
    ReferralRows__Referral *row = (ReferralRows__Referral *)(uintptr_t)the_referral(stage, id);

    row->link = arena_text(stage_arena(stage), "hrss");
    return id;
}

static void test_the_sender_learns_the_outcome(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    then_event(stage, 0, "referral decided");
    assert_string_equal(the_referral(stage, id)->outcome, "performed");
    assert_string_equal(the_referral(stage, id)->state, "decided");
}

static void test_an_outcome_that_comes_before_the_end_of_an_objection_keeps_no_reason_of_it(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_receipt_says(stage, id, "hrss", "objected", "another district");
    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    assert_string_equal(the_referral(stage, id)->state, "decided");
    assert_string_equal(the_referral(stage, id)->reason, "");
    when_receipt_says(stage, id, "hrss", "kept", "Shenzhen, No. 7");
    assert_string_equal(the_referral(stage, id)->state, "decided");
    assert_string_equal(the_referral(stage, id)->reason, "");
}

static void test_only_the_node_that_was_asked_can_answer(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent(stage); /* to nanshan */

    when_envelope_comes(stage, the_referral(stage, id)->conversation, outcome_part(stage), "outcome");
    then_refused(stage, FORBIDDEN, "from", "another node");
    then_nothing_changed(stage);
}

static void test_an_outcome_for_another_nodes_conversation_is_refused(void **state)
{
    struct stage *stage = *state;
    const uint64_t id = given_sent_to_hrss(stage);

    when_envelope_comes(stage, text_print(stage_arena(stage), "court/%llu", (unsigned long long)id),
                        outcome_part(stage), "outcome");
    then_refused(stage, UNKNOWN, "conversation", "no such conversation");
}

static void test_an_office_sees_what_it_sent_and_what_came(void **state)
{
    struct stage *stage = *state;

    given_sent(stage);
    given_received(stage);
    const Referral__Listed *page = when_asked(stage, "referral list", OFFICE, "{}");
    assert_int_equal(page->n_referrals, 2);
    assert_true(page->referrals[0]->outgoing);
    assert_false(page->referrals[1]->outgoing);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, open_stage, close_stage)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGE_TEST(test_only_what_was_sealed_for_the_other_node_leaves_this_one),
        STAGE_TEST(test_what_stays_here_is_sealed_for_this_node_only),
        STAGE_TEST(test_a_conversation_is_named_after_node_and_referral),
        STAGE_TEST(test_nobody_sends_for_another_office),
        STAGE_TEST(test_receipts_show_how_far_the_other_side_is),
        STAGE_TEST(test_another_link_confirms_nothing),
        STAGE_TEST(test_a_referral_comes_to_the_office_that_it_names),
        STAGE_TEST(test_the_same_conversation_is_received_once),
        STAGE_TEST(test_nobody_begins_a_conversation_in_another_nodes_name),
        STAGE_TEST(test_a_part_that_cannot_be_read_is_refused_by_name),
        STAGE_TEST(test_an_accepted_referral_hands_its_dispute_to_intake),
        STAGE_TEST(test_an_accepted_referral_cannot_be_returned),
        STAGE_TEST(test_a_return_needs_a_reason),
        STAGE_TEST(test_another_office_decides_nothing),
        STAGE_TEST(test_an_office_that_lets_five_working_days_pass_is_late_and_may_still_accept),
        STAGE_TEST(test_an_objection_is_in_time_until_the_end_of_the_fifth_working_day),
        STAGE_TEST(test_from_the_next_day_on_an_objection_is_barred_with_article_and_remedy),
        STAGE_TEST(test_an_objection_that_was_made_in_time_may_be_entered_later),
        STAGE_TEST(test_an_objection_is_not_older_than_its_referral_and_not_to_come),
        STAGE_TEST(test_an_objection_needs_a_reason_and_a_clerk_or_head),
        STAGE_TEST(test_while_an_objection_is_open_nothing_is_accepted_or_returned),
        STAGE_TEST(test_without_an_objection_the_superior_has_nothing_to_decide),
        STAGE_TEST(test_an_upheld_objection_goes_back_with_the_department_that_the_superior_names),
        STAGE_TEST(test_after_a_rejected_objection_the_time_to_accept_counts_from_the_decision),
        STAGE_TEST(test_what_the_superior_decided_binds_the_office),
        STAGE_TEST(test_an_objection_on_which_nothing_is_recorded_is_late),
        STAGE_TEST(test_an_outcome_that_comes_before_the_end_of_an_objection_keeps_no_reason_of_it),
        STAGE_TEST(test_the_sender_sees_an_objection_with_its_reason_and_what_became_of_it),
        STAGE_TEST(test_the_sender_sees_an_open_objection_until_it_is_returned),
        STAGE_TEST(test_the_end_of_the_time_to_object_makes_no_office_late),
        STAGE_TEST(test_a_local_agreement_may_bar_acceptance_and_open_the_return),
        STAGE_TEST(test_nothing_is_answered_before_the_dispute_has_ended),
        STAGE_TEST(test_the_sender_learns_the_outcome),
        STAGE_TEST(test_only_the_node_that_was_asked_can_answer),
        STAGE_TEST(test_an_outcome_for_another_nodes_conversation_is_refused),
        STAGE_TEST(test_an_office_sees_what_it_sent_and_what_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
