-- Adds an office. $1 id (0: the next one), $2 name, $3 place, $4 kind.  Row: id.
insert into node.office (id, name, place, kind)
select case when $1::bigint > 0 then $1::bigint else coalesce(pg_catalog.max(o.id), 0) + 1 end,
       $2::text,
       $3::integer,
       $4::text
  from node.office as o
returning id;
