-- What never changes of an order is kept apart from the small row that does, and its history is an append-only log.
-- docs/decisions/0002-tables.md tells why.

-- The content of an order, written once.
create table orders (
    id             uuid primary key,            -- UUIDv7: new rows go to the end of the index
    channel        text        not null,
    external_id    text,                        -- the channel's own number
    handling       text        not null,        -- auto | manual
    placed_at      timestamptz not null,
    received_at    timestamptz not null,
    customer_name  text        not null,
    country        text        not null,        -- ISO 3166-1 alpha-2, of ship-to
    currency       text        not null,        -- ISO 4217
    total          numeric     not null,        -- at the currency's own scale
    item_count     integer     not null,        -- pieces over all lines
    content        text        not null,        -- JSON: customer's e-mail, ship-to, lines
    content_hash   bytea       not null         -- tells "same content" from "other content"
);
create unique index orders_external_id on orders (channel, external_id) where external_id is not null;
create index orders_placed on orders (placed_at desc, id desc);
create index orders_channel_placed on orders (channel, placed_at desc, id desc);

-- The state of an order: the hot row. No foreign key: one statement writes both rows, and nothing deletes either.
create table order_state (
    order_id        uuid primary key,
    placed_at       timestamptz not null,       -- copied, so that one index serves "by status, newest first"
    status          text        not null,
    step            text,
    attempts        integer     not null default 0,     -- spent on the step
    version         integer     not null,
    lease           integer     not null default 0,     -- fencing token: grows with every claim
    worker          text,                               -- who claimed it last
    due_at          timestamptz,                        -- from when on any worker may take it without being told
    parked          boolean     not null default false, -- waits for its turn at a gate, which wakes it
    reason_code     text,
    reason_detail   text,
    tracking_number text,
    carrier         text,
    batch_id        uuid,
    position        integer,
    queued_at       timestamptz,
    updated_at      timestamptz not null
) with (fillfactor = 75);
create index order_state_status_placed on order_state (status, placed_at desc, order_id desc);
create index order_state_due on order_state (due_at) where due_at is not null;
create index order_state_parked on order_state (batch_id, position) where parked;
create index order_state_queued on order_state (queued_at, order_id) where status = 'QUEUED';
create index order_state_batch on order_state (batch_id, position) where batch_id is not null;

-- Everything that ever happened, in commit order for a reader that asks for xid < pg_snapshot_xmin(): see stream.
create table event_log (
    xid             xid8        not null default pg_current_xact_id(),
    id              bigint      generated always as identity,
    kind            text        not null,       -- order (batch and partner are to come)
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
    actor           text,                       -- the worker, or who asked for it
    started_at      timestamptz,                -- of the attempt
    at              timestamptz not null,
    primary key (xid, id)
);
create index event_log_order on event_log (order_id, id) where order_id is not null;

-- Messages not yet known to be safe at the broker.
create table outbox (
    id         bigint generated always as identity primary key,
    order_id   uuid        not null,
    send_after timestamptz not null             -- until then the process that wrote it sees to it
);
create index outbox_send_after on outbox (send_after);

-- The answers given to requests that carried an Idempotency-Key.
create table idempotency_key (
    key          text primary key,
    request_hash bytea       not null,
    order_id     uuid        not null,
    answer       text        not null,
    created_at   timestamptz not null
);

create table batch (
    id          uuid primary key,
    print_order text        not null,
    on_failure  text        not null,
    total       integer     not null,
    rejected    text        not null,           -- JSON: [{orderId, reason}]
    created_at  timestamptz not null
);

-- The frozen selection. gates_passed counts the ordered steps done; 32767 once the order has given way.
create table batch_item (
    batch_id     uuid    not null references batch,
    position     integer not null,
    order_id     uuid    not null,
    gates_passed integer not null default 0,
    primary key (batch_id, position)
);
create index batch_item_order on batch_item (order_id);

-- One cursor a batch and ordered step: the first position that has neither passed the gate nor given way.
create table batch_gate (
    batch_id      uuid    not null references batch,
    gate          integer not null,             -- 0 for the first ordered step of the plan
    next_position integer not null default 1,
    primary key (batch_id, gate)
);
