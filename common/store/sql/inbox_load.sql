-- A partition's cursors. $1 partition.  Rows: source, source partition, position, hash.
select i.source, i.source_partition, i.position, i.hash from @schema@.inbox as i where i.partition = $1::integer;
