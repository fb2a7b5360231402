UPDATE runs SET finished_at = $2, outcome = $3, counts = $4 WHERE run_id = $1
