-- The tables of Sluice. docs/decisions/0002-tables.md says why they are cut this way.
--
-- The database is the referee: every state is a CHECK, and so is what must never be together. Triggers keep promises
-- that no statement can forget: a state has only the columns that belong to it, and every change of an order or a batch
-- is an event.


-- === Versions ========================================================================================================

-- The oldest version of Sluice that may use these tables: the number of the newest migration that it knows (one row). A
-- migration that takes away what older versions use raises it.
create table schema_compatibility (
    only_row          boolean primary key default true check (only_row),
    oldest_compatible integer not null
);
insert into schema_compatibility (oldest_compatible) values (1);


-- === Orders ==========================================================================================================

-- The content of an order. It is written once.
create table orders (
    id             uuid primary key,            -- UUIDv7: new rows go to the end of the index
    channel        text        not null,
    external_id    text,                        -- the channel's own number
    handling       text        not null check (handling in ('auto', 'manual')),
    placed_at      timestamptz not null,
    received_at    timestamptz not null,
    customer_name  text        not null,
    country        text        not null,        -- ISO 3166-1 alpha-2 or XK, of ship-to
    currency       text        not null,        -- ISO 4217
    total          numeric     not null check (total >= 0),     -- at the currency's own scale
    item_count     integer     not null check (item_count > 0),
    content        text        not null,        -- JSON: e-mail, ship-to, lines, adjustments, deadline, note, metadata
    content_hash   bytea       not null,        -- tells the same content from other content
    request_id     text,                        -- X-Request-Id of the request that it came with
    traceparent    text                         -- the span of that request (W3C Trace Context)
);
create unique index orders_external_id on orders (channel, external_id) where external_id is not null;
create index orders_placed on orders (placed_at desc, id desc);
create index orders_channel_placed on orders (channel, placed_at desc, id desc);

-- The content may be corrected. A statement that began before that was committed sees the new state once it has locked
-- it, but the content as it was. A volatile function sees what is there now.
create function order_as_it_is_now(wanted uuid) returns orders language plpgsql volatile as $$
declare
    found orders;
begin
    select * into found from orders where id = wanted;
    return found;
end $$;

-- The state of an order: the small row that changes. It has no foreign key to orders: one statement writes both rows,
-- one deletes both, and the check would cost a fifth of the time that accepting takes.
create table order_state (
    order_id         uuid        primary key,
    channel          text        not null,                  -- copied from orders, for events
    placed_at        timestamptz not null,                  -- copied: one index serves "by status, newest first"
    status           text        not null,
    step             text,                                  -- the next step, or the one that failed; null at the end
    attempts         integer     not null default 0,        -- spent on the step
    outcome_unknown  boolean     not null default false,    -- a call of the step may have gone out unanswered
    version          integer     not null default 1,

    -- Who works on it, and from when on another worker may.
    worker           text,
    lease            integer     not null default 0,        -- fencing token: grows with every claim
    due_at           timestamptz,                           -- the end of the worker's lease, or of the order's wait
    cancel_requested_by text,                               -- who wants it cancelled once its running step has ended

    -- What it waits for.
    parked           boolean     not null default false,    -- until its batch starts it
    lane             text,                                  -- it belongs to the holder of this lane: see lane below
    held_by          text,                                  -- until this partner works again
    delayed_since    timestamptz,                           -- since when the step is delayed; null while held in a lane
    failing_since    timestamptz,                           -- since when the step fails while its partner answers
    retry_of         text,                                  -- traceparent of the attempt, or request, before the next
    reason_code      text,                                  -- why it is delayed or failed; a note on its last attempt
    reason_detail    text,

    -- Its shipment.
    tracking_number  text,
    carrier          text,                                  -- as the carrier calls itself
    shipped_by       text,                                  -- the partner that made the shipment

    -- Its place in a batch.
    batch_id         uuid,
    position         integer,
    rank             integer,                               -- copied from batch_item
    printer          text,                                  -- the partner that prints its slip; null: routed

    queued_at        timestamptz,
    expedited        boolean     not null default false,    -- queued by a person, who waits for it
    updated_at       timestamptz not null,

    -- The last change, as its event tells it: who made it and, if it was an attempt, how that ended.
    actor            text,
    last_step        text,
    last_attempt     integer,
    last_outcome     text,
    last_http_status integer,
    last_started_at  timestamptz,
    last_finished_at timestamptz,

    constraint known_status check (status in
        ('RECEIVED', 'QUEUED', 'HANDLING', 'DELAYED', 'HANDLED', 'FAILED', 'CANCELLED')),
    constraint known_step check (step in
        ('print-packing-slip', 'create-shipment', 'send-tracking', 'mark-shipped', 'void-shipment')),
    constraint known_outcome check (last_outcome in ('SUCCEEDED', 'FAILED', 'DELAYED', 'UNKNOWN')),
    constraint open_order_has_a_step check (status in ('HANDLED', 'CANCELLED') or step is not null),
    constraint handled_order_has_no_step check (status <> 'HANDLED' or step is null),
    constraint only_shipments_are_undone check (step <> 'void-shipment' or status = 'CANCELLED'),
    constraint resting_order_waits_for_nothing check (status in ('QUEUED', 'HANDLING', 'DELAYED', 'CANCELLED')
        or worker is null and due_at is null and lane is null and held_by is null and not parked),
    constraint worker_has_a_lease check (worker is null or due_at is not null and status in ('HANDLING', 'CANCELLED')),
    constraint queued_order_has_no_worker check (status <> 'QUEUED' or worker is null and due_at is null),
    constraint handling_is_work_or_a_lane check (status <> 'HANDLING' or due_at is not null or lane is not null),
    constraint nothing_is_due_in_a_lane
        check (status <> 'HANDLING' or lane is null or (worker is null) = (due_at is null)),
    constraint delayed_until check (status <> 'DELAYED' or (due_at is null) <> (held_by is null)),
    constraint held_order_is_delayed check (held_by is null
        or due_at is null and (status = 'DELAYED' or status = 'CANCELLED' and step is not null)),
    constraint delay_has_a_reason check (status not in ('DELAYED', 'FAILED') or reason_code is not null),
    constraint parked_order_is_queued check (not parked or status = 'QUEUED' and lane is null),
    constraint lane_is_for_open_orders check (lane is null or status in ('QUEUED', 'HANDLING', 'DELAYED')),
    constraint place_in_a_batch check (num_nonnulls(batch_id, position, rank) in (0, 3)),
    constraint lane_is_for_batches check (batch_id is not null or lane is null and not parked),
    constraint shipment_is_whole check ((tracking_number is null) = (carrier is null)),
    constraint counts_are_positive check (attempts >= 0 and version > 0 and lease >= 0 and position > 0)
) with (fillfactor = 75);

