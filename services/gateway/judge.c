/* SPDX-License-Identifier: Apache-2.0
 *
 * Judge: from the outside in: the key, the outer message, its id, what it names, who may, where it goes, the body.
 */
#include "services/gateway/judge.h"

#include "common/base/instant.h"
#include "common/base/lines.h"
#include "common/base/place.h"
#include "common/base/uuid.h"
#include "common/net/scan.h"

#include <string.h>

enum { DAY_MS = 86400000 };

static const uint64_t ID_MAX = UINT64_C(1) << 53;
static const uint64_t AFFINITY_MAX = (UINT64_C(1) << 45) - 1;

/* What a message asks for: a command or a question, the two looked at alike. */
struct asked {
    const char *name;
    const ProtobufCMessageDescriptor *message;
    bool creates;
    bool internal;
    uint32_t may;
    const char *target_help;
};

/* ---- the sender ---- */

static const char *moment_text(struct arena *arena, int64_t moment)
{
    char text[INSTANT_TEXT];

    return arena_text(arena, instant_format(moment, text));
}

enum status judge_principal(const struct principal *principal, int64_t now, struct arena *arena,
                            struct refusal *refusal)
{
    if (!principal)
        return refuse(refusal, FORBIDDEN, "key", N_("nobody here has this key"),
                      N_("have it registered with `tiaojie-admin principal add`"));
    if (now >= principal->revoked_at)
        return refuse_with(refusal, FORBIDDEN, "key", N_("this key was revoked on %1"),
                           N_("ask your office's administrator for a new one"),
                           moment_text(arena, principal->revoked_at));
    if (now >= principal->valid_until)
        return refuse_with(refusal, FORBIDDEN, "key", N_("this key expired on %1"),
                           N_("ask your office's administrator for a new one"),
                           moment_text(arena, principal->valid_until));
    if (now < principal->valid_from)
        return refuse_with(refusal, FORBIDDEN, "key", N_("this key is valid from %1 on"), N_("wait until then"),
                           moment_text(arena, principal->valid_from));
    return OK;
}

uint32_t judge_in_flight_max(const struct principal *principal)
{
    return principal->roles & (1u << TIAOJIE__ROLE__ROLE_BENCH) ? IN_FLIGHT_BENCH_MAX : IN_FLIGHT_MAX;
}

