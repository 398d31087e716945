-- A partition's open clocks, those that run and those that are paused, after one of them.
-- $1 partition, $2 aggregate, $3 ordinal, $4 at most.
-- Rows: aggregate, ordinal, name, state, started at, last day, provisional, ledger, rules, reminder;
-- days since 1970-01-01.
select c.about, c.ordinal, c.name, c.state::integer, c.started_at, c.last_day - date '1970-01-01', c.provisional, c.ledger, c.rules,
       c.warn_day - date '1970-01-01'
  from @schema@.clock as c
 where c.partition = $1::integer and c.state in (1, 5) and (c.about, c.ordinal) > ($2::bigint, $3::integer)
 order by c.about, c.ordinal
 limit $4::integer;
