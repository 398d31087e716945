-- Every file of base figures, those issued earlier first. Rows: bytes.
select b.bytes from node.base as b order by b.issued_on, b.name;
