/* SPDX-License-Identifier: Apache-2.0
 *
 * Gateway: what its judge lets through and what it says to the rest; what is in flight; what stands in its frames.
 */
#include "common/base/place.h"
#include "common/base/uuid.h"
#include "proto/mediation.pb-c.h"
#include "services/gateway/flights.h"
#include "services/gateway/frame.h"
#include "services/gateway/judge.h"

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { CLERK = 1u << TIAOJIE__ROLE__ROLE_CLERK, PARTITIONS = 8 };

/* 2026-05-31 12:00 UTC */
static const struct moment NOW = {INT64_C(1780228800000000), INT64_C(1780228800000)};

struct bench {
    struct arena *arena;
    struct refusal refusal;
    struct people *people;
    struct principal *clerk;
    struct uuid id;
    Mediation__InstalmentPaid body;
    Tiaojie__Command command;
    uint8_t *bytes;
    size_t size;
    struct judged judged;
};

/* A clerk of office 7 pays an instalment of case 1025: all is well. */
static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);

    bench->arena = arena_new(SIZE_MAX);
    bench->people = people_new(1, 2);
    bench->clerk = &bench->people->principals[0];
    *bench->clerk = (struct principal){
        .key = "k", .id = 3, .roles = CLERK, .office = 7, .place = 440305, .valid_until = NEVER, .revoked_at = NEVER};
    bench->people->offices[0] = (struct office){7, 440305};
    bench->people->offices[1] = (struct office){8, 440304};
    bench->id = uuid_new(NOW.clock_ms);
    mediation__instalment_paid__init(&bench->body);
    bench->body.ordinal = 1;
    bench->body.amount_fen = 500;
    tiaojie__command__init(&bench->command);
    bench->command.id = (ProtobufCBinaryData){sizeof bench->id.bytes, bench->id.bytes};
    bench->command.service = "mediation";
    bench->command.name = "instalment paid";
    bench->command.target = 1025;
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;

    people_free(&bench->people);
    arena_free(&bench->arena);
    free(bench);
    return 0;
}

static void pack(struct bench *bench)
{
    size_t size = protobuf_c_message_get_packed_size(&bench->body.base);
    uint8_t *body = arena_take(bench->arena, size + 1);

    if (!bench->command.body.data)
        bench->command.body = (ProtobufCBinaryData){protobuf_c_message_pack(&bench->body.base, body), body};
    bench->bytes = arena_take(bench->arena, tiaojie__command__get_packed_size(&bench->command) + 1);
    bench->size = tiaojie__command__pack(&bench->command, bench->bytes);
}

static enum status judge(struct bench *bench)
{
    pack(bench);
    return judge_frame(bench->bytes, bench->size, bench->clerk, bench->people, PARTITIONS, NOW, bench->arena,
                       &bench->judged, &bench->refusal);
}

static void assert_refused(struct bench *bench, enum status status, const char *field)
{
    assert_int_equal(judge(bench), status);
    assert_string_equal(bench->refusal.field, field);
    assert_true(bench->refusal.reason[0] && bench->refusal.remedy[0]);
}

/* ---- keys ---- */

static enum status judge_key(struct bench *bench, int64_t now)
{
    return judge_principal(bench->clerk, now, bench->arena, &bench->refusal);
}

static void test_a_key_speaks_from_its_first_moment_until_before_its_last(void **state)
{
    struct bench *bench = *state;

    bench->clerk->valid_from = 1000;
    bench->clerk->valid_until = 2000;
    assert_int_equal(judge_key(bench, 999), FORBIDDEN);
    assert_int_equal(judge_key(bench, 1000), OK);
    assert_int_equal(judge_key(bench, 1999), OK);
    assert_int_equal(judge_key(bench, 2000), FORBIDDEN);
}

static void test_a_revoked_key_is_refused_with_the_moment_of_its_revocation(void **state)
{
    struct bench *bench = *state;

    bench->clerk->revoked_at = NOW.business;
    assert_int_equal(judge_key(bench, NOW.business - 1), OK);
    assert_int_equal(judge_key(bench, NOW.business), FORBIDDEN);
    assert_string_equal(bench->refusal.values[0], "2026-05-31T20:00:00+08:00");
}

