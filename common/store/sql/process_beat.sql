-- A process lives. $1 id.  Affected rows: 1, or it was swept away as dead and must start again.
update node.process set heartbeat_at = pg_catalog.now() where id = $1::text;
