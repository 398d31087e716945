-- A process of a service says that it is here.
-- $1 id, $2 service, $3 endpoint, $4 public key.
insert into node.process (id, service, endpoint, public_key, started_at, heartbeat_at)
values ($1::text, $2::text, $3::text, $4::text, pg_catalog.now(), pg_catalog.now())
on conflict (id) do update set heartbeat_at = excluded.heartbeat_at;
