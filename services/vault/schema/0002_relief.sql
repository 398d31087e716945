-- Who asked for relief, for what, against whom, and the proofs of it that were issued.

create table vault.relief (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    office bigint not null,
    year integer not null,
    number integer not null,
    kind text not null,
    place integer not null,
    channel text not null,
    received_at timestamptz not null,
    askers integer not null check (askers > 0),
    primary key (partition, id)
);
comment on table vault.relief is 'An application, as far as a proof of it needs.';
comment on column vault.relief.partition is 'Partition of the application: id modulo 256.';
comment on column vault.relief.id is 'The application''s id in intake.';
comment on column vault.relief.version is 'Position of its last entry.';
comment on column vault.relief.office is 'The office that received it.';
comment on column vault.relief.year is 'Year of its number.';
comment on column vault.relief.number is 'The application''s number in office and year.';
comment on column vault.relief.kind is 'Kind of dispute.';
comment on column vault.relief.place is 'Division code of the dispute.';
comment on column vault.relief.channel is 'How it came in.';
comment on column vault.relief.received_at is 'Moment of receipt.';
comment on column vault.relief.askers is 'How many ask.';

create table vault.asker (
    partition integer not null,
    relief bigint not null,
    ordinal integer not null,
    person bigint not null,
    name bytea not null,
    identity_number bytea not null,
    amount_fen bigint not null check (amount_fen > 0),
    work text not null,
    statement bytea not null,
    primary key (partition, relief, ordinal),
    foreign key (partition, relief) references vault.relief (partition, id)
);
comment on table vault.asker is 'One who asks, with the proof of it.';
comment on column vault.asker.partition is 'Partition of the application.';
comment on column vault.asker.relief is 'The application.';
comment on column vault.asker.ordinal is 'Which claim of it, from 1.';
comment on column vault.asker.person is 'Who; the subject lies in a partition of its own.';
comment on column vault.asker.name is 'Sealed name, as it was given with this application.';
comment on column vault.asker.identity_number is 'Sealed identity number; empty when there is none.';
comment on column vault.asker.amount_fen is 'How much.';
comment on column vault.asker.work is 'What for.';
comment on column vault.asker.statement is 'The signed text, sealed under the person''s key; empty until one was issued, never changed after.';

create table vault.opponent (
    partition integer not null,
    relief bigint not null,
    ordinal integer not null,
    role integer not null,
    name text not null,
    credit_code text not null,
    person bigint not null,
    person_name bytea not null,
    primary key (partition, relief, ordinal),
    foreign key (partition, relief) references vault.relief (partition, id)
);
comment on table vault.opponent is 'Against whom relief is asked for.';
comment on column vault.opponent.partition is 'Partition of the application.';
comment on column vault.opponent.relief is 'The application.';
comment on column vault.opponent.ordinal is 'From 1.';
comment on column vault.opponent.role is 'intake.PartyRole.';
comment on column vault.opponent.name is 'Name of the organisation; empty for a person.';
comment on column vault.opponent.credit_code is 'Unified social credit code; empty where it is not known.';
comment on column vault.opponent.person is 'The person; 0 for an organisation.';
comment on column vault.opponent.person_name is 'Sealed name of the person.';

create table vault.issue (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    relief bigint not null,
    worker integer not null,
    person bigint not null,
    principal bigint not null,
    purpose text not null,
    issued_at timestamptz not null,
    primary key (partition, id),
    foreign key (partition, relief, worker) references vault.asker (partition, relief, ordinal)
);
comment on table vault.issue is 'A proof was handed out, and with it a person''s name opened.';
comment on column vault.issue.partition is 'Partition of the application.';
comment on column vault.issue.id is 'Id of the issue.';
comment on column vault.issue.version is 'Position of its entry.';
comment on column vault.issue.relief is 'The application.';
comment on column vault.issue.worker is 'Which claim of it.';
comment on column vault.issue.person is 'Whose name.';
comment on column vault.issue.principal is 'Who opened it.';
comment on column vault.issue.purpose is 'What for, as stated.';
comment on column vault.issue.issued_at is 'When.';
