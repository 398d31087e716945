-- Loads a procedure; the same content is loaded once. $1 hash, $2 kind, $3 place, $4 bytes, $5 moment.
insert into node.procedure (hash, kind, place, bytes, loaded_at)
values ($1::text, $2::text, $3::integer, $4::bytea, $5::timestamptz)
on conflict (hash) do update set loaded_at = excluded.loaded_at;
