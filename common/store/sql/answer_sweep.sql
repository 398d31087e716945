-- Forgets answers that are older than answers are kept. $1 partition, $2 first id that is kept, $3 at most.
-- Affected rows: how many.
delete from @schema@.answer as a
 where a.partition = $1::integer
   and a.command_id in (select o.command_id from @schema@.answer as o
                         where o.partition = $1::integer and o.command_id < $2::uuid
                         order by o.command_id limit $3::integer);
