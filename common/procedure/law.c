/* SPDX-License-Identifier: Apache-2.0
 *
 * Law: loading definitions, calendars and base figures, and choosing among definitions.
 */
#include "common/base/place.h"
#include "common/net/scan.h"
#include "common/procedure/procedure.h"
#include "common/seal/hash.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct law *law_new(void)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct law *law = arena_take(arena, sizeof *law);
    law->arena = arena;
    law->calendar = calendar_new(arena, NULL);
    law->bases = bases_new(arena);
    return law;
}

void law_free(struct law **law)
{
    if (!*law)
        return;
    struct arena *arena = (*law)->arena;
    arena_free(&arena);
    *law = NULL;
}

/* ---- loading ---- */

static enum status unpack(struct law *law, const ProtobufCMessageDescriptor *descriptor, const uint8_t *bytes,
                          size_t size, ProtobufCMessage **message, struct refusal *refusal)
{
    enum status status = scan_message(descriptor, bytes, size, &SCAN_DEFAULT, law->arena, refusal);
    if (status)
        return status;
    *message = protobuf_c_message_unpack(descriptor, arena_allocator(law->arena), size, bytes);
    assert(*message);
    return OK;
}

/* A definition is known by its content: 64 bits tell the versions of one node's procedures apart. */
void procedure_content_hash(const uint8_t *bytes, size_t size, char text[PROCEDURE_HASH_TEXT])
{
    uint8_t result[HASH_BYTES];
    struct hash *hash = hash_new(HASH_SHA256);
    hash_update(hash, bytes, size);
    hash_final(hash, result);
    hash_free(&hash);
    for (size_t i = 0; i < (PROCEDURE_HASH_TEXT - 1) / 2; i++)
        snprintf(text + 2 * i, 3, "%02x", result[i]);
}

/* Where the hash stands in by_hash, or would stand. */
static size_t hash_place(const struct law *law, const char *hash)
{
    size_t low = 0, high = law->procedure_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(law->by_hash[middle]->hash, hash) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void keep(struct law *law, const struct procedure *procedure)
{
    size_t count = law->procedure_count, at = hash_place(law, procedure->hash);
    law->procedures = arena_more(law->arena, law->procedures, count, sizeof(struct procedure *));
    law->by_hash = arena_more(law->arena, law->by_hash, count, sizeof(struct procedure *));
    memmove(&law->by_hash[at + 1], &law->by_hash[at], (count - at) * sizeof(struct procedure *));
    law->by_hash[at] = procedure;
    law->procedures[count] = procedure;
    law->procedure_count++;
}

enum status law_add_procedure(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal)
{
    char hash[PROCEDURE_HASH_TEXT];
    ProtobufCMessage *message;

    procedure_content_hash(bytes, size, hash);
    if (law_procedure(law, hash))
        return OK;
    enum status status = unpack(law, &tiaojie__procedure__descriptor, bytes, size, &message, refusal);
    if (status)
        return status;
    const Tiaojie__Procedure *definition = (const Tiaojie__Procedure *)message;
    status = procedure_check(definition, law->arena, refusal);
    if (status)
        return status;
    struct procedure *procedure = procedure_new(law->arena, definition);
    memcpy(procedure->hash, hash, sizeof hash);
    keep(law, procedure);
    return OK;
}

static struct named_calendar *find_named(const struct law *law, const char *name)
{
    struct named_calendar *named = law->named;
    while (named && strcmp(named->name, name) != 0)
        named = named->next;
    return named;
}

static struct calendar *calendar_make(struct law *law, const char *name)
{
    struct named_calendar *named = find_named(law, name);
    if (!*name)
        return law->calendar;
    if (!named) {
        named = arena_take(law->arena, sizeof *named);
        *named = (struct named_calendar){name, calendar_new(law->arena, law->calendar), law->named};
        law->named = named;
    }
    return named->calendar;
}

static void mark_calendar(struct law *law, const uint8_t *bytes, size_t size)
{
    size_t before = strlen(law->calendars_mark);
    uint8_t *chain = arena_take(law->arena, before + size);
    memcpy(chain, law->calendars_mark, before);
    memcpy(chain + before, bytes, size);
    procedure_content_hash(chain, before + size, law->calendars_mark);
}

const char *law_calendars_mark(const struct law *law)
{
    return law->calendars_mark;
}

enum status law_add_calendar(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal)
{
    ProtobufCMessage *message;
    enum status status = unpack(law, &tiaojie__calendar__descriptor, bytes, size, &message, refusal);
    if (status)
        return status;
    const Tiaojie__Calendar *notice = (const Tiaojie__Calendar *)message;
    status = calendar_add(calendar_make(law, notice->name), notice, refusal);
    if (!status)
        mark_calendar(law, bytes, size);
    return status;
}

enum status law_add_bases(struct law *law, const uint8_t *bytes, size_t size, struct refusal *refusal)
{
    ProtobufCMessage *message;
    enum status status = unpack(law, &claim__bases__descriptor, bytes, size, &message, refusal);
    return status ? status : bases_add(law->bases, (const Claim__Bases *)message, refusal);
}

const struct bases *law_bases(const struct law *law)
{
    return law->bases;
}

const struct calendar *law_calendar(const struct law *law)
{
    return law->calendar;
}

const struct calendar *law_calendar_of(const struct law *law, const char *name)
{
    const struct named_calendar *named = *name ? find_named(law, name) : NULL;
    return named ? named->calendar : law->calendar;
}

/* ---- choosing ---- */

const struct procedure *law_procedure(const struct law *law, const char *hash)
{
    size_t at = hash_place(law, hash);
    return at < law->procedure_count && strcmp(law->by_hash[at]->hash, hash) == 0 ? law->by_hash[at] : NULL;
}

static bool kind_stands_before(const struct law *law, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(law->procedures[i]->definition->kind, law->procedures[index]->definition->kind) == 0)
            return true;
    return false;
}

const char *law_kinds(const struct law *law, struct arena *arena)
{
    const char *kinds = "";
    for (size_t i = 0; i < law->procedure_count; i++)
        if (!kind_stands_before(law, i))
            kinds = text_print(arena, "%s%s%s", kinds, *kinds ? ", " : "", law->procedures[i]->definition->kind);
    return kinds;
}

const struct procedure *law_choose(const struct law *law, const char *kind, uint32_t place, int32_t day)
{
    const struct procedure *best = NULL;
    int best_fit = -1;

    for (size_t i = 0; i < law->procedure_count; i++) {
        const struct procedure *procedure = law->procedures[i];
        int fit = place_fit(procedure->definition->place, place);
        if (fit < 0 || strcmp(procedure->definition->kind, kind) != 0 || day < procedure->valid_from ||
            day > procedure->valid_until)
            continue;
        if (fit > best_fit || (fit == best_fit && procedure->valid_from >= best->valid_from)) {
            best = procedure;
            best_fit = fit;
        }
    }
    return best;
}
