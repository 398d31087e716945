-- SPDX-License-Identifier: Apache-2.0
--
-- The tables that pgbench.sql steps in: the same columns, types, checks and indexes as mediation's, and the same rows. Cases get
-- new ids (n * 256 + partition, n from 1 without a gap), so that the script can choose one by itself.
-- Variables: partitions.
create schema bench;
create table bench.case (like mediation.case including all);
create table bench.instalment (like mediation.instalment including all);
create table bench.entry (like mediation.entry including all);
create table bench.answer (like mediation.answer including all);
create table bench.acknowledged (partition integer not null, command_id uuid not null);
create table bench.mark (partition integer not null, position bigint not null, wal pg_lsn not null);

create temporary table numbered as
select c.partition as old_partition, c.id as old_id, (n.n % :partitions)::integer as partition,
       n.n * 256 + n.n % :partitions as id
  from (select c.partition, c.id, row_number() over (order by c.id) as n from mediation.case as c where c.state = 'agreed') as n,
       lateral (select n.partition, n.id) as c;
analyze numbered;

-- All columns but the key, whatever they are.
select format('insert into bench.%1$I (partition, %2$I, %3$s) select n.partition, n.id, %4$s from mediation.%1$I as t '
              'join numbered as n on n.old_partition = t.partition and n.old_id = t.%2$I',
              k.name, k.key, string_agg(quote_ident(a.attname), ', ' order by a.attnum),
              string_agg('t.' || quote_ident(a.attname), ', ' order by a.attnum))
  from (values ('case', 'id'), ('instalment', 'case_id')) as k(name, key)
  join pg_attribute as a on a.attrelid = format('mediation.%I', k.name)::regclass
 where a.attnum > 0 and not a.attisdropped and a.attname not in ('partition', k.key)
 group by k.name, k.key
\gexec

insert into bench.entry select * from mediation.entry;
insert into bench.answer select * from mediation.answer;

-- Positions: the cheapest there is. Gaps, which a log may not have, are forgiven here.
create sequence bench.position cache 32;
select setval('bench.position', max(e.position) + 1) from bench.entry as e;
vacuum analyze;
