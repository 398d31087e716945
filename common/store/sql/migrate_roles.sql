-- The roles of a node's schema, where they are missing: @role@ writes, @role@_read only reads. Every service may use the node's
-- own tables through @node@_node. Roles belong to the cluster: another migration may be making the same.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['@node@_node', '@role@', '@role@_read'] loop
        begin
            if not exists (select from pg_catalog.pg_roles as r where r.rolname = wanted) then
                execute pg_catalog.format('create role %I login', wanted);
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
    foreach wanted in array array['@role@', '@role@_read'] loop
        if wanted not like '@node@_node%' and not pg_catalog.pg_has_role(wanted, '@node@_node', 'member') then
            execute pg_catalog.format('grant @node@_node to %I', wanted);
        end if;
    end loop;
end
$$;
