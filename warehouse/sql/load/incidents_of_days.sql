-- The incidents that resolution replaces: live ones counted on the days from $1 to $2.
SELECT * FROM incidents WHERE origin = 'live' AND day BETWEEN $1 AND $2
