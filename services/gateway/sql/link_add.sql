-- Takes a peer in, or its new address and keys.
-- $1 name, $2 place, $3 department, $4 endpoint, $5 CURVE key, $6 signature suite, $7 signing key, $8 transport key.
insert into node.link (name, place, department, endpoint, curve_key, signature_suite, signing_key, transport_key)
values ($1::text, $2::integer, $3::text, $4::text, $5::text, $6::text, $7::bytea, $8::bytea)
on conflict (name) do update
   set place = excluded.place,
       department = excluded.department,
       endpoint = excluded.endpoint,
       curve_key = excluded.curve_key,
       signature_suite = excluded.signature_suite,
       signing_key = excluded.signing_key,
       transport_key = excluded.transport_key;
