/* SPDX-License-Identifier: Apache-2.0
 *
 * Walk: the moves, the exhaustive walk over them, and the random ones.
 */
#include "common/procedure/walk.h"

#include "common/base/instant.h"
#include "common/procedure/number.h"
#include "common/procedure/walk_facts.h"
#include "common/procedure/walk_seen.h"

#include <assert.h>
#include <string.h>

enum {
    ROLES_MAX = 32,
    CLOCKS_FOLLOWED = 32, /* that can take a step or open one; more than any procedure has */
    CONFIGURATIONS_MAX = 1 << 18,
    RANDOM_MOVES_MAX = 2000, /* of one walk; an ordinary one ends after some dozens */
    WALK_DAY = 20000,        /* any day will do: what follows what doesn't depend on it */
};

/* Where a case stands: its state, and of the clocks that can take or open a step those that run and that ran out. */
struct configuration {
    size_t state;
    uint32_t running;
    uint32_t out;
    uint32_t closed; /* with the case, and would go on if it were opened again */
};

struct walk {
    const struct procedure *procedure;
    struct arena *arena;
    struct arena *scratch; /* for one step's judgement */
    struct context now;
    struct seen seen;
    uint32_t *bits; /* [clock]: its bit, 0 where its running out changes nothing */
    uint32_t again; /* bits of those that go on after a reopening */
    struct configuration *queue;
    size_t queued;
    size_t room;
    size_t *slots; /* of the queue + 1, by hash; open addressing */
    size_t slot_count;
    bool cut; /* more configurations, or clocks, than it follows */
};

/* What one move leads to. */
struct move {
    const Tiaojie__Procedure__Step *step; /* NULL: refused, or nothing follows */
    size_t index;                         /* of the step */
    struct configuration to;
};

/* ---- names to numbers ---- */

static const Tiaojie__Procedure *definition_of(const struct walk *walk)
{
    return walk->procedure->definition;
}

/* Which step it was: `taken` borrows the name from the definition. */
static size_t step_index(const struct walk *walk, const Tiaojie__StepTaken *taken)
{
    size_t step = 0;

    while (definition_of(walk)->steps[step]->name != taken->step)
        step++;
    return step;
}

static uint32_t bits_of(const struct walk *walk, char *const *names, size_t count)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < count; i++)
        bits |= walk->bits[clock_number(definition_of(walk), names[i])];
    return bits;
}

/* ---- moves ---- */

static void close_clocks(const struct walk *walk, struct move *move)
{
    uint32_t left = bits_of(walk, move->step->leaves, move->step->n_leaves);

    move->to.closed = move->to.running & ~left & walk->again;
    move->to.running &= left;
    if (!walk->again)
        move->to.out = 0; /* nothing follows for which it matters */
}

static void reopen_clocks(struct move *move)
{
    move->to.running |= move->to.closed;
    move->to.closed = 0;
}

/* The clocks as the step leaves them. One with a row for each subject goes on for the others. */
static struct move move_by(const struct walk *walk, struct configuration from, const Tiaojie__StepTaken *taken,
                           uint32_t fired)
{
    size_t index = step_index(walk, taken);
    const Tiaojie__Procedure__Step *step = definition_of(walk)->steps[index];
    struct move move = {.step = step, .index = index, .to = from};
    uint32_t starts = bits_of(walk, step->starts, step->n_starts);
    uint32_t ends = bits_of(walk, step->stops, step->n_stops) | fired;

    for (size_t clock = 0; clock < definition_of(walk)->n_clocks; clock++)
        if (definition_of(walk)->clocks[clock]->per_subject)
            ends &= ~walk->bits[clock];
    move.to.running = (from.running & ~ends) | starts;
    move.to.out = (from.out | fired) & ~starts;
    if (*taken->state)
        move.to.state = state_number(definition_of(walk), taken->state);
    if (taken->closes)
        close_clocks(walk, &move);
    else if (step->reopens)
        reopen_clocks(&move);
    return move;
}

