/* SPDX-License-Identifier: Apache-2.0
 *
 * Proceeding: rows and facts.
 */
#include "services/mediation/proceeding.h"

#include "common/base/instant.h"
#include "common/procedure/fact.h"

#include <ctype.h>
#include <string.h>

const struct table PROCEEDING = {"proceeding", &mediation_rows__proceeding__descriptor, true};

/* ---- rows ---- */

bool proceeding_find(const MediationRows__Case *row, const struct rows *rows, const struct law *law,
                     uint32_t proceeding, const struct procedure **procedure, const char **state)
{
    const MediationRows__Proceeding *found = proceeding ? rows_child(rows, &PROCEEDING, row->id, proceeding) : NULL;
    if (proceeding && !found)
        return false;
    *procedure = law_procedure(law, found ? found->procedure : row->procedure);
    *state = found ? found->state : row->state;
    return *procedure;
}

void proceeding_change(struct rows *rows, uint64_t about, uint32_t proceeding, const Tiaojie__StepTaken *taken)
{
    if (proceeding == 0) {
        case_change(rows, about, taken);
        return;
    }
    MediationRows__Proceeding *row = rows_change_child(rows, &PROCEEDING, about, proceeding);
    if (taken->state[0]) {
        row->state = rows_text(rows, taken->state);
        row->over = taken->closes;
    }
    row->changed_at = taken->at;
    MediationRows__Case *of = case_change(rows, about, NULL);
    of->facts = facts_after(of->facts, taken);
    step_apply(rows, about, taken);
}

/* ---- facts ---- */

/* The field that holds a start event's day is called as the event: START_RELATION_END, relation_end_day. */
static int32_t given_day(const Proceeding__Step *step, const char *event)
{
    char name[64] = "";
    size_t size = 0;
    for (const char *at = event + strlen("START_"); *at && size < sizeof name - 5; at++)
        name[size++] = (char)tolower((unsigned char)*at);
    memcpy(name + size, "_day", 5);
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(&proceeding__step__descriptor, name);
    return field ? *(const int32_t *)(const void *)((const char *)step + field->offset) : 0;
}

static void fill_moments(const Proceeding__Step *step, struct step_facts *facts)
{
    const ProtobufCEnumDescriptor *events = &tiaojie__procedure__start__descriptor;
    for (unsigned i = 0; i < events->n_values; i++) {
        int32_t day = given_day(step, events->values[i].name);
        if (day > 0)
            facts->moments[events->values[i].value] = day_start(day);
    }
}

struct step_facts proceeding_facts(const Proceeding__Step *step, const MediationRows__Case *row,
                                   const struct rows *rows, const struct context *now)
{
    struct step_facts facts = step->proceeding == 0 && !*step->kind ? case_facts(rows, row) : (struct step_facts){0};
    facts.rows = rows;
    facts.about = row->id;
    if (step->proceeding || *step->kind) {
        facts.own = law_procedure(now->law, row->procedure);
        facts.own_state = row->state;
    }
    facts.base = step->proceeding * CLOCK_BASE;
    facts.subject = step->subject;
    facts.agreed_last_day = step->until_day;
    facts.event_at = step->event_day && step->event_day != now->today ? day_start(step->event_day) : 0;
    facts.papers = (const char *const *)step->papers;
    facts.paper_count = step->n_papers;
    facts.clock = step->clock;
    facts.from_day = step->from_day;
    facts.reason = step->reason;
    facts.evidence = step->evidence;
    facts.extend_amount = step->amount;
    facts.extend_day = step->until_day;
    fill_moments(step, &facts);
    return facts;
}

/* ---- the page ---- */

static Proceeding__Line *proceeding_line(const MediationRows__Proceeding *row, const struct context *now)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    Proceeding__Line *line = arena_take(now->arena, sizeof *line);

    proceeding__line__init(line);
    line->ordinal = row->ordinal;
    line->kind = row->kind;
    line->state = row->state;
    line->opened_at = row->opened_at;
    line->changed_at = row->changed_at;
    line->over = row->over;
    if (procedure) {
        line->procedure = procedure_definition(procedure)->name;
        line->allowed = (char *)(uintptr_t)procedure_allowed(procedure, row->state, now->arena);
    }
    return line;
}

Proceeding__Line **proceeding_lines(const struct rows *rows, const struct context *now, size_t *count)
{
    const void *const *list = rows_children(rows, &PROCEEDING, now->target, count);
    Proceeding__Line **lines = arena_array(now->arena, *count + 1, sizeof(Proceeding__Line *));

    for (size_t i = 0; i < *count; i++)
        lines[i] = proceeding_line(list[i], now);
    return lines;
}
