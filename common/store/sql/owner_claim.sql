-- Takes a partition that is free or whose owner is dead; nobody else must have been faster.
-- $1 service, $2 partition, $3 the owner seen ('' for free), $4 me.  Affected rows: 1 when it is mine now.
update node.owner set process = $4::text
 where service = $1::text and partition = $2::int and coalesce(process, '') = $3::text;
