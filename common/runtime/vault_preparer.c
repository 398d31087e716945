/* SPDX-License-Identifier: Apache-2.0
 *
 * Vault preparer: finds what is personal in a command, has the vault seal it, and puts the sealed values in its place.
 *
 * Owns      its connections to the vault, and the transport keys of the links it has met.
 * Refuses   to let a command go on with one plain value left, and to have a key made for a command that would be
 *           refused.
 */
#include "common/runtime/peer.h"
#include "common/runtime/preparer.h"
#include "common/runtime/process.h"
#include "common/runtime/rehearsal.h"
#include "common/runtime/reply.h"
#include "common/seal/transport.h"
#include "common/store/sql_text.h"
#include "proto/vault.pb-c.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAIT_MS = 10000,
    PERSONAL_MAX = 2048,
    FIELDS_MAX = 64,
    GROUP_FIELDS_MAX = 1024,
    GROUP_BYTES_MAX = 256 * 1024,
    TRIES = 5,
    SERVICE_SHIFT = 53
};

struct vault_preparer {
    struct process *process;
    struct peers *peers;
    struct rehearsal *rehearsal;
};

/* Everything personal in one command, with where it stands; or the texts of several commands together. */
struct found {
    struct work *work;     /* the first, where there are several */
    struct work **members; /* of a group: all of them */
    size_t member_count;
    Vault__Seal seal;
    Vault__PersonToSeal **persons; /* with room once there is one */
    Vault__FieldToSeal **fields;
    struct work **owners; /* whose each field is */
    uint64_t subject;     /* of bare fields */
    /* what stood there before the sealed values, for the case that the vault must be asked again */
    Tiaojie__Person *plain_persons;
    Tiaojie__Sealed *plain_fields;
    bool too_many;
};

/* ---- finding ---- */

static bool has_plain(const Tiaojie__Sealed *value)
{
    return value && (value->plain.len > 0 || value->carried.len > 0);
}

static bool has_sealed(const Tiaojie__Sealed *value)
{
    return value && (value->sealed.len > 0 || value->carried.len > 0 || value->subject != 0);
}

/* Only the node's own commands may carry what is sealed already, or came carried from another node. */
static bool may_go_on(struct found *found, const char *path, bool sealed)
{
    if (!sealed || found->work->command->internal)
        return true;
    if (found->work->status == OK)
        found->work->status =
            refuse(&found->work->refusal, INVALID, path, N_("sealed values and person ids are made by the node"),
                   N_("send the plain value: the connection is encrypted"));
    return false;
}

static void find_person(struct found *found, const char *path, Tiaojie__Person *person)
{
    bool plain = has_plain(person->name) || has_plain(person->identity_number) || has_plain(person->phone);
    bool sealed = person->person != 0 || has_sealed(person->name) || has_sealed(person->identity_number) ||
                  has_sealed(person->phone);
    if (!may_go_on(found, path, sealed) || (person->person != 0 && !plain))
        return;
    if (found->seal.n_persons == PERSONAL_MAX) {
        found->too_many = true;
        return;
    }
    if (!found->persons)
        found->persons = arena_array(found->work->arena, PERSONAL_MAX, sizeof *found->persons);
    Vault__PersonToSeal *asked = arena_take(found->work->arena, sizeof *asked);
    vault__person_to_seal__init(asked);
    asked->path = (char *)(uintptr_t)path;
    asked->person = person;
    found->persons[found->seal.n_persons++] = asked;
}

static void find_field(struct found *found, const char *path, const char *field, Tiaojie__Sealed *value)
{
    if (!may_go_on(found, path, has_sealed(value)) || !has_plain(value))
        return;
    if (found->seal.n_fields == FIELDS_MAX) {
        found->too_many = true;
        return;
    }
    if (!found->fields) {
        found->fields = arena_array(found->work->arena, FIELDS_MAX, sizeof *found->fields);
        found->owners = arena_array(found->work->arena, FIELDS_MAX, sizeof *found->owners);
    }
    Vault__FieldToSeal *asked = arena_take(found->work->arena, sizeof *asked);
    vault__field_to_seal__init(asked);
    asked->path = (char *)(uintptr_t)path;
    asked->field = (char *)(uintptr_t)field;
    asked->subject = found->subject;
    asked->value = value;
    found->owners[found->seal.n_fields] = found->work;
    found->fields[found->seal.n_fields++] = asked;
}

