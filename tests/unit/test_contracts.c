/* SPDX-License-Identifier: Apache-2.0
 *
 * Contracts: what every message of every service keeps to, so that scan, rows and JSON can rely on it. The walks start
 * at SERVICES: a service, command or table that is new is looked at without a change here.
 */
#include "common/net/scan.h"
#include "common/service.h"

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { SERVICES_NOW = 6, MESSAGES_MIN = 120, TABLES_MIN = 20, FOLLOWS_MIN = 6 };

/* ---- every message ---- */

static unsigned looked_at;

/* Prints what is wrong, so that the one that fails can be found. */
static void expect(bool holds, const struct service *service, const char *where, const char *what)
{
    looked_at++;
    if (!holds)
        fail_msg("%s, %s: %s", service->name, where, what);
}

static void expect_contract(const ProtobufCMessageDescriptor *descriptor, const struct service *service,
                            const char *where)
{
    const char *fault = descriptor ? scan_descriptor_fault(descriptor) : "it has no message";

    expect(fault == NULL, service, where, fault ? fault : "");
}

static void look_at_messages(const struct service *service)
{
    for (size_t i = 0; service->commands[i]; i++)
        expect_contract(service->commands[i]->message, service, service->commands[i]->name);
    for (size_t i = 0; service->events[i]; i++)
        expect_contract(service->events[i]->message, service, service->events[i]->name);
    for (size_t i = 0; service->questions[i]; i++) {
        expect_contract(service->questions[i]->message, service, service->questions[i]->name);
        expect_contract(service->questions[i]->answer, service, service->questions[i]->name);
    }
    for (size_t i = 0; service->tables[i]; i++)
        expect_contract(service->tables[i]->row, service, service->tables[i]->name);
}

static void test_every_message_of_every_service_can_be_scanned(void **state)
{
    (void)state;
    looked_at = 0;
    for (size_t i = 0; SERVICES[i]; i++)
        look_at_messages(SERVICES[i]);
    assert_true(looked_at >= MESSAGES_MIN);
}

static void test_what_is_around_a_command_can_be_scanned(void **state)
{
    (void)state;
    assert_null(scan_descriptor_fault(&tiaojie__forwards__descriptor));
    assert_null(scan_descriptor_fault(&tiaojie__replies__descriptor));
}

/* ---- rows ---- */

static bool is_plain(const ProtobufCFieldDescriptor *field)
{
    return field->label != PROTOBUF_C_LABEL_REPEATED && field->type != PROTOBUF_C_TYPE_MESSAGE;
}

static bool has_type(const ProtobufCMessageDescriptor *row, unsigned place, const char *name, ProtobufCType type)
{
    const ProtobufCFieldDescriptor *field = place < row->n_fields ? &row->fields[place] : NULL;

    return field && field->type == type && field->label == PROTOBUF_C_LABEL_NONE &&
           (!name || strcmp(field->name, name) == 0);
}

static void look_at_keys(const struct table *table, const struct service *service)
{
    const ProtobufCFieldDescriptor *version = protobuf_c_message_descriptor_get_field_by_name(table->row, "version");

    if (table->child) {
        expect(has_type(table->row, 0, NULL, PROTOBUF_C_TYPE_UINT64), service, table->name,
               "a child's first field is its aggregate's id, uint64");
        expect(has_type(table->row, 1, "ordinal", PROTOBUF_C_TYPE_UINT32), service, table->name,
               "a child's second field is uint32 ordinal");
        return;
    }
    expect(has_type(table->row, 0, "id", PROTOBUF_C_TYPE_UINT64), service, table->name,
           "an aggregate's first field is uint64 id");
    expect(!version || version->type == PROTOBUF_C_TYPE_UINT64, service, table->name, "version is uint64");
}

static void look_at_columns(const struct table *table, const struct service *service)
{
    for (unsigned i = 0; i < table->row->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &table->row->fields[i];
        expect(is_plain(field), service, table->name, field->name);
        expect(strcmp(field->name, "partition") != 0, service, table->name, "the runtime keeps the partition");
    }
}

static void test_every_row_is_flat_and_begins_with_its_key(void **state)
{
    unsigned tables = 0;

    (void)state;
    for (size_t i = 0; SERVICES[i]; i++)
        for (size_t k = 0; SERVICES[i]->tables[k]; k++, tables++) {
            look_at_keys(SERVICES[i]->tables[k], SERVICES[i]);
            look_at_columns(SERVICES[i]->tables[k], SERVICES[i]);
        }
    assert_true(tables >= TABLES_MIN);
}

