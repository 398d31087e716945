-- A partition's running clocks in the order in which they fire, after one of them.
-- $1 partition, $2 fire time, $3 aggregate, $4 ordinal, $5 at most.  Rows: aggregate, ordinal, generation, fire time.
select c.about, c.ordinal, c.generation, c.fire_at
  from @schema@.clock as c
 where c.partition = $1::integer and c.state = 1
   and (c.fire_at, c.about, c.ordinal) > ($2::timestamptz, $3::bigint, $4::integer)
 order by c.fire_at, c.about, c.ordinal
 limit $5::integer;
