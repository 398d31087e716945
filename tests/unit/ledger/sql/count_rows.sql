-- All rows that anything could have written.
select (select count(*) from ledger.entry) + (select count(*) from ledger.answer) + (select count(*) from ledger.account) + (select count(*) from ledger.line) + (select count(*) from ledger.clock);
