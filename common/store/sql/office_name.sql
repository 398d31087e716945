-- What an office is called on papers. $1 the office's number. Rows: name.
select o.name from node.office as o where o.id = $1::bigint;
