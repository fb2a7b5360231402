DELETE FROM reports WHERE article_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