-- Step and reason stand at the end: a filter for them is checked in the index, before the row is read.
create index order_state_status_placed
    on order_state (status, placed_at desc, order_id desc, step, reason_code);
create index order_state_channel_placed
    on order_state (channel, status, placed_at desc, order_id desc, step, reason_code);
create index order_state_due on order_state (due_at) where due_at is not null and lane is null;
create index order_state_queued on order_state (queued_at, order_id)
    where status = 'QUEUED' and not parked and lane is null;
create index order_state_line on order_state (expedited, channel, queued_at, rank, order_id)
    where status = 'QUEUED' and not parked and lane is null;
create index order_state_batch on order_state (batch_id, rank) where batch_id is not null;
create index order_state_parked on order_state (batch_id, rank) where parked;
create index order_state_lane on order_state (lane, batch_id, rank) where lane is not null;
create index order_state_lane_work on order_state (lane) where lane is not null and worker is not null;
create index order_state_batch_open on order_state (batch_id)
    where batch_id is not null and status in ('QUEUED', 'HANDLING', 'DELAYED');
create index order_state_batch_underway on order_state (batch_id, rank)
    where batch_id is not null and lane is null and not parked and status in ('QUEUED', 'HANDLING');
create index order_state_held on order_state (held_by, queued_at, rank, order_id) where held_by is not null;

-- A number as people may type it, without case and punctuation. As SearchText does it for ASCII.
create function search_key(number text) returns text language sql immutable parallel safe as
    $$select lower(translate($1, '-"''`#/.,;:()[]{}<> ', ''))$$;
create index order_state_tracking on order_state (search_key(tracking_number)) where tracking_number is not null;

-- The lines in which orders wait for any worker: for each channel those that a person has queued, and the others. Finds
-- them by one step through the index for each line, however many orders wait.
create view queue_line as
with recursive line as (
    (select expedited, channel from order_state where status = 'QUEUED' and not parked and lane is null
     order by expedited, channel limit 1)
    union all
    select following.* from line cross join lateral (
        select s.expedited, s.channel from order_state s
        where s.status = 'QUEUED' and not s.parked and s.lane is null
          and (s.expedited, s.channel) > (line.expedited, line.channel)
        order by s.expedited, s.channel limit 1) following
)
select expedited, channel from line;

-- What a state does not have is cleared here, so that no statement lists it.
create function clear_what_the_state_does_not_have() returns trigger language plpgsql as $$
begin
    new.updated_at := clock_timestamp();
    if new.last_finished_at is not distinct from old.last_finished_at then
        -- This change was no attempt.
        new.last_step := null; new.last_attempt := null; new.last_outcome := null;
        new.last_http_status := null; new.last_started_at := null; new.last_finished_at := null;
        if new.status in ('RECEIVED', 'QUEUED', 'HANDLING', 'CANCELLED') then
            new.reason_code := null; new.reason_detail := null;
        end if;
    end if;
    if new.status <> 'HANDLING' then
        new.cancel_requested_by := null;
    end if;
    if new.step is distinct from old.step or new.status not in ('HANDLING', 'DELAYED') then
        new.delayed_since := null; new.failing_since := null;
    end if;
    if new.status in ('QUEUED', 'DELAYED') then
        new.worker := null;
    end if;
    if new.status in ('QUEUED', 'HANDLING') then
        new.held_by := null;
    end if;
    if new.status = 'QUEUED' then
        new.due_at := null; new.attempts := 0;
    else
        new.parked := false;
    end if;
    if new.status in ('RECEIVED', 'HANDLED', 'FAILED') then
        new.worker := null; new.due_at := null; new.held_by := null; new.lane := null; new.queued_at := null;
        new.expedited := false;
    end if;
    if new.status = 'CANCELLED' then
        new.lane := null;
    end if;
    if new.status = 'HANDLED' then
        new.step := null; new.attempts := 0; new.outcome_unknown := false;
    end if;
    return new;
