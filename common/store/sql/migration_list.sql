-- The files that were run.  Rows: name, SHA-256.
select m.name, m.sha256 from @schema@.migration as m order by m.name;
