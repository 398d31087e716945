-- All open clocks of these partitions are counted by these lists of working days. $1 partitions, $2 mark.
insert into @schema@.recount (partition, calendars)
select p.partition, $2::text from unnest($1::integer[]) as p(partition)
    on conflict (partition) do update set calendars = excluded.calendars;