static void test_a_key_that_is_gone_is_refused(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(judge_principal(NULL, NOW.business, bench->arena, &bench->refusal), FORBIDDEN);
    assert_string_equal(bench->refusal.field, "key");
}

/* ---- messages ---- */

static void test_a_good_command_passes_to_its_targets_partition(void **state)
{
    struct bench *bench = *state;

    assert_int_equal(judge(bench), OK);
    assert_int_equal(bench->judged.partition, 1025 % 256);
    assert_string_equal(SERVICES[bench->judged.service]->name, "mediation");
}

/* Protobuf has no end mark: cut between two fields it is a shorter message, here one with an empty body. */
static void test_a_command_cut_at_any_byte_but_before_its_body_is_refused(void **state)
{
    struct bench *bench = *state;

    pack(bench);
    for (size_t size = 0; size < bench->size; size++) {
        bool before_body = size == bench->size - bench->command.body.len - 2;
        enum status status = judge_frame(bench->bytes, size, bench->clerk, bench->people, PARTITIONS, NOW, bench->arena,
                                         &bench->judged, &bench->refusal);
        assert_int_equal(status == OK, before_body);
    }
}

static void test_an_id_must_be_a_uuid_of_version_7(void **state)
{
    struct bench *bench = *state;

    bench->id.bytes[6] = (uint8_t)(0x40 | (bench->id.bytes[6] & 15));
    assert_refused(bench, INVALID, "id");
    bench->command.id.len = 15;
    assert_refused(bench, INVALID, "id");
}

static void test_an_id_from_more_than_five_minutes_ahead_is_refused(void **state)
{
    struct bench *bench = *state;

    bench->id = uuid_new(NOW.clock_ms + 5 * 60000);
    assert_int_equal(judge(bench), OK);
    bench->id = uuid_new(NOW.clock_ms + 5 * 60000 + 1);
    assert_refused(bench, INVALID, "id");
}

static void test_an_id_older_than_answers_are_kept_is_too_old(void **state)
{
    struct bench *bench = *state;
    const int64_t days_35 = INT64_C(35) * 86400000;

    bench->id = uuid_new(NOW.clock_ms - days_35);
    assert_int_equal(judge(bench), OK);
    bench->id = uuid_new(NOW.clock_ms - days_35 - 1);
    assert_refused(bench, TOO_OLD, "id");
}

static void test_an_unknown_service_or_command_is_refused_by_name(void **state)
{
    struct bench *bench = *state;

    bench->command.name = "instalment payed";
    assert_refused(bench, UNKNOWN, "name");
    bench->command.service = "meditation";
    assert_refused(bench, UNKNOWN, "service");
}

static void test_a_command_sent_as_a_question_is_refused(void **state)
{
    struct bench *bench = *state;

    bench->command.question = true;
    assert_refused(bench, UNKNOWN, "name");
}

static void test_a_missing_role_is_refused_with_the_roles_that_would_do(void **state)
{
    struct bench *bench = *state;

    bench->clerk->roles = 1u << TIAOJIE__ROLE__ROLE_PARTNER;
    assert_refused(bench, FORBIDDEN, "roles");
    assert_non_null(strstr(bench->refusal.values[1], "clerk"));
    assert_string_equal(bench->refusal.values[2], "partner");
}

static void test_what_processes_tell_each_other_is_refused_even_with_every_role(void **state)
{
    struct bench *bench = *state;

    bench->clerk->roles = UINT32_MAX;
    bench->command.name = "case open";
    assert_refused(bench, FORBIDDEN, "name");
}

static void test_a_target_that_no_partition_can_hold_is_unknown(void **state)
{
    struct bench *bench = *state;
    const uint64_t bad[] = {0, 1024 + PARTITIONS, UINT64_C(1) << 53, UINT64_MAX};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bench->command.target = bad[i];
        assert_refused(bench, UNKNOWN, "target");
    }
}

