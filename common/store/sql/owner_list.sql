-- Who owns which partition, all services. Rows: service, partition, process ('' when free).
select o.service, o.partition, coalesce(o.process, '') from node.owner as o;
