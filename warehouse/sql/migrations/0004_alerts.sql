-- The outbox: written in the transaction that makes the incident known, emptied by whoever delivers.

CREATE TABLE alerts (
    alert_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    change VARCHAR,
    incident_id VARCHAR NOT NULL,
    payload JSON NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    detail VARCHAR
);
COMMENT ON TABLE alerts IS 'One row per alert that an incident gave cause for, with what became of it.';
COMMENT ON COLUMN alerts.alert_id IS 'Id, made of incident, kind and new value: the same cause never alerts twice.';
COMMENT ON COLUMN alerts.kind IS 'new, updated or dismissed.';
COMMENT ON COLUMN alerts.change IS 'For updated: status, casualties, claim or correction; null otherwise.';
COMMENT ON COLUMN alerts.incident_id IS 'The incident, by the id it had then.';
COMMENT ON COLUMN alerts.payload IS 'The facts the alert''s text is made of, as JSON.';
COMMENT ON COLUMN alerts.created_at IS 'When the cause was found.';
COMMENT ON COLUMN alerts.state IS 'pending, sent, filtered (no channel wants it), held (for a digest) or failed (given up).';
COMMENT ON COLUMN alerts.attempts IS 'How often sending was tried.';
COMMENT ON COLUMN alerts.next_attempt_at IS 'When it is tried next; null where it is not.';
COMMENT ON COLUMN alerts.sent_at IS 'When the last channel had it; null until then.';
COMMENT ON COLUMN alerts.detail IS 'Why it has not been sent, for people; never an address of a channel.';

CREATE TABLE internal.deliveries (
    alert_id VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    detail VARCHAR,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (alert_id, channel)
);
COMMENT ON TABLE internal.deliveries IS 'One row per alert and channel. channel is a key made of the address, never the address itself.';
