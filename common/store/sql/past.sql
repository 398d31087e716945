-- An aggregate's entries, newest first, by walking back. $1 partition, $2 position of its last entry, $3 at most.
-- Rows: position, before, command id, principal, target, at, rules, command, events, hash, trace.
with recursive past as (
    select e.*
      from @schema@.entry as e
     where e.partition = $1::integer and e.position = $2::bigint
    union all
    select e.*
      from past as p
     cross join lateral (select e.*
                           from @schema@.entry as e
                          where e.partition = $1::integer and e.position = p.before
                         offset 0) as e
     where p.before > 0
)
select p.position, p.before, p.command_id, p.principal, p.target, p.at, p.rules, p.command, p.events, p.hash, p.trace
  from past as p
 limit $3::integer;
