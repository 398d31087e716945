-- Tells the gateways that principals or offices changed.
select pg_catalog.pg_notify('principal', '');
