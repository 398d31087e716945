-- What came after a position. $1 partition, $2 position, $3 at most.
-- Rows: position, before, command id, principal, target, at, rules, command, events, hash, trace.
select e.position, e.before, e.command_id, e.principal, e.target, e.at, e.rules, e.command, e.events, e.hash, e.trace
  from @schema@.entry as e
 where e.partition = $1::integer and e.position > $2::bigint
 order by e.position
 limit $3::integer;
