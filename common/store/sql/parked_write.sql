-- Events whose command was refused, unless another process has written to the partition since.
-- $1 partitions, $2 sources, $3 source partitions, $4 positions, $5 targets, $6 commands, $7 statuses, $8 fields, $9 reasons,
-- $10 times, $11 heads of the partitions after this batch.
insert into @schema@.parked
    (partition, source, source_partition, position, target, command, status, field, reason, at)
select n.partition, n.source, n.source_partition, n.position, n.target, n.command, n.status, n.field, n.reason, n.at
  from unnest($1::integer[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::smallint[],
              $8::text[], $9::text[], $10::timestamptz[], $11::bigint[])
       as n(partition, source, source_partition, position, target, command, status, field, reason, at, head)
 where not exists (select from @schema@.entry as e
                    where e.partition = n.partition and e.position = n.head + 1
                   offset 0)
    on conflict do nothing;
