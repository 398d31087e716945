-- A schema that does not fit the program.
alter table ledger.account drop column touched;
