/* SPDX-License-Identifier: Apache-2.0
 *
 * Drawing a procedure for Graphviz: states, the steps between them, who takes them, the clocks that they move.
 */
#include "clients/admin/definition.h"

#include <stdio.h>
#include <string.h>

/* What a step does to clocks, as a drawing shows it. */
struct mark {
    const char *sign;
    char **names;
    size_t count;
};

static void draw_text(const char *text)
{
    for (; *text; text++)
        printf(*text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
}

/* "ROLE_CLERK" as "clerk". */
static void draw_role(Tiaojie__Role role)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(&tiaojie__role__descriptor, (int)role);

    for (const char *at = value->name + strlen("ROLE_"); *at; at++)
        putchar(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
}

static void draw_roles(const Tiaojie__Procedure__Step *step)
{
    printf("\\n");
    for (size_t i = 0; i < step->n_may; i++) {
        printf(i ? ", " : "");
        draw_role(step->may[i]);
    }
    printf(step->n_may ? "" : "(a clock)");
}

static void draw_clocks(const Tiaojie__Procedure__Step *step)
{
    const struct mark MARKS[] = {
        {"+", step->starts, step->n_starts},
        {"-", step->stops, step->n_stops},
        {"pause ", step->pauses, step->n_pauses},
        {"resume ", step->resumes, step->n_resumes},
        {"extend ", step->extends, step->n_extends},
        {"anew ", step->interrupts, step->n_interrupts},
        {"until ", step->barred_by, step->n_barred_by},
        {"after ", step->opened_by, step->n_opened_by},
        {"leave ", step->leaves, step->n_leaves},
    };

    for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++)
        for (size_t i = 0; i < MARKS[m].count; i++) {
            printf("\\n%s", MARKS[m].sign);
            draw_text(MARKS[m].names[i]);
        }
}

/* A dashed line is taken by a clock, a bold one by a party who ends a mediation, a dotted one opens it again. */
static void draw_edge(const Tiaojie__Procedure__Step *step, const char *from)
{
    printf("  \"");
    draw_text(from);
    printf("\" -> \"");
    draw_text(*step->to ? step->to : from);
    printf("\" [label=\"");
    draw_text(step->name);
    for (size_t i = 0; i < step->n_guards; i++)
        printf(i ? ", %s" : " [%s", step->guards[i]);
    printf(step->n_guards ? "]" : "");
    draw_roles(step);
    draw_clocks(step);
    printf("\"%s];\n", !step->n_may     ? ", style=dashed"
                       : step->by_party ? ", style=bold"
                       : step->reopens  ? ", style=dotted"
                                        : "");
}

static void draw_procedure(const Tiaojie__Procedure *procedure)
{
    printf("// ");
    draw_text(procedure->name);
    printf("\n// Written by ./dev draw. Bold: a party ends it. Dashed: a clock that ran out. Dotted: opened "
           "again.\ndigraph procedure {\n"
           "  rankdir=LR;\n  node [shape=ellipse];\n  \"\" [shape=point];\n");
    for (size_t i = 0; i < procedure->n_states; i++) {
        printf("  \"");
        draw_text(procedure->states[i]->name);
        printf("\"%s;\n", procedure->states[i]->final     ? " [peripheries=2]"
                          : procedure->states[i]->settled ? " [style=filled]"
                                                          : "");
    }
    for (size_t s = 0; s < procedure->n_steps; s++)
        for (size_t i = 0; i < procedure->steps[s]->n_from; i++)
            draw_edge(procedure->steps[s], procedure->steps[s]->from[i]);
    printf("}\n");
}

static enum status procedure_draw(struct admin *admin)
{
    struct definition definition;

    if (admin->word_count != 1)
        return refuse(&admin->refusal, INVALID, "FILE", N_("one compiled procedure must be named"),
                      N_("write its file after the command"));
    struct law *law = law_new();
    enum status status = definition_read(admin, law, admin->words[0], &definition);
    if (status == OK)
        draw_procedure(procedure_definition(definition.procedure));
    definition_done(admin, &law);
    return status;
}

const struct verb VERB_PROCEDURE_DRAW = {
    .name = "procedure draw",
    .options = "conf",
    .words = N_("FILE"),
    .help = N_("draw a compiled procedure for Graphviz"),
    .run = procedure_draw,
};
