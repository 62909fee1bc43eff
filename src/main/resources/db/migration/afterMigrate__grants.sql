-- Lets the role of the service use the tables, and not change them. Runs after every migration that names such a role.
do $$
declare
    service text := '${service_user}';
    owned   record;
begin
    if service in ('', current_user) then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('sluice.grants'));
    execute format('grant usage on schema %I to %I', current_schema, service);
    for owned in
        select c.oid::regclass as name, case when relkind = 'S' then 'usage' else 'select, insert, update, delete' end as rights
        from pg_class c join pg_namespace n on n.oid = relnamespace
        where nspname = current_schema and relowner = current_user::regrole and relkind in ('r', 'v', 'S')
    loop
        execute format('grant %s on %s to %I', owned.rights, owned.name, service);
    end loop;
    execute format('revoke insert, update, delete on flyway_schema_history, schema_compatibility, log_epoch from %I', service);
    -- The audit is append-only, and the database says when.
    execute format('revoke all on audit from %I', service);
    execute format('grant select, insert (actor, actor_kind, actor_id, address, request_id, action, subject, fields, '
                   'before, after) on audit to %I', service);
    execute format('grant execute on function remove_old_audit to %I', service);
end $$;