static void find_in(struct found *found, const char *path, ProtobufCMessage *message);

static void find_message(struct found *found, const char *path, const char *field, ProtobufCMessage *message)
{
    if (message->descriptor == &tiaojie__person__descriptor)
        find_person(found, path, (Tiaojie__Person *)message);
    else if (message->descriptor == &tiaojie__sealed__descriptor)
        find_field(found, path, field, (Tiaojie__Sealed *)message);
    else
        find_in(found, path, message);
}

/* No contract contains itself, so the walk ends. */
static void find_in(struct found *found, const char *path, ProtobufCMessage *message)
{
    struct arena *arena = found->work->arena;
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *at = (const char *)message + field->offset;
        if (field->type != PROTOBUF_C_TYPE_MESSAGE || !message_is_personal(field->descriptor))
            continue;
        const char *dot = *path ? "." : "";
        if (field->label != PROTOBUF_C_LABEL_REPEATED) {
            ProtobufCMessage *inner = *(ProtobufCMessage *const *)(const void *)at;
            if (inner)
                find_message(found, text_print(arena, "%s%s%s", path, dot, field->name), field->name, inner);
            continue;
        }
        size_t count = *(const size_t *)(const void *)((const char *)message + field->quantifier_offset);
        ProtobufCMessage *const *list = *(ProtobufCMessage *const *const *)(const void *)at;
        for (size_t k = 0; k < count; k++)
            find_message(found, text_print(arena, "%s%s%s[%zu]", path, dot, field->name, k), field->name, list[k]);
    }
}

/* ---- the other node's key ---- */

static const char *link_of(const ProtobufCMessage *body)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "link");
    if (!field || field->type != PROTOBUF_C_TYPE_STRING || field->label == PROTOBUF_C_LABEL_REPEATED)
        return NULL;
    return *(char *const *)(const void *)((const char *)body + field->offset);
}

static enum status find_link_key(struct vault_preparer *state, struct found *found)
{
    const char *link = found->work->body ? link_of(found->work->body) : NULL;
    if (!link)
        return OK;
    PGconn *connection = PQconnectdb(state->process->conninfo);
    PGresult *result = PQexecParams(connection, sql_text("link_transport_key"), 1, NULL, &link, NULL, NULL, 1);
    enum status status = PQresultStatus(result) == PGRES_TUPLES_OK ? OK : UNAVAILABLE;
    if (status == OK && PQntuples(result) == 1 && PQgetlength(result, 0, 0) == TRANSPORT_KEY_BYTES) {
        found->seal.carry_to.data = arena_copy(found->work->arena, PQgetvalue(result, 0, 0), TRANSPORT_KEY_BYTES);
        found->seal.carry_to.len = TRANSPORT_KEY_BYTES;
    } else if (status == OK) {
        status = UNKNOWN;
    }
    PQclear(result);
    PQfinish(connection);
    if (status == UNKNOWN)
        return refuse_with(&found->work->refusal, UNKNOWN, "link", N_("this node has no link named %1"),
                           N_("the operator adds one with `tiaojie-admin link add`"),
                           arena_text(found->work->arena, link));
    if (status == UNAVAILABLE)
        return refuse(&found->work->refusal, UNAVAILABLE, "link", N_("the directory of links cannot be read now"),
                      N_("send it again"));
    return OK;
}

/* ---- asking the vault ---- */

static struct ask seal_ask(const struct found *found)
{
    uint32_t partition = found->work->partition;
    struct ask ask = ask_make(found->work->arena, "vault", "vault seal", partition, &found->seal.base);
    ask.command.question = true;
    ask.command.target = partition;
    ask.command.trace = (char *)(uintptr_t)found->work->trace;
    return ask;
}

