-- $1 name of a prepared statement, $2 how many parameters it has.  Rows: lines.
select p.line from pg_temp.plan($1::text, $2::integer) as p(line);
