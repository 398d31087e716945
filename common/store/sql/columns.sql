-- The columns of a table as they are. $1 schema, $2 table.  Rows: name, type, not null, has a default.
select a.attname::text, a.atttypid::integer, a.attnotnull, a.atthasdef
  from pg_catalog.pg_attribute as a
  join pg_catalog.pg_class as c on c.oid = a.attrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
 where n.nspname = $1::text and c.relname = $2::text and a.attnum > 0 and not a.attisdropped
 order by a.attnum;
