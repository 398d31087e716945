-- Moves cursors forward, unless another process has written to the partition since.
-- $1 partitions, $2 sources, $3 source partitions, $4 positions, $5 hashes, $6 heads of the partitions after this batch.
-- Affected rows = number of cursors, or the partition is not ours any more.
insert into @schema@.inbox as i (partition, source, source_partition, position, hash)
select n.partition, n.source, n.source_partition, n.position, n.hash
  from unnest($1::integer[], $2::text[], $3::integer[], $4::bigint[], $5::bytea[], $6::bigint[])
       as n(partition, source, source_partition, position, hash, head)
 where not exists (select from @schema@.entry as e
                    where e.partition = n.partition and e.position = n.head + 1
                   offset 0)
    on conflict (partition, source, source_partition) do update
   set position = excluded.position, hash = excluded.hash
 where i.position < excluded.position;
