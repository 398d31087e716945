-- Every procedure that the node has loaded. Rows: bytes.
select p.bytes from node.procedure as p order by p.hash;
