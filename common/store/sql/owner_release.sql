-- Gives a partition up. $1 service, $2 partition, $3 me.
update node.owner set process = null
 where service = $1::text and partition = $2::int and process = $3::text;
