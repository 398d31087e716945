-- Before each test.
set client_min_messages = 'warning';
drop schema if exists ledger cascade;
