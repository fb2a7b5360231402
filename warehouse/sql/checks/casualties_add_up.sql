-- severity: warning
-- reason: Americans are among those killed and wounded
SELECT incident_id AS subject, 'more Americans than people: ' || coalesce(us_killed, 0) || ' of ' || coalesce(killed, 0)
    || ' killed, ' || coalesce(us_wounded, 0) || ' of ' || coalesce(wounded, 0) || ' wounded' AS finding
FROM incidents WHERE us_killed > killed OR us_wounded > wounded
