-- SPDX-License-Identifier: Apache-2.0
--
-- Mediation: cases, with their claims, parties, sessions, agreement and performance. Amounts are fen.

create table mediation.case (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    office bigint not null,
    place integer not null,
    year integer not null check (year between 2000 and 2999),
    number integer not null check (number > 0),
    application bigint not null,
    referral bigint not null,
    kind text not null,
    procedure text not null,
    state text not null,
    outcome text not null check (outcome in ('', 'performed', 'failed', 'withdrawn', 'refused')),
    mediator bigint not null,
    mediator_name text not null,
    claims integer not null,
    representatives integer not null,
    parties integer not null,
    respondents integer not null,
    respondents_consenting integer not null check (respondents_consenting <= respondents),
    sessions integer not null,
    session_open integer not null check (session_open <= sessions),
    outside integer not null check (outside <= claims),
    outside_told integer not null check (outside_told <= outside),
    draft integer not null,
    draft_falls boolean not null,
    agreed integer not null check (agreed <= claims),
    consenting integer not null check (consenting <= agreed),
    workers_signed boolean not null,
    parties_signed boolean not null,
    mediator_signed boolean not null,
    effect_at timestamptz not null,
    agreed_fen bigint not null check (agreed_fen >= 0),
    paid_fen bigint not null check (paid_fen between 0 and agreed_fen),
    instalments integer not null,
    instalment_rows integer not null check (instalments <= instalment_rows),
    settled integer not null check (settled <= instalments),
    overdue integer not null check (overdue <= instalments - settled),
    primary key (partition, id),
    unique (partition, office, year, number)
);
create index case_by_application on mediation.case (partition, application, id);
create index case_by_office on mediation.case (partition, office, id);
comment on table mediation.case is 'A dispute in mediation. Every step writes this row, so it is narrow.';
comment on column mediation.case.partition is 'id modulo 256';
comment on column mediation.case.id is 'sequence * 256 + partition';
comment on column mediation.case.version is 'position of its last entry in the log';
comment on column mediation.case.office is 'the office that owns it; decides the partition';
comment on column mediation.case.place is 'division code of the dispute';
comment on column mediation.case.year is 'year of the number';
comment on column mediation.case.number is 'without gaps per office and year';
comment on column mediation.case.application is 'the application it came from, in intake';
comment on column mediation.case.referral is 'the incoming referral it came from, 0: none';
comment on column mediation.case.kind is 'kind of dispute, as in the procedures';
comment on column mediation.case.procedure is 'content hash of the procedure that it runs under';
comment on column mediation.case.state is 'state, as in that procedure';
comment on column mediation.case.outcome is 'empty while it runs';
comment on column mediation.case.mediator is 'the roster''s person, 0: none yet';
comment on column mediation.case.mediator_name is 'as shown to people';
comment on column mediation.case.claims is 'number of workers';
comment on column mediation.case.representatives is 'of them (Labour Dispute Mediation and Arbitration Law 7)';
comment on column mediation.case.parties is 'number of parties';
comment on column mediation.case.respondents is 'of them respondents';
comment on column mediation.case.respondents_consenting is 'of them with recorded consent (People''s Mediation Law 17)';
comment on column mediation.case.sessions is 'number of sessions';
comment on column mediation.case.session_open is 'the one that is being held, 0: none';
comment on column mediation.case.outside is 'workers without consent';
comment on column mediation.case.outside_told is 'of them told their other routes (People''s Mediation Law 26)';
comment on column mediation.case.draft is 'number of the current draft, 0: none';
comment on column mediation.case.draft_falls is 'the draft''s workers are no longer those who consent: draft again';
comment on column mediation.case.agreed is 'workers in the draft';
comment on column mediation.case.consenting is 'of them with recorded consent to it';
comment on column mediation.case.workers_signed is 'all workers in the draft, or a representative for all';
comment on column mediation.case.parties_signed is 'all parties that it binds';
comment on column mediation.case.mediator_signed is 'the assigned mediator';
comment on column mediation.case.effect_at is 'the committee''s seal (People''s Mediation Law 29); 1970-01-01: not sealed';
comment on column mediation.case.agreed_fen is 'sum of the draft';
comment on column mediation.case.paid_fen is 'sum of the receipts';
comment on column mediation.case.instalments is 'of the current draft';
comment on column mediation.case.instalment_rows is 'with those of earlier drafts that had more';
comment on column mediation.case.settled is 'instalments paid in full';
comment on column mediation.case.overdue is 'instalments whose default was noticed and is not cured';

