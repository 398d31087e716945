-- Settings of every connection. Plans are made while tables are empty or small and kept for the connection's life; so that
-- they are right at any size, only the index nested loop is left to choose.
set search_path = '';
set timezone = 'UTC';
set client_min_messages = 'warning';
set plan_cache_mode = 'force_generic_plan';
set enable_seqscan = off;
set enable_hashjoin = off;
set enable_mergejoin = off;
set jit = off;
set statement_timeout = '30s';
set lock_timeout = '10s';
set idle_in_transaction_session_timeout = '60s';
