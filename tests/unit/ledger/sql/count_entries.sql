-- How many entries there are.
select count(*) from ledger.entry;
