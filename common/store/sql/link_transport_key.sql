-- The key that another node wants personal values sealed with. $1 the link's name. Rows: transport key.
select l.transport_key from node.link as l where l.name = $1::text;
