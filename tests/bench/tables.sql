-- SPDX-License-Identifier: Apache-2.0
--
-- Sizes of mediation's tables.  Rows: one line of the benchmark's output each.
select format('bench table name=mediation.%s rows=%s bytes=%s index_bytes=%s', c.relname, c.reltuples::bigint,
              pg_table_size(c.oid), pg_indexes_size(c.oid))
  from pg_class as c
 where c.relnamespace = 'mediation'::regnamespace and c.relkind = 'r' and c.reltuples > 0
 order by pg_total_relation_size(c.oid) desc;
