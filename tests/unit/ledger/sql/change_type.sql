-- A schema that does not fit the program.
alter table ledger.account alter column touched type text using touched::text;
