-- A server that warns when a transaction commits, as one does whose wait for a standby was cancelled.
create function ledger.warn() returns trigger language plpgsql as $$ begin raise warning 'not on the standby'; return null; end $$;
create constraint trigger warn after insert on ledger.entry deferrable initially deferred for each row execute function ledger.warn();
