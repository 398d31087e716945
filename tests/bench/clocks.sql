-- SPDX-License-Identifier: Apache-2.0
--
-- Open time limits of proceedings beside the cases with an agreement, by turns of working days and of calendar days. Their last
-- days stand wrong, so that the first list of working days that a service sees moves every one of them.
-- Variables: each (how many a case).  Row: how many in all.
insert into mediation.clock
    (partition, about, ordinal, name, subject, state, generation, started_at, last_day, due_at, fire_at, ended_at, effect, article,
     unverified, provisional, ledger, rules, warn_day)
select c.partition, c.id, n.n * 1000000 + r.number * 1000, r.name, 0, 1, 1, now() + (c.id + n.n) % 60 * interval '1 day',
       '1970-01-02', '2999-01-01', '2999-01-01', '1970-01-01', 'duty', 'an article of the benchmark', false, false, '', p.hash,
       '1970-01-01'
  from mediation.case as c
 cross join generate_series(1, :each) as n(n)
  join (values (0, 'award', 10), (1, 'defence', 4)) as r(turn, name, number) on r.turn = n.n % 2
 cross join (select p.hash from node.procedure as p where p.kind = 'arbitration' and p.place = 0 order by p.loaded_at limit 1) as p
 where c.state = 'agreed';
vacuum analyze mediation.clock;
select count(*) from mediation.clock as c where c.state = 1 and c.ordinal >= 1000000;
