-- severity: error
-- reason: the first possible day is not after the last, and the date lies between
SELECT incident_id AS subject, 'its days are ' || concat_ws(', ', date_earliest, date, date_latest) AS finding
FROM incidents
WHERE date_earliest > date_latest OR date < date_earliest OR date > date_latest OR munitions_min > munitions_max