static struct ask make_ask(const struct found *found, const Vault__Make *make)
{
    struct ask ask = ask_make(found->work->arena, "vault", "subject make", id_partition(make->subject), &make->base);
    ask.command.target = make->subject;
    ask.command.trace = (char *)(uintptr_t)found->work->trace;
    return ask;
}

static enum status refused_by_vault(struct found *found, const Tiaojie__Answer *answer)
{
    refusal_from_contract(answer->refusal, (enum status)answer->status, &found->work->refusal);
    if (answer->status == UNAVAILABLE)
        refuse(&found->work->refusal, UNAVAILABLE, "", N_("the vault does not answer"), N_("send it again"));
    refusal_keep(&found->work->refusal, found->work->arena); /* the answer goes before the command does */
    return found->work->refusal.status;
}

/* ---- putting the sealed values in place ---- */

static ProtobufCBinaryData copy_bytes(struct arena *arena, ProtobufCBinaryData bytes)
{
    return (ProtobufCBinaryData){bytes.len, bytes.len > 0 ? arena_copy(arena, bytes.data, bytes.len) : NULL};
}

/* Into the arena of the command that the value belongs to: a group's answer stands in another one's. */
static void place_sealed(struct arena *arena, Tiaojie__Sealed *to, const Tiaojie__Sealed *from)
{
    to->plain = (ProtobufCBinaryData){0, NULL};
    to->sealed = copy_bytes(arena, from->sealed);
    to->carried = copy_bytes(arena, from->carried);
    to->subject = from->subject;
}

static Tiaojie__Sealed *sealed_in(struct arena *arena, const Tiaojie__Sealed *from)
{
    Tiaojie__Sealed *sealed = arena_take(arena, sizeof *sealed);
    tiaojie__sealed__init(sealed);
    if (from)
        place_sealed(arena, sealed, from);
    return sealed;
}

static enum status place(struct found *found, const Vault__SealAnswer *answer)
{
    if (answer->n_persons != found->seal.n_persons || answer->n_fields != found->seal.n_fields)
        return refuse(&found->work->refusal, BROKEN, "", N_("the vault answered for something else"),
                      N_("call the operator"));
    for (size_t i = 0; i < answer->n_persons; i++) {
        Tiaojie__Person *person = found->persons[i]->person;
        person->person = answer->persons[i]->person;
        person->name = sealed_in(found->work->arena, answer->persons[i]->name);
        person->identity_number = sealed_in(found->work->arena, answer->persons[i]->identity_number);
        person->phone = sealed_in(found->work->arena, answer->persons[i]->phone);
    }
    for (size_t i = 0; i < answer->n_fields; i++)
        place_sealed(found->owners[i]->arena, found->fields[i]->value, answer->fields[i]);
    return OK;
}

/* ---- keys for new subjects ---- */

static void keep_plain(struct found *found)
{
    struct arena *arena = found->work->arena;
    found->plain_persons = arena_array(arena, found->seal.n_persons + 1, sizeof *found->plain_persons);
    found->plain_fields = arena_array(arena, found->seal.n_fields + 1, sizeof *found->plain_fields);
    for (size_t i = 0; i < found->seal.n_persons; i++)
        found->plain_persons[i] = *found->persons[i]->person;
    for (size_t i = 0; i < found->seal.n_fields; i++)
        found->plain_fields[i] = *found->fields[i]->value;
}

static void restore_plain(struct found *found)
{
    for (size_t i = 0; i < found->seal.n_persons; i++)
        *found->persons[i]->person = found->plain_persons[i];
    for (size_t i = 0; i < found->seal.n_fields; i++)
        *found->fields[i]->value = found->plain_fields[i];
}

/* A reader's command is not rehearsed: what it rests on may stand before it in the same batch. */
static void rehearse(struct vault_preparer *state, struct found *found)
{
    size_t count = found->member_count ? found->member_count : 1;
    struct work **members = found->member_count ? found->members : &found->work;
    for (size_t i = 0; i < count; i++)
        if (!members[i]->has_mark)
            rehearsal_judge(state->rehearsal, members[i]);
}

