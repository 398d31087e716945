-- Parked events, each with its reason.
select count(*) from ledger.parked where field <> '' and reason <> '';
