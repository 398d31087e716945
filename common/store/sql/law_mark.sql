-- What tells one state of the law from another: every row that is added, corrected or taken away has another transaction.
-- Rows: mark.
select pg_catalog.concat_ws(' ', c.count, c.sum, p.count, p.sum, b.count, b.sum)
  from (select count(*) as count, sum(c.xmin::text::bigint) as sum from node.calendar as c) as c,
       (select count(*) as count, sum(p.xmin::text::bigint) as sum from node.procedure as p) as p,
       (select count(*) as count, sum(b.xmin::text::bigint) as sum from node.base as b) as b;
