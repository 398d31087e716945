/* SPDX-License-Identifier: Apache-2.0
 *
 * The case page: who, what is agreed and paid, which time limits run and on what article, and what has happened.
 * Personal values stay sealed: whoever reads one opens it with a purpose.
 */
#include "common/procedure/calendar.h"
#include "services/mediation/proceeding.h"
#include "services/mediation/steps.h"

static void show_reads(const void *question, const struct context *now, struct reads *reads)
{
    (void)question;
    reads_one(reads, &CASE, now->target);
    reads_children(reads, &CLAIM, now->target);
    reads_children(reads, &PARTY, now->target);
    reads_children(reads, &SESSION, now->target);
    reads_children(reads, &INSTALMENT, now->target);
    reads_children(reads, &PAPER, now->target);
    reads_children(reads, &ROUTE, now->target);
    reads_children(reads, &PROCEEDING, now->target);
    reads_children(reads, &GUEST, now->target);
    reads_children(reads, &CLOCK, now->target);
}

static Tiaojie__Person *person_line(uint64_t person, ProtobufCBinaryData name, ProtobufCBinaryData identity_number,
                                    ProtobufCBinaryData phone, struct arena *arena)
{
    if (!person)
        return NULL;
    Tiaojie__Person *line = arena_take(arena, sizeof *line);
    tiaojie__person__init(line);
    line->person = person;
    line->name = case_unsealed(name, person, arena);
    line->identity_number = case_unsealed(identity_number, person, arena);
    line->phone = case_unsealed(phone, person, arena);
    return line;
}

/* ---- claims, parties, sessions
 * --------------------------------------------------------------------------------------- */

static Mediation__ClaimLine *claim_line(const MediationRows__Claim *row, struct arena *arena)
{
    Mediation__ClaimLine *line = arena_take(arena, sizeof *line);

    mediation__claim_line__init(line);
    line->ordinal = row->ordinal;
    line->worker = person_line(row->person, row->name, row->identity_number, row->phone, arena);
    line->amount_fen = row->amount_fen;
    line->agreed_fen = row->outside ? 0 : row->agreed_fen;
    line->consents = row->consents;
    line->outside = row->outside;
    line->representative = row->representative;
    line->has_signed = row->has_signed;
    line->routes_told = row->routes_told;
    line->work = row->work;
    return line;
}

static void show_claims(const struct rows *rows, const struct context *now, Mediation__CasePage *page)
{
    const void *const *list = rows_children(rows, &CLAIM, now->target, &page->n_claims);

    page->claims = arena_array(now->arena, page->n_claims, sizeof *page->claims);
    for (size_t i = 0; i < page->n_claims; i++)
        page->claims[i] = claim_line(list[i], now->arena);
}

static Mediation__PartyLine *party_line(const MediationRows__Party *row, struct arena *arena)
{
    Mediation__PartyLine *line = arena_take(arena, sizeof *line);

    mediation__party_line__init(line);
    line->ordinal = row->ordinal;
    line->role = row->role;
    line->name = row->name;
    line->credit_code = row->credit_code;
    line->person = person_line(row->person, row->person_name, row->person_identity_number, row->person_phone, arena);
    line->phone = row->phone;
    line->share_fen = row->share_fen;
    line->consents = row->consents;
    line->bound = row->bound;
    line->has_signed = row->has_signed;
    line->paid_fen = row->paid_fen;
    return line;
}

static void show_parties(const struct rows *rows, const struct context *now, Mediation__CasePage *page)
{
    const void *const *list = rows_children(rows, &PARTY, now->target, &page->n_parties);

    page->parties = arena_array(now->arena, page->n_parties, sizeof *page->parties);
    for (size_t i = 0; i < page->n_parties; i++)
        page->parties[i] = party_line(list[i], now->arena);
}

static bool is_rest_day(const struct context *now, int32_t day)
{
    return !calendar_is_worked(law_calendar(now->law), day);
}

static Mediation__SessionLine *session_line(const MediationRows__Session *row, const struct context *now)
{
    Mediation__SessionLine *line = arena_take(now->arena, sizeof *line);

    mediation__session_line__init(line);
    line->ordinal = row->ordinal;
    line->place = row->place;
    line->closed = row->closed;
    line->on_day = row->on_day;
    line->rest_day = is_rest_day(now, row->on_day);
    line->state = row->state;
    line->until_day = row->until_day;
    line->record = case_unsealed(row->record, row->record_subject, now->arena);
    return line;
}

