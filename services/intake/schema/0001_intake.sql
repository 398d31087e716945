-- SPDX-License-Identifier: Apache-2.0
-- Applications of each office, their numbers, papers and claimants.

create table intake.office (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  office bigint not null,
  checklists integer not null check (checklists >= 0),
  primary key (partition, id)
);
comment on table intake.office is 'An office that registered an application or set a checklist.';
comment on column intake.office.partition is 'Partition of the office; part of the id.';
comment on column intake.office.id is 'The office''s affinity id.';
comment on column intake.office.version is 'Position of its last entry.';
comment on column intake.office.office is 'The office.';
comment on column intake.office.checklists is 'Ordinal of its last checklist.';

create table intake.counter (
  partition integer not null,
  office bigint not null,
  ordinal integer not null,
  last integer not null check (last > 0),
  primary key (partition, office, ordinal),
  foreign key (partition, office) references intake.office (partition, id)
);
comment on table intake.counter is 'The office''s last application number in a year, without gaps.';
comment on column intake.counter.partition is 'Partition of the office.';
comment on column intake.counter.office is 'The office''s affinity id.';
comment on column intake.counter.ordinal is 'The year.';
comment on column intake.counter.last is 'The last number given.';

create table intake.checklist (
  partition integer not null,
  office bigint not null,
  ordinal integer not null,
  kind text not null,
  papers text not null,
  primary key (partition, office, ordinal),
  foreign key (partition, office) references intake.office (partition, id)
);
comment on table intake.checklist is 'The papers that an office wants for a kind of dispute: its own rule, not a law''s.';
comment on column intake.checklist.partition is 'Partition of the office.';
comment on column intake.checklist.office is 'The office''s affinity id.';
comment on column intake.checklist.ordinal is 'From 1.';
comment on column intake.checklist.kind is 'Kind of dispute.';
comment on column intake.checklist.papers is 'Names of papers, one a line; empty: none is wanted.';

create table intake.application (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  office bigint not null,
  year integer not null,
  number integer not null,
  kind text not null,
  place integer not null,
  language text not null,
  channel text not null,
  arose_on date not null,
  state text not null,
  course smallint not null,
  procedure text not null,
  registered_at timestamptz not null,
  referral bigint not null,
  case_id bigint not null,
  outcome text not null,
  claims integer not null,
  representatives integer not null,
  claimed_fen bigint not null,
  papers integer not null,
  missing integer not null check (missing >= 0),
  papers_asked boolean not null,
  papers_unverified boolean not null,
  summary bytea not null,
  summary_subject bigint not null,
  ground text not null,
  explanation bytea not null,
  explanation_subject bigint not null,
  primary key (partition, id),
  unique (partition, office, year, number)
);
create index application_office on intake.application (partition, office, id);
comment on table intake.application is 'An application for mediation, whatever the channel.';
comment on column intake.application.partition is 'Partition of the office; part of the id.';
comment on column intake.application.id is 'The application.';
comment on column intake.application.version is 'Position of its last entry.';
comment on column intake.application.office is 'The office that it was made to.';
comment on column intake.application.year is 'Year of registration in China.';
comment on column intake.application.number is 'The office''s number in that year, without gaps.';
comment on column intake.application.kind is 'Kind of dispute.';
comment on column intake.application.place is 'Division code.';
comment on column intake.application.language is 'Dialect wanted; empty for none.';
comment on column intake.application.channel is 'How it came.';
comment on column intake.application.arose_on is 'When the dispute arose; 1970-01-01 where not said.';
comment on column intake.application.state is 'State by its procedure.';
comment on column intake.application.course is '1 registered, 2 accepted, 3 refused, 4 closed.';
comment on column intake.application.procedure is 'Content hash of its procedure.';
comment on column intake.application.registered_at is 'Receipt of the application.';
comment on column intake.application.referral is 'The incoming referral that it came from; 0 none.';
comment on column intake.application.case_id is 'Mediation''s case; 0 none yet.';
comment on column intake.application.outcome is 'How the case ended; empty until then.';
comment on column intake.application.claims is 'Workers.';
comment on column intake.application.representatives is 'Representatives among them.';
comment on column intake.application.claimed_fen is 'Sum of the claims in fen.';
comment on column intake.application.papers is 'Papers, handed in or missing; the last one''s ordinal.';
comment on column intake.application.missing is 'Papers that are missing.';
comment on column intake.application.papers_asked is 'Missing papers were asked for: once.';
comment on column intake.application.papers_unverified is 'The list of papers is local practice.';
comment on column intake.application.summary is 'What happened, sealed; empty where not said.';
comment on column intake.application.summary_subject is 'Whose key sealed the summary.';
comment on column intake.application.ground is 'Why it was refused; empty where it was not.';
comment on column intake.application.explanation is 'The refusal''s explanation, sealed.';
comment on column intake.application.explanation_subject is 'Whose key sealed the explanation.';

