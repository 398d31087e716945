/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing what is personal in another service's command. A question, not a command: nothing is written by it. Where a
 * subject has no key yet, the answer holds the "subject make" that would give it one, with the values sealed under that
 * key already.
 *
 * Keys are made here, from the system's random source, and not in a rule: a decision stays pure.
 */
#include "common/seal/seal.h"

#include "common/base/identity.h"
#include "common/base/person_name.h"
#include "common/seal/keyed.h"
#include "common/seal/node_keys.h"
#include "common/seal/wrap.h"
#include "services/vault/vault.h"

#include <openssl/rand.h>
#include <string.h>

enum { PHONE_MAX = 32, AFFINITY_BITS = 45, PERSONS_MAX = 512 };

/* ---- who it is ---- */

/* A person's id from the keyed hash of the identity number: its first 45 bits are the affinity. */
static uint64_t person_id(const uint8_t hash[KEYED_BYTES], uint32_t partitions)
{
    uint64_t affinity = 0;
    for (int i = 0; i < 8; i++)
        affinity = affinity << 8 | hash[i];
    return affinity_id(affinity >> (64 - AFFINITY_BITS), partitions);
}

static ProtobufCBinaryData plain_of(const Tiaojie__Sealed *sealed)
{
    return sealed ? sealed->plain : (ProtobufCBinaryData){0, NULL};
}

/* The identity number in its normal form, "" where there is none. */
static enum status read_identity(const Vault__PersonToSeal *asked, const struct context *now, struct identity *identity,
                                 struct refusal *refusal)
{
    ProtobufCBinaryData plain = plain_of(asked->person->identity_number);
    memset(identity, 0, sizeof *identity);
    if (plain.len == 0)
        return OK;
    char *text = arena_take(now->arena, plain.len + 1);
    memcpy(text, plain.data, plain.len);
    return identity_read(text, now->today, text_print(now->arena, "%s.identity_number", asked->path), identity,
                         refusal);
}

static void hash_identity(const struct context *now, const struct identity *identity, uint8_t hash[KEYED_BYTES])
{
    struct keyed *keyed = keyed_new(&now->keys->search);
    ProtobufCBinaryData value = {strlen(identity->text), (uint8_t *)(uintptr_t)identity->text};
    keyed_search(keyed, "identity_number", value, hash);
    keyed_free(&keyed);
}

/* ---- what came from another node ---- */

static enum status open_carried(struct sealer *sealer, const struct context *now, const char *path, const char *field,
                                Tiaojie__Sealed *value, struct refusal *refusal)
{
    if (!value || value->carried.len == 0)
        return OK;
    ProtobufCBinaryData associated = {strlen(field), (uint8_t *)(uintptr_t)field};
    if (transport_open(sealer, now->arena, &now->keys->transport, associated, value->carried, &value->plain) == OK)
        return OK;
    return refuse(refusal, UNVERIFIED, text_print(now->arena, "%s.%s", path, field),
                  N_("a value that came from another node was not sealed for this one"),
                  N_("the sender's link must hold this node's present transport key"));
}

static enum status open_all_carried(Vault__Seal *seal, const struct context *now, struct refusal *refusal)
{
    struct sealer *sealer = sealer_new();
    enum status status = OK;
    for (size_t i = 0; i < seal->n_persons && status == OK; i++) {
        const Vault__PersonToSeal *asked = seal->persons[i];
        status = open_carried(sealer, now, asked->path, "name", asked->person->name, refusal);
        if (status == OK)
            status = open_carried(sealer, now, asked->path, "identity_number", asked->person->identity_number, refusal);
        if (status == OK)
            status = open_carried(sealer, now, asked->path, "phone", asked->person->phone, refusal);
    }
    for (size_t i = 0; i < seal->n_fields && status == OK; i++)
        status =
            open_carried(sealer, now, seal->fields[i]->path, seal->fields[i]->field, seal->fields[i]->value, refusal);
    sealer_free(&sealer);
    return status;
}

/* ---- reads: which subjects the question is about ---- */

static void seal_reads(const void *question, const struct context *now, struct reads *reads)
{
    Vault__Seal *seal = (Vault__Seal *)(uintptr_t)question;
    struct refusal refusal;
    if (open_all_carried(seal, now, &refusal) != OK)
        return; /* the answer says so */
    for (size_t i = 0; i < seal->n_fields; i++)
        reads_one(reads, &SUBJECT, seal->fields[i]->subject);
    for (size_t i = 0; i < seal->n_persons; i++) {
        struct identity identity;
        uint8_t hash[KEYED_BYTES];
        if (read_identity(seal->persons[i], now, &identity, &refusal) != OK || !*identity.text)
            continue;
        hash_identity(now, &identity, hash);
        seal->persons[i]->person->person = person_id(hash, now->partitions);
        reads_one(reads, &SUBJECT, seal->persons[i]->person->person);
    }
}

/* ---- sealing ---- */

