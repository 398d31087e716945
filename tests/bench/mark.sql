-- SPDX-License-Identifier: Apache-2.0
--
-- Notes where mediation's log and the WAL stand, for level.sql.
-- Variables: partitions.
truncate bench.mark;
insert into bench.mark (partition, position, wal)
select p.p, coalesce(h.position, 0), pg_current_wal_lsn()
  from generate_series(0, :partitions - 1) as p(p)
  left join lateral (select e.position from mediation.entry as e where e.partition = p.p order by e.position desc limit 1) as h
    on true;
