-- Accounts without a ceiling.
select count(*) from ledger.account where ceiling is null;
