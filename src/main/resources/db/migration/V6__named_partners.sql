-- A shop may have several partners of a kind, and a person may pause one.
alter table partner
    add kind         text,                              -- carrier | printer | marketplace
    add pause_reason text;                              -- why it is PAUSED, if a reason was given
update partner set kind = name;
alter table partner
    alter kind set not null,
    add constraint partner_kind check (kind in ('carrier', 'printer', 'marketplace')),
    add constraint partner_state check (state in ('UP', 'DOWN', 'PROBING', 'PAUSED')),
    add constraint partner_pause_reason check (pause_reason is null or state = 'PAUSED');
