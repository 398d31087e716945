-- The service may not read its clocks any more, as when the database lacks something that it needs.
revoke select on ledger.clock from test_ledger