end $$;
create trigger clear_what_the_state_does_not_have before update on order_state
    for each row when (new.version > old.version) execute function clear_what_the_state_does_not_have();


-- === Search ==========================================================================================================

-- By what people find an order, normalised: order number, names, e-mail, SKUs (SearchText). An order waits here until
-- it is indexed, some thousand at a time: one by one, it would cost several times as much, and accepting would wait for
-- it. There is no index: a search reads all of it.
create table search_queue (
    order_id  uuid        not null,
    placed_at timestamptz not null,
    channel   text        not null,
    country   text        not null,
    text      text        not null
);

-- The indexed orders. They are indexed in segments, so that a search begins with the newest ones and ends as soon as it
-- has a page. No foreign keys, for the reasons above.
create table order_search (
    order_id  uuid        primary key,
    placed_at timestamptz not null,
    channel   text        not null,
    country   text        not null,
    segment   integer     not null,
    text      text        not null
);
create index order_search_placed on order_search (placed_at desc, order_id desc);

-- All parts of four characters of each word, and its last three (of other scripts than ASCII: two, and one), after the
-- number of the segment; and the channel and the country. So each segment has a part of the index to itself, and only the newest one
-- grows. A trigram index would know letters of ASCII only under the locale C, and would read long lists for common parts.
create function search_parts(segment integer, channel text, country text, text text) returns tsvector
language plpgsql immutable parallel safe cost 10000 as $$
declare
    parts text[] := array[segment || '=' || channel, segment || '~' || country];
    word  text;
    short integer;
begin
    foreach word in array string_to_array(text, ' ') loop
        short := case when octet_length(word) = length(word) then 2 else 0 end;
        for i in 1 .. greatest(1, length(word) - short) loop
            parts := parts || (segment || ':' || substr(word, i, 4));
        end loop;
    end loop;
    return array_to_tsvector(parts);
end $$;
-- The indexer empties the list of pending entries. An insert must not, however long the list is.
create index order_search_parts on order_search using gin (search_parts(segment, channel, country, text))
    with (gin_pending_list_limit = 1000000);

-- Where a search has to look: which orders a segment may hold.
create table search_segment (
    no           integer     primary key,
    orders       integer     not null default 0,
    first_placed timestamptz not null default 'infinity',
    last_placed  timestamptz not null default '-infinity'
);
insert into search_segment (no) values (1);


-- === Events ==========================================================================================================

-- Which database assigned which positions in the log. A database that was restored from a backup, or that a replica has
-- taken over, begins a new epoch (afterMigrate.sql). A position between the end of one and the beginning of the next
-- belongs to an event that has been undone.
create table log_epoch (
    begins_at  bigint      primary key,
    continues  bigint      not null check (continues < begins_at),  -- the last position before it
    database   text        not null,                                -- system identifier of the cluster / oid
    timeline   integer,                                             -- null: the server does not tell
    shift      bigint      not null default 0,                      -- what log_shift() gives
    started_at timestamptz not null default now()
);

-- By how much positions in the log exceed the ids of their transactions. Each epoch replaces this function: a setting in
-- a table would be read for every event.
create function log_shift() returns bigint language sql stable as 'select 0::bigint';

-- Every transaction before this position that may write events has ended. One in another database of the server never
-- writes any, so it is passed over, if it is proven to be there: docs/decisions/0032-long-transactions-and-restores.md.
create function log_horizon() returns bigint language plpgsql stable as $$
declare
    seen      constant pg_snapshot := pg_current_snapshot();
    -- Not log_shift(): it could be that of an epoch which the snapshot does not see.
    shift     constant bigint := coalesce((select e.shift from log_epoch e order by begins_at desc limit 1), 0);
    elsewhere integer[];
    oldest    xid8;
begin
    if pg_snapshot_xmin(seen) < pg_snapshot_xmax(seen) then
        perform pg_stat_clear_snapshot();
        elsewhere := array(select a.pid from pg_stat_activity a
                           where a.datid <> (select oid from pg_database where datname = current_database()));
        -- Their pids come first, then what they run: a pid can be used again.
        select running into oldest from pg_snapshot_xip(seen) running
        where not exists (select from pg_locks l
                          where l.locktype = 'transactionid' and l.transactionid = running::xid
                            and l.mode = 'ExclusiveLock' and l.granted and l.pid = any(elsewhere))
          and not exists (select from pg_prepared_xacts p
                          where p.transaction = running::xid and p.database <> current_database())
        order by running limit 1;
    end if;
    return least(oldest, pg_snapshot_xmax(seen), pg_current_xact_id_if_assigned())::text::bigint + shift;