static struct move judge(struct walk *walk, struct configuration from, const char *name, uint32_t role, uint32_t bits)
{
    struct step_facts facts = walk_facts(bits);
    Tiaojie__StepTaken taken;
    struct refusal refusal;

    arena_clear(walk->scratch);
    walk->now.roles = UINT32_C(1) << role;
    if (procedure_step(walk->procedure, state_name(definition_of(walk), from.state), name, &facts, &walk->now, &taken,
                       &refusal))
        return (struct move){.to = from};
    struct move move = move_by(walk, from, &taken, 0);
    uint32_t opens = bits_of(walk, move.step->opened_by, move.step->n_opened_by);
    return (from.out & opens) == opens ? move : (struct move){.to = from};
}

static struct move run_out(struct walk *walk, struct configuration from, size_t clock)
{
    Tiaojie__StepTaken taken;
    struct refusal refusal;
    struct move nothing = {.to = from};

    arena_clear(walk->scratch);
    walk->now.roles = 0;
    enum status status = procedure_expiry(walk->procedure, state_name(definition_of(walk), from.state),
                                          definition_of(walk)->clocks[clock]->name, &walk->now, &taken, &refusal);
    assert(status == OK);
    if (*taken.step)
        return move_by(walk, from, &taken, walk->bits[clock]);
    nothing.to.out |= walk->bits[clock];
    if (!definition_of(walk)->clocks[clock]->per_subject)
        nothing.to.running &= ~walk->bits[clock];
    return nothing;
}

static void see_move(struct walk *walk, size_t from, const struct move *move)
{
    struct seen *seen = &walk->seen;

    seen->taken[move->index * seen->states + from] = true;
    seen->follows[from * seen->states + move->to.state] = true;
    for (size_t i = 0; i < move->step->n_starts; i++)
        seen->started[clock_number(definition_of(walk), move->step->starts[i])] = true;
}

/* ---- all configurations ---- */

static size_t *slot_of(const struct walk *walk, const struct configuration *wanted)
{
    uint64_t hash = (wanted->state * UINT64_C(1099511628211) + wanted->closed * UINT64_C(0xc2b2ae3d27d4eb4f)) ^
                    ((uint64_t)wanted->running << 32 | wanted->out);
    size_t at = (size_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 40) % walk->slot_count;

    for (;; at = (at + 1) % walk->slot_count) {
        const struct configuration *found = walk->slots[at] ? &walk->queue[walk->slots[at] - 1] : NULL;
        if (!found || (found->state == wanted->state && found->running == wanted->running &&
                       found->out == wanted->out && found->closed == wanted->closed))
            return &walk->slots[at];
    }
}

static void grow(struct walk *walk)
{
    size_t room = walk->room ? 2 * walk->room : 256;
    struct configuration *queue = arena_array(walk->arena, room, sizeof *queue);

    if (walk->queued)
        memcpy(queue, walk->queue, walk->queued * sizeof *queue);
    walk->queue = queue;
    walk->room = room;
    walk->slot_count = 2 * room;
    walk->slots = arena_array(walk->arena, walk->slot_count, sizeof *walk->slots);
    for (size_t i = 0; i < walk->queued; i++)
        *slot_of(walk, &walk->queue[i]) = i + 1;
}

static void enqueue(struct walk *walk, struct configuration configuration)
{
    if (walk->queued == walk->room)
        grow(walk);
    size_t *slot = slot_of(walk, &configuration);
    if (*slot)
        return;
    if (walk->queued == CONFIGURATIONS_MAX) {
        walk->cut = true;
        return;
    }
    walk->queue[walk->queued++] = configuration;
    *slot = walk->queued;
    walk->seen.visited[configuration.state] = true;
}

static uint32_t roles_of(const struct transition *chain)
{
    uint32_t roles = 0;

    for (; chain; chain = chain->next)
        roles |= chain->step->may;
    return roles;
}

