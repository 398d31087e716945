-- Revokes the key of a name. $1 name, $2 moment.  Row: id, when there was a key to revoke.
update node.principal as p
   set revoked_at = $2::timestamptz
 where p.name = $1::text and p.revoked_at is null
returning p.id;
