-- It may again.
grant select on ledger.clock to test_ledger
