FROM tally_against_stated ORDER BY as_of NULLS LAST
