-- Ends the connections of the service's own role.
select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'test_ledger';
