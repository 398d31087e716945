-- What all accounts have.
select coalesce(sum(balance), 0)::bigint from ledger.account;
