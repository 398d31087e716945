-- The statement that makes the node's database, unless it is there. $1 name.  Rows: a statement.
select pg_catalog.format('create database %I encoding %L locale %L template template0', $1::text, 'UTF8', 'C.UTF-8')
 where not exists (select from pg_catalog.pg_database as d where d.datname = $1::text);
