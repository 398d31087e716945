-- SPDX-License-Identifier: Apache-2.0
--
-- A true entry of the step, for pgbench.sql.  Row: rules, events, hash.
select e.rules, e.events, e.hash
  from mediation.entry as e
 where e.partition = (select min(partition) from mediation.entry) and e.command = 'instalment paid'
 order by e.position desc
 limit 1;
