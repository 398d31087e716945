-- The vault: whose key is whose, and who opened what.

create table vault.subject (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    hash bytea not null,
    wrapped bytea not null,
    name bytea not null,
    identity_number bytea not null,
    phone bytea not null,
    primary key (partition, id)
);
comment on table vault.subject is 'A person or a case that has a key of its own.';
comment on column vault.subject.partition is 'Partition of the log: id modulo 256.';
comment on column vault.subject.id is 'A person''s id, or service number * 2^53 + the id of a case.';
comment on column vault.subject.version is 'Position of its last entry.';
comment on column vault.subject.hash is 'Keyed hash of the identity number; empty for a case or a person without one.';
comment on column vault.subject.wrapped is 'The subject''s key under the node''s master key.';
comment on column vault.subject.name is 'Sealed name; empty for a case.';
comment on column vault.subject.identity_number is 'Sealed identity number; empty when there is none.';
comment on column vault.subject.phone is 'Sealed telephone number; empty when there is none.';

create table vault.opening (
    partition integer not null,
    id bigint not null,
    version bigint not null,
    person bigint not null,
    principal bigint not null,
    purpose text not null,
    opened_at timestamptz not null,
    primary key (partition, id),
    foreign key (partition, person) references vault.subject (partition, id)
);
comment on table vault.opening is 'A person''s values were opened by somebody, for a purpose.';
comment on column vault.opening.partition is 'Partition of the log: id modulo 256; the person''s.';
comment on column vault.opening.id is 'Id of the opening.';
comment on column vault.opening.version is 'Position of its entry.';
comment on column vault.opening.person is 'Whose values.';
comment on column vault.opening.principal is 'Who opened them.';
comment on column vault.opening.purpose is 'What for, as stated.';
comment on column vault.opening.opened_at is 'When.';
