-- All open clocks of a partition are counted by these lists of working days. $1 partition, $2 mark.
insert into @schema@.recount (partition, calendars)
values ($1::integer, $2::text)
    on conflict (partition) do update set calendars = excluded.calendars;
