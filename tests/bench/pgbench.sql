-- SPDX-License-Identifier: Apache-2.0
--
-- The step `instalment paid` as one statement, as fast as PostgreSQL does it: case and instalment are changed, entry and answer
-- are added. It is let off what a log needs: positions without gaps, the position before, the hash over the entry before.
-- Variables: cases, partitions, rules, events (of a true entry), hash.
\set n random(1, :cases)
\set partition :n % :partitions
\set id :n * 256 + :partition
\set ordinal random(1, 3)
with moved as (
    update bench.case as c
       set version = nextval('bench.position'), paid_fen = c.paid_fen + 1
     where c.partition = :partition and c.id = :id
    returning c.partition, c.id, c.version, lpad(to_hex(c.version), 32, '0')::uuid as command_id
), paid as (
    update bench.instalment as i
       set paid_fen = i.paid_fen + 1, in_time_fen = i.in_time_fen + 1
     where i.partition = :partition and i.case_id = :id and i.ordinal = :ordinal
), logged as (
    insert into bench.entry
        (partition, position, before, command_id, principal, target, at, rules, command, events, hash, trace)
    select m.partition, m.version, m.version - 1, m.command_id, 1, m.id, now(), :rules, 'instalment paid', :events, :hash,
           m.command_id::text
      from moved as m
)
insert into bench.answer (partition, command_id, principal, digest, position)
select m.partition, m.command_id, 1, :hash, m.version from moved as m;
