-- SPDX-License-Identifier: Apache-2.0
--
-- What every service's schema has: the log, the answers to commands, the readers' cursors, and what stands aside.
-- @schema@ is the service. Every key begins with the partition; there is no sequence, identity, trigger or default.
-- No check of an entry may fail because its writer's memory of the log is old: entry_pkey alone must notice that.

create table @schema@.entry (
    partition integer not null check (partition between 0 and 255),
    position bigint not null check (position > 0),
    before bigint not null check (before >= 0),
    command_id uuid not null,
    principal bigint not null,
    target bigint not null,
    at timestamptz not null,
    rules text not null,
    command text not null,
    events bytea not null,
    hash bytea not null check (octet_length(hash) = 32),
    trace text not null check (length(trace) <= 64),
    constraint entry_pkey primary key (partition, position)
);
comment on table @schema@.entry is 'The log: one accepted command a row, without gaps. Its primary key is the fence against a second writer. Never changed.';
comment on column @schema@.entry.partition is 'Partition, the id''s last byte';
comment on column @schema@.entry.position is 'Position in the partition, from 1';
comment on column @schema@.entry.before is 'Position of the last entry of the same aggregate, 0: this is its first';
comment on column @schema@.entry.command_id is 'The command''s id (UUID version 7), made by its sender';
comment on column @schema@.entry.principal is 'Who sent it';
comment on column @schema@.entry.target is 'The aggregate that it made or changed';
comment on column @schema@.entry.at is 'When the command was received; lawfulness is judged by it';
comment on column @schema@.entry.rules is 'Content hash of the procedure that was applied, empty where none was';
comment on column @schema@.entry.command is 'The command''s name';
comment on column @schema@.entry.events is 'What happened: packed tiaojie.Events, the very bytes that the hash covers';
comment on column @schema@.entry.hash is 'SHA-256 over the hash before and this entry, in the layout of common/store/entry.h';
comment on column @schema@.entry.trace is 'Follows the request over services and nodes';

create table @schema@.answer (
    partition integer not null,
    command_id uuid not null,
    principal bigint not null,
    digest bytea not null check (octet_length(digest) = 32),
    position bigint not null,
    constraint answer_pkey primary key (partition, command_id)
);
comment on table @schema@.answer is 'Accepted commands of the last 35 days: a repeated one gets its first answer.';
comment on column @schema@.answer.partition is 'Partition of the entry';
comment on column @schema@.answer.command_id is 'The command''s id; ordered by time, so new ones stand together';
comment on column @schema@.answer.principal is 'Who sent it; another sender may not use the id again';
comment on column @schema@.answer.digest is 'Keyed hash of the body as received, before sealing; another body may not use the id again';
comment on column @schema@.answer.position is 'Where its entry stands';

create table @schema@.inbox (
    partition integer not null,
    source text not null,
    source_partition integer not null,
    position bigint not null check (position > 0),
    hash bytea not null check (octet_length(hash) = 32),
    constraint inbox_pkey primary key (partition, source, source_partition)
);
comment on table @schema@.inbox is 'Readers'' cursors: up to where a source''s events have had their effect in this partition. Written with the effect.';
comment on column @schema@.inbox.partition is 'Partition that takes the effects';
comment on column @schema@.inbox.source is 'The followed service';
comment on column @schema@.inbox.source_partition is 'Its partition';
comment on column @schema@.inbox.position is 'Last event in it that was dealt with: its entry''s position * 64 + its place there, 63: the whole entry';
comment on column @schema@.inbox.hash is 'Hash of the entry there; another one means that the source was restored (a fork)';

