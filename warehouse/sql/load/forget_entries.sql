DELETE FROM internal.entries WHERE state IN ('rejected', 'given_up') AND seen_at < $1 RETURNING entry_id