static const char *role_names(struct arena *arena, uint32_t roles)
{
    const char *names = NULL;

    for (unsigned i = 0; i < tiaojie__role__descriptor.n_values; i++) {
        const ProtobufCEnumValue *role = &tiaojie__role__descriptor.values[i];
        if (role->value == 0 || !(roles & (1u << role->value)))
            continue;
        const char *name = arena_text(arena, role->name + strlen("ROLE_"));
        names = names ? text_print(arena, "%s, %s", names, name) : name;
    }
    char *lower = arena_text(arena, names ? names : "-");
    for (char *c = lower; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return lower;
}

static enum status judge_roles(const struct asked *asked, const struct principal *principal, struct arena *arena,
                               struct refusal *refusal)
{
    if (asked->internal)
        return refuse_with(refusal, FORBIDDEN, "name", N_("\"%1\" is what the node's own processes tell each other"),
                           N_("see `tiaojie help` for what may be sent"), arena_text(arena, asked->name));
    if (!(asked->may & principal->roles))
        return refuse_with(refusal, FORBIDDEN, "roles", N_("\"%1\" needs one of these roles: %2; this key has: %3"),
                           N_("ask somebody with such a role"), arena_text(arena, asked->name),
                           role_names(arena, asked->may), role_names(arena, principal->roles));
    return OK;
}

/* ---- what it names ---- */

static const char *service_names(struct arena *arena)
{
    const char *names = SERVICES[0] ? SERVICES[0]->name : "";

    for (size_t i = 1; SERVICES[0] && SERVICES[i]; i++)
        names = text_print(arena, "%s, %s", names, SERVICES[i]->name);
    return names;
}

static struct asked asked_command(const struct command *command)
{
    return (struct asked){command->name,     command->message, command->creates,
                          command->internal, command->may,     command->target_help ? command->target_help : ""};
}

static struct asked asked_question(const struct question *question)
{
    return (struct asked){question->name,     question->message, question->creates,
                          question->internal, question->may,     question->target_help ? question->target_help : ""};
}

static enum status find_asked(struct judged *judged, struct asked *asked, struct arena *arena, struct refusal *refusal)
{
    const Tiaojie__Command *sent = judged->command;

    while (SERVICES[judged->service] && strcmp(SERVICES[judged->service]->name, sent->service) != 0)
        judged->service++;
    const struct service *service = SERVICES[judged->service];
    if (!service)
        return refuse_with(refusal, UNKNOWN, "service", N_("there is no service \"%1\""), N_("services are: %2"),
                           sent->service, service_names(arena));
    const struct command *command = sent->question ? NULL : service_command(service, sent->name);
    const struct question *question = sent->question ? service_question(service, sent->name) : NULL;
    if (command)
        *asked = asked_command(command);
    else if (question)
        *asked = asked_question(question);
    else
        return refuse_with(refusal, UNKNOWN, "name", N_("service %1 has no \"%2\" of this kind"),
                           N_("see `tiaojie help`; questions are sent with `question` set, commands without"),
                           sent->service, sent->name);
    return OK;
}

/* ---- id, deadline, trace, tokens ---- */

static enum status judge_id(const Tiaojie__Command *command, int64_t clock_ms, struct refusal *refusal)
{
    struct uuid id;

    if (command->id.len != sizeof id.bytes)
        return refuse(refusal, INVALID, "id", N_("it is not 16 bytes"), N_("make a UUID version 7 for each command"));
    memcpy(id.bytes, command->id.data, sizeof id.bytes);
    int64_t made = uuid_time(&id);
    if (made < 0)
        return refuse(refusal, INVALID, "id", N_("it is not a UUID of version 7"),
                      N_("make a UUID version 7 for each command"));
    if (made > clock_ms + ID_FUTURE_MS)
        return refuse(refusal, INVALID, "id", N_("it was made in the future"), N_("set this computer's clock"));
    if (made < clock_ms - (int64_t)ID_DAYS * DAY_MS)
        return refuse(refusal, TOO_OLD, "id", N_("it is older than answers are kept"),
                      N_("look what became of it; to do it anew, send it with a new id"));
    return OK;
}

static enum status judge_after(const Tiaojie__Command *command, uint32_t partitions, struct arena *arena,
                               struct refusal *refusal)
{
    if (command->n_after > AFTER_MAX)
        return refuse(refusal, TOO_LARGE, "after", N_("more than 256 tokens"),
                      N_("keep the highest position of each service and partition"));
    for (size_t i = 0; i < command->n_after; i++) {
        const Tiaojie__Token *token = command->after[i];
        if (!service_find(token->service) || token->partition >= partitions)
            return refuse(refusal, INVALID, text_print(arena, "after[%zu]", i),
                          N_("no service and partition of this node is meant by it"),
                          N_("pass on tokens of this node's own answers only"));
    }
    return OK;
}

static enum status judge_deadline(const Tiaojie__Command *command, int64_t now, struct refusal *refusal)
{
    if (command->deadline < 0)
        return refuse(refusal, INVALID, "deadline", N_("it is before 1970"), N_("microseconds UTC; 0 for none"));
    if (command->deadline != 0 && command->deadline <= now)
        return refuse(refusal, EXPIRED, "deadline", N_("it had passed when the command arrived"),
                      N_("send it anew with a later one, if it is still wanted"));
    return OK;
}

/* ---- where it goes ---- */

static enum status judge_office(const struct asked *asked, uint64_t office, bool question,
                                const struct principal *principal, const struct people *people, struct arena *arena,
                                struct refusal *refusal)
{
    const uint32_t everywhere = 1u << TIAOJIE__ROLE__ROLE_OPERATOR | 1u << TIAOJIE__ROLE__ROLE_BENCH;
    const struct office *found = people_office(people, office);

    if (strcmp(asked->target_help, "OFFICE") != 0)
        return OK;
    if (!found)
        return refuse_with(refusal, UNKNOWN, "target", N_("there is no office %1"),
                           N_("see `tiaojie-admin office list`"),
                           text_print(arena, "%llu", (unsigned long long)office));
    bool supervises = question && principal->roles & (1u << TIAOJIE__ROLE__ROLE_SUPERVISOR) &&
                      place_contains(principal->place, found->place);
    if (office != principal->office && !supervises && !(principal->roles & everywhere))
        return refuse_with(refusal, FORBIDDEN, "target", N_("office %1 is another one than this key's, %2"),
                           N_("have it done by somebody of that office"),
                           text_print(arena, "%llu", (unsigned long long)office),
                           text_print(arena, "%llu", (unsigned long long)principal->office));
    return OK;
}

static enum status judge_target(const struct asked *asked, struct judged *judged, const struct principal *principal,
                                const struct people *people, uint32_t partitions, struct arena *arena,
                                struct refusal *refusal)
{
    uint64_t target = judged->command->target;

    if (target == 0 || target >= (asked->creates ? AFFINITY_MAX + 1 : ID_MAX) ||
        (!asked->creates && id_partition(target) >= partitions))
        return refuse_with(refusal, UNKNOWN, "target", N_("nothing can have the number %1"),
                           N_("%2 is wanted: take the number that an answer or a list gave"),
                           text_print(arena, "%llu", (unsigned long long)target), asked->target_help);
    judged->partition = asked->creates ? affinity_partition(target, partitions) : id_partition(target);
    return asked->creates ? judge_office(asked, target, judged->command->question, principal, people, arena, refusal)
                          : OK;
}

/* ---- the whole ---- */

static enum status unpack(const uint8_t *bytes, size_t size, struct arena *arena, struct judged *judged,
                          struct refusal *refusal)
{
    if (size > COMMAND_SIZE_MAX)
        return refuse_with(refusal, TOO_LARGE, "", N_("the message has %1 bytes, at most %2 are taken"),
                           N_("send fewer things in one message"), text_print(arena, "%zu", size),
                           text_print(arena, "%d", COMMAND_SIZE_MAX));
    enum status status = scan_message(&tiaojie__command__descriptor, bytes, size, &SCAN_DEFAULT, arena, refusal);

    if (status != OK)
        return status;
    judged->command = tiaojie__command__unpack(arena_allocator(arena), size, bytes);
    if (judged->command)
        return OK;
    return refuse(refusal, TOO_LARGE, "", N_("unpacking it takes more memory than a message may"),
                  N_("send fewer things in one message"));
}

static enum status judge_outside(const struct judged *judged, uint32_t partitions, struct moment now,
                                 struct arena *arena, struct refusal *refusal)
{
    const Tiaojie__Command *command = judged->command;
    enum status status = judge_id(command, now.clock_ms, refusal);

    if (status == OK)
        status = trace_check(command->trace, refusal);
    if (status == OK)
        status = judge_after(command, partitions, arena, refusal);
    return status == OK ? judge_deadline(command, now.business, refusal) : status;
}

enum status judge_frame(const uint8_t *bytes, size_t size, const struct principal *principal,
                        const struct people *people, uint32_t partitions, struct moment now, struct arena *arena,
                        struct judged *judged, struct refusal *refusal)
{
    struct asked asked;

    *judged = (struct judged){.command = NULL};
    enum status status = unpack(bytes, size, arena, judged, refusal);
    if (status == OK)
        status = judge_outside(judged, partitions, now, arena, refusal);
    if (status == OK)
        status = find_asked(judged, &asked, arena, refusal);
    if (status == OK)
        status = judge_roles(&asked, principal, arena, refusal);
    if (status == OK)
        status = judge_target(&asked, judged, principal, people, partitions, arena, refusal);
    if (status != OK)
        return status;
    const ProtobufCBinaryData *body = &judged->command->body;
    return scan_message(asked.message, body->data, body->len, &SCAN_DEFAULT, arena, refusal);
}