create table intake.claim (
  partition integer not null,
  application bigint not null,
  ordinal integer not null,
  person bigint not null,
  name bytea not null,
  identity_number bytea not null,
  phone bytea not null,
  amount_fen bigint not null check (amount_fen > 0),
  work text not null,
  representative boolean not null,
  primary key (partition, application, ordinal),
  foreign key (partition, application) references intake.application (partition, id)
);
comment on table intake.claim is 'One worker''s claim.';
comment on column intake.claim.partition is 'Partition of the application.';
comment on column intake.claim.application is 'The application.';
comment on column intake.claim.ordinal is 'From 1.';
comment on column intake.claim.person is 'The worker.';
comment on column intake.claim.name is 'Name, sealed for the person.';
comment on column intake.claim.identity_number is 'Identity number, sealed for the person; empty where not said.';
comment on column intake.claim.phone is 'Telephone number, sealed for the person; empty where not said.';
comment on column intake.claim.amount_fen is 'What is claimed, in fen.';
comment on column intake.claim.work is 'What it is for.';
comment on column intake.claim.representative is 'Speaks for the others.';

create table intake.party (
  partition integer not null,
  application bigint not null,
  ordinal integer not null,
  role integer not null,
  name text not null,
  credit_code text not null,
  phone text not null,
  person bigint not null,
  person_name bytea not null,
  person_identity_number bytea not null,
  person_phone bytea not null,
  share_fen bigint not null check (share_fen >= 0),
  primary key (partition, application, ordinal),
  foreign key (partition, application) references intake.application (partition, id)
);
comment on table intake.party is 'Whom the claims are against, and who else is to pay.';
comment on column intake.party.partition is 'Partition of the application.';
comment on column intake.party.application is 'The application.';
comment on column intake.party.ordinal is 'From 1.';
comment on column intake.party.role is '1 respondent, 2 jointly liable, 3 payer.';
comment on column intake.party.name is 'An organisation''s name; empty for a person.';
comment on column intake.party.credit_code is 'Its unified social credit code; empty where unknown.';
comment on column intake.party.phone is 'Its telephone number.';
comment on column intake.party.person is 'A person''s id; 0 for an organisation.';
comment on column intake.party.person_name is 'Name, sealed for the person; empty where unknown.';
comment on column intake.party.person_identity_number is 'Identity number, sealed for the person; empty where unknown.';
comment on column intake.party.person_phone is 'Telephone number, sealed for the person.';
comment on column intake.party.share_fen is 'Fixed share in fen; 0 none.';

create table intake.paper (
  partition integer not null,
  application bigint not null,
  ordinal integer not null,
  name text not null,
  missing boolean not null,
  since timestamptz not null,
  primary key (partition, application, ordinal),
  foreign key (partition, application) references intake.application (partition, id)
);
comment on table intake.paper is 'A paper that was handed in or asked for.';
comment on column intake.paper.partition is 'Partition of the application.';
comment on column intake.paper.application is 'The application.';
comment on column intake.paper.ordinal is 'From 1.';
comment on column intake.paper.name is 'Its name.';
comment on column intake.paper.missing is 'It was asked for and has not come.';
comment on column intake.paper.since is 'When it came, or was asked for.';

create table intake.claimant (
  partition integer not null,
  claimant bigint not null,
  ordinal integer not null,
  application bigint not null,
  respondents text not null,
  primary key (partition, claimant, ordinal),
  foreign key (partition, application) references intake.application (partition, id)
);
comment on table intake.claimant is 'Applications of one person in this partition: how a second one for the same dispute is found.';
comment on column intake.claimant.partition is 'Partition of the office.';
comment on column intake.claimant.claimant is 'The person''s id times 256 plus the partition.';
comment on column intake.claimant.ordinal is 'From 1.';
comment on column intake.claimant.application is 'The application.';
comment on column intake.claimant.respondents is 'Credit codes, names or person ids of the respondents, one a line.';

create table intake.origin (
  partition integer not null,
  id bigint not null,
  application bigint not null,
  primary key (partition, id),
  foreign key (partition, application) references intake.application (partition, id)
);
comment on table intake.origin is 'Which application a case came from.';
comment on column intake.origin.partition is 'Partition of the office; part of both ids.';
comment on column intake.origin.id is 'The case''s id in mediation.';
comment on column intake.origin.application is 'The application.';
