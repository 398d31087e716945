/* SPDX-License-Identifier: Apache-2.0
 *
 * A subject is made: its key is kept, wrapped. Values are sealed and opened with it where the node's keys are.
 */
#include "common/seal/node_keys.h"
#include "common/seal/seal.h"
#include "common/seal/wrap.h"
#include "services/vault/vault.h"

#include <string.h>

static void make_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &SUBJECT, now->target);
}

static enum status make_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Vault__Make *make = command;

    if (make->subject != now->target)
        return refuse(&events->refusal, INVALID, "subject", N_("it is not the command's target"),
                      N_("send what \"vault seal\" answered, unchanged"));
    if (rows_one(rows, &SUBJECT, make->subject))
        return refuse(&events->refusal, CONFLICT, "subject", N_("somebody was faster: it has a key already"),
                      N_("ask \"vault seal\" again"));

    Vault__Make *made = event_new(events, &SUBJECT_MADE);
    ProtobufCMessage base = made->base;
    *made = *make;
    made->base = base;
    return OK;
}

static void made_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Vault__Make *made = event;
    VaultRows__Subject *subject = rows_new(rows, &SUBJECT, about);
    subject->hash = rows_bytes(rows, made->hash);
    subject->wrapped = rows_bytes(rows, made->wrapped);
    subject->name = rows_bytes(rows, made->name);
    subject->identity_number = rows_bytes(rows, made->identity_number);
    subject->phone = rows_bytes(rows, made->phone);
}

/* ---- its key, used ---- */

static enum status key_open(struct sealer *sealer, const VaultRows__Subject *subject, const struct context *now,
                            struct seal_key *key)
{
    return wrap_open(sealer, now->arena, &now->keys->master, now->node, subject->id, subject->wrapped, key);
}

enum status subject_open(struct sealer *sealer, const VaultRows__Subject *subject, const char *field,
                         ProtobufCBinaryData sealed, const struct context *now, char **text)
{
    if (sealed.len == 0)
        return OK;
    if (!subject)
        return UNVERIFIED;
    ProtobufCBinaryData plain = {0, NULL};
    const struct seal_context context = {now->node, subject->id, field};
    struct seal_key key;
    enum status status = key_open(sealer, subject, now, &key);
    if (status == OK)
        status = seal_open(sealer, now->arena, &key, &context, sealed, &plain);
    seal_key_wipe(&key);
    if (status == OK)
        *text = (char *)plain.data; /* ends with a zero byte, see sealer.h */
    return status;
}

enum status subject_seal(struct sealer *sealer, const VaultRows__Subject *subject, const char *field, const char *text,
                         const struct context *now, ProtobufCBinaryData *sealed)
{
    if (!subject)
        return UNVERIFIED;
    const ProtobufCBinaryData plain = {strlen(text), (uint8_t *)(uintptr_t)text};
    const struct seal_context context = {now->node, subject->id, field};
    struct seal_key key;
    enum status status = key_open(sealer, subject, now, &key);
    if (status == OK)
        status = seal_text(sealer, now->arena, &key, &context, plain, sealed);
    seal_key_wipe(&key);
    return status;
}

enum status subject_refuse(struct refusal *refusal)
{
    return refuse(refusal, UNVERIFIED, "person", N_("the sealed values do not open with this node's keys"),
                  N_("call the operator: the key file and the database do not belong together"));
}

const struct command SUBJECT_MAKE = {
    .name = "subject make",
    .message = &vault__make__descriptor,
    .on = &SUBJECT,
    .internal = true,
    .reads = make_reads,
    .decide = make_decide,
    .target_help = "SUBJECT",
    .help = N_("keep a new subject's key"),
    .example = "subject make 1025",
};

const struct event SUBJECT_MADE = {
    .name = "subject made",
    .message = &vault__make__descriptor,
    .apply = made_apply,
    .text = N_("a key was made"),
};
