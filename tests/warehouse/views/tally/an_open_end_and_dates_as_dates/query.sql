SELECT country, attacks FROM tally(DATE '2023-12-01', NULL)