end $$;

-- Everything that ever happened. A reader that asks for xid < log_horizon() sees it in the order of the commits.
-- No foreign key: events outlive nothing that they name, and the check would be made for every event.
create table event_log (
    xid             bigint      not null default pg_current_xact_id()::text::bigint + log_shift(),
    id              bigint      generated always as identity,
    kind            text        not null check (kind in ('order', 'batch', 'partner')),
    order_id        uuid,
    channel         text,
    version         integer,
    status          text,
    step            text,
    attempt         integer,
    outcome         text,
    reason_code     text,
    reason_detail   text,
    http_status     integer,
    tracking_number text,
    batch_id        uuid,
    position        integer,
    actor           text,                       -- the worker, or who asked for the change
    requested_by    text,                       -- who asked for the cancel that the worker carried out
    started_at      timestamptz,                -- of the attempt
    at              timestamptz not null,
    data            text,                       -- JSON: of the events of batches and partners
    primary key (xid, id),
    constraint event_of_its_kind check ((kind = 'order') = (order_id is not null) and (kind = 'order') = (data is null))
);
create function this_database() returns text language sql stable as $$
    select (select system_identifier from pg_control_system()) || '/' || oid
    from pg_database where datname = current_database()
$$;

-- PostgreSQL begins another timeline when it has recovered to an earlier time, and when a replica takes over.
create function this_timeline() returns integer language plpgsql stable as $$
begin
    return ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer;
exception
    when feature_not_supported or insufficient_privilege then return null;
end $$;

-- Whether what was done since then with an order may have been undone by a restore. The partners still know.
create function may_be_undone(received_at timestamptz) returns boolean language sql stable as $$
    select coalesce(received_at < (select max(started_at) from log_epoch where continues >= 0), false)
$$;

-- Whether the log was written here: not in a database from whose backup this one was restored.
create function log_is_of_this_database() returns boolean language sql stable as $$
    select exists (select from log_epoch e
                   where e.begins_at = (select max(begins_at) from log_epoch) and e.database = this_database())
           and coalesce((select max(xid) from event_log), 0)
               < pg_snapshot_xmax(pg_current_snapshot())::text::bigint + log_shift()
$$;

-- A transaction before all events of this moment and later. Transactions may overlap, so it goes back half a minute: no
-- statement takes longer.
create function log_before(moment timestamptz) returns bigint language plpgsql stable as $$
declare
    low    bigint := 0;
    high   bigint := log_horizon();
    middle bigint;
    found  record;
begin
    while low < high loop
        middle := low + (high - low) / 2;
        select xid, at into found from event_log where xid >= middle order by xid, id limit 1;
        if found.xid is null or found.at >= moment - interval '30 seconds' then
            high := middle;
        else
            low := found.xid + 1;
        end if;
    end loop;
    return low;
end $$;
create index event_log_order on event_log (order_id, id) where order_id is not null;

-- Persons who were erased. Workers read it to erase them from archives, too: docs/personal-data.md.
create table person_erasure (
    id         bigint      generated always as identity primary key,
    email_hash bytea,                           -- SHA-256; null when every archive has had the time to be rewritten
    at         timestamptz not null default clock_timestamp()
);
create index person_erasure_hash on person_erasure (at) where email_hash is not null;

-- Events up to here may be missing, because the orders that they were about have been removed (one row).
create table log_trim (
    only_row boolean primary key default true check (only_row),
    xid      bigint  not null default 0,
    id       bigint  not null default 0
);
insert into log_trim default values;

-- The one place that writes the event of an order.
create function write_order_event() returns trigger language plpgsql as $$
begin
    insert into event_log (kind, order_id, channel, version, status, step, attempt, outcome, reason_code, reason_detail,
                           http_status, tracking_number, batch_id, position, actor, requested_by, started_at, at)
    values ('order', new.order_id, new.channel, new.version, new.status,
            coalesce(new.last_step, case when new.status not in ('RECEIVED', 'QUEUED') then new.step end),
            new.last_attempt, new.last_outcome,
            new.reason_code, new.reason_detail, new.last_http_status, new.tracking_number,
            coalesce(new.batch_id, case when tg_op = 'UPDATE' then old.batch_id end),  -- also the batch that it leaves
            coalesce(new.position, case when tg_op = 'UPDATE' then old.position end),
            new.actor, case when new.status = 'CANCELLED' then old.cancel_requested_by end,
            new.last_started_at, coalesce(new.last_finished_at, new.updated_at));
    return null;
end $$;
create trigger write_order_event after update on order_state
    for each row when (new.version > old.version) execute function write_order_event();

