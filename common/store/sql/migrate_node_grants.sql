-- Rights on the node's own tables (processes, owners, principals): every service's role is in @role@.
grant usage on schema @schema@ to @role@, @role@_read;
grant select, insert, update, delete on all tables in schema @schema@ to @role@;
revoke all on @schema@.migration from @role@;
grant select on all tables in schema @schema@ to @role@_read;
