-- Accounts that were opened on the day and at the moment that the test knows.
select count(*) from ledger.account where opened_on = date '2025-03-01' and opened_at = timestamptz '2025-03-01 04:00:00+00';
