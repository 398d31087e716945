-- A table that lacks what its log says.
delete from ledger.line where ordinal = 1;
