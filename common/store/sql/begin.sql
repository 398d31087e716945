-- Begins the transaction that writes a batch.
begin isolation level read committed read write;
