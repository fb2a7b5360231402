FROM counted_incidents ORDER BY incident_id
