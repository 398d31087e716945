-- By which lists of working days a partition's clocks were counted last. $1 partition.  Rows: mark; none: never.
select r.calendars from @schema@.recount as r where r.partition = $1::integer;
