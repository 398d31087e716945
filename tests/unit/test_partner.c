/* SPDX-License-Identifier: Apache-2.0
 *
 * Partner library, against a node that the test plays itself.
 */
#include "clients/partner/partner.h"
#include "common/net/zap.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A failing test waits this long; a passing one doesn't wait. CALL_MS is a whole call's time. */
enum { PATIENCE_MS = 20000, CALL_MS = 60000, TURN_MS = 20 };

struct stage {
    char folder[32];
    char endpoint[64];
    void *context;
    struct zap *zap;
    struct curve_key server;
    struct partner_conf conf;
    void *door;
    struct partner *partner;
    struct arena *arena;
    struct received received;
    struct refusal refusal;
    struct partner_outcome outcome;
    char known[CURVE_TEXT_SIZE];
};

static bool is_known(void *data, const char *domain, const char *public_text)
{
    const struct stage *stage = data;

    (void)domain;
    return strcmp(public_text, stage->known) == 0;
}

static int setup(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);

    strcpy(stage->folder, "/tmp/tj-partner-XXXXXX");
    assert_non_null(mkdtemp(stage->folder));
    snprintf(stage->endpoint, sizeof stage->endpoint, "ipc://%s/door", stage->folder);
    stage->context = zmq_ctx_new();
    stage->arena = arena_new(SIZE_MAX);
    received_init(&stage->received);
    curve_key_make(&stage->server);
    curve_key_make(&stage->conf.key);
    strcpy(stage->known, stage->conf.key.public_text);
    stage->conf.endpoint = stage->endpoint;
    stage->conf.server_key = stage->server.public_text;
    assert_int_equal(zap_start(stage->context, is_known, stage, &stage->zap, &stage->refusal), OK);
    assert_int_equal(socket_bind(stage->context, stage->zap, ZMQ_ROUTER, stage->endpoint, &stage->server, "test",
                                 &stage->door, &stage->refusal),
                     OK);
    *state = stage;
    return 0;
}

static int teardown(void **state)
{
    struct stage *stage = *state;
    char command[64];

    partner_close(&stage->partner);
    received_free(&stage->received);
    socket_close(&stage->door);
    zap_stop(&stage->zap);
    zmq_ctx_term(stage->context);
    arena_free(&stage->arena);
    snprintf(command, sizeof command, "rm -r %s", stage->folder);
    assert_int_equal(system(command), 0);
    free(stage);
    return 0;
}

static void connect_partner(struct stage *stage)
{
    assert_int_equal(partner_open(&stage->conf, &stage->partner, &stage->refusal), OK);
}

static void submit(struct stage *stage, const char *service, void *data, int wait_ms)
{
    Tiaojie__Token body = TIAOJIE__TOKEN__INIT;
    const struct partner_request request = {
        .service = service, .name = "case close", .target = 1025, .body = &body.base};

    assert_int_equal(partner_submit(stage->partner, &request, wait_ms, data, &stage->refusal), OK);
}

static bool collect(struct stage *stage, int wait_ms)
{
    return partner_collect(stage->partner, wait_ms, stage->arena, &stage->outcome);
}

/* The next command that arrives at the node; the partner goes on meanwhile. */
static Tiaojie__Command *arrive(struct stage *stage)
{
    enum status status = BUSY;

    for (int waited = 0; status == BUSY && waited < PATIENCE_MS; waited += TURN_MS) {
        assert_false(collect(stage, TURN_MS));
        status = socket_receive(stage->door, &stage->received);
    }
    assert_int_equal(status, OK);
    return tiaojie__command__unpack(arena_allocator(stage->arena), stage->received.size, stage->received.bytes);
}

static void answer(struct stage *stage, const Tiaojie__Command *command, enum status status, uint64_t position)
{
    Tiaojie__Answer sent = TIAOJIE__ANSWER__INIT;
    Tiaojie__Token token = TIAOJIE__TOKEN__INIT;
    uint8_t bytes[256];

    sent.id = command->id;
    sent.status = (uint32_t)status;
    if (position > 0) {
        token.service = command->service;
        token.position = position;
        sent.token = &token;
    }
    size_t size = tiaojie__answer__pack(&sent, bytes);
    assert_int_equal(socket_send(stage->door, &stage->received.route, bytes, size), OK);
}