struct sealing {
    const Vault__Seal *seal;
    const struct rows *rows;
    const struct context *now;
    Vault__SealAnswer *answer;
    struct refusal *refusal;
    struct sealer *sealer;
};

static Vault__Make *make_known(const struct sealing *sealing, uint64_t subject)
{
    for (size_t i = 0; i < sealing->answer->n_makes; i++) {
        if (sealing->answer->makes[i]->subject == subject)
            return sealing->answer->makes[i];
    }
    return NULL;
}

static Vault__Make *make_new(struct sealing *sealing, uint64_t subject)
{
    const struct context *now = sealing->now;
    Vault__Make *make = arena_take(now->arena, sizeof *make);
    vault__make__init(make);
    make->subject = subject;
    struct seal_key key = seal_key_make();
    enum status status =
        wrap_key(sealing->sealer, now->arena, &now->keys->master, now->node, subject, &key, &make->wrapped);
    seal_key_wipe(&key);
    sealing->answer->makes[sealing->answer->n_makes++] = make;
    return status == OK ? make : NULL;
}

/* The subject's key, its row's own or one that is being made. */
static enum status key_of(struct sealing *sealing, uint64_t subject, const VaultRows__Subject *row,
                          struct seal_key *key, Vault__Make **make)
{
    const struct context *now = sealing->now;
    *make = row ? NULL : make_known(sealing, subject);
    if (!row && !*make)
        *make = make_new(sealing, subject);
    if (!row && !*make)
        return BROKEN;
    return wrap_open(sealing->sealer, now->arena, &now->keys->master, now->node, subject,
                     row ? row->wrapped : (*make)->wrapped, key);
}

static enum status seal_value(struct sealing *sealing, const struct seal_key *key, uint64_t subject, const char *field,
                              ProtobufCBinaryData plain, Tiaojie__Sealed **sealed)
{
    const struct context *now = sealing->now;
    struct seal_context context = {now->node, subject, field};
    ProtobufCBinaryData associated = {strlen(field), (uint8_t *)(uintptr_t)field};
    Tiaojie__Sealed *value = arena_take(now->arena, sizeof *value);
    tiaojie__sealed__init(value);
    value->subject = subject;
    enum status status = OK;
    if (plain.len > 0)
        status = seal_text(sealing->sealer, now->arena, key, &context, plain, &value->sealed);
    if (status == OK && plain.len > 0 && sealing->seal->carry_to.len == TRANSPORT_KEY_BYTES)
        status = transport_seal(sealing->sealer, now->arena, sealing->seal->carry_to.data, associated, plain,
                                &value->carried);
    *sealed = value;
    return status;
}

static enum status check_name(struct sealing *sealing, const Vault__PersonToSeal *asked, ProtobufCBinaryData *name)
{
    struct person_name *read = arena_take(sealing->now->arena, sizeof *read);
    ProtobufCBinaryData plain = plain_of(asked->person->name);
    enum status status =
        person_name_read((const char *)plain.data, plain.len, text_print(sealing->now->arena, "%s.name", asked->path),
                         read, sealing->refusal);
    if (status == OK)
        *name = (ProtobufCBinaryData){strlen(read->text), (uint8_t *)read->text};
    return status;
}

static enum status check_phone(struct sealing *sealing, const Vault__PersonToSeal *asked)
{
    ProtobufCBinaryData phone = plain_of(asked->person->phone);
    bool good = phone.len <= PHONE_MAX;
    for (size_t i = 0; i < phone.len && good; i++)
        good = strchr("0123456789+-() ", phone.data[i]) != NULL && phone.data[i] != '\0';
    if (good)
        return OK;
    return refuse(sealing->refusal, INVALID, text_print(sealing->now->arena, "%s.phone", asked->path),
                  N_("a telephone number has digits, +, -, brackets and spaces, 32 at most"),
                  N_("correct it or leave it out"));
}

/* Somebody without an identity number cannot be found again: a new person each time. */
static uint64_t new_person(const struct context *now)
{
    uint8_t random[KEYED_BYTES];
    int made = RAND_bytes(random, sizeof random);
    return made == 1 ? person_id(random, now->partitions) : 0;
}

static void keep_values(Vault__Make *make, const Tiaojie__Person *person, const uint8_t *hash,
                        const struct context *now)
{
    make->name = person->name->sealed;
    make->identity_number = person->identity_number->sealed;
    make->phone = person->phone->sealed;
    if (hash)
        make->hash = (ProtobufCBinaryData){KEYED_BYTES, arena_copy(now->arena, hash, KEYED_BYTES)};
}

/* Two persons whose hashes agree in 45 bits, though not in 256: one in some billions of pairs; never mixed up. */
static bool is_another(const VaultRows__Subject *row, const uint8_t hash[KEYED_BYTES])
{
    return row && (row->hash.len != KEYED_BYTES || memcmp(row->hash.data, hash, KEYED_BYTES) != 0);
}

