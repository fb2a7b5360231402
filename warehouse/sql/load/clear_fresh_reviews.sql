DELETE FROM internal.fresh_reviews WHERE review_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
