-- Loads a file of base figures, or the same file corrected. $1 name, $2 day of the file, $3 bytes, $4 moment.
insert into node.base (name, issued_on, bytes, loaded_at)
values ($1::text, $2::date, $3::bytea, $4::timestamptz)
on conflict (name, issued_on) do update set bytes = excluded.bytes, loaded_at = excluded.loaded_at;
