-- A process ends in good order: its partitions are free at once. $1 id.
with freed as (update node.owner set process = null where process = $1::text)
delete from node.process where id = $1::text;
