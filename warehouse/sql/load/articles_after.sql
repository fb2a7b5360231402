-- Stored articles in order of their ids. $1: behind which id, $2: how many.
SELECT * FROM articles WHERE article_id > $1 ORDER BY article_id LIMIT $2
