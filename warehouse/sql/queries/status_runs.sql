SELECT run_id, kind, started_at, finished_at, outcome, counts FROM runs ORDER BY started_at DESC LIMIT 10
