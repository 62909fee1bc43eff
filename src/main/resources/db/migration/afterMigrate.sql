-- Begins an epoch of the log in a new database, and in one that was restored from a backup. Runs after every migration,
-- also if there was nothing to migrate.
--
-- A restore keeps the positions of events, but the new cluster counts its transactions from the beginning: new events
-- would come before old ones, and readers would wait for transactions that are far in the future. So positions continue
-- above all that the log has. They skip 2^40, so that none is one that the old cluster assigned after the backup.
do $$
declare
    latest         log_epoch;
    last_position  bigint;
    first_position bigint;
begin
    perform pg_advisory_xact_lock(hashtext('sluice.log_epoch'));
    select * into latest from log_epoch order by begins_at desc limit 1;
    select coalesce(max(xid), 0) into last_position from event_log;
    if latest is null then
        insert into log_epoch (begins_at, continues, database) values (0, -1, this_database());
    elsif not log_is_of_this_database() then
        first_position := greatest(last_position, latest.begins_at) + (1::bigint << 40);
        insert into log_epoch (begins_at, continues, database) values (first_position, last_position, this_database());
        execute format('create or replace function log_shift() returns bigint language sql stable as %L',
                       format('select %s::bigint',
                              first_position - pg_snapshot_xmin(pg_current_snapshot())::text::bigint));
        raise warning 'This database was restored from a backup. Its events continue at position %.', first_position;
    end if;
end $$;
