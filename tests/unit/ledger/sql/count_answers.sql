-- How many answers are kept.
select count(*) from ledger.answer;
