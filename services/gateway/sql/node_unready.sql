-- Partitions of a service that no living process has. $1 service, $2 seconds of silence after which a process is dead.
-- Rows: how many. A service that never started has no owner rows: the number of partitions of the node.
select (select n.partitions from node.node as n)
     - pg_catalog.count(p.id) as unready
  from node.owner as o
  join node.process as p
    on p.id = o.process and p.heartbeat_at > pg_catalog.now() - pg_catalog.make_interval(secs => $2::double precision)
 where o.service = $1::text;