-- Accepted orders come by the hundred: one statement writes the events of all of them.
create function write_events_of_new_orders() returns trigger language plpgsql as $$
begin
    insert into event_log (kind, order_id, channel, version, status, actor, at)
    select 'order', order_id, channel, version, status, actor, updated_at from added;
    return null;
end $$;
create trigger write_events_of_new_orders after insert on order_state
    referencing new table as added for each statement execute function write_events_of_new_orders();


-- === Outbox and idempotency keys =====================================================================================

-- Messages that the broker may not have yet. No foreign key: rows live for milliseconds, and orders for days.
create table outbox (
    id         bigint generated always as identity primary key,
    order_id   uuid        not null,
    send_after timestamptz not null,                -- until then, its writer sends it; moves with every try
    created_at timestamptz not null default now(),  -- its age is what an alarm looks at
    traceparent text                                -- the span of the request that it comes from
);
create index outbox_send_after on outbox (send_after);

-- Requests that carried an Idempotency-Key, and their final answers: JSON or, with 409, what is wrong.
create table idempotency_key (
    caller        text        not null,         -- each has keys of their own; empty: callers are not distinguished
    key           text        not null,
    request_hash  bytea       not null,         -- of operation and body
    status        integer     check (status in (200, 201, 202, 204, 409)),  -- null: it is running, or was interrupted
    answer        text,                         -- null: it has none, or the order has been erased and is the answer
    headers       text,                         -- JSON
    order_id      uuid,                         -- the order that the answer shows
    running_until timestamptz,                  -- when an unanswered request counts as interrupted
    created_at    timestamptz not null,
    primary key (caller, key),
    constraint answered_or_running check ((status is null) = (running_until is not null))
);
create index idempotency_key_created on idempotency_key (created_at);
create index idempotency_key_order on idempotency_key (order_id);

-- One row. Every process updates it once a second, to see whether the database takes writes.
create table write_probe (
    only_row  boolean     primary key default true check (only_row),
    probed_at timestamptz not null default now()
);
insert into write_probe default values;


-- === Batches =========================================================================================================

create sequence batch_line;

create table batch (
    id             uuid primary key,
    status         text        not null default 'RUNNING'
        check (status in ('PREPARING', 'RUNNING', 'COMPLETED', 'STOPPED', 'ABORTED')),
    ends_as        text        not null default 'COMPLETED' -- its status once nothing of it moves any more
        check (ends_as in ('COMPLETED', 'STOPPED', 'ABORTED')),
    print_order    text        not null check (print_order in ('as-listed', 'reversed', 'any')),
    on_failure     text        not null check (on_failure in ('skip', 'wait', 'stop')),
    printer        text,                                    -- the partner that prints all of its slips; null: routed
    started_by     text        not null default 'api',
    selection      text,                                    -- JSON: the filter it was made of; null for a list of ids
    total          integer     not null check (total >= 0),
    rejected       text        not null,                    -- JSON: [{orderId, reason}], the first ten thousand
    rejected_total integer     not null default 0,
    line_no        bigint      default nextval('batch_line'),  -- its place in the line of every lane; null: not visible
    created_at     timestamptz not null,
    counts         text,                                    -- JSON: as last told; null if they have changed since
    counted_at     timestamptz not null default now(),
    count_at       timestamptz not null default now(),      -- when to count it again; PREPARING: when to give it up
    settled        integer     not null default 0,          -- how many orders had an outcome at the last count
    per_second     double precision,                        -- how many get one in a second, smoothed
    finished_at    timestamptz,
    traceparent    text,                                    -- the span of the request that started it
    constraint visible_once_in_line check ((line_no is null) = (status = 'PREPARING') or status = 'ABORTED')
);
create index batch_created on batch (created_at desc, id desc);
create index batch_running on batch (line_no) where status = 'RUNNING';
create index batch_unfinished on batch (count_at) where finished_at is null or counts is null;

-- A batch is visible once it has all of its orders. One that was given up before that never is.
create view visible_batch as select * from batch where line_no is not null;

-- The one place that writes the event of a batch: it was counted, and something has changed.
create function write_batch_event() returns trigger language plpgsql as $$
begin
    insert into event_log (kind, batch_id, data, at)
    select 'batch', new.id, row_to_json(told), clock_timestamp()
    from (select new.id, new.status, new.counts::json as counts) told;
    return null;
end $$;
create trigger write_batch_event after update on batch for each row
    when (new.line_no is not null and new.counted_at <> old.counted_at
          and (new.status, new.counts) is distinct from (old.status, old.counts))
    execute function write_batch_event();