/* Neither what was refused nor what was done before needs a key. */
static bool goes_on(const struct work *work)
{
    return work->status == OK && !work->repeated;
}

static bool is_needed(const struct found *found, uint64_t subject)
{
    if (found->member_count == 0)
        return goes_on(found->work);
    for (size_t i = 0; i < found->seal.n_fields; i++)
        if (found->fields[i]->subject == subject && goes_on(found->owners[i]))
            return true;
    return false;
}

/* OK: all new subjects that are needed have their key now. CONFLICT: somebody was faster with one, the vault must be
 * asked again. */
static enum status make_subjects(struct vault_preparer *state, struct found *found, Vault__SealAnswer *answer)
{
    struct arena *arena = found->work->arena;
    struct ask *asks = arena_array(arena, answer->n_makes + 1, sizeof *asks);
    size_t count = 0;
    for (size_t i = 0; i < answer->n_makes; i++)
        if (is_needed(found, answer->makes[i]->subject))
            asks[count++] = make_ask(found, answer->makes[i]);
    peers_ask(state->peers, asks, count, arena, WAIT_MS);
    enum status status = OK;
    for (size_t i = 0; i < count && (status == OK || status == CONFLICT); i++) {
        if (asks[i].answer->status != OK)
            status = refused_by_vault(found, asks[i].answer);
    }
    return status;
}

/* Of the whole question; a member that a rehearsal refused has its own status besides. */
static enum status take_seal_answer(struct vault_preparer *state, struct found *found, const Tiaojie__Answer *answer)
{
    if (answer->status != OK)
        return refused_by_vault(found, answer);
    Vault__SealAnswer *sealed =
        vault__seal_answer__unpack(arena_allocator(found->work->arena), answer->body.len, answer->body.data);
    if (!sealed)
        return refuse(&found->work->refusal, BROKEN, "", N_("the vault's answer could not be read"),
                      N_("call the operator"));
    keep_plain(found);
    enum status status = place(found, sealed);
    if (status == OK && sealed->n_makes > 0) {
        rehearse(state, found);
        status = make_subjects(state, found, sealed);
    }
    if (status == CONFLICT)
        restore_plain(found);
    return status;
}

/* ---- running ---- */

static struct found *look_through(struct vault_preparer *state, struct work *work)
{
    struct found *found = arena_take(work->arena, sizeof *found);
    found->work = work;
    found->subject = (uint64_t)state->process->service->number << SERVICE_SHIFT |
                     (work->command->creates ? affinity_id(work->target, state->process->partitions) : work->target);
    vault__seal__init(&found->seal);
    work->status = OK;
    find_in(found, "", work->body);
    found->seal.persons = found->persons;
    found->seal.fields = found->fields;
    if (work->status != OK)
        return found;
    if (found->too_many)
        work->status = refuse(&work->refusal, TOO_LARGE, "", N_("more than 2048 persons or 64 texts in one command"),
                              N_("divide it"));
    else
        work->status = find_link_key(state, found);
    return found;
}

/* ---- groups: the vault is asked once for the texts of many commands ---- */

static bool has_texts_only(const struct found *found)
{
    return found->seal.n_persons == 0 && found->seal.carry_to.len == 0;
}

static size_t text_bytes(const struct found *found)
{
    size_t bytes = 0;
    for (size_t i = 0; i < found->seal.n_fields; i++)
        bytes += found->fields[i]->value->plain.len + found->fields[i]->value->carried.len;
    return bytes;
}

static struct found *group_new(struct arena *arena, struct found *first)
{
    struct found *group = arena_take(arena, sizeof *group);
    group->work = first->work;
    group->members = arena_array(arena, BATCH_COMMANDS_MAX, sizeof *group->members);
    group->fields = arena_array(arena, GROUP_FIELDS_MAX, sizeof *group->fields);
    group->owners = arena_array(arena, GROUP_FIELDS_MAX, sizeof *group->owners);
    vault__seal__init(&group->seal);
    group->seal.fields = group->fields;
    return group;
}

