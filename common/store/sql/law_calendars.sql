-- Every calendar notice, earlier notices first. Rows: bytes.
select c.bytes from node.calendar as c order by c.notice_on, c.year, c.name;
