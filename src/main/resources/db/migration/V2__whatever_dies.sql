-- How each partner is doing: the truth for all workers, whoever found it out.
create table partner (
    name          text primary key,
    state         text        not null default 'UP',    -- UP | DOWN | PROBING
    since         timestamptz not null default now(),
    next_probe_at timestamptz,                          -- while DOWN: from when on any worker may try; while PROBING:
                                                        -- until when the one that tries has been given
    probes        integer     not null default 0,       -- since it went down
    resumed_at    timestamptz                           -- when held orders were last let go
);
insert into partner (name) values ('carrier'), ('printer'), ('marketplace');

-- The calls of the last minute, as each worker counts its own.
create table partner_traffic (
    partner     text        not null references partner,
    worker      text        not null,
    calls       integer     not null,
    failures    integer     not null,
    measured_at timestamptz not null,
    primary key (partner, worker)
);

alter table order_state
    add held_by          text,                          -- the partner whose return the order waits for
    add unknown          boolean not null default false, -- a call of the present step may have gone out, its answer is not known
    add cancel_requested boolean not null default false; -- to be cancelled when the step that runs has ended
create index order_state_held on order_state (held_by, queued_at, position, order_id) where held_by is not null;
-- A partner that goes down holds what waits to be tried again there.
create index order_state_delayed on order_state (step) where status = 'DELAYED' and held_by is null;

-- The gates that still hold somebody up.
create index batch_gate_open on batch_gate (batch_id) where next_position < 2147483647;

alter table event_log add data text;                    -- JSON: of events that are no order's

-- Its age is what an alarm looks at; send_after moves with every try.
alter table outbox add created_at timestamptz not null default now();