static void group_add(struct found *group, const struct found *found)
{
    group->members[group->member_count++] = found->work;
    for (size_t i = 0; i < found->seal.n_fields; i++) {
        group->owners[group->seal.n_fields] = found->work;
        group->fields[group->seal.n_fields++] = found->fields[i];
    }
}

/* Puts the commands with nothing but texts together; returns how many questions are left to ask. Texts are never
 * refused for what they say, so one command's outcome is the outcome of its group. */
static size_t group_texts(struct found **open, size_t count, struct arena *arena)
{
    struct found *group = NULL;
    size_t kept = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        struct found *found = open[i]; /* its place may be taken by a group */
        if (!has_texts_only(found)) {
            open[kept++] = found;
            continue;
        }
        bytes += text_bytes(found);
        if (!group || group->seal.n_fields + FIELDS_MAX > GROUP_FIELDS_MAX || bytes > GROUP_BYTES_MAX) {
            group = group_new(arena, found);
            bytes = text_bytes(found);
            open[kept++] = group;
        }
        group_add(group, found);
    }
    return kept;
}

/* The question failed, and with it every member; the first one's refusal says why. */
static void fail_members(const struct found *found, enum status status)
{
    found->work->status = status;
    for (size_t i = 1; i < found->member_count; i++) {
        struct work *member = found->members[i];
        member->status = status;
        member->refusal = found->work->refusal;
        member->refusal.field = "";
        member->refusal.value_count = 0;
        member->refusal.reason = arena_text(member->arena, found->work->refusal.reason);
        member->refusal.remedy = arena_text(member->arena, found->work->refusal.remedy);
        member->refusal.article = "";
    }
}

static bool is_open(const struct found *found)
{
    return found->work->status == OK && found->seal.n_persons + found->seal.n_fields > 0;
}

/* One round over all commands that are not sealed yet. */
static size_t ask_round(struct vault_preparer *state, struct found **list, size_t count, struct arena *arena)
{
    struct ask *asks = arena_array(arena, count + 1, sizeof *asks);
    for (size_t i = 0; i < count; i++)
        asks[i] = seal_ask(list[i]);
    peers_ask(state->peers, asks, count, arena, WAIT_MS);
    size_t again = 0;
    for (size_t i = 0; i < count; i++) {
        enum status status = take_seal_answer(state, list[i], asks[i].answer);
        if (status == CONFLICT)
            list[again++] = list[i];
        else if (status != OK)
            fail_members(list[i], status);
    }
    return again;
}

static void vault_run(void *data, struct work **list, size_t count)
{
    struct vault_preparer *state = data;
    struct found *open[BATCH_COMMANDS_MAX];
    size_t open_count = 0;
    assert(count <= BATCH_COMMANDS_MAX);
    for (size_t i = 0; i < count; i++) {
        struct found *found = look_through(state, list[i]);
        if (is_open(found))
            open[open_count++] = found;
    }
    struct arena *arena = arena_new(SIZE_MAX);
    open_count = group_texts(open, open_count, arena);
    for (int tries = 0; tries < TRIES && open_count > 0; tries++)
        open_count = ask_round(state, open, open_count, arena);
    for (size_t i = 0; i < open_count; i++)
        fail_members(open[i], refuse(&open[i]->work->refusal, UNAVAILABLE, "",
                                     N_("the vault is being changed by many at once"), N_("send it again")));
    arena_free(&arena);
}

static void *vault_open(struct process *process)
{
    struct vault_preparer *state = calloc(1, sizeof *state);
    assert(state);
    state->process = process;
    state->peers = peers_new(process);
    state->rehearsal = rehearsal_new(process);
    return state;
}

static void vault_close(void **data)
{
    struct vault_preparer *state = *data;
    peers_free(&state->peers);
    rehearsal_free(&state->rehearsal);
    free(state);
    *data = NULL;
}

const struct preparer VAULT_PREPARER = {.open = vault_open, .run = vault_run, .close = vault_close};
