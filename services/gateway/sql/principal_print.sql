-- Everybody, for people. Rows: id, kind, office, roles (bits), state, key, name.
select p.id,
       p.kind,
       coalesce(p.office, 0),
       p.roles,
       case
         when p.revoked_at is not null then 'revoked'
         when p.valid_until is not null then 'until ' || p.valid_until::text
         else 'valid'
       end,
       p.key,
       p.name
  from node.principal as p
 order by p.id;
