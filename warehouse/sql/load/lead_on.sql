-- Redirects that led to an id which now leads on itself.
UPDATE incident_redirects AS r SET new_id = s.new_id FROM {stage} s WHERE r.new_id = s.old_id
