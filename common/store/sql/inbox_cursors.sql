-- How far the readers have come. Rows: partition, source, source_partition, position, hash.
select i.partition, i.source, i.source_partition, i.position, i.hash from @schema@.inbox as i;
