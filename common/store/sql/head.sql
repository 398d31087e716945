-- The end of a partition's log. $1 partition.  Rows: position, hash; none while it is empty.
select e.position, e.hash from @schema@.entry as e where e.partition = $1::integer order by e.position desc limit 1;
