-- Makes the owner rows of a service, once. $1 service, $2 number of partitions.
insert into node.owner (service, partition, process)
select $1::text, p.partition, null from pg_catalog.generate_series(0, $2::int - 1) as p(partition)
on conflict (service, partition) do nothing;
