-- Forgets processes that have been silent for ten minutes. $1 service.
delete from node.process
 where service = $1::text and heartbeat_at < pg_catalog.now() - interval '10 minutes';
