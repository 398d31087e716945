-- The hash at a position. $1 partition, $2 position.  Rows: hash; none when there is no such entry.
select e.hash from @schema@.entry as e where e.partition = $1::integer and e.position = $2::bigint;
