-- Begins a schema's migration: one at a time in a database, all of it or nothing.
begin;
set local client_min_messages = 'warning';
select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('tiaojie migrate'));
create schema if not exists @schema@;
create table if not exists @schema@.migration (
    name text not null,
    sha256 bytea not null,
    at timestamptz not null,
    constraint migration_pkey primary key (name)
);
comment on table @schema@.migration is 'The schema files that were run here, each once.';
comment on column @schema@.migration.name is 'Of the file';
comment on column @schema@.migration.sha256 is 'Of its text: a file that has landed is never edited';
comment on column @schema@.migration.at is 'When it was run';