static void ask_for_list(struct bench *bench, uint64_t office)
{
    bench->command.question = true;
    bench->command.name = "case list";
    bench->command.target = office;
    bench->command.body = (ProtobufCBinaryData){0, (uint8_t *)""};
}

static void test_another_office_is_forbidden_and_an_unknown_one_is_unknown(void **state)
{
    struct bench *bench = *state;

    ask_for_list(bench, 7);
    assert_int_equal(judge(bench), OK);
    ask_for_list(bench, 8);
    assert_refused(bench, FORBIDDEN, "target");
    ask_for_list(bench, 9);
    assert_refused(bench, UNKNOWN, "target");
}

static void test_a_supervisor_reads_the_offices_that_the_place_contains_only(void **state)
{
    struct bench *bench = *state;

    bench->clerk->roles = CLERK | 1u << TIAOJIE__ROLE__ROLE_SUPERVISOR;
    bench->clerk->office = 1;
    bench->clerk->place = 440300;
    ask_for_list(bench, 8);
    assert_int_equal(judge(bench), OK);
    bench->clerk->place = 440305;
    assert_refused(bench, FORBIDDEN, "target");
}

static void test_places_contain_their_counties_and_themselves(void **state)
{
    (void)state;
    assert_true(place_contains(440000, 440305));
    assert_true(place_contains(440300, 440305));
    assert_true(place_contains(440305, 440305));
    assert_false(place_contains(440305, 440300));
    assert_false(place_contains(440400, 440305));
}

static void test_a_passed_deadline_is_expired(void **state)
{
    struct bench *bench = *state;

    bench->command.deadline = NOW.business + 1;
    assert_int_equal(judge(bench), OK);
    bench->command.deadline = NOW.business;
    assert_refused(bench, EXPIRED, "deadline");
}

static void test_tokens_of_services_and_partitions_that_do_not_exist_are_refused(void **state)
{
    struct bench *bench = *state;
    Tiaojie__Token good = TIAOJIE__TOKEN__INIT, bad = TIAOJIE__TOKEN__INIT;
    Tiaojie__Token *after[] = {&good, &bad};

    good.service = "intake";
    bad.service = "intake";
    bad.partition = PARTITIONS;
    bench->command.after = after;
    bench->command.n_after = 1;
    assert_int_equal(judge(bench), OK);
    bench->command.n_after = 2;
    assert_refused(bench, INVALID, "after[1]");
}

static void test_a_trace_that_would_break_a_log_line_is_refused(void **state)
{
    struct bench *bench = *state;

    bench->command.trace = "a=\"b";
    assert_refused(bench, INVALID, "trace");
}

static void test_a_body_outside_its_contract_is_refused_before_it_is_unpacked(void **state)
{
    struct bench *bench = *state;

    bench->command.body = (ProtobufCBinaryData){3, (uint8_t *)"\xff\xff\xff"};
    assert_int_equal(judge(bench), INVALID);
    assert_non_null(bench->judged.command);
}

static void test_a_message_that_leaves_no_room_for_its_stamp_is_too_large(void **state)
{
    struct bench *bench = *state;
    uint8_t *large = arena_take(bench->arena, COMMAND_SIZE_MAX + 1);

    assert_int_equal(judge_frame(large, COMMAND_SIZE_MAX + 1, bench->clerk, bench->people, PARTITIONS, NOW,
                                 bench->arena, &bench->judged, &bench->refusal),
                     TOO_LARGE);
}

/* ---- in flight ---- */

static const struct route ROUTE = {2, {9, 9}};

static enum status start(struct flights *flights, uint64_t principal, uint8_t number, const char *process,
                         uint8_t *ticket)
{
    uint8_t id[COMMAND_ID_SIZE] = {[15] = number};

    return flights_start(flights, principal, id, &ROUTE, process, 2, 0, ticket);
}

