/* SPDX-License-Identifier: Apache-2.0
 *
 * Sockets, key check and monitor, between two sockets of one process over a path in a private folder.
 */
#include "common/base/instant.h"
#include "common/net/monitor.h"
#include "common/net/socket.h"
#include "common/net/zap.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Longer than anything that is waited for; only a failing test reaches it. */
enum { PATIENCE_MS = 20000 };

struct hall {
    char folder[32];
    char endpoint[64];
    void *context;
    struct zap *zap;
    struct curve_key server, client;
    char known[CURVE_TEXT_SIZE];
    void *door;
    void *dealer;
    struct monitor *monitor;
};

static bool is_known(void *data, const char *domain, const char *public_text)
{
    const struct hall *hall = data;

    return strcmp(domain, "test") == 0 && strcmp(public_text, hall->known) == 0;
}

static int hall_open(void **state)
{
    struct hall *hall = calloc(1, sizeof *hall);
    struct refusal refusal;

    strcpy(hall->folder, "/tmp/tj-socket-XXXXXX");
    assert_non_null(mkdtemp(hall->folder));
    snprintf(hall->endpoint, sizeof hall->endpoint, "ipc://%s/door", hall->folder);
    hall->context = zmq_ctx_new();
    curve_key_make(&hall->server);
    curve_key_make(&hall->client);
    strcpy(hall->known, hall->client.public_text);
    assert_int_equal(zap_start(hall->context, is_known, hall, &hall->zap, &refusal), OK);
    assert_int_equal(
        socket_bind(hall->context, hall->zap, ZMQ_ROUTER, hall->endpoint, &hall->server, "test", &hall->door, &refusal),
        OK);
    *state = hall;
    return 0;
}

static int hall_close(void **state)
{
    struct hall *hall = *state;
    char command[64];

    monitor_free(&hall->monitor);
    socket_close(&hall->dealer);
    socket_close(&hall->door);
    zap_stop(&hall->zap);
    zmq_ctx_term(hall->context);
    snprintf(command, sizeof command, "rm -r %s", hall->folder);
    assert_int_equal(system(command), 0);
    free(hall);
    return 0;
}

/* A client with a key, which expects this server key. */
static void knock(struct hall *hall, const struct curve_key *key, const char *server)
{
    struct refusal refusal;

    assert_int_equal(socket_client(hall->context, ZMQ_DEALER, key, server, &hall->dealer, &refusal), OK);
    hall->monitor = monitor_open(hall->context, hall->dealer);
    assert_non_null(hall->monitor);
    assert_int_equal(socket_join(&hall->dealer, hall->endpoint, &refusal), OK);
}

static enum status await(void *socket, struct received *received)
{
    enum status status = socket_receive(socket, received);

    const int64_t until = instant_monotonic() + PATIENCE_MS * INT64_C(1000);
    while (status == BUSY && instant_monotonic() < until) {
        socket_wait(socket, 1000);
        status = socket_receive(socket, received);
    }
    return status;
}

static enum monitor_sign await_sign(struct monitor *monitor, enum monitor_sign wanted)
{
    enum monitor_sign sign = monitor_next(monitor);
    void *socket = monitor_socket(monitor);

    const int64_t until = instant_monotonic() + PATIENCE_MS * INT64_C(1000);
    while (sign != wanted && instant_monotonic() < until) {
        if (sign == MONITOR_QUIET)
            socket_wait(socket, 1000);
        sign = monitor_next(monitor);
    }
    return sign;
}

static void test_a_message_carries_the_key_of_its_sender_and_is_answered_by_its_route(void **state)
{
    struct hall *hall = *state;
    struct received got, back;
    knock(hall, &hall->client, hall->server.public_text);

    received_init(&got);
    received_init(&back);
    assert_int_equal(socket_send(hall->dealer, NULL, "ask", 3), OK);
    assert_int_equal(await(hall->door, &got), OK);
    assert_memory_equal(got.bytes, "ask", 3);
    assert_string_equal(got.peer, hall->client.public_text);
    assert_int_equal(socket_send(hall->door, &got.route, "answer", 6), OK);
    assert_int_equal(await(hall->dealer, &back), OK);
    assert_int_equal(back.size, 6);
    received_free(&got);
    received_free(&back);
}

static void test_an_unknown_key_is_refused_at_the_handshake_and_the_client_learns_it(void **state)
{
    struct hall *hall = *state;
    struct curve_key stranger;

    curve_key_make(&stranger);
    knock(hall, &stranger, hall->server.public_text);
    assert_int_equal(await_sign(hall->monitor, MONITOR_KEY_REFUSED), MONITOR_KEY_REFUSED);
}

static void test_another_server_key_than_expected_is_noticed(void **state)
{
    struct hall *hall = *state;

    knock(hall, &hall->client, hall->client.public_text);

    assert_int_equal(await_sign(hall->monitor, MONITOR_WRONG_SERVER), MONITOR_WRONG_SERVER);
}