static void show_sessions(const struct rows *rows, const struct context *now, Mediation__CasePage *page)
{
    const void *const *list = rows_children(rows, &SESSION, now->target, &page->n_sessions);

    page->sessions = arena_array(now->arena, page->n_sessions, sizeof *page->sessions);
    for (size_t i = 0; i < page->n_sessions; i++)
        page->sessions[i] = session_line(list[i], now);
}

/* ---- agreement
 * ------------------------------------------------------------------------------------------------------- */

static Mediation__InstalmentLine *instalment_line(const MediationRows__Instalment *row, const struct context *now)
{
    Mediation__InstalmentLine *line = arena_take(now->arena, sizeof *line);

    mediation__instalment_line__init(line);
    line->ordinal = row->ordinal;
    line->due_day = row->due_day;
    line->rest_day = is_rest_day(now, row->due_day);
    line->amount_fen = row->amount_fen;
    line->paid_fen = row->paid_fen;
    line->payer = row->payer;
    line->state = row->state;
    return line;
}

static void show_instalments(const struct rows *rows, const struct context *now, uint32_t current,
                             Mediation__AgreementPart *part)
{
    size_t count;
    const void *const *list = rows_children(rows, &INSTALMENT, now->target, &count);

    part->instalments = arena_array(now->arena, count, sizeof *part->instalments);
    for (size_t i = 0; i < count && i < current; i++)
        part->instalments[part->n_instalments++] = instalment_line(list[i], now);
}

static Tiaojie__Sealed *paper_text(const MediationRows__Paper *paper, struct arena *arena)
{
    return paper ? case_unsealed(paper->text, paper->subject, arena) : NULL;
}

static const MediationRows__Paper *paper_of(const struct rows *rows, uint64_t about, uint32_t ordinal)
{
    size_t count;
    const void *const *list = rows_children(rows, &PAPER, about, &count);

    for (size_t i = 0; i < count; i++) {
        const MediationRows__Paper *paper = list[i];
        if (paper->ordinal == ordinal)
            return paper;
    }
    return NULL;
}

static void show_agreement(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                           Mediation__CasePage *page)
{
    Mediation__AgreementPart *part = arena_take(now->arena, sizeof *part);

    mediation__agreement_part__init(part);
    page->agreement = part;
    part->draft = row->draft;
    part->falls = row->draft_falls;
    part->agreed_fen = row->agreed_fen;
    part->paid_fen = row->paid_fen;
    part->workers_signed = row->workers_signed;
    part->parties_signed = row->parties_signed;
    part->mediator_signed = row->mediator_signed;
    part->effect_at = row->effect_at;
    part->terms = paper_text(paper_of(rows, row->id, PAPER_TERMS), now->arena);
    show_instalments(rows, now, row->instalments, part);
}

static Mediation__RouteLine *route_line(const MediationRows__Route *row, struct arena *arena)
{
    Mediation__RouteLine *line = arena_take(arena, sizeof *line);

    mediation__route_line__init(line);
    line->ordinal = row->ordinal;
    line->name = row->name;
    line->chosen_at = row->chosen_at;
    line->until_day = row->until_day;
    line->article = row->article;
    line->unverified = row->unverified;
    return line;
}

static void show_routes(const struct rows *rows, const struct context *now, Mediation__CasePage *page)
{
    const void *const *list = rows_children(rows, &ROUTE, now->target, &page->n_routes);

    page->routes = arena_array(now->arena, page->n_routes, sizeof *page->routes);
    for (size_t i = 0; i < page->n_routes; i++)
        page->routes[i] = route_line(list[i], now->arena);
}

/* ---- timeline
 * -------------------------------------------------------------------------------------------------------- */

static void past_limit(const Tiaojie__StepTaken *step, Mediation__PastLine *line)
{
    for (size_t i = 0; i < step->n_stops; i++) {
        if (step->stops[i]->state != STORE__CLOCK_STATE__CLOCK_STATE_FIRED)
            continue;
        line->limit = step->stops[i]->name;
        line->when_over = step->stops[i]->reason;
    }
}

