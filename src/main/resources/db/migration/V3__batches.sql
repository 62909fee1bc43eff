-- Batches that can be stopped, aborted and retried, and gates that stand in line for one printer.

-- A batch is being prepared while its orders are taken, some hundred a transaction; nothing of it starts until all are.
alter table batch
    add status      text not null default 'RUNNING',    -- PREPARING | RUNNING | COMPLETED | STOPPED | ABORTED
    add ends_as     text not null default 'COMPLETED',  -- the status it has once nothing of it moves any more
    add started_by  text not null default 'api',
    add selection   text,                               -- JSON: the filter it was made of; null for a list of ids
    add rejected_total integer not null default 0,      -- all of them; the named ones stand in rejected
    add counts      text,                               -- JSON: as they were last told; null if they have changed since
    add counted_at  timestamptz not null default now(), -- while PREPARING: the last sign of life of who prepares it
    add count_at    timestamptz not null default now(), -- from when on it is to be counted again
    add settled     integer not null default 0,         -- how many had come to a result when it was last counted,
    add per_second  double precision,                   -- and how many a second did, smoothed
    add finished_at timestamptz;
update batch set rejected_total = json_array_length(rejected::json);
create index batch_created on batch (created_at desc, id desc);
-- Those that somebody still has to look after: stopped and aborted ones until the last of their orders rests.
create index batch_unfinished on batch (count_at) where finished_at is null or counts is null;

-- rank is the sequence in which slips come out: the position, or, bottom-up, its negative.
alter table batch_item
    add rank               integer,
    add gave_way           boolean not null default false,  -- holds no gate up, for now
    add late               boolean not null default false,  -- goes through a gate after one that should have come later
    add before_status      text not null default 'RECEIVED', -- where the order was before it was taken,
    add before_step        text,                             -- and returns to if the batch ends without it
    add before_reason_code text,
    add before_reason_detail text,
    add left_status        text,                             -- how the order stood when it left the batch; null while it is in it
    add left_step          text,
    add left_reason_code   text,
    add left_reason_detail text;
update batch_item set rank = position, gave_way = gates_passed = 32767;
alter table batch_item alter rank set not null;
create unique index batch_item_rank on batch_item (batch_id, rank);
create index batch_item_left on batch_item (batch_id, left_status) where left_status is not null;

-- Gates of the same step stand in line: the open one with the lowest turn has the printer.
create sequence batch_gate_turn;
drop index batch_gate_open;
alter table batch_gate rename next_position to next_rank;
alter table batch_gate
    add step text,
    add open boolean not null default true,             -- false once nobody waits for it any more
    add let_through integer,                            -- the highest rank that has gone through
    add turn bigint not null default nextval('batch_gate_turn');
update batch_gate set open = false where next_rank = 2147483647;
create index batch_gate_line on batch_gate (step, turn) where open;

alter table order_state
    add rank          integer,                          -- copied from batch_item
    add delayed_since timestamptz;                      -- since when the present step does not get on
update order_state set rank = position where position is not null;
drop index order_state_batch;
drop index order_state_parked;
create index order_state_batch on order_state (batch_id, rank) where batch_id is not null;
create index order_state_parked on order_state (batch_id, rank) where parked;
-- Who waits for something else than its turn, and how many are under way.
create index order_state_batch_delayed on order_state (batch_id) where status = 'DELAYED' and batch_id is not null;
create index order_state_batch_unknown on order_state (batch_id) where unknown and batch_id is not null;
-- What a gate or a look-ahead holds back is nothing that a worker or a newcomer has to look at.
drop index order_state_queued;
create index order_state_queued on order_state (queued_at, order_id) where status = 'QUEUED' and not parked;
create index order_state_batch_active on order_state (batch_id)
    where batch_id is not null and not parked and status in ('QUEUED', 'HANDLING');
