/* SPDX-License-Identifier: Apache-2.0
 *
 * Ask: from a parsed line to an exit code.
 */
#include "clients/tiaojie/ask.h"

#include "clients/partner/partner.h"
#include "clients/partner/say.h"
#include "clients/tiaojie/profile.h"
#include "clients/tiaojie/report.h"
#include "clients/tiaojie/show.h"
#include "common/base/file.h"

#include <stdlib.h>
#include <string.h>

enum { EXIT_LINE = 2, WAIT_SECONDS_MAX = 3600 };

struct ask {
    struct arena *arena;
    const struct line *line;
    struct profile profile;
    struct partner *partner;
    struct partner_request request;
    struct uuid id;
    int wait_ms;
    struct refusal refusal;
};

/* ---- what the options say ---- */

static enum status take_number(struct ask *ask, const char *option, const char *text, uint64_t most, uint64_t *number)
{
    char *end = NULL;

    *number = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && !*end && *number <= most)
        return OK;
    return refuse_with(&ask->refusal, INVALID, option, N_("\"%1\" is not a whole number up to %2"),
                       N_("write such a number"), text, text_print(ask->arena, "%llu", (unsigned long long)most));
}

/* What a client asks at last: the question, or what follows a command at once. */
static const struct question *last_question(const struct line *line)
{
    return line->command ? line->command->then : line->question;
}

/* The text that a question's answer consists of; NULL: it does not. */
static const ProtobufCFieldDescriptor *text_field(const struct question *question)
{
    const ProtobufCFieldDescriptor *field =
        question ? protobuf_c_message_descriptor_get_field_by_name(question->answer, "text") : NULL;

    return field && field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED ? field : NULL;
}

static enum status check_save(struct ask *ask)
{
    if (!ask->line->save || text_field(last_question(ask->line)))
        return OK;
    return refuse(&ask->refusal, INVALID, "--save", N_("its answer is no text"),
                  N_("take --keep to have an answer as JSON"));
}

static enum status take_options(struct ask *ask)
{
    const struct line *line = ask->line;
    uint64_t seconds = 0;
    enum status status = OK;

    ask->wait_ms = LINE_WAIT_MS;
    if (line->wait) {
        status = take_number(ask, "--wait", line->wait, WAIT_SECONDS_MAX, &seconds);
        ask->wait_ms = (int)seconds * 1000;
    }
    if (status == OK && line->expect)
        status = take_number(ask, "--expect", line->expect, INT64_MAX, &ask->request.expected_version);
    if (status != OK || !line->id)
        return status;
    ask->request.id = &ask->id;
    return uuid_parse(line->id, &ask->id) == OK
               ? OK
               : refuse(&ask->refusal, INVALID, "--id", N_("it is not a UUID"), N_("write it as it was printed"));
}

static enum status take_target(struct ask *ask)
{
    const struct line *line = ask->line;
    bool creates = line->command ? line->command->creates : line->question->creates;

    ask->request.target = line->target;
    if (line->has_target)
        return OK;
    if (!creates || ask->profile.office == 0)
        return refuse_with(&ask->refusal, INVALID, "target", N_("it is not said for what: %1 is missing"),
                           N_("write its number after the command"),
                           line->command ? line->command->target_help : line->question->target_help);
    ask->request.target = ask->profile.office;
    return OK;
}

static enum status fill_request(struct ask *ask)
{
    const struct line *line = ask->line;

    ask->request = (struct partner_request){
        .service = line->service->name,
        .name = line->command ? line->command->name : line->question->name,
        .question = line->question != NULL,
        .body = line->body,
        .trace = line->trace,
    };
    enum status status = take_options(ask);
    return status == OK ? take_target(ask) : status;
}

/* ---- the call ---- */

static enum status open_partner(struct ask *ask)
{
    struct partner_conf conf = {.endpoint = ask->profile.endpoint, .server_key = ask->profile.server_key};
    const char *key = ask->line->key ? ask->line->key : ask->profile.key_path;
    enum status status = curve_key_load(&conf.key, key, &ask->refusal);

