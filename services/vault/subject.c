/* SPDX-License-Identifier: Apache-2.0
 *
 * A subject is made: its key is kept, wrapped.
 */
#include "services/vault/vault.h"

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
