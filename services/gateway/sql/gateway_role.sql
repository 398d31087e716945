-- The statements that make the gateway's role, which only reads schema node. $1 node's name.  Rows: statements, in order.
select s.statement
  from (select 1,
               pg_catalog.format('create role %I login', $1::text || '_gateway')
         where not exists (select from pg_catalog.pg_roles as r where r.rolname = $1::text || '_gateway')
         union all
        select 2, pg_catalog.format('grant %I to %I', $1::text || '_node_read', $1::text || '_gateway')
         where not exists (select
                             from pg_catalog.pg_auth_members as m
                             join pg_catalog.pg_roles as r on r.oid = m.member
                            where r.rolname = $1::text || '_gateway')
       ) as s(step, statement)
 order by s.step;