static enum status seal_values(struct sealing *sealing, const struct identity *identity, ProtobufCBinaryData name,
                               const Vault__PersonToSeal *asked, const VaultRows__Subject *row, const uint8_t *hash,
                               Tiaojie__Person *person)
{
    struct seal_key key;
    Vault__Make *make;
    ProtobufCBinaryData number = {strlen(identity->text), (uint8_t *)(uintptr_t)identity->text};
    enum status status = key_of(sealing, person->person, row, &key, &make);
    if (status == OK)
        status = seal_value(sealing, &key, person->person, "name", name, &person->name);
    if (status == OK)
        status = seal_value(sealing, &key, person->person, "identity_number", number, &person->identity_number);
    if (status == OK)
        status = seal_value(sealing, &key, person->person, "phone", plain_of(asked->person->phone), &person->phone);
    seal_key_wipe(&key);
    if (status == OK && make)
        keep_values(make, person, hash, sealing->now);
    return status;
}

static enum status cannot_seal(struct sealing *sealing, const char *path)
{
    return refuse(sealing->refusal, UNVERIFIED, path, N_("the key of this subject does not open with this node's keys"),
                  N_("call the operator: the key file and the database do not belong together"));
}

static enum status seal_person(struct sealing *sealing, const Vault__PersonToSeal *asked, Tiaojie__Person **result)
{
    const struct context *now = sealing->now;
    struct identity *identity = arena_take(now->arena, sizeof *identity);
    ProtobufCBinaryData name;
    uint8_t hash[KEYED_BYTES];
    enum status status = check_name(sealing, asked, &name);
    if (status == OK)
        status = read_identity(asked, now, identity, sealing->refusal);
    if (status == OK)
        status = check_phone(sealing, asked);
    if (status != OK)
        return status;
    Tiaojie__Person *person = arena_take(now->arena, sizeof *person);
    tiaojie__person__init(person);
    bool found_by_number = *identity->text != '\0';
    if (found_by_number)
        hash_identity(now, identity, hash);
    person->person = found_by_number ? person_id(hash, now->partitions) : new_person(now);
    /* A number that is new by chance was not read, and has no row. */
    const VaultRows__Subject *row = found_by_number ? rows_one(sealing->rows, &SUBJECT, person->person) : NULL;
    if (found_by_number && is_another(row, hash))
        return refuse(sealing->refusal, CONFLICT, asked->path, N_("another person's id is the same by chance"),
                      N_("call the operator: register this person without the identity number"));
    *result = person;
    status = seal_values(sealing, identity, name, asked, row, found_by_number ? hash : NULL, person);
    return status == OK ? OK : cannot_seal(sealing, asked->path);
}

static enum status seal_field(struct sealing *sealing, const Vault__FieldToSeal *asked, Tiaojie__Sealed **result)
{
    struct seal_key key;
    Vault__Make *make;
    enum status status =
        key_of(sealing, asked->subject, rows_one(sealing->rows, &SUBJECT, asked->subject), &key, &make);
    if (status == OK)
        status = seal_value(sealing, &key, asked->subject, asked->field, plain_of(asked->value), result);
    seal_key_wipe(&key);
    return status == OK ? OK : cannot_seal(sealing, asked->path);
}

static enum status seal_all(struct sealing *sealing)
{
    const Vault__Seal *seal = sealing->seal;
    Vault__SealAnswer *answer = sealing->answer;
    struct arena *arena = sealing->now->arena;
    answer->persons = arena_array(arena, seal->n_persons + 1, sizeof *answer->persons);
    answer->fields = arena_array(arena, seal->n_fields + 1, sizeof *answer->fields);
    answer->makes = arena_array(arena, seal->n_persons + seal->n_fields + 1, sizeof *answer->makes);
    enum status status = OK;
    for (size_t i = 0; i < seal->n_persons && status == OK; i++)
        status = seal_person(sealing, seal->persons[i], &answer->persons[answer->n_persons++]);
    for (size_t i = 0; i < seal->n_fields && status == OK; i++)
        status = seal_field(sealing, seal->fields[i], &answer->fields[answer->n_fields++]);
    return status;
}

static enum status seal_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    struct sealing sealing = {question, rows, now, answer, refusal, NULL};
    enum status status = open_all_carried((Vault__Seal *)(uintptr_t)question, now, refusal);
    if (status != OK)
        return status;
    sealing.sealer = sealer_new();
    status = seal_all(&sealing);
    sealer_free(&sealing.sealer);
    return status;
}

const struct question VAULT_SEAL = {
    .name = "vault seal",
    .message = &vault__seal__descriptor,
    .answer = &vault__seal_answer__descriptor,
    .creates = true,
    .internal = true,
    .reads = seal_reads,
    .answer_from = seal_answer,
    .target_help = "OFFICE",
    .help = N_("seal what is personal in a command"),
    .example = "vault seal 1",
};
