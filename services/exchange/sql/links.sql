-- The other nodes that this one exchanges with.
-- Rows: name, endpoint, CURVE key, 1 for Ed25519 or 2 for SM2 with SM3, public key of that suite.
select l.name, l.endpoint, l.curve_key, case l.signature_suite when 'ed25519' then 1 else 2 end, l.signing_key
  from node.link as l
 order by l.name collate "C";
