-- What no role of the service may do.
delete from ledger.entry where position = 2;
