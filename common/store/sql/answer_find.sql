-- Which of the batch's commands were accepted before, with what they did. $1 partitions, $2 command ids.
-- Rows: number in the arrays from 1, principal, digest, position, target, events.
select k.number, a.principal, a.digest, a.position, e.target, e.events
  from unnest($1::integer[], $2::uuid[]) with ordinality as k(partition, id, number)
  join @schema@.answer as a on a.partition = k.partition and a.command_id = k.id
  join @schema@.entry as e on e.partition = a.partition and e.position = a.position;
