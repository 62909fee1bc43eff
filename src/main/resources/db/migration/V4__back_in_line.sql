-- Orders that gave way come back to their places, and are marked only if somebody has really gone before them.

alter table order_state
    add admitted boolean not null default false;        -- while HANDLING: let through the gate of its present step
-- Of those under way it is not known; it does no harm to take them for let through.
update order_state set admitted = true where status = 'HANDLING' and not parked and worker is not null and batch_id is not null;

-- Held orders of a batch go on in its sequence, which may be bottom-up.
drop index order_state_held;
create index order_state_held on order_state (held_by, queued_at, rank, order_id) where held_by is not null;
-- Who waits at a gate is looked for at that step only: at one before it, many may.
drop index order_state_batch_delayed;
create index order_state_batch_delayed on order_state (batch_id, step) where status = 'DELAYED' and batch_id is not null;
