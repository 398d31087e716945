/* SPDX-License-Identifier: Apache-2.0
 *
 * Law files: protoc's text format to messages.
 */
#include "tests/unit/law_files.h"

#include "common/base/text.h"
#include "common/procedure/law.h"

#include <assert.h>
#include <stdio.h>

enum { COMPILED_MAX = 1 << 16 };

struct compiled {
    uint8_t bytes[COMPILED_MAX];
    size_t size;
};

static const struct compiled *compile_with(struct arena *arena, const char *proto, const char *message,
                                           const char *path)
{
    struct compiled *compiled = arena_take(arena, sizeof *compiled);
    FILE *pipe = popen(text_print(arena, "protoc --encode=%s proto/%s.proto <%s", message, proto, path), "r");
    assert(pipe);
    compiled->size = fread(compiled->bytes, 1, COMPILED_MAX, pipe);
    int failed = pclose(pipe);
    assert(!failed && compiled->size && compiled->size < COMPILED_MAX);
    return compiled;
}

static const struct compiled *compile(struct arena *arena, const char *message, const char *path)
{
    return compile_with(arena, "procedure", text_print(arena, "tiaojie.%s", message), path);
}

static const struct compiled *compile_calendar(struct arena *arena, int year)
{
    return compile(arena, "Calendar", text_print(arena, "law/calendars/%d.txtpb", year));
}

Tiaojie__Procedure *law_file_procedure(struct arena *arena, const char *path)
{
    const struct compiled *compiled = compile(arena, "Procedure", path);
    Tiaojie__Procedure *procedure = tiaojie__procedure__unpack(arena_allocator(arena), compiled->size, compiled->bytes);
    assert(procedure);
    return procedure;
}

Tiaojie__Calendar *law_file_calendar(struct arena *arena, int year)
{
    const struct compiled *compiled = compile_calendar(arena, year);
    Tiaojie__Calendar *calendar = tiaojie__calendar__unpack(arena_allocator(arena), compiled->size, compiled->bytes);
    assert(calendar);
    return calendar;
}

Claim__Bases *law_file_bases(struct arena *arena, const char *name)
{
    const struct compiled *compiled =
        compile_with(arena, "claim", "claim.Bases", text_print(arena, "law/bases/%s.txtpb", name));
    Claim__Bases *bases = claim__bases__unpack(arena_allocator(arena), compiled->size, compiled->bytes);
    assert(bases);
    return bases;
}

void law_file_add_procedure(struct law *law, struct arena *arena, const char *path)
{
    const struct compiled *compiled = compile(arena, "Procedure", path);
    struct refusal refusal;
    enum status status = law_add_procedure(law, compiled->bytes, compiled->size, &refusal);
    assert(!status);
}

void law_file_add_calendars(struct law *law, struct arena *arena, int first, int last)
{
    for (int year = first; year <= last; year++) {
        const struct compiled *compiled = compile_calendar(arena, year);
        struct refusal refusal;
        enum status status = law_add_calendar(law, compiled->bytes, compiled->size, &refusal);
        assert(!status);
    }
}
