-- How many lines there are.
select count(*) from ledger.line;
