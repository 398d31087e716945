-- Every living process of the node. $1 seconds of silence after which one counts as dead.
-- Rows: id, service, endpoint, public key.
select p.id, p.service, p.endpoint, p.public_key
  from node.process as p
 where p.heartbeat_at > pg_catalog.now() - pg_catalog.make_interval(secs => $1::double precision)
 order by p.service, p.id;
