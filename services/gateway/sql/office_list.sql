-- Every office, by id. Rows: id, place.
select o.id, o.place from node.office as o order by o.id;