static void test_a_principal_has_its_share_in_flight_and_another_one_its_own(void **state)
{
    struct flights *flights = flights_new();
    uint8_t ticket[FLIGHT_TICKET_SIZE];

    (void)state;
    assert_int_equal(start(flights, 1, 1, "p", ticket), OK);
    assert_int_equal(start(flights, 1, 2, "p", ticket), OK);
    assert_int_equal(start(flights, 1, 3, "p", ticket), BUSY);
    assert_int_equal(start(flights, 2, 3, "p", ticket), OK);
    flights_end(flights, ticket, sizeof ticket);
    assert_int_equal(start(flights, 2, 4, "p", ticket), OK);
    assert_int_equal(flights_count(flights), 3);
    flights_free(&flights);
}

static void test_a_repeated_command_takes_no_second_place_and_is_answered_once(void **state)
{
    struct flights *flights = flights_new();
    uint8_t first[FLIGHT_TICKET_SIZE], again[FLIGHT_TICKET_SIZE];

    (void)state;
    assert_int_equal(start(flights, 1, 1, "p", first), OK);
    assert_int_equal(start(flights, 1, 1, "q", again), OK);
    assert_int_equal(flights_count(flights), 1);
    assert_string_equal(flights_find(flights, first, sizeof first)->process, "q");
    flights_end(flights, first, sizeof first);
    assert_null(flights_find(flights, again, sizeof again));
    flights_free(&flights);
}

static void test_an_old_ticket_does_not_find_the_next_command_in_its_place(void **state)
{
    struct flights *flights = flights_new();
    uint8_t old[FLIGHT_TICKET_SIZE], now[FLIGHT_TICKET_SIZE];

    (void)state;
    assert_int_equal(start(flights, 1, 1, "p", old), OK);
    flights_end(flights, old, sizeof old);
    assert_int_equal(start(flights, 1, 2, "p", now), OK);
    assert_null(flights_find(flights, old, sizeof old));
    assert_non_null(flights_find(flights, now, sizeof now));
    flights_free(&flights);
}

static void test_what_went_to_a_dead_process_or_took_too_long_is_dropped(void **state)
{
    struct flights *flights = flights_new();
    struct owners *owners = owners_new(1);
    uint8_t living[FLIGHT_TICKET_SIZE], dead[FLIGHT_TICKET_SIZE];

    (void)state;
    owners_add(owners, "mediation", 0, &(struct address){.process = "living"});
    assert_int_equal(start(flights, 1, 1, "living", living), OK);
    assert_int_equal(start(flights, 1, 2, "dead", dead), OK);
    assert_int_equal(flights_sweep(flights, owners, 1), 1);
    assert_non_null(flights_find(flights, living, sizeof living));
    assert_int_equal(flights_sweep(flights, owners, FLIGHT_US), 1);
    assert_int_equal(flights_count(flights), 0);
    owners_free(&owners);
    flights_free(&flights);
}

/* ---- frames ---- */

static void test_a_frame_unpacks_to_the_commands_that_were_put_into_it(void **state)
{
    struct bench *bench = *state;
    struct frame *frame = calloc(1, sizeof *frame);
    Tiaojie__Stamp stamp = TIAOJIE__STAMP__INIT;

    pack(bench);
    stamp.principal = 3;
    stamp.received_at = NOW.business;
    frame_add(frame, (const uint8_t *)"ticket-1", &stamp, bench->bytes, bench->size, "");
    frame_add(frame, (const uint8_t *)"ticket-2", &stamp, bench->bytes, bench->size, "a-trace");
    Tiaojie__Forwards *forwards = tiaojie__forwards__unpack(arena_allocator(bench->arena), frame->size, frame->bytes);
    assert_non_null(forwards);
    assert_int_equal(forwards->n_forwards, 2);
    assert_memory_equal(forwards->forwards[1]->route.data, "ticket-2", FLIGHT_TICKET_SIZE);
    assert_int_equal(forwards->forwards[1]->stamp->received_at, NOW.business);
    assert_string_equal(forwards->forwards[0]->command->trace, "");
    assert_string_equal(forwards->forwards[1]->command->trace, "a-trace");
    assert_int_equal(forwards->forwards[1]->command->target, 1025);
    free(frame);
}

