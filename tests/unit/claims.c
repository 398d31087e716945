/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims: asking and looking.
 */
#include "tests/unit/claims.h"

#include "common/base/instant.h"
#include "common/net/json.h"
#include "tests/unit/law_files.h"

#include <string.h>

enum { MAINLAND_COUNTY = 440305 };

int claims_up(void **state)
{
    static struct claims claims;
    struct arena *arena = arena_new(SIZE_MAX);

    claims = (struct claims){.arena = arena, .bases = bases_new(arena)};
    *state = &claims;
    return 0;
}

int claims_down(void **state)
{
    struct claims *claims = *state;
    arena_free(&claims->arena);
    return 0;
}

static void *from_json(struct claims *claims, const ProtobufCMessageDescriptor *descriptor, const char *json)
{
    char *text = arena_text(claims->arena, json);
    ProtobufCMessage *message = NULL;

    for (char *c = text; *c; c++)
        if (*c == '\'')
            *c = '"';
    enum status status = json_read(descriptor, text, strlen(text), claims->arena, &message, &claims->refusal);
    if (status != OK)
        fail_msg("%s: %s", claims->refusal.field, claims->refusal.reason);
    return message;
}

enum status when_bases_added(struct claims *claims, const char *json)
{
    claims->status = bases_add(claims->bases, from_json(claims, &claim__bases__descriptor, json), &claims->refusal);
    return claims->status;
}

void given_bases(struct claims *claims, const char *json)
{
    if (when_bases_added(claims, json) != OK)
        fail_msg("%s: %s", claims->refusal.field, claims->refusal.reason);
}

void given_series(struct claims *claims, const char *name, unsigned place, const char *per, const char *figures)
{
    given_bases(claims, text_print(claims->arena,
                                   "{'name': '%s', 'issued': '2026-01-01', 'series': [{'name': '%s', 'place': %u, "
                                   "'per': '%s', 'source': 'as published', 'figures': [%s]}]}",
                                   name, name, place, per, figures));
}

void given_law_bases(struct claims *claims)
{
    static const char *const NAMES[] = {"national", "beijing", "chongqing", "guangdong", "henan", "zhejiang"};

    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const Claim__Bases *file = law_file_bases(claims->arena, NAMES[i]);
        if (bases_add(claims->bases, file, &claims->refusal) != OK)
            fail_msg("%s: %s: %s", NAMES[i], claims->refusal.field, claims->refusal.reason);
    }
}

void given_example_area(struct claims *claims)
{
    given_bases(claims, "{'name': 'example', 'issued': '2026-01-01', 'uses': ["
                        "{'purpose': 'own_wage_bounds', 'place': 520000, 'series': 'area', 'source': 'example'}, "
                        "{'purpose': 'area_wage', 'place': 520000, 'series': 'area', 'source': 'example'}, "
                        "{'purpose': 'annual_area_wage', 'place': 520000, 'series': 'area', 'source': 'example'}, "
                        "{'purpose': 'minimum_wage', 'place': 520000, 'series': 'minimum', 'source': 'example'}], "
                        "'series': [{'name': 'area', 'place': 520000, 'per': 'month', 'source': 'example', 'figures': "
                        "[{'year': 2019, 'fen': 500000}, {'year': 2022, 'fen': 500000}]}], "
                        "'injury_rules': [{'name': 'example', 'place': 520000, 'sources': ['example'], "
                        "'medical': {'months': [0, 0, 0, 0, 6, 0], 'series': 'area', 'article': 'example'}, "
                        "'employment': {'months': [0, 0, 0, 0, 10, 0], 'series': 'area', 'article': 'example'}}]}");
}

int32_t claims_day(const char *date)
{
    int32_t day = 0;
    struct refusal refusal;

    if (day_parse(date, "day", &day, &refusal) != OK)
        fail_msg("no day %s", date);
    return day;
}

void when_counted(struct claims *claims, const char *json)
{
    claims->sheet = arena_take(claims->arena, sizeof *claims->sheet);
    claim__sheet__init(claims->sheet);
    claims->status = claim_count(claims->bases, from_json(claims, &claim__count__descriptor, json), MAINLAND_COUNTY,
                                 claims->arena, claims->sheet, &claims->refusal);
}

