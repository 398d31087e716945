-- Which of the batch's commands were accepted before, with what they did. $1 partitions, $2 command ids.
-- Rows: number in the arrays from 1, principal, digest, position, target, events.
-- `offset 0`: the ids drive, also in a plan that was made while the tables were small.
select k.number, a.principal, a.digest, a.position, e.target, e.events
  from unnest($1::integer[], $2::uuid[]) with ordinality as k(partition, id, number)
 cross join lateral (select a.principal, a.digest, a.position
                       from @schema@.answer as a
                      where a.partition = k.partition and a.command_id = k.id
                     offset 0) as a
 cross join lateral (select e.target, e.events
                       from @schema@.entry as e
                      where e.partition = k.partition and e.position = a.position
                     offset 0) as e;