static void test_replies_are_taken_apart_without_unpacking_their_answers(void **state)
{
    struct bench *bench = *state;
    Tiaojie__Answer good = TIAOJIE__ANSWER__INIT, moved = TIAOJIE__ANSWER__INIT;
    Tiaojie__Reply first = TIAOJIE__REPLY__INIT, second = TIAOJIE__REPLY__INIT;
    Tiaojie__Replies replies = TIAOJIE__REPLIES__INIT;
    uint8_t bytes[256];
    struct reply reply;

    good.about = 1025;
    moved.id = bench->command.id;
    moved.status = MOVED;
    first.answer = &good;
    second.answer = &moved;
    second.route = (ProtobufCBinaryData){2, (uint8_t *)"tt"};
    replies.n_replies = 2;
    replies.replies = (Tiaojie__Reply *[]){&first, &second};
    size_t size = tiaojie__replies__pack(&replies, bytes);
    struct wire wire = {bytes, bytes + size};

    assert_true(frame_next_reply(&wire, &reply));
    assert_int_equal(reply.status, OK);
    assert_int_equal(reply.ticket.len, 0);
    assert_true(frame_next_reply(&wire, &reply));
    assert_int_equal(reply.status, MOVED);
    assert_memory_equal(reply.ticket.data, "tt", 2);
    assert_int_equal(reply.answer.len, tiaojie__answer__get_packed_size(&moved));
    assert_false(frame_next_reply(&wire, &reply));
}

static void test_the_id_is_found_in_a_message_that_cannot_be_unpacked(void **state)
{
    struct bench *bench = *state;

    pack(bench);
    ProtobufCBinaryData id = frame_glimpse_id(bench->bytes, bench->size - 1);
    assert_int_equal(id.len, COMMAND_ID_SIZE);
    assert_memory_equal(id.data, bench->id.bytes, COMMAND_ID_SIZE);
    assert_int_equal(frame_glimpse_id((const uint8_t *)"\xff", 1).len, 0);
}

#define BENCH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BENCH(test_a_key_speaks_from_its_first_moment_until_before_its_last),
        BENCH(test_a_revoked_key_is_refused_with_the_moment_of_its_revocation),
        BENCH(test_a_key_that_is_gone_is_refused),
        BENCH(test_a_good_command_passes_to_its_targets_partition),
        BENCH(test_a_command_cut_at_any_byte_but_before_its_body_is_refused),
        BENCH(test_an_id_must_be_a_uuid_of_version_7),
        BENCH(test_an_id_from_more_than_five_minutes_ahead_is_refused),
        BENCH(test_an_id_older_than_answers_are_kept_is_too_old),
        BENCH(test_an_unknown_service_or_command_is_refused_by_name),
        BENCH(test_a_command_sent_as_a_question_is_refused),
        BENCH(test_a_missing_role_is_refused_with_the_roles_that_would_do),
        BENCH(test_what_processes_tell_each_other_is_refused_even_with_every_role),
        BENCH(test_a_target_that_no_partition_can_hold_is_unknown),
        BENCH(test_another_office_is_forbidden_and_an_unknown_one_is_unknown),
        BENCH(test_a_supervisor_reads_the_offices_that_the_place_contains_only),
        BENCH(test_places_contain_their_counties_and_themselves),
        BENCH(test_a_passed_deadline_is_expired),
        BENCH(test_tokens_of_services_and_partitions_that_do_not_exist_are_refused),
        BENCH(test_a_trace_that_would_break_a_log_line_is_refused),
        BENCH(test_a_body_outside_its_contract_is_refused_before_it_is_unpacked),
        BENCH(test_a_message_that_leaves_no_room_for_its_stamp_is_too_large),
        BENCH(test_a_principal_has_its_share_in_flight_and_another_one_its_own),
        BENCH(test_a_repeated_command_takes_no_second_place_and_is_answered_once),
        BENCH(test_an_old_ticket_does_not_find_the_next_command_in_its_place),
        BENCH(test_what_went_to_a_dead_process_or_took_too_long_is_dropped),
        BENCH(test_a_frame_unpacks_to_the_commands_that_were_put_into_it),
        BENCH(test_replies_are_taken_apart_without_unpacking_their_answers),
        BENCH(test_the_id_is_found_in_a_message_that_cannot_be_unpacked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