static void check(struct claims *claims, const Claim__Check *question)
{
    claims->checked = arena_take(claims->arena, sizeof *claims->checked);
    claim__checked__init(claims->checked);
    claims->status =
        claim_check(claims->bases, question, MAINLAND_COUNTY, claims->arena, claims->checked, &claims->refusal);
}

void when_checked(struct claims *claims, const char *json)
{
    check(claims, from_json(claims, &claim__check__descriptor, json));
}

void when_sheet_handed_in(struct claims *claims, const char *count)
{
    Claim__Check *question = arena_take(claims->arena, sizeof *question);

    claim__check__init(question);
    question->sheet = claims->sheet;
    question->count = count ? (Claim__Count *)from_json(claims, &claim__count__descriptor, count) : NULL;
    check(claims, question);
}

static const char *filled(struct claims *claims, const char *text, char **values, size_t count)
{
    return text_fill(claims->arena, text, (const char *const *)values, count);
}

static void counted(struct claims *claims)
{
    if (claims->status != OK)
        fail_msg("refused: %s: %s", claims->refusal.field,
                 text_fill(claims->arena, claims->refusal.reason, claims->refusal.values, claims->refusal.value_count));
}

const Claim__Line *then_line(struct claims *claims, Claim__Item item)
{
    const Claim__Line *found = NULL;

    counted(claims);
    for (size_t i = 0; i < claims->sheet->n_lines; i++)
        if (claims->sheet->lines[i]->item == item) {
            assert_null(found);
            found = claims->sheet->lines[i];
        }
    if (!found)
        fail_msg("no line of item %d", (int)item);
    return found;
}

void then_amount(struct claims *claims, Claim__Item item, int64_t fen)
{
    const Claim__Line *line = then_line(claims, item);

    assert_int_equal(line->amount_fen, fen);
    assert_true(line->article[0]);
    assert_null(strchr(formula_text(claims, line), '%'));
}

void then_no_line(struct claims *claims, Claim__Item item)
{
    counted(claims);
    for (size_t i = 0; i < claims->sheet->n_lines; i++)
        assert_int_not_equal(claims->sheet->lines[i]->item, item);
}

void then_total(struct claims *claims, int64_t fen)
{
    counted(claims);
    assert_int_equal(claims->sheet->total_fen, fen);
}

static void then_asked(struct claims *claims, Claim__Missing **list, size_t count, const char *field, const char *words)
{
    counted(claims);
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i]->field, field) == 0) {
            const char *text = filled(claims, list[i]->reason, list[i]->values, list[i]->n_values);
            if (!strstr(text, words))
                fail_msg("\"%s\" does not say \"%s\"", text, words);
            assert_true(list[i]->remedy[0]);
            return;
        }
    fail_msg("%s is not asked for", field);
}

void then_missing(struct claims *claims, const char *field, const char *words)
{
    then_asked(claims, claims->sheet->missing, claims->sheet->n_missing, field, words);
}

void then_nothing_missing(struct claims *claims)
{
    counted(claims);
    for (size_t i = 0; i < claims->sheet->n_missing; i++)
        fail_msg("%s is asked for", claims->sheet->missing[i]->field);
}

void then_not_due(struct claims *claims, Claim__Item item, const char *words)
{
    counted(claims);
    for (size_t i = 0; i < claims->sheet->n_not_due; i++) {
        const Claim__NotDue *one = claims->sheet->not_due[i];
        if (one->item != item)
            continue;
        const char *text = filled(claims, one->reason, one->values, one->n_values);
        if (!strstr(text, words))
            fail_msg("\"%s\" does not say \"%s\"", text, words);
        assert_true(one->article[0]);
        return;
    }
    fail_msg("item %d is not among what is not due", (int)item);
}

void then_refused_claim(struct claims *claims, enum status status, const char *field, const char *words)
{
    assert_int_equal(claims->status, status);
    assert_string_equal(claims->refusal.field, field);
    const char *text =
        text_fill(claims->arena, claims->refusal.reason, claims->refusal.values, claims->refusal.value_count);
    if (!strstr(text, words))
        fail_msg("\"%s\" does not say \"%s\"", text, words);
    assert_true(claims->refusal.remedy[0]);
}

const char *formula_text(struct claims *claims, const Claim__Line *line)
{
    return filled(claims, line->formula, line->values, line->n_values);
}

const char *note_text(struct claims *claims, const Claim__Line *line)
{
    return filled(claims, line->note, line->values, line->n_values);
}