-- The frozen selection: one row for each order of a batch.
create table batch_item (
    batch_id             uuid    not null references batch,
    position             integer not null check (position > 0),
    rank                 integer not null,                  -- the sequence of the slips: the position, or its negative
    order_id             uuid    not null references orders,
    printer              text,                              -- the partner that prints its slip
    lanes_passed         integer not null default 0 check (lanes_passed >= 0),  -- ordered steps that are done
    out_of_sequence      boolean not null default false,    -- its slip came out after one with a higher rank
    before_status        text    not null check (before_status in ('RECEIVED', 'FAILED')),  -- returns to it if the
    before_step          text,                                                  -- batch ends without it
    before_reason_code   text,
    before_reason_detail text,
    left_status          text,                              -- how the order stood when it left; else null
    left_step            text,
    left_reason_code     text,
    left_reason_detail   text,
    uncertain_step       text,                              -- may have been done when the order left or was cancelled
    primary key (batch_id, position),
    unique (batch_id, rank),
    constraint rank_is_a_position check (abs(rank) = position)
);
create index batch_item_order on batch_item (order_id);
create index batch_item_left on batch_item (batch_id, left_status) where left_status is not null;
create index batch_item_uncertain on batch_item (batch_id, uncertain_step) where uncertain_step is not null;

-- How the orders of a batch stand, as JSON. An order that has left the batch counts as it stood then. Once the batch
-- was stopped or aborted, "waiting" are also those that it did without.
create function batch_counts(batch uuid) returns text language sql stable parallel safe as $$
    select row_to_json(c)::text
    from (select count(*) as total, count(*) filter (where status in ('RECEIVED', 'QUEUED')) as waiting,
                 count(*) filter (where status = 'HANDLING') as handling,
                 count(*) filter (where status = 'DELAYED') as delayed,
                 count(*) filter (where status = 'HANDLED') as handled,
                 count(*) filter (where status = 'FAILED') as failed,
                 count(*) filter (where status = 'CANCELLED') as cancelled
          from (select status from order_state where batch_id = $1
                union all
                select left_status from batch_item where batch_id = $1 and left_status is not null) o(status)) c
$$;

-- Every order as a new batch finds it: free, or perhaps in a batch that may still do something with its orders. Nobody is
-- told of a batch that is being prepared: its orders are QUEUED, and it may never come into being.
create view batch_candidate as
select c.*, c.status in ('RECEIVED', 'FAILED') and c.busy_batch is null as free
from (select s.*, case when s.batch_id is not null then (
          select b.id from batch b
          where b.id = s.batch_id and b.status = 'RUNNING' and exists (
              select from order_state u where u.batch_id = b.id and u.status in ('QUEUED', 'HANDLING', 'DELAYED'))
      ) end as busy_batch
      from order_state s) c;

-- An ordered step is single file. One worker at a time holds the lane, under a lease with a fencing token.
create table lane (
    name        text    primary key,                        -- print-packing-slip/printer
    step        text    not null,
    printer     text,                                       -- whose lane it is; null for steps that are no printer's
    holder      text,
    fence       bigint  not null default 0,                 -- fencing token: grows with every holder
    lease_until timestamptz,
    batch_id    uuid    references batch,                   -- the batch that has the lane now
    constraint holder_has_a_lease check ((holder is null) = (lease_until is null)),
    constraint batch_needs_a_holder check (batch_id is null or fence > 0)
);

-- One cursor for each batch and lane. Only the cursor decides who is next, and only the lane's holder moves it.
create table batch_lane (
    batch_id  uuid    not null references batch,
    lane      text    not null references lane,
    lane_no   integer not null,                             -- ordered steps before this one
    next_rank integer,                                      -- the cursor; null once it waits for no order
    last_rank integer,                                      -- the highest rank that passed
    primary key (batch_id, lane)
);
create index batch_lane_line on batch_lane (lane, batch_id) where next_rank is not null;

-- The lane in which an order of a batch stands at a step; null if it runs there without waiting for others.
create function lane_of(batch uuid, step text, printer text) returns text language sql stable parallel safe as $$
    select l.name from batch_lane b join lane l on l.name = b.lane
    where b.batch_id = $1 and l.step = $2 and (l.printer is null or l.printer = $3)
$$;

-- Where an order of a batch is, as a lane of the batch sees it.
create function place_in_lane(s order_state, batch uuid, lane text) returns text
language sql immutable parallel safe as $$
    select case when s.batch_id is distinct from $2 or s.status in ('RECEIVED', 'HANDLED', 'CANCELLED') then 'GONE'
                when s.status = 'FAILED' then 'FAILED'
                when s.lane is distinct from $3 and s.status = 'DELAYED' then 'DELAYED_BEFORE'
                when s.parked then 'PARKED'
                when s.lane is distinct from $3 then 'COMING'
                when s.worker is not null then 'AT_WORK'
                when s.status = 'DELAYED' then 'DELAYED'
                else 'STANDING' end
$$;


-- === Partners ========================================================================================================

