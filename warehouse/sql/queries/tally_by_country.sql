FROM tally($1, $2)
