-- Ends a transaction that failed.
rollback;
