-- Every entry of the node's logs: service, partition, position, aggregate, command id, command, events in hex.
select pg_catalog.format(
           'select %L, partition, position, target, command_id, command, pg_catalog.encode(events, ''hex'')'
           ' from %I.entry order by partition, position', s.name, s.name)
  from (values ('vault'), ('intake'), ('mediation'), ('assignment'), ('referral'), ('exchange')) as s(name)
\gexec
