SELECT stage, reason, CAST(count(*) AS INTEGER) AS entries FROM rejections GROUP BY ALL ORDER BY entries DESC, stage, reason
