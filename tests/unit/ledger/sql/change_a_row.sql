-- A table that does not follow from its log.
update ledger.account set balance = balance + 1;
