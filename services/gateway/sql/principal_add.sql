-- Registers a key.
-- $1 name, $2 kind, $3 key, $4 roles, $5 office (0: none), $6 mediator (0: none), $7 valid from, $8 valid until ('': no end).
-- Row: id.
insert into node.principal (id, name, kind, key, roles, office, mediator, valid_from, valid_until)
select coalesce(pg_catalog.max(p.id), 0) + 1,
       $1::text,
       $2::text,
       $3::text,
       $4::integer,
       nullif($5::bigint, 0),
       $6::bigint,
       $7::timestamptz,
       nullif($8::text, '')::timestamptz
  from node.principal as p
returning id;
