-- Public keys of this node's own processes. Rows: key.
select p.key from node.principal as p where p.kind = 'service' and p.revoked_at is null;
