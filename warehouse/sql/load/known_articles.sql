-- What is stored of articles that come again. $1: their ids.
SELECT article_id, outlet, family, kind, seen_at, text_hash, reading_hash, versions, page_file, page_offset, quiet
FROM articles WHERE article_id IN (SELECT unnest(CAST($1 AS VARCHAR[])))