create table mediation.claim (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null,
    person bigint not null,
    name bytea not null,
    identity_number bytea not null,
    phone bytea not null,
    amount_fen bigint not null check (amount_fen >= 0),
    work text not null,
    representative boolean not null,
    consents smallint not null check (consents between 0 and 2),
    outside boolean not null,
    routes_told boolean not null,
    draft integer not null,
    agreed_fen bigint not null check (agreed_fen >= 0),
    has_signed boolean not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.claim is 'What one worker asks for and gets.';
comment on column mediation.claim.partition is 'the case''s';
comment on column mediation.claim.case_id is 'the case';
comment on column mediation.claim.ordinal is 'from 1 in the case';
comment on column mediation.claim.person is 'the worker, in the vault';
comment on column mediation.claim.name is 'sealed under the person''s key';
comment on column mediation.claim.identity_number is 'sealed under the person''s key';
comment on column mediation.claim.phone is 'sealed under the person''s key';
comment on column mediation.claim.amount_fen is 'asked for';
comment on column mediation.claim.work is 'where and as what he worked';
comment on column mediation.claim.representative is 'speaks for the others';
comment on column mediation.claim.consents is 'to the current draft: 0 not known, 1 yes, 2 no';
comment on column mediation.claim.outside is 'not part of the agreement; all other routes stay open';
comment on column mediation.claim.routes_told is 'told these routes';
comment on column mediation.claim.draft is 'the latest draft that names him, 0: none';
comment on column mediation.claim.agreed_fen is 'his amount in that draft';
comment on column mediation.claim.has_signed is 'signed that draft himself';

create table mediation.party (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null,
    role smallint not null check (role between 1 and 3),
    name text not null,
    credit_code text not null,
    phone text not null,
    person bigint not null,
    person_name bytea not null,
    person_identity_number bytea not null,
    person_phone bytea not null,
    consents smallint not null check (consents between 0 and 2),
    bound boolean not null,
    share_fen bigint not null check (share_fen >= 0),
    has_signed boolean not null,
    paid_fen bigint not null check (paid_fen >= 0),
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.party is 'The other side: who owes, answers jointly or pays.';
comment on column mediation.party.partition is 'the case''s';
comment on column mediation.party.case_id is 'the case';
comment on column mediation.party.ordinal is 'from 1 in the case';
comment on column mediation.party.role is '1 respondent, 2 jointly liable, 3 payer';
comment on column mediation.party.name is 'an organisation''s; public';
comment on column mediation.party.credit_code is 'an organisation''s unified social credit code, empty: not known';
comment on column mediation.party.phone is 'an organisation''s; public';
comment on column mediation.party.person is 'a human being, in the vault; 0: an organisation';
comment on column mediation.party.person_name is 'sealed under the person''s key';
comment on column mediation.party.person_identity_number is 'sealed under the person''s key';
comment on column mediation.party.person_phone is 'sealed under the person''s key';
comment on column mediation.party.consents is 'to mediation: 0 not known, 1 yes, 2 no';
comment on column mediation.party.bound is 'by the current draft';
comment on column mediation.party.share_fen is 'the only part that it owes, 0: no fixed share';
comment on column mediation.party.has_signed is 'signed, sealed or left a fingerprint';
comment on column mediation.party.paid_fen is 'what it paid, where the receipts say who did';

create table mediation.session (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null,
    place text not null,
    closed boolean not null,
    on_day date not null,
    state smallint not null check (state between 1 and 3),
    until_day date not null,
    record bytea not null,
    record_subject bigint not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.session is 'A meeting of the parties with their mediator.';
comment on column mediation.session.partition is 'the case''s';
comment on column mediation.session.case_id is 'the case';
comment on column mediation.session.ordinal is 'from 1 in the case';
comment on column mediation.session.place is 'where it is held';
comment on column mediation.session.closed is 'not public, by the parties'' choice (People''s Mediation Law 23)';
comment on column mediation.session.on_day is 'its day; may be a rest day';
comment on column mediation.session.state is '1 open, 2 adjourned, 3 held to its end';
comment on column mediation.session.until_day is 'adjourned to this day; 1970-01-01: not fixed';
comment on column mediation.session.record is 'sealed work record (People''s Mediation Law 27), empty: none yet';
comment on column mediation.session.record_subject is 'whose key seals it';

create table mediation.instalment (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null,
    due_day date not null,
    amount_fen bigint not null check (amount_fen > 0),
    payer integer not null,
    paid_fen bigint not null check (paid_fen between 0 and amount_fen),
    in_time_fen bigint not null check (in_time_fen between 0 and paid_fen),
    state smallint not null check (state between 1 and 5),
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.instalment is 'A payment that the agreement promises. Its receipts are the entries of the log.';
comment on column mediation.instalment.partition is 'the case''s';
comment on column mediation.instalment.case_id is 'the case';
comment on column mediation.instalment.ordinal is 'from 1 in the agreement';
comment on column mediation.instalment.due_day is 'last day that is in time; as agreed, never moved';
comment on column mediation.instalment.amount_fen is 'promised';
comment on column mediation.instalment.payer is 'the party that owes it, 0: all who are bound';
comment on column mediation.instalment.paid_fen is 'received';
comment on column mediation.instalment.in_time_fen is 'of it, received before the end of the due day';
comment on column mediation.instalment.state is '1 due, 2 paid, 3 overdue, 4 paid late, 5 replaced by a later draft';

create table mediation.paper (
    partition integer not null,
    case_id bigint not null,
    ordinal integer not null check (ordinal in (1, 2)),
    text bytea not null,
    subject bigint not null,
    language text not null,
    primary key (partition, case_id, ordinal),
    foreign key (partition, case_id) references mediation.case (partition, id)
);
comment on table mediation.paper is 'Sealed texts of a case that its steps rarely touch.';
comment on column mediation.paper.partition is 'the case''s';
comment on column mediation.paper.case_id is 'the case';
comment on column mediation.paper.ordinal is '1 the dispute''s summary, 2 the agreement''s terms';
comment on column mediation.paper.text is 'sealed';
comment on column mediation.paper.subject is 'whose key seals it';
comment on column mediation.paper.language is 'with the summary: language or dialect wanted';

create table mediation.numbering (
    partition integer not null,
    counter_id bigint not null,
    ordinal integer not null,
    last integer not null check (last > 0),
    primary key (partition, counter_id, ordinal)
);
comment on table mediation.numbering is 'The last case number of an office in a year: numbers have no gaps.';
comment on column mediation.numbering.partition is 'counter_id modulo 256';
comment on column mediation.numbering.counter_id is 'office * 256 + partition';
comment on column mediation.numbering.ordinal is 'the year';
comment on column mediation.numbering.last is 'given last';
