-- Writes the node's row, unless it is there. $1 name, $2 place, $3 partitions, $4 incarnation, $5 moment.
insert into node.node (single, name, place, partitions, incarnation, made_at)
values (true, $1::text, $2::integer, $3::integer, $4::bytea, $5::timestamptz)
on conflict (single) do nothing;
