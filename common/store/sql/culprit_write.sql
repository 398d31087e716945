-- A command whose values the database could not take.
-- $1 partitions, $2 command ids, $3 times, $4 principals, $5 targets, $6 commands, $7 bodies, $8 SQLSTATEs, $9 constraints or
-- columns.
insert into @schema@.culprit (partition, command_id, at, principal, target, command, body, sqlstate, what)
select n.*
  from unnest($1::integer[], $2::uuid[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::text[], $7::bytea[],
              $8::text[], $9::text[]) as n
    on conflict do nothing;
