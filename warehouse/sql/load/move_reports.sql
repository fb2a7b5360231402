UPDATE reports AS r SET incident_id = s.incident_id FROM {stage} s WHERE r.report_id = s.report_id
