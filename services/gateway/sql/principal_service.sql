-- Registers the key of one of the node's own processes, or its new key. $1 name, $2 key.
-- 64 is 1 << ROLE_SERVICE.
insert into node.principal (id, name, kind, key, roles, mediator, valid_from)
select coalesce(pg_catalog.max(p.id), 0) + 1, $1::text, 'service', $2::text, 64, 0, '1970-01-01 00:00:00+00'::timestamptz
  from node.principal as p
on conflict (name) do update set key = excluded.key, revoked_at = null;