static void test_nobody_at_the_endpoint_is_noticed(void **state)
{
    struct hall *hall = *state;

    strcat(hall->endpoint, "-elsewhere");
    knock(hall, &hall->client, hall->server.public_text);
    assert_int_equal(await_sign(hall->monitor, MONITOR_NOBODY), MONITOR_NOBODY);
}

static void test_a_frame_over_the_limit_costs_the_connection_and_the_client_sees_it(void **state)
{
    struct hall *hall = *state;

    knock(hall, &hall->client, hall->server.public_text);
    char *large = calloc(1, SOCKET_FRAME_MAX + 1);
    struct received got;

    received_init(&got);
    assert_int_equal(await_sign(hall->monitor, MONITOR_READY), MONITOR_READY);
    assert_int_equal(socket_send(hall->dealer, NULL, large, SOCKET_FRAME_MAX + 1), OK);
    assert_int_equal(await_sign(hall->monitor, MONITOR_LOST), MONITOR_LOST);
    assert_int_equal(await_sign(hall->monitor, MONITOR_READY), MONITOR_READY);
    assert_int_equal(socket_send(hall->dealer, NULL, "small", 5), OK);
    assert_int_equal(await(hall->door, &got), OK);
    assert_int_equal(got.size, 5);
    received_free(&got);
    free(large);
}

static void test_a_message_of_many_parts_is_refused_and_the_next_one_is_whole(void **state)
{
    struct hall *hall = *state;

    knock(hall, &hall->client, hall->server.public_text);
    struct received got;

    received_init(&got);
    for (int i = 0; i < 9; i++)
        assert_int_equal(zmq_send(hall->dealer, "part", 4, ZMQ_SNDMORE), 4);
    assert_int_equal(zmq_send(hall->dealer, "last", 4, 0), 4);
    assert_int_equal(socket_send(hall->dealer, NULL, "whole", 5), OK);
    assert_int_equal(await(hall->door, &got), TOO_LARGE);
    assert_string_equal(got.peer, hall->client.public_text);
    assert_int_equal(await(hall->door, &got), OK);
    assert_memory_equal(got.bytes, "whole", 5);
    received_free(&got);
}

static void test_sending_to_a_peer_that_is_gone_is_told(void **state)
{
    struct hall *hall = *state;
    struct route nobody = {5, {0, 1, 2, 3, 4}};

    assert_int_equal(socket_send(hall->door, &nobody, "x", 1), UNAVAILABLE);
}

static void test_a_listening_curve_socket_without_a_key_check_is_refused(void **state)
{
    struct hall *hall = *state;
    struct refusal refusal;
    void *socket = NULL;

    assert_int_equal(
        socket_bind(hall->context, NULL, ZMQ_ROUTER, hall->endpoint, &hall->server, "test", &socket, &refusal), BROKEN);
    assert_null(socket);
    assert_string_equal(refusal.field, "endpoint");
}

static void test_a_key_file_is_read_back_but_not_overwritten_and_not_shared(void **state)
{
    struct hall *hall = *state;
    struct curve_key read;
    struct refusal refusal;
    char path[64];

    snprintf(path, sizeof path, "%s/key", hall->folder);
    assert_int_equal(curve_key_save(&hall->client, path, &refusal), OK);
    assert_int_equal(curve_key_load(&read, path, &refusal), OK);
    assert_string_equal(read.secret_text, hall->client.secret_text);
    assert_int_equal(curve_key_save(&hall->server, path, &refusal), INVALID);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(curve_key_load(&read, path, &refusal), FORBIDDEN);
}

static void test_a_key_file_whose_halves_differ_is_refused(void **state)
{
    struct hall *hall = *state;
    struct curve_key mixed = hall->client;
    struct refusal refusal;
    char path[64];

    snprintf(path, sizeof path, "%s/mixed", hall->folder);
    strcpy(mixed.public_text, hall->server.public_text);
    assert_int_equal(curve_key_save(&mixed, path, &refusal), OK);
    assert_int_equal(curve_key_load(&mixed, path, &refusal), INVALID);
}

#define HALL(test) cmocka_unit_test_setup_teardown(test, hall_open, hall_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL(test_a_message_carries_the_key_of_its_sender_and_is_answered_by_its_route),
        HALL(test_an_unknown_key_is_refused_at_the_handshake_and_the_client_learns_it),
        HALL(test_another_server_key_than_expected_is_noticed),
        HALL(test_nobody_at_the_endpoint_is_noticed),
        HALL(test_a_frame_over_the_limit_costs_the_connection_and_the_client_sees_it),
        HALL(test_a_message_of_many_parts_is_refused_and_the_next_one_is_whole),
        HALL(test_sending_to_a_peer_that_is_gone_is_told),
        HALL(test_a_listening_curve_socket_without_a_key_check_is_refused),
        HALL(test_a_key_file_is_read_back_but_not_overwritten_and_not_shared),
        HALL(test_a_key_file_whose_halves_differ_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
