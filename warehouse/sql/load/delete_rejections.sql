DELETE FROM rejections WHERE subject IN (SELECT unnest(CAST($1 AS VARCHAR[])))
