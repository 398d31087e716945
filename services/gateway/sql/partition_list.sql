-- Which living process owns which partition. $1 seconds of silence after which a process counts as dead.
-- Rows: service, partition, process, endpoint, public key.
select o.service, o.partition, p.id, p.endpoint, p.public_key
  from node.owner as o
  join node.process as p on p.id = o.process
 where p.heartbeat_at > pg_catalog.now() - pg_catalog.make_interval(secs => $1::double precision)
 order by o.service, o.partition;
