-- SPDX-License-Identifier: Apache-2.0
-- The roster of each office and who takes which case.

create table assignment.pool (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  office bigint not null,
  members integer not null check (members >= 0),
  primary key (partition, id)
);
comment on table assignment.pool is 'An office''s mediators: all of them in one partition, so that the lightest load is one decision.';
comment on column assignment.pool.partition is 'Partition of the office; part of the id.';
comment on column assignment.pool.id is 'The office''s affinity id.';
comment on column assignment.pool.version is 'Position of its last entry.';
comment on column assignment.pool.office is 'The office.';
comment on column assignment.pool.members is 'Mediators in it; the last one''s ordinal.';

create table assignment.mediator (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  pool bigint not null,
  ordinal integer not null,
  primary key (partition, id),
  foreign key (partition, pool) references assignment.pool (partition, id)
);
comment on table assignment.mediator is 'Where in a pool a mediator stands; keys and cases name him by this id.';
comment on column assignment.mediator.partition is 'Partition of the office; part of the id.';
comment on column assignment.mediator.id is 'The mediator.';
comment on column assignment.mediator.version is 'Position of its last entry.';
comment on column assignment.mediator.pool is 'His office''s pool.';
comment on column assignment.mediator.ordinal is 'His place in it.';

-- No index besides the key: load and asked change with every proposal.
create table assignment.candidate (
  partition integer not null,
  pool bigint not null,
  ordinal integer not null,
  mediator bigint not null,
  name text not null,
  kinds text not null,
  languages text not null,
  employer_names text not null,
  employer_codes text not null,
  case_limit integer not null check (case_limit > 0),
  load integer not null check (load >= 0),
  asked integer not null check (asked >= 0),
  idle_since bigint not null,
  leave_from date not null,
  leave_until date not null,
  primary key (partition, pool, ordinal),
  foreign key (partition, pool) references assignment.pool (partition, id)
);
comment on table assignment.candidate is 'A mediator as the choice sees him. Lists are texts with one entry a line.';
comment on column assignment.candidate.partition is 'Partition of the pool.';
comment on column assignment.candidate.pool is 'The pool.';
comment on column assignment.candidate.ordinal is 'His place in it, from 1.';
comment on column assignment.candidate.mediator is 'His id.';
comment on column assignment.candidate.name is 'His name, which is public.';
comment on column assignment.candidate.kinds is 'Kinds of dispute that he knows.';
comment on column assignment.candidate.languages is 'Languages and dialects besides Mandarin.';
comment on column assignment.candidate.employer_names is 'Organisations that he worked for.';
comment on column assignment.candidate.employer_codes is 'Their unified social credit codes, line by line; an empty line where unknown.';
comment on column assignment.candidate.case_limit is 'Cases at a time.';
comment on column assignment.candidate.load is 'Cases in hand.';
comment on column assignment.candidate.asked is 'Proposals that he has not answered.';
comment on column assignment.candidate.idle_since is 'When he accepted a case last, microseconds UTC since 1970; 0 never.';
comment on column assignment.candidate.leave_from is 'First day of his leave; 1970-01-01 none.';
comment on column assignment.candidate.leave_until is 'Last day of his leave.';

create table assignment.matter (
  partition integer not null,
  id bigint not null,
  version bigint not null,
  pool bigint not null,
  office bigint not null,
  kind text not null,
  language text not null,
  place integer not null,
  state smallint not null,
  mediator bigint not null,
  ordinal integer not null,
  declined integer not null,
  primary key (partition, id)
);
comment on table assignment.matter is 'What a case wants of a mediator, and who has it.';
comment on column assignment.matter.partition is 'Partition of the office; the case''s too.';
comment on column assignment.matter.id is 'The case''s id in mediation.';
comment on column assignment.matter.version is 'Position of its last entry.';
comment on column assignment.matter.pool is 'The pool of its office, which may have no mediator yet.';
comment on column assignment.matter.office is 'Its office.';
comment on column assignment.matter.kind is 'Kind of dispute.';
comment on column assignment.matter.language is 'Dialect wanted, empty for none.';
comment on column assignment.matter.place is 'Division code.';
comment on column assignment.matter.state is '1 open, 2 proposed, 3 accepted, 4 closed.';
comment on column assignment.matter.mediator is 'Proposed or assigned; 0 nobody.';
comment on column assignment.matter.ordinal is 'His place in the pool; 0 nobody.';
comment on column assignment.matter.declined is 'How many declined.';

create table assignment.opponent (
  partition integer not null,
  matter bigint not null,
  ordinal integer not null,
  name text not null,
  credit_code text not null,
  primary key (partition, matter, ordinal),
  foreign key (partition, matter) references assignment.matter (partition, id)
);
comment on table assignment.opponent is 'An organisation that a case is against.';
comment on column assignment.opponent.partition is 'Partition of the matter.';
comment on column assignment.opponent.matter is 'The matter.';
comment on column assignment.opponent.ordinal is 'From 1.';
comment on column assignment.opponent.name is 'Its name.';
comment on column assignment.opponent.credit_code is 'Its unified social credit code; empty where unknown.';

create table assignment.declined (
  partition integer not null,
  matter bigint not null,
  ordinal integer not null,
  candidate integer not null,
  reason text not null,
  primary key (partition, matter, ordinal),
  foreign key (partition, matter) references assignment.matter (partition, id)
);
comment on table assignment.declined is 'A mediator who declined a case; he is not asked again for it.';
comment on column assignment.declined.partition is 'Partition of the matter.';
comment on column assignment.declined.matter is 'The matter.';
comment on column assignment.declined.ordinal is 'From 1.';
comment on column assignment.declined.candidate is 'His place in the pool.';
comment on column assignment.declined.reason is 'What he said.';
