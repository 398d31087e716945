-- The batch's entries. First in its transaction: where another process wrote to the partition, entry_pkey collides here.
-- $1 partitions, $2 positions, $3 positions before, $4 command ids, $5 principals, $6 targets, $7 times, $8 rules,
-- $9 commands, $10 events, $11 hashes, $12 traces.
insert into @schema@.entry
    (partition, position, before, command_id, principal, target, at, rules, command, events, hash, trace)
select n.*
  from unnest($1::integer[], $2::bigint[], $3::bigint[], $4::uuid[], $5::bigint[], $6::bigint[], $7::timestamptz[],
              $8::text[], $9::text[], $10::bytea[], $11::bytea[], $12::text[]) as n;
