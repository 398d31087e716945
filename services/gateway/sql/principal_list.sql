-- Everybody who was ever given a key, by key. Times are microseconds UTC; the largest bigint stands for never.
-- Rows: key, id, roles, office (0: none), place (the office's, or the node's), mediator, valid_from, valid_until, revoked_at.
select p.key,
       p.id,
       p.roles,
       coalesce(p.office, 0),
       coalesce(o.place, n.place),
       p.mediator,
       (extract(epoch from p.valid_from) * 1000000)::bigint,
       coalesce((extract(epoch from p.valid_until) * 1000000)::bigint, 9223372036854775807),
       coalesce((extract(epoch from p.revoked_at) * 1000000)::bigint, 9223372036854775807)
  from node.principal as p
 cross join node.node as n
  left join node.office as o on o.id = p.office
 order by p.key collate "C";
