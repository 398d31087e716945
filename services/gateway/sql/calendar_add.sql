-- Loads a year's list of working days, or the same notice corrected.
-- $1 year, $2 day of the notice, $3 whose ('': the State Council's), $4 bytes.
insert into node.calendar (year, notice_on, name, bytes)
values ($1::integer, $2::date, $3::text, $4::bytea)
on conflict (year, notice_on, name) do update set bytes = excluded.bytes;
