-- A column that the program cannot fill.
alter table ledger.line add column extra integer not null;