create table @schema@.parked (
    partition integer not null,
    source text not null,
    source_partition integer not null,
    position bigint not null,
    target bigint not null,
    command text not null,
    status smallint not null,
    field text not null,
    reason text not null,
    at timestamptz not null,
    constraint parked_pkey primary key (partition, source, source_partition, position)
);
comment on table @schema@.parked is 'Events whose command was refused here. Their aggregate stands aside; the rest goes on.';
comment on column @schema@.parked.partition is 'Partition that the event was for';
comment on column @schema@.parked.source is 'The followed service';
comment on column @schema@.parked.source_partition is 'Its partition';
comment on column @schema@.parked.position is 'The event there: its entry''s position * 64 + its place';
comment on column @schema@.parked.target is 'The source''s aggregate, which stands aside';
comment on column @schema@.parked.command is 'The command that was derived';
comment on column @schema@.parked.status is 'Why: number of the status (common/base/status.h)';
comment on column @schema@.parked.field is 'Which field';
comment on column @schema@.parked.reason is 'The reason, a template without its values';
comment on column @schema@.parked.at is 'When the source''s event was received';

create table @schema@.culprit (
    partition integer not null,
    command_id uuid not null,
    at timestamptz not null,
    principal bigint not null,
    target bigint not null,
    command text not null,
    body bytea not null,
    sqlstate text not null,
    what text not null,
    constraint culprit_pkey primary key (partition, command_id)
);
comment on table @schema@.culprit is 'Commands that were refused because the database could not take their values: kept for inspection.';
comment on column @schema@.culprit.partition is 'Partition of the target';
comment on column @schema@.culprit.command_id is 'The command''s id';
comment on column @schema@.culprit.at is 'When it was received';
comment on column @schema@.culprit.principal is 'Who sent it';
comment on column @schema@.culprit.target is 'Its target';
comment on column @schema@.culprit.command is 'Its name';
comment on column @schema@.culprit.body is 'Its packed body; what is personal in it is sealed';
comment on column @schema@.culprit.sqlstate is 'PostgreSQL''s error code';
comment on column @schema@.culprit.what is 'Constraint or column';

create table @schema@.clock (
    partition integer not null,
    about bigint not null,
    ordinal integer not null,
    name text not null,
    subject integer not null,
    state smallint not null check (state between 0 and 4),
    generation integer not null,
    started_at timestamptz not null,
    last_day date not null,
    due_at timestamptz not null,
    fire_at timestamptz not null,
    ended_at timestamptz not null,
    effect text not null,
    article text not null,
    unverified boolean not null,
    provisional boolean not null,
    constraint clock_pkey primary key (partition, about, ordinal)
);
-- A running clock leaves this index when it ends; nothing else that a step changes is indexed.
create index clock_due on @schema@.clock (partition, fire_at, about, ordinal) where state = 1;
comment on table @schema@.clock is 'Time limits of the aggregates. 1970-01-01 stands for "never".';
comment on column @schema@.clock.partition is 'Partition of the aggregate';
comment on column @schema@.clock.about is 'The aggregate';
comment on column @schema@.clock.ordinal is 'Number of the clock in its procedure * 1000 + subject';
comment on column @schema@.clock.name is 'As in the procedure';
comment on column @schema@.clock.subject is 'Which instalment, session or other child it is for; 0: the aggregate itself';
comment on column @schema@.clock.state is '1 running, 2 stopped in time, 3 fired, 4 closed with the case';
comment on column @schema@.clock.generation is 'Counts its starts, so that an old start cannot fire a new one';
comment on column @schema@.clock.started_at is 'Moment of the event that started it';
comment on column @schema@.clock.last_day is 'The last day on which the step is in time, in China';
comment on column @schema@.clock.due_at is 'The end of that day, exclusive';
comment on column @schema@.clock.fire_at is 'When it fires while it runs';
comment on column @schema@.clock.ended_at is 'When it stopped, fired or was closed';
comment on column @schema@.clock.effect is 'bar, open, duty, deem or void';
comment on column @schema@.clock.article is 'The rule that it comes from';
comment on column @schema@.clock.unverified is 'The rule was not checked against its source';
comment on column @schema@.clock.provisional is 'Counted over a year without a published calendar';
