-- Whoever is cancelled, or leaves its batch, may leave behind a slip that nobody knows of: those that come after it are marked.

alter table batch_item
    add doubt_step text;                                -- the step that may have been carried out then; mostly null
create index batch_item_doubt on batch_item (batch_id, doubt_step) where doubt_step is not null;
