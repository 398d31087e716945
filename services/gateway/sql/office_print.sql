-- Every office, for people. Rows: id, place, kind, name.
select o.id, o.place, o.kind, o.name from node.office as o order by o.id;
