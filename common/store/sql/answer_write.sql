-- The batch's commands, so that a repeated one gets its answer again.
-- $1 partitions, $2 command ids, $3 principals, $4 digests, $5 positions.
insert into @schema@.answer (partition, command_id, principal, digest, position)
select n.* from unnest($1::integer[], $2::uuid[], $3::bigint[], $4::bytea[], $5::bigint[]) as n;
