-- The node's own directory: who may speak (offices, principals), which processes live and own what, which rules are loaded,
-- which other nodes it exchanges with. Written by tiaojie-admin; processes write only `process` and `owner`.

create table node.node (
    single      boolean     not null primary key check (single),
    name        text        not null check (name ~ '^[a-z][a-z0-9]{0,30}$'),
    place       integer     not null check (place between 110000 and 659999),
    partitions  integer     not null check (partitions between 1 and 256),
    incarnation bytea       not null check (pg_catalog.octet_length(incarnation) = 16),
    made_at     timestamptz not null
);
comment on table node.node is 'This node: one row, written by node init.';
comment on column node.node.single is 'Always true: there is one row.';
comment on column node.node.name is 'Short name; roles in the database and envelopes carry it.';
comment on column node.node.place is 'Division code of the county-level place, six digits.';
comment on column node.node.partitions is 'P: partitions of each service, fixed at node init (DESIGN 1).';
comment on column node.node.incarnation is 'Random; renewed by a restore, so that peers notice one (DESIGN 11).';
comment on column node.node.made_at is 'When node init ran.';

create table node.office (
    id    bigint  not null primary key check (id between 1 and 35184372088831),
    name  text    not null unique check (name <> ''),
    place integer not null check (place between 110000 and 659999),
    kind  text    not null check (kind in ('committee', 'station', 'workstation', 'hrss', 'court'))
);
comment on table node.office is 'Committees, justice stations, workstations, HRSS windows, court divisions of this node.';
comment on column node.office.id is 'Affinity of what the office has; at most 2^45 - 1.';
comment on column node.office.name is 'Full name as it stands on papers.';
comment on column node.office.place is 'Division code, six digits.';
comment on column node.office.kind is 'committee, station, workstation, hrss, court.';

create table node.principal (
    id          bigint      not null primary key check (id > 0),
    name        text        not null unique check (name <> ''),
    kind        text        not null check (kind in ('person', 'system', 'service')),
    key         text        not null unique check (pg_catalog.length(key) = 40),
    roles       integer     not null check (roles > 0),
    office      bigint      references node.office (id),
    mediator    bigint      not null default 0 check (mediator >= 0),
    valid_from  timestamptz not null,
    valid_until timestamptz check (valid_until > valid_from),
    revoked_at  timestamptz
);
comment on table node.principal is 'Who may speak to this node: one row a key. A row is never deleted: the logs name it.';
comment on column node.principal.id is 'Stands in entries; given out upwards by tiaojie-admin.';
comment on column node.principal.name is 'Name at work, or of the system; unique, for the admin tool.';
comment on column node.principal.kind is 'person: somebody in an office; system: a partner''s or a benchmark; service: a process of this node.';
comment on column node.principal.key is 'CURVE public key, 40 characters of Z85.';
comment on column node.principal.roles is 'Bits 1 << tiaojie.Role.';
comment on column node.principal.office is 'The office that the principal works for; null for services and operators.';
comment on column node.principal.mediator is 'Id in the roster of the assignment service; 0: not a mediator.';
comment on column node.principal.valid_from is 'Before it every message is refused.';
comment on column node.principal.valid_until is 'From it on every message is refused; null: no end.';
comment on column node.principal.revoked_at is 'From then on every message is refused, on open connections too; null: not revoked.';

create table node.process (
    id           text        not null primary key,
    service      text        not null,
    endpoint     text        not null,
    public_key   text        not null,
    started_at   timestamptz not null,
    heartbeat_at timestamptz not null
);
comment on table node.process is 'Processes that live, or did a short while ago (DESIGN 3).';
comment on column node.process.id is 'Random, made at start.';
comment on column node.process.service is 'Name of its service.';
comment on column node.process.endpoint is 'Where its door listens.';
comment on column node.process.public_key is 'CURVE public key of the door.';
comment on column node.process.started_at is 'When it registered.';
comment on column node.process.heartbeat_at is 'Last sign of life, by the database''s clock; two seconds of silence count as death.';

create table node.owner (
    service   text    not null,
    partition integer not null check (partition between 0 and 255),
    process   text,
    primary key (service, partition)
);
comment on table node.owner is 'Which process writes which partition: for liveness only, the log''s key is the fence (DESIGN 3).';
comment on column node.owner.service is 'Name of the service.';
comment on column node.owner.partition is 'Partition of that service.';
comment on column node.owner.process is 'node.process.id; null: free. No foreign key: a dead process leaves its claims behind.';

create table node.procedure (
    hash      text        not null primary key check (hash ~ '^[0-9a-f]{16}$'),
    kind      text        not null check (kind <> ''),
    place     integer     not null check (place = 0 or place between 110000 and 659999),
    bytes     bytea       not null,
    loaded_at timestamptz not null
);
comment on table node.procedure is 'Every procedure that was ever loaded: entries name by hash the one they were decided by (DESIGN 8).';
comment on column node.procedure.hash is 'First 8 bytes of SHA-256 of the bytes, hexadecimal.';
comment on column node.procedure.kind is 'Kind of dispute or matter that it is for.';
comment on column node.procedure.place is 'Division code where it holds; 0: everywhere.';
comment on column node.procedure.bytes is 'tiaojie.Procedure, as compiled.';
comment on column node.procedure.loaded_at is 'The latest of a kind and place is the one in force for new cases.';

create table node.calendar (
    year      integer not null check (year between 1949 and 9999),
    notice_on date    not null,
    bytes     bytea   not null,
    primary key (year, notice_on)
);
comment on table node.calendar is 'Published working days of a year; a later notice replaces an earlier one.';
comment on column node.calendar.year is 'Year that it counts.';
comment on column node.calendar.notice_on is 'Day of the State Council''s notice.';
comment on column node.calendar.bytes is 'tiaojie.Calendar, as compiled.';

create table node.link (
    name            text    not null primary key check (name ~ '^[a-z][a-z0-9]{0,30}$'),
    place           integer not null check (place between 110000 and 659999),
    department      text    not null,
    endpoint        text    not null,
    curve_key       text    not null check (pg_catalog.length(curve_key) = 40),
    signature_suite text    not null check (signature_suite in ('ed25519', 'sm2-sm3')),
    signing_key     bytea   not null,
    transport_key   bytea   not null
);
comment on table node.link is 'Nodes that this one exchanges with: where they are, and their public keys.';
comment on column node.link.name is 'The other node''s name.';
comment on column node.link.place is 'The other node''s division code.';
comment on column node.link.department is 'What the other node is, such as a human resources bureau; people read it.';
comment on column node.link.endpoint is 'Where its exchange listens.';
comment on column node.link.curve_key is 'CURVE public key of its exchange.';
comment on column node.link.signature_suite is 'ed25519 or sm2-sm3: what its envelopes and receipts are signed with.';
comment on column node.link.signing_key is 'Public key of that suite.';
comment on column node.link.transport_key is 'X25519 public key that personal values are carried to.';
