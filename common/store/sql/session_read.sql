-- Settings that make a reader's connection read-only, after those of every connection.
set default_transaction_read_only = on;