/* A step that ends it for a party whatever the guards say. */
static bool is_free(const struct walk *walk, const struct move *move)
{
    return move->step && move->step->by_party && !move->step->n_barred_by && !move->step->n_opened_by &&
           !move->step->n_needs && state_is_final(definition_of(walk), move->to.state);
}

static void try_role(struct walk *walk, struct configuration from, const struct transition *chain, uint32_t role)
{
    uint32_t mask = walk_facts_that_matter(chain), bits = 0;
    const Tiaojie__Procedure__Step *first = NULL;
    bool free = true;

    do {
        struct move move = judge(walk, from, chain->step->definition->name, role, bits);
        free = free && is_free(walk, &move) && (!first || first == move.step);
        first = move.step;
        if (move.step) {
            see_move(walk, from.state, &move);
            if (move.step->invites && !walk_facts(bits).invited_consents)
                walk->seen.uninvited[move.index] = true;
            enqueue(walk, move.to);
        }
        bits = walk_facts_next(bits, mask);
    } while (bits);
    if (free)
        walk->seen.free[from.state] = true;
}

/* The chain that begins with this step in this state; NULL where another step begins it. */
static const struct transition *chain_at(const struct walk *walk, size_t state, size_t step)
{
    const struct transition *chain = procedure_transition(walk->procedure, state_name(definition_of(walk), state),
                                                          definition_of(walk)->steps[step]->name);

    return chain && chain->step == &walk->procedure->steps[step] ? chain : NULL;
}

static void try_steps(struct walk *walk, struct configuration from)
{
    for (size_t step = 0; step < definition_of(walk)->n_steps; step++) {
        const struct transition *chain = chain_at(walk, from.state, step);
        uint32_t roles = roles_of(chain);
        for (uint32_t role = 0; role < ROLES_MAX; role++)
            if (roles >> role & 1)
                try_role(walk, from, chain, role);
    }
}

static void try_clocks(struct walk *walk, struct configuration from)
{
    for (size_t clock = 0; clock < definition_of(walk)->n_clocks; clock++) {
        if (!(from.running & walk->bits[clock]))
            continue;
        struct move move = run_out(walk, from, clock);
        if (move.step) {
            see_move(walk, from.state, &move);
            walk->seen.expired[clock] = true;
        }
        enqueue(walk, move.to);
    }
}

static void walk_everywhere(struct walk *walk)
{
    enqueue(walk, (struct configuration){0});
    for (size_t i = 0; i < walk->queued; i++) {
        struct configuration from = walk->queue[i];
        try_steps(walk, from);
        try_clocks(walk, from);
    }
}

/* ---- random walks ---- */