static void test_an_answer_comes_back_with_the_data_of_its_command(void **state)
{
    struct stage *stage = *state;
    int mine;

    connect_partner(stage);
    submit(stage, "mediation", &mine, CALL_MS);
    Tiaojie__Command *command = arrive(stage);
    assert_string_equal(command->service, "mediation");
    answer(stage, command, CONFLICT, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_ptr_equal(stage->outcome.data, &mine);
    assert_int_equal(stage->outcome.status, CONFLICT);
    assert_int_equal(partner_in_flight(stage->partner), 0);
}

static void test_a_command_answered_with_later_is_sent_again_with_the_same_id(void **state)
{
    struct stage *stage = *state;

    connect_partner(stage);
    submit(stage, "mediation", NULL, CALL_MS);
    Tiaojie__Command *first = arrive(stage);
    answer(stage, first, BUSY, 0);
    Tiaojie__Command *second = arrive(stage);
    assert_memory_equal(first->id.data, second->id.data, UUID_BYTES);
    answer(stage, second, OK, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, OK);
    assert_int_equal(stage->outcome.sendings, 2);
}

static void test_a_command_without_an_answer_is_sent_again_and_a_second_answer_is_ignored(void **state)
{
    struct stage *stage = *state;

    connect_partner(stage);
    submit(stage, "mediation", NULL, CALL_MS);
    Tiaojie__Command *first = arrive(stage);
    Tiaojie__Command *second = arrive(stage);
    assert_memory_equal(first->id.data, second->id.data, UUID_BYTES);
    answer(stage, second, OK, 0);
    answer(stage, second, CONFLICT, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, OK);
    submit(stage, "mediation", NULL, CALL_MS);
    answer(stage, arrive(stage), INVALID, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, INVALID);
}

static void test_when_the_time_is_over_the_last_later_is_what_it_says(void **state)
{
    struct stage *stage = *state;

    connect_partner(stage);
    submit(stage, "mediation", NULL, 1500);
    answer(stage, arrive(stage), MOVED, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, MOVED);
}

static void test_tokens_go_along_to_other_services_and_the_highest_counts(void **state)
{
    struct stage *stage = *state;

    connect_partner(stage);
    submit(stage, "mediation", NULL, CALL_MS);
    answer(stage, arrive(stage), OK, 5);
    assert_true(collect(stage, PATIENCE_MS));
    partner_wait_for(stage->partner, "mediation", 0, 4);
    submit(stage, "assignment", NULL, CALL_MS);
    Tiaojie__Command *command = arrive(stage);
    assert_int_equal(command->n_after, 1);
    assert_int_equal(command->after[0]->position, 5);
    answer(stage, command, OK, 0);
    assert_true(collect(stage, PATIENCE_MS));
    submit(stage, "mediation", NULL, CALL_MS);
    assert_int_equal(arrive(stage)->n_after, 0);
}

static void test_an_unknown_key_is_said_at_once(void **state)
{
    struct stage *stage = *state;

    stage->known[0] = '\0';
    connect_partner(stage);
    submit(stage, "mediation", NULL, CALL_MS);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, FORBIDDEN);
    assert_string_equal(stage->outcome.refusal.field, "key");
}

static void test_a_frame_over_the_limit_is_said_and_the_others_arrive(void **state)
{
    struct stage *stage = *state;
    Tiaojie__Refusal large = TIAOJIE__REFUSAL__INIT;
    char *text = malloc(SOCKET_FRAME_MAX + 1);
    int which;

    memset(text, 'x', SOCKET_FRAME_MAX);
    text[SOCKET_FRAME_MAX] = '\0';
    large.reason = text;
    const struct partner_request request = {.service = "s", .name = "n", .body = &large.base};
    connect_partner(stage);
    assert_int_equal(partner_submit(stage->partner, &request, CALL_MS, &which, &stage->refusal), OK);
    submit(stage, "mediation", NULL, CALL_MS);
    assert_true(collect(stage, PATIENCE_MS));
    assert_ptr_equal(stage->outcome.data, &which);
    assert_int_equal(stage->outcome.status, TOO_LARGE);
    assert_string_equal(stage->outcome.refusal.values[1], "1048576");
    answer(stage, arrive(stage), OK, 0);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, OK);
    free(text);
}

static void test_nobody_at_the_endpoint_is_said_when_the_time_is_over(void **state)
{
    struct stage *stage = *state;

    strcat(stage->endpoint, "-elsewhere");
    connect_partner(stage);
    submit(stage, "mediation", NULL, 500);
    assert_true(collect(stage, PATIENCE_MS));
    assert_int_equal(stage->outcome.status, UNAVAILABLE);
    assert_string_equal(stage->outcome.refusal.field, "endpoint");
}

#define STAGE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGE(test_an_answer_comes_back_with_the_data_of_its_command),
        STAGE(test_a_command_answered_with_later_is_sent_again_with_the_same_id),
        STAGE(test_a_command_without_an_answer_is_sent_again_and_a_second_answer_is_ignored),
        STAGE(test_when_the_time_is_over_the_last_later_is_what_it_says),
        STAGE(test_tokens_go_along_to_other_services_and_the_highest_counts),
        STAGE(test_an_unknown_key_is_said_at_once),
        STAGE(test_a_frame_over_the_limit_is_said_and_the_others_arrive),
        STAGE(test_nobody_at_the_endpoint_is_said_when_the_time_is_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