-- How each partner is doing: the truth for all workers.
create table partner (
    name            text primary key,
    kind            text        not null check (kind in ('carrier', 'printer', 'marketplace')),
    state           text        not null default 'UP' check (state in ('UP', 'DOWN', 'PROBING', 'PAUSED')),
    since           timestamptz not null default now(),
    pause_reason    text,
    was_down        boolean     not null default false, -- PAUSED: it was down then, and a resume tries it first
    last_success_at timestamptz,
    next_probe_at   timestamptz,                        -- DOWN: when to try it; PROBING: when the try is given up
    probes          integer     not null default 0,     -- tries since it went down
    probe_order     uuid,                               -- PROBING: the held order that it is tried with
    probe_counts    boolean     not null default false, -- whether a failure then spends an attempt of that order
    resumed_at      timestamptz,                        -- when held orders were last released
    constraint probe_while_down check ((state in ('DOWN', 'PROBING')) = (next_probe_at is not null)),
    constraint probe_order_while_probing check (probe_order is null or state = 'PROBING'),
    constraint reason_while_paused check (pause_reason is null or state = 'PAUSED'),
    constraint was_down_while_paused check (not was_down or state = 'PAUSED')
);

-- The calls of the last minute, as each worker counts its own.
create table partner_traffic (
    partner     text        not null references partner,
    worker      text        not null,
    calls       integer     not null check (calls >= 0),
    failures    integer     not null check (failures >= 0),
    measured_at timestamptz not null,
    primary key (partner, worker)
);


-- === Imports =========================================================================================================

-- Where the import of a marketplace's pending orders stands. One process at a time fetches a page, under a lease with a
-- fencing token. The cursor moves when the orders of the page are stored.
create table import (
    marketplace text        primary key references partner,
    cursor      text,                                   -- where the next page begins, as the marketplace says it
    etag        text,                                   -- of the last answer to a request with this cursor
    due_at      timestamptz not null default now(),     -- when to fetch the next page
    not_before  timestamptz,                            -- the marketplace asked not to be called before
    requested   boolean     not null default false,     -- a person asked for an import that has not begun yet
    fence       bigint      not null default 0,         -- fencing token: grows with every page
    lease_until timestamptz,                            -- null: no process fetches at the moment
    failures    integer     not null default 0 check (failures >= 0),      -- in a row
    -- The present import or, once it has ended, the last one.
    started_at  timestamptz,
    finished_at timestamptz,
    error       text,                                   -- why it ended early
    created     integer     not null default 0 check (created >= 0),
    known       integer     not null default 0 check (known >= 0),
    cancelled   integer     not null default 0 check (cancelled >= 0),
    problems    integer     not null default 0 check (problems >= 0),
    constraint import_ends_after_it_began check (finished_at is null or started_at is not null),
    constraint only_ended_imports_fail check (error is null or finished_at is not null)
);

-- Fetched orders that cannot be accepted, and cancellations that come too late, until they are settled.
create table import_problem (
    id          bigint      generated always as identity primary key,
    marketplace text        not null references import,
    key         text        not null,                   -- channel and external id, or a hash of the content
    channel     text,
    external_id text,                                   -- null: it has none that can be used
    content     text,                                   -- as it was fetched, JSON; null if it is too long
    errors      text        not null,                   -- JSON: [{pointer, detail}]
    seen_at     timestamptz not null default now(),
    retry_at    timestamptz,                            -- when to fetch it again; null: not at all
    unique (marketplace, key),
    constraint only_orders_with_a_number_are_fetched_again
        check (retry_at is null or external_id is not null)
);
create index import_problem_retry on import_problem (marketplace, retry_at) where retry_at is not null;


-- === Workers =========================================================================================================

-- The processes that handle orders, for people to see. Nothing is decided by it.
create table worker (
    name      text        primary key,
    run       uuid        not null,         -- the process: a name may be used again
    role      text        not null check (role in ('all', 'worker')),
    version   text        not null,
    since     timestamptz not null,
    last_seen timestamptz not null,
    receiving boolean     not null          -- whether the broker can send messages to it
);


-- === The line of a lane =============================================================================================

-- The batches in line for each lane: those that a cursor still waits for, and those with late orders that can go now.
create view lane_queue as
select c.lane, b.id as batch_id, b.line_no
from batch b join batch_lane c on c.batch_id = b.id
where b.status = 'RUNNING'
  and (c.next_rank is not null
       or exists (select from order_state s left join partner p on p.name = s.held_by
                  where s.lane = c.lane and s.batch_id = c.batch_id
                    and (s.status <> 'DELAYED' or s.due_at <= now() or s.due_at is null and p.state = 'UP')));


-- === API keys ========================================================================================================

create table api_key (
    id           text        primary key,       -- part of the key's text
    hash         bytea       not null,          -- SHA-256 of the text; it is random, so that no slow hash is needed
    name         text        not null,
    permissions  text[]      not null,
    channels     text[]      not null,          -- empty: all
    created_at   timestamptz not null default now(),
    created_by   text        not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    revoked_by   text,
    last_used_at timestamptz,
    constraint revoked_by_someone check ((revoked_at is null) = (revoked_by is null))
) with (fillfactor = 70);
create unique index api_key_name on api_key (name) where revoked_at is null;


-- === Webhooks ========================================================================================================

