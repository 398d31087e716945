-- SPDX-License-Identifier: Apache-2.0
--
-- Is everything that was acknowledged in the log, once? Rows: acknowledged, found.
analyze bench.acknowledged;
select (select count(*) from bench.acknowledged),
       (select count(*) from bench.acknowledged as a
          join mediation.entry as e on e.partition = a.partition and e.command_id = a.command_id);