static Mediation__PastLine *past_line(const struct past *past, const struct decided *decided, struct arena *arena)
{
    Mediation__PastLine *line = arena_take(arena, sizeof *line);
    const Tiaojie__StepTaken *step = event_step(decided->message);

    mediation__past_line__init(line);
    line->position = past->position;
    line->at = past->at;
    line->principal = past->principal;
    line->command = arena_text(arena, past->command);
    line->event = (char *)decided->event->name;
    line->text = (char *)decided->event->text;
    line->rules = arena_text(arena, past->rules);
    if (step) {
        line->article = step->article;
        line->unverified = step->unverified;
        past_limit(step, line);
    }
    return line;
}

static void show_timeline(const struct rows *rows, const struct context *now, Mediation__CasePage *page)
{
    size_t entries, events = 0;
    const struct past *past = question_entries(rows, &entries);

    for (size_t i = 0; i < entries; i++)
        events += past[i].event_count;
    page->timeline = arena_array(now->arena, events, sizeof *page->timeline);
    for (size_t i = 0; i < entries; i++)
        for (size_t k = 0; k < past[i].event_count; k++)
            page->timeline[page->n_timeline++] = past_line(&past[i], &past[i].events[k], now->arena);
}

/* ---- the page
 * -------------------------------------------------------------------------------------------------------- */

static void show_head(const MediationRows__Case *row, const struct rows *rows, const struct context *now,
                      Mediation__CasePage *page)
{
    const struct procedure *procedure = law_procedure(now->law, row->procedure);
    const MediationRows__Paper *summary = paper_of(rows, row->id, PAPER_SUMMARY);

    page->id = row->id;
    page->version = row->version;
    page->number = (char *)case_number(row, now->arena);
    page->office = row->office;
    page->place = row->place;
    page->kind = row->kind;
    page->state = row->state;
    page->allowed = procedure ? (char *)procedure_allowed(procedure, row->state, now->arena) : page->allowed;
    page->outcome = row->outcome;
    page->application = row->application;
    page->referral = row->referral;
    page->mediator = row->mediator;
    page->mediator_name = row->mediator_name;
    page->procedure = row->procedure;
    page->language = summary ? summary->language : page->language;
    page->summary = paper_text(summary, now->arena);
}

static bool rests_on_unverified(const Mediation__CasePage *page)
{
    for (size_t i = 0; i < page->n_clocks; i++)
        if (page->clocks[i]->unverified)
            return true;
    for (size_t i = 0; i < page->n_routes; i++)
        if (page->routes[i]->unverified)
            return true;
    for (size_t i = 0; i < page->n_timeline; i++)
        if (page->timeline[i]->unverified)
            return true;
    return false;
}

static enum status show_answer(const void *question, const struct rows *rows, const struct context *now, void *answer,
                               struct refusal *refusal)
{
    const MediationRows__Case *row = case_target(rows, now);
    Mediation__CasePage *page = answer;
    enum status status = case_seen(row, now, refusal);

    (void)question;
    if (status)
        return status;
    show_head(row, rows, now, page);
    show_claims(rows, now, page);
    show_parties(rows, now, page);
    show_sessions(rows, now, page);
    show_agreement(row, rows, now, page);
    show_routes(rows, now, page);
    page->proceedings = proceeding_lines(rows, now, &page->n_proceedings);
    page->guests = guest_lines(rows, now, &page->n_guests);
    page->clocks = clock_lines(rows, now, false, &page->n_clocks);
    page->warnings = case_warnings(row, rows, now, &page->n_warnings);
    page->lacking = case_lacking(row, now, &page->n_lacking);
    show_timeline(rows, now, page);
    page->unverified = rests_on_unverified(page);
    return OK;
}

const struct question CASE_SHOW = {
    .name = "case show",
    .message = &mediation__show__descriptor,
    .answer = &mediation__case_page__descriptor,
    .may = MAY_CLERK | MAY_MEDIATOR | MAY_HEAD | MAY_SUPERVISOR,
    .timeline = true,
    .reads = show_reads,
    .answer_from = show_answer,
    .target_help = "CASE",
    .help = "the case page: parties, agreement, payments, time limits, timeline",
    .example = "case show 1025",
};
