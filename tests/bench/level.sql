-- SPDX-License-Identifier: Apache-2.0
--
-- What has happened since mark.sql. A batch is a transaction, so the new entries' different xmin are the batches.
-- Row: entries, batches, bytes of WAL.
select count(e.position), count(distinct e.xmin::text), (pg_current_wal_lsn() - min(m.wal))::bigint
  from bench.mark as m
  left join mediation.entry as e on e.partition = m.partition and e.position > m.position;
