/* SPDX-License-Identifier: Apache-2.0
 *
 * Audit: do the logs' chains hold, and do the rows follow from them. Reads only, as each service's reading role.
 *
 *     chain service=S partition=P entries=N verdict=ok          (or verdict=bad position=N)
 *     verify partitions=N entries=N bad=N
 *     replay service=S rows=N differ=N
 *     count entries=N events=N clocks_started=N clocks_fired=N
 */
#include "clients/admin/reader.h"
#include "common/procedure/law.h"
#include "common/store/store.h"

#include <inttypes.h>
#include <stdio.h>

enum { COUNT_PAGE = 256 };

struct audit {
    struct admin *admin;
    struct law *law;
    uint64_t partitions, entries, bad;
    uint64_t events, clocks_started, clocks_fired;
};

static enum status verify_partition(struct audit *audit, const struct service *service, struct store_reader *reader,
                                    uint32_t partition)
{
    uint64_t entries, bad;
    enum status status = store_verify(reader, partition, &entries, &bad, &audit->admin->refusal);

    if (status != OK)
        return status;
    audit->partitions++;
    audit->entries += entries;
    audit->bad += bad != 0;
    printf("chain service=%s partition=%" PRIu32 " entries=%" PRIu64 " verdict=%s", service->name, partition, entries,
           bad ? "bad" : "ok");
    if (bad)
        printf(" position=%" PRIu64, bad);
    putchar('\n');
    return OK;
}

static enum status each_partition(struct audit *audit, const struct service *service,
                                  enum status (*look)(struct audit *audit, const struct service *service,
                                                      struct store_reader *reader, uint32_t partition))
{
    uint32_t partitions = (uint32_t)conf_number(audit->admin->conf, "node", "partitions");
    struct store_reader *reader;
    enum status status = reader_open(audit->admin, audit->law, service, &reader);

    if (status != OK)
        return status;
    for (uint32_t partition = 0; partition < partitions && status == OK; partition++)
        status = look(audit, service, reader, partition);
    store_reader_free(&reader);
    return status;
}

static enum status verify_service(struct audit *audit, const struct service *service)
{
    return each_partition(audit, service, verify_partition);
}

static enum status replay_service(struct audit *audit, const struct service *service)
{
    uint32_t partitions = (uint32_t)conf_number(audit->admin->conf, "node", "partitions");
    uint64_t rows = 0, differ = 0, more_rows, more_differ;
    struct store_reader *reader;
    enum status status = reader_open(audit->admin, audit->law, service, &reader);

    if (status != OK)
        return status;
    for (uint32_t partition = 0; partition < partitions && status == OK; partition++) {
        status = store_replay(reader, partition, &more_rows, &more_differ, &audit->admin->refusal);
        if (status == OK) {
            rows += more_rows;
            differ += more_differ;
        }
    }
    store_reader_free(&reader);
    if (status != OK)
        return status;
    printf("replay service=%s rows=%" PRIu64 " differ=%" PRIu64 "\n", service->name, rows, differ);
    audit->bad += differ != 0;
    return OK;
}

/* ---- counting ---- */

static void count_step(struct audit *audit, const Tiaojie__StepTaken *step)
{
    audit->clocks_started += step->n_starts;
    for (size_t i = 0; i < step->n_stops; i++)
        audit->clocks_fired += step->stops[i]->state == STORE__CLOCK_STATE__CLOCK_STATE_FIRED;
}

/* What a procedure decided stands in an event's field of type StepTaken. */
static void count_event(struct audit *audit, const struct service *service, const Tiaojie__Event *event)
{
    const struct event *known = service_event(service, event->name);
    ProtobufCMessage *message =
        known ? protobuf_c_message_unpack(known->message, NULL, event->body.len, event->body.data) : NULL;

    audit->events++;
    for (unsigned i = 0; message && i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const void *at = (const char *)message + field->offset;
        if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == &tiaojie__step_taken__descriptor &&
            *(Tiaojie__StepTaken *const *)at)
            count_step(audit, *(Tiaojie__StepTaken *const *)at);
    }
    if (message)
        protobuf_c_message_free_unpacked(message, NULL);
}

static enum status count_partition(struct audit *audit, const struct service *service, struct store_reader *reader,
                                   uint32_t partition)
{
    Tiaojie__Follow follow = TIAOJIE__FOLLOW__INIT;
    Tiaojie__Followed *followed = NULL;
    enum status status = OK;

    follow.partition = partition;
    follow.at_most = COUNT_PAGE;
    do {
        struct arena *arena = arena_new(SIZE_MAX);
        status = store_follow(reader, &follow, arena, &followed, &audit->admin->refusal);
        size_t count = status == OK ? followed->n_entries : 0;
        for (size_t i = 0; i < count; i++) {
            follow.position = followed->entries[i]->position;
            audit->entries++;
            for (size_t k = 0; k < followed->entries[i]->n_events; k++)
                count_event(audit, service, followed->entries[i]->events[k]);
        }
        arena_free(&arena);
        if (count == 0)
            break;
    } while (status == OK);
    return status;
}

static enum status count_service(struct audit *audit, const struct service *service)
{
    return each_partition(audit, service, count_partition);
}

static enum status each_service(struct audit *audit,
                                enum status (*look)(struct audit *audit, const struct service *service))
{
    enum status status = admin_conf(audit->admin);

    audit->law = law_new();
    for (size_t i = 0; SERVICES[i] && status == OK; i++)
        status = look(audit, SERVICES[i]);
    law_free(&audit->law);
    audit->admin->bad = audit->bad != 0;
    return status;
}

static enum status log_verify(struct admin *admin)
{
    struct audit audit = {.admin = admin};
    enum status status = each_service(&audit, verify_service);

    if (status == OK)
        printf("verify partitions=%" PRIu64 " entries=%" PRIu64 " bad=%" PRIu64 "\n", audit.partitions, audit.entries,
               audit.bad);
    return status;
}

static enum status log_replay(struct admin *admin)
{
    struct audit audit = {.admin = admin};

    return each_service(&audit, replay_service);
}

static enum status log_count(struct admin *admin)
{
    struct audit audit = {.admin = admin};
    enum status status = each_service(&audit, count_service);

    if (status == OK)
        printf("count entries=%" PRIu64 " events=%" PRIu64 " clocks_started=%" PRIu64 " clocks_fired=%" PRIu64 "\n",
               audit.entries, audit.events, audit.clocks_started, audit.clocks_fired);
    return status;
}

const struct verb VERB_LOG_COUNT = {
    .name = "log count",
    .options = "conf",
    .words = "",
    .help = N_("count entries, events, and the time limits that started and ran out"),
    .run = log_count,
};

const struct verb VERB_LOG_VERIFY = {
    .name = "log verify",
    .options = "conf",
    .words = "",
    .help = N_("check every log's positions and hashes; exit code 1 when one doesn't hold"),
    .run = log_verify,
};

const struct verb VERB_LOG_REPLAY = {
    .name = "replay",
    .options = "conf",
    .words = "",
    .help = N_("fold the logs and compare with the tables; exit code 1 when they differ"),
    .run = log_replay,
};