    if (status == OK)
        status = partner_open(&conf, &ask->partner, &ask->refusal);
    if (status != OK)
        return status;
    profile_read_seen(profile_seen_path(ask->arena, &ask->profile), ask->partner);
    if (ask->line->after)
        profile_read_seen(ask->line->after, ask->partner);
    return OK;
}

static enum status call(struct ask *ask, Tiaojie__Answer **answer)
{
    const char *path = ask->line->as ? ask->line->as : profile_path_default();
    enum status status = check_save(ask);

    if (status == OK)
        status = profile_load(ask->arena, path, &ask->profile, &ask->refusal);
    if (status == OK)
        status = fill_request(ask);
    if (status == OK)
        status = open_partner(ask);
    if (status != OK)
        return status;
    status = partner_call(ask->partner, &ask->request, ask->wait_ms, ask->arena, answer, &ask->refusal);
    profile_write_seen(ask->arena, profile_seen_path(ask->arena, &ask->profile), ask->partner);
    return status;
}

/* A script reads the file, a person the screen. */
static void keep(const struct ask *ask, const char *json)
{
    FILE *file = ask->line->keep ? fopen(ask->line->keep, "w") : NULL;
    bool written = file && fputs(json, file) >= 0;

    if (file && fclose(file) != 0)
        written = false;
    if (ask->line->keep && !written)
        fprintf(stderr, "%s: %s\n", ask->line->keep, text_translate(N_("the answer could not be written there")));
}

static enum status save(struct ask *ask, const struct question *question, const Tiaojie__Answer *answer)
{
    const ProtobufCFieldDescriptor *field = text_field(question);
    const ProtobufCMessage *message =
        protobuf_c_message_unpack(question->answer, arena_allocator(ask->arena), answer->body.len, answer->body.data);

    if (!message)
        return refuse(&ask->refusal, BROKEN, "", N_("the answer could not be read"), N_("call the operator"));
    const char *text = *(const char *const *)((const char *)message + field->offset);
    return file_write("--save", ask->line->save, text, strlen(text), &ask->refusal);
}

static void print(const struct ask *ask, const struct question *question, enum status status,
                  const Tiaojie__Answer *answer)
{
    const struct line *line = ask->line;
    const char *json = report_json(ask->arena, line->service, question, answer, status == OK ? NULL : &ask->refusal);

    keep(ask, json);
    if (line->json)
        fputs(json, stdout);
    else if (status == OK)
        show_answer(stdout, ask->arena, line->service, question, answer);
    else
        say_refusal(stderr, ask->arena, &ask->refusal);
}

/* Some commands are asked for the sake of what they open: `person open`. */
static enum status ask_then(struct ask *ask, const struct question *then, Tiaojie__Answer **answer)
{
    ProtobufCMessage *body = arena_take(ask->arena, then->message->sizeof_message);

    then->message->message_init(body);
    ask->request = (struct partner_request){.service = ask->line->service->name,
                                            .name = then->name,
                                            .question = true,
                                            .target = (*answer)->about,
                                            .body = body,
                                            .trace = ask->request.trace};
    return partner_call(ask->partner, &ask->request, ask->wait_ms, ask->arena, answer, &ask->refusal);
}

int ask_run(struct arena *arena, const struct line *line)
{
    struct ask ask = {.arena = arena, .line = line};
    const struct question *question = last_question(line);
    Tiaojie__Answer *answer = NULL;
    enum status status = call(&ask, &answer);

    if (status == OK && line->command && question)
        status = ask_then(&ask, question, &answer);
    if (status == OK && line->save)
        status = save(&ask, question, answer);
    print(&ask, question, status, answer);
    partner_close(&ask.partner);
    return status_exit(status);
}

int ask_refused(struct arena *arena, bool json, const struct refusal *refusal)
{
    if (json)
        fputs(report_json(arena, NULL, NULL, NULL, refusal), stdout);
    else
        say_refusal(stderr, arena, refusal);
    bool line = refusal->field[0] == '-' || refusal->status == UNKNOWN; /* an option, or the command's name */
    return line ? EXIT_LINE : status_exit(refusal->status);
}