static uint64_t random_next(uint64_t *seed)
{
    uint64_t value = *seed += UINT64_C(0x9e3779b97f4a7c15); /* splitmix64 */

    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

/* Any step, any clock that runs, any role, any facts: most are refused, as people's attempts are. */
static struct move random_move(struct walk *walk, struct configuration from, uint64_t *seed)
{
    const Tiaojie__Procedure *definition = definition_of(walk);
    size_t pick = random_next(seed) % (definition->n_steps + definition->n_clocks);
    uint64_t dice = random_next(seed);

    if (pick >= definition->n_steps) {
        size_t clock = pick - definition->n_steps;
        return from.running & walk->bits[clock] ? run_out(walk, from, clock) : (struct move){.to = from};
    }
    const Tiaojie__Procedure__Step *step = definition->steps[pick];
    if (!step->n_may || !procedure_transition(walk->procedure, state_name(definition_of(walk), from.state), step->name))
        return (struct move){.to = from};
    uint32_t role = (uint32_t)step->may[dice % step->n_may];
    return judge(walk, from, step->name, role, (uint32_t)(dice >> 32) & WALK_FACTS_ALL);
}

static bool is_known(const struct walk *walk, size_t from, const struct move *move)
{
    return !move->step || walk->seen.follows[from * walk->seen.states + move->to.state];
}

static void walk_at_random(struct walk *walk, const bool *leavable, uint64_t *seed, struct walked *walked)
{
    struct configuration at = {0};

    for (size_t moves = 0; moves < RANDOM_MOVES_MAX && !state_is_final(definition_of(walk), at.state); moves++) {
        struct move move = random_move(walk, at, seed);
        walked->strayed += !is_known(walk, at.state, &move);
        at = move.to;
        if (!leavable[at.state])
            break;
    }
    walked->ended += state_is_final(definition_of(walk), at.state);
    walked->stuck += !leavable[at.state];
}

/* ---- all of it ---- */

/* Only these clocks decide what can follow; the others would multiply the configurations for nothing. */
static void follow_clocks(struct walk *walk)
{
    const Tiaojie__Procedure *definition = definition_of(walk);
    size_t followed = 0;

    walk->bits = arena_array(walk->arena, definition->n_clocks + 1, sizeof *walk->bits);
    for (size_t clock = 0; clock < definition->n_clocks; clock++) {
        bool matters = *definition->clocks[clock]->expiry_step;
        for (size_t s = 0; s < definition->n_steps; s++)
            for (size_t i = 0; i < definition->steps[s]->n_opened_by; i++)
                matters = matters || clock_number(definition_of(walk), definition->steps[s]->opened_by[i]) == clock;
        if (matters && followed == CLOCKS_FOLLOWED)
            walk->cut = true;
        else if (matters)
            walk->bits[clock] = UINT32_C(1) << followed++;
        if (definition->clocks[clock]->reopening)
            walk->again |= walk->bits[clock];
    }
}

static void prepare(struct walk *walk)
{
    size_t states = definition_of(walk)->n_states + 1, steps = definition_of(walk)->n_steps;
    struct seen *seen = &walk->seen;

    seen->procedure = walk->procedure;
    seen->states = states;
    seen->visited = arena_array(walk->arena, states, sizeof(bool));
    seen->follows = arena_array(walk->arena, states * states, sizeof(bool));
    seen->taken = arena_array(walk->arena, steps * states + 1, sizeof(bool));
    seen->free = arena_array(walk->arena, states, sizeof(bool));
    seen->uninvited = arena_array(walk->arena, steps + 1, sizeof(bool));
    seen->started = arena_array(walk->arena, definition_of(walk)->n_clocks + 1, sizeof(bool));
    seen->expired = arena_array(walk->arena, definition_of(walk)->n_clocks + 1, sizeof(bool));
    follow_clocks(walk);
}

static size_t count_flags(const bool *flags, size_t count)
{
    size_t set = 0;

    for (size_t i = 0; i < count; i++)
        set += flags[i];
    return set;
}

struct walked procedure_walk(const struct procedure *procedure, const struct law *law, const struct findings *review,
                             uint64_t seed, size_t walks, struct arena *arena)
{
    struct walk walk = {.procedure = procedure, .arena = arena, .scratch = arena_new(SIZE_MAX)};
    struct walked walked = {.walks = walks};

    walk.now = (struct context){.now = day_start(WALK_DAY), .today = WALK_DAY, .law = law, .arena = walk.scratch};
    prepare(&walk);
    walk_everywhere(&walk);
    const bool *leavable = seen_leavable(&walk.seen, arena);
    walked.states = count_flags(walk.seen.visited + 1, walk.seen.states - 1);
    walked.moves = count_flags(walk.seen.taken, definition_of(&walk)->n_steps * walk.seen.states);
    walked.expiries = count_flags(walk.seen.expired, definition_of(&walk)->n_clocks);
    walked.configurations = walk.queued;
    walked.cut = walk.cut;
    walked.disagreements = seen_disagreements(&walk.seen, leavable, review, arena);
    for (size_t i = 0; i < walks; i++)
        walk_at_random(&walk, leavable, &seed, &walked);
    arena_free(&walk.scratch);
    return walked;
}
