-- The aggregates of a partition that stand aside, each with the first event that did. $1 partition.
-- Rows: source, target, position.
select p.source, p.target, min(p.position) from @schema@.parked as p where p.partition = $1::integer group by p.source, p.target;