-- Endpoints of integrators. Each reads the event log at its own place.
create table webhook (
    id              uuid primary key,
    url             text        not null,
    event_types     text[]      not null,       -- empty: all
    channel         text,                       -- only events of orders of this channel; null: all events
    secret          bytea       not null,       -- must be readable: every message is signed with it
    previous_secret bytea,                      -- signs, too, until then
    previous_until  timestamptz,
    cursor_xid      bigint      not null,       -- the last event that deliveries were made of
    cursor_id       bigint      not null,
    failing_since   timestamptz,                -- the first failure since the last success
    disabled_at     timestamptz,
    disabled_reason text,
    missed_at       timestamptz,                -- events had been removed before deliveries were made of them
    created_at      timestamptz not null default now(),
    constraint known_reason check (disabled_reason in ('request', 'gone', 'failing')),
    constraint disabled_for_a_reason check ((disabled_at is null) = (disabled_reason is null)),
    constraint previous_secret_ends check ((previous_secret is null) = (previous_until is null))
) with (fillfactor = 50);

-- What is sent is read from the event log each time: what was erased there is not sent any more. No foreign key: when an
-- endpoint is removed, its deliveries, perhaps millions, stay until they are old.
create table webhook_delivery (
    id              bigint generated always as identity primary key,
    webhook_id      uuid        not null,
    message_id      text        not null,       -- the same with every try
    type            text        not null,
    subject         text,                       -- the order, batch or partner that it is about
    xid             bigint,                     -- its event in the log; null: a test
    event_id        bigint,
    event_at        timestamptz not null,
    state           text        not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts        integer     not null default 0,
    sending         boolean     not null default false,
    claim           integer     not null default 0,         -- fencing token: grows with every claim
    due_at          timestamptz default now(),              -- the next try; while it is sent, the end of the lease
    last_attempt_at timestamptz,
    last_status     integer,
    last_error      text,
    unique (webhook_id, message_id),
    constraint due_while_pending check ((state = 'PENDING') = (due_at is not null)),
    constraint sent_while_pending check (not sending or state = 'PENDING'),
    constraint event_or_test check ((xid is null) = (event_id is null))
) with (fillfactor = 75);
create index webhook_delivery_log on webhook_delivery (webhook_id, id);
create index webhook_delivery_age on webhook_delivery (event_at);
create index webhook_delivery_failed on webhook_delivery (webhook_id, id) where state = 'FAILED';
create index webhook_delivery_due on webhook_delivery (webhook_id, due_at, id) where state = 'PENDING';
create index webhook_delivery_subject on webhook_delivery (webhook_id, subject, id) where state = 'PENDING';

-- The type of an event, as webhooks name it.
create function webhook_type(e event_log) returns text language sql stable as $$
    select case when e.kind <> 'order' then e.kind || '.updated'
                when e.status is distinct from (select p.status from event_log p
                                                where p.order_id = e.order_id and p.id < e.id
                                                order by p.id desc limit 1) then 'order.' || lower(e.status)
                else 'order.updated' end
$$;


-- === Audit ===========================================================================================================

-- What people and programs changed: who, when, from where. The history of an order shows its part of it. Nothing is
-- changed here or erased, so it must not have personal data of customers: of a correction, only which fields. No foreign
-- keys: it outlives what it is about.
create table audit (
    id         bigint      generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    actor      text        not null,            -- the name, for people to read
    actor_kind text        not null check (actor_kind in ('user', 'key', 'unknown', 'service')),
    actor_id   text,                            -- null: such actors are not distinguished
    address    text,                            -- where the request came from
    request_id text,                            -- X-Request-Id
    action     text        not null check (action ~ '^(order|batch|partner|import|webhook|key|person|demo)\.[a-z]+$'),
    subject    text        not null,            -- the id or name of the order, batch, partner or other thing
    fields     text[],                          -- the fields that a correction changed
    before     jsonb,                           -- the values that were changed
    after      jsonb,
    constraint corrections_name_fields check ((action = 'order.correct') = (fields is not null)),
    constraint no_values_of_persons check (action not in ('order.correct', 'order.erase', 'person.export', 'person.erase')
        or num_nonnulls(before, after) = 0)
);
create index audit_at on audit (at desc, id desc);
create index audit_actor on audit (actor, at desc, id desc, action);
create index audit_action on audit (action, at desc, id desc);
create index audit_subject on audit (subject, at desc, id desc);

-- Applies to the owner of the table, too.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.at < now() - interval '30 days' then
        return old;
    end if;
    raise 'The audit is append-only; entries can be removed after 30 days.' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_append_only before update or delete on audit
    for each row execute function audit_is_append_only();
create trigger audit_is_not_truncated before truncate on audit
    for each statement execute function audit_is_append_only();

-- Removes old entries for the role of the service, which has no right to delete. Returns how many there were.
create function remove_old_audit(before timestamptz, most integer) returns integer
language sql security definer set search_path from current as $$
    with gone as (delete from audit where id in (
                      select id from audit where at < least($1, now() - interval '30 days') order by at limit $2
                      for update skip locked)
                  returning id)
    select count(*)::integer from gone
$$;
revoke execute on function remove_old_audit from public;