static bool has_table(const struct service *service, const struct table *table)
{
    for (size_t i = 0; service->tables[i]; i++)
        if (service->tables[i] == table)
            return true;
    return false;
}

static void test_what_a_command_is_on_is_an_aggregate_of_its_service(void **state)
{
    (void)state;
    for (size_t i = 0; SERVICES[i]; i++)
        for (size_t k = 0; SERVICES[i]->commands[k]; k++) {
            const struct table *on = SERVICES[i]->commands[k]->on;
            expect(!on || (!on->child && has_table(SERVICES[i], on)), SERVICES[i], SERVICES[i]->commands[k]->name,
                   "its table is none of the service's aggregates");
        }
}

/* ---- names and rights ---- */

static void test_a_name_leads_to_one_command_question_or_event(void **state)
{
    (void)state;
    for (size_t i = 0; SERVICES[i]; i++) {
        const struct service *service = SERVICES[i];
        for (size_t k = 0; service->commands[k]; k++) {
            const struct command *command = service->commands[k];
            expect(service_command(service, command->name) == command, service, command->name, "a name twice");
            expect(!service_question(service, command->name), service, command->name, "a command and a question");
        }
        for (size_t k = 0; service->questions[k]; k++)
            expect(service_question(service, service->questions[k]->name) == service->questions[k], service,
                   service->questions[k]->name, "a name twice");
        for (size_t k = 0; service->events[k]; k++)
            expect(service_event(service, service->events[k]->name) == service->events[k], service,
                   service->events[k]->name, "a name twice");
    }
}

static void test_what_is_internal_is_nobodys_and_all_else_is_somebodys(void **state)
{
    (void)state;
    for (size_t i = 0; SERVICES[i]; i++) {
        for (size_t k = 0; SERVICES[i]->commands[k]; k++) {
            const struct command *command = SERVICES[i]->commands[k];
            expect(command->internal == (command->may == 0), SERVICES[i], command->name, "internal, or for somebody");
        }
        for (size_t k = 0; SERVICES[i]->questions[k]; k++) {
            const struct question *question = SERVICES[i]->questions[k];
            expect(question->internal == (question->may == 0), SERVICES[i], question->name,
                   "internal, or for somebody");
        }
    }
}

static void test_services_have_names_and_numbers_of_their_own(void **state)
{
    size_t count = 0;

    (void)state;
    for (; SERVICES[count]; count++) {
        assert_ptr_equal(service_find(SERVICES[count]->name), SERVICES[count]);
        assert_true(SERVICES[count]->number > 0);
        for (size_t k = 0; k < count; k++)
            assert_int_not_equal(SERVICES[k]->number, SERVICES[count]->number);
    }
    assert_int_equal(count, SERVICES_NOW);
}

/* ---- following ---- */

static void test_what_a_service_follows_is_an_event_of_the_source(void **state)
{
    unsigned follows = 0;

    (void)state;
    for (size_t i = 0; SERVICES[i]; i++)
        for (const struct follow *follow = SERVICES[i]->follows; follow && follow->source; follow++, follows++) {
            const struct service *source = service_find(follow->source);
            expect(source && source != SERVICES[i], SERVICES[i], follow->event, "its source is another service");
            const struct event *event = service_event(source, follow->event);
            expect(event && event->message == follow->message, SERVICES[i], follow->event,
                   "the source has no such event with this message");
        }
    assert_true(follows >= FOLLOWS_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_message_of_every_service_can_be_scanned),
        cmocka_unit_test(test_what_is_around_a_command_can_be_scanned),
        cmocka_unit_test(test_every_row_is_flat_and_begins_with_its_key),
        cmocka_unit_test(test_what_a_command_is_on_is_an_aggregate_of_its_service),
        cmocka_unit_test(test_a_name_leads_to_one_command_question_or_event),
        cmocka_unit_test(test_what_is_internal_is_nobodys_and_all_else_is_somebodys),
        cmocka_unit_test(test_services_have_names_and_numbers_of_their_own),
        cmocka_unit_test(test_what_a_service_follows_is_an_event_of_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
