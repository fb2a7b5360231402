SELECT "field", value, rule, report_ids, others FROM incident_values WHERE incident_id = $1 ORDER BY "field"
