-- severity: error
-- reason: an id that was cited must lead on, in one step
SELECT old_id AS subject, 'leads to ' || new_id || ', which is not there' AS finding
FROM incident_redirects r
WHERE NOT EXISTS (SELECT 1 FROM incidents i WHERE i.incident_id = r.new_id)
   OR EXISTS (SELECT 1 FROM incidents i WHERE i.incident_id = r.old_id)
