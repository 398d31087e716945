-- Least rights on a service's schema: nothing is ever deleted but expired answers, the log is only added to.
grant usage on schema @schema@ to @role@, @role@_read;
grant select, insert, update on all tables in schema @schema@ to @role@;
revoke update on @schema@.entry, @schema@.answer, @schema@.culprit, @schema@.parked from @role@;
revoke all on @schema@.migration from @role@;
grant delete on @schema@.answer to @role@;
grant select on all tables in schema @schema@ to @role@_read;
revoke all on @schema@.migration, @schema@.culprit from @role@_read;
