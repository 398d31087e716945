-- The plan of a prepared statement, a line a row. Values are never looked at: the connection makes generic plans.
create function pg_temp.plan(name text, parameters integer) returns setof text language plpgsql as $$
begin
    return query execute pg_catalog.format('explain (costs off) execute %I%s', name,
        case when parameters = 0 then ''
             else '(' || pg_catalog.array_to_string(pg_catalog.array_fill('null'::text, array[parameters]), ', ') || ')'
        end);
end
$$;
