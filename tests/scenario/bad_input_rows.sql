-- One line for each row of the services' schemas: table and the row as text. What the runtime writes of itself is left
-- out: how far a reader has come (inbox), and schema node with its heartbeats.
select pg_catalog.format(
           'select %L || '' '' || pg_catalog.md5(t::text) from %I.%I as t',
           table_schema || '.' || table_name, table_schema, table_name)
  from information_schema.tables
 where table_schema in ('vault', 'intake', 'mediation', 'assignment', 'referral', 'exchange')
   and table_type = 'BASE TABLE' and table_name <> 'inbox'
 order by table_schema, table_name
\gexec
