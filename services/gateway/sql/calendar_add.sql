-- Loads a year's list of working days, or the same notice corrected. $1 year, $2 day of the notice, $3 bytes.
insert into node.calendar (year, notice_on, bytes)
values ($1::integer, $2::date, $3::bytea)
on conflict (year, notice_on) do update set bytes = excluded.bytes;
