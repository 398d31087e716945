-- A file that was run now. $1 names, $2 hashes.
insert into @schema@.migration (name, sha256, at)
select n.name, n.sha256, pg_catalog.clock_timestamp() from unnest($1::text[], $2::bytea[]) as n(name, sha256);
