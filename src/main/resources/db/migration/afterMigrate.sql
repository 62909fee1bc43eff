-- Begins an epoch of the log in a new database, and in one that was restored from a backup. Runs after every migration,
-- also if there was nothing to migrate.
--
-- A restore keeps the positions of events, but the new cluster counts its transactions from the beginning: new events
-- would come before old ones, and readers would wait for transactions that are far in the future. So positions continue
-- above all that the log has. They skip 2^40, so that none is one that the old cluster assigned after the backup.
-- Recovery to an earlier time keeps the cluster, and so does a replica that takes over; there, the timeline tells.
do $$
declare
    latest         log_epoch;
    last_position  bigint;
    first_position bigint;
    new_shift      bigint;
begin
    perform pg_advisory_xact_lock(hashtext('sluice.log_epoch'));
    select * into latest from log_epoch order by begins_at desc limit 1;
    if latest is null then
        insert into log_epoch (begins_at, continues, database, timeline)
            values (0, -1, this_database(), this_timeline());
    elsif not log_is_of_this_database() or latest.timeline <> this_timeline() then
        -- After a replica has taken over, processes may run. They must not write one transaction into both epochs.
        lock table event_log in share mode;
        select coalesce(max(xid), 0) into last_position from event_log;
        first_position := greatest(last_position, latest.begins_at) + (1::bigint << 40);
        new_shift := first_position - pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
        insert into log_epoch (begins_at, continues, database, timeline, shift)
            values (first_position, last_position, this_database(), this_timeline(), new_shift);
        execute format('create or replace function log_shift() returns bigint language sql stable as %L',
                       format('select %s::bigint', new_shift));
        raise warning 'This database was restored, or a replica has taken over. Its events continue at position %.',
            first_position;
    end if;
end $$;
