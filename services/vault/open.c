/* SPDX-License-Identifier: Apache-2.0
 *
 * Opening a person: the purpose is recorded first; only then, and only to the same principal, the values are read.
 */
#include "services/vault/vault.h"

#include <string.h>

enum { PURPOSE_MAX = 200, READABLE_US = 300 * 1000000 };

enum status purpose_check(const char *purpose, struct refusal *refusal)
{
    const size_t length = strlen(purpose);
    if (length > 0 && length <= PURPOSE_MAX)
        return OK;
    return refuse(refusal, INVALID, "purpose", N_("a purpose of at most 200 bytes is needed"),
                  N_("say what it is for, such as --purpose \"serve the agreement\""));
}

enum status opening_check(int64_t opened_at, const struct context *now, struct refusal *refusal)
{
    if (now->now <= opened_at + READABLE_US)
        return OK;
    return refuse(refusal, BARRED, "opening", N_("it is older than five minutes"),
                  N_("open the person, or issue the proof, again"));
}

static void open_reads(const void *command, const struct context *now, struct reads *reads)
{
    (void)command;
    reads_one(reads, &SUBJECT, now->target);
}

static enum status open_decide(const void *command, const struct rows *rows, const struct context *now,
                               struct events *events)
{
    const Vault__Open *open = command;
    const VaultRows__Subject *person = rows_one(rows, &SUBJECT, now->target);

    if (!person || person->name.len == 0)
        return refuse(&events->refusal, UNKNOWN, "person", N_("no person has this id"), N_("take it from `case show`"));
    const enum status status = purpose_check(open->purpose, &events->refusal);
    if (status != OK)
        return status;

    Vault__Opened *opened = event_new(events, &PERSON_OPENED);
    opened->person = now->target;
    opened->purpose = open->purpose;
    opened->principal = now->principal;
    opened->at = now->now;
    events->about = context_new_id(now, 0);
    return OK;
}

static void opened_apply(const void *event, uint64_t about, struct rows *rows)
{
    const Vault__Opened *opened = event;
    VaultRows__Opening *opening = rows_new(rows, &OPENING, about);
    opening->person = opened->person;
    opening->principal = opened->principal;
    opening->purpose = rows_text(rows, opened->purpose);
    opening->opened_at = opened->at;
}

/* ---- reading ---- */

static void read_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &OPENING, now->target);
}

static void read_reads_more(const void *question, const struct context *now, const struct rows *rows,
                            struct reads *reads)
{
    (void)question;
    const VaultRows__Opening *opening = rows_one(rows, &OPENING, now->target);
    if (opening)
        reads_one(reads, &SUBJECT, opening->person);
}

static enum status open_values(const VaultRows__Subject *person, const struct context *now, Vault__Values *values)
{
    struct sealer *sealer = sealer_new();
    enum status status = subject_open(sealer, person, "name", person->name, now, &values->name);
    if (status == OK)
        status =
            subject_open(sealer, person, "identity_number", person->identity_number, now, &values->identity_number);
    if (status == OK)
        status = subject_open(sealer, person, "phone", person->phone, now, &values->phone);
    sealer_free(&sealer);
    return status;
}

static enum status read_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    (void)question;
    Vault__Values *values = answer;
    const VaultRows__Opening *opening = rows_one(rows, &OPENING, now->target);

    if (!opening || opening->principal != now->principal)
        return refuse(refusal, UNKNOWN, "opening", N_("you have no such opening"), N_("start with `person open`"));
    const enum status status = opening_check(opening->opened_at, now, refusal);
    if (status != OK)
        return status;

    const VaultRows__Subject *person = rows_one(rows, &SUBJECT, opening->person);
    values->person = person->id;
    values->purpose = opening->purpose;
    return open_values(person, now, values) == OK ? OK : subject_refuse(refusal);
}

const struct command PERSON_OPEN = {
    .name = "person open",
    .message = &vault__open__descriptor,
    .on = &OPENING,
    .may = 1u << TIAOJIE__ROLE__ROLE_CLERK | 1u << TIAOJIE__ROLE__ROLE_MEDIATOR | 1u << TIAOJIE__ROLE__ROLE_HEAD,
    .reads = open_reads,
    .decide = open_decide,
    .then = &PERSON_READ,
    .target_help = "PERSON",
    .help = N_("see a person's name and numbers; the purpose is recorded"),
    .example = "person open 4710657 --purpose \"serve the agreement\"",
};

const struct question PERSON_READ = {
    .name = "person read",
    .message = &vault__read__descriptor,
    .answer = &vault__values__descriptor,
    .may = 1u << TIAOJIE__ROLE__ROLE_CLERK | 1u << TIAOJIE__ROLE__ROLE_MEDIATOR | 1u << TIAOJIE__ROLE__ROLE_HEAD,
    .reads = read_reads,
    .reads_more = read_reads_more,
    .answer_from = read_answer,
    .target_help = "OPENING",
    .help = N_("read an opening of your own again, within five minutes"),
    .example = "person read 262401",
};

const struct event PERSON_OPENED = {
    .name = "person opened",
    .message = &vault__opened__descriptor,
    .apply = opened_apply,
    .text = N_("a person's values were opened"),
};
