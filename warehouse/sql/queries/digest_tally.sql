-- The tally from a day on. $1: that day.
SELECT country, confirmed, attacks, claimed_only FROM tally($1, NULL) WHERE country IN ('all', 'Iraq', 'Syria')
