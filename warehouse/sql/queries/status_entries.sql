SELECT CAST(count(*) AS INTEGER) AS seen,
    CAST(count(*) FILTER (state = 'loaded') AS INTEGER) AS loaded,
    CAST(count(*) FILTER (state = 'rejected') AS INTEGER) AS rejected,
    CAST(count(*) FILTER (state = 'failed') AS INTEGER) AS failed,
    CAST(count(*) FILTER (state = 'due') AS INTEGER) AS due,
    CAST(count(*) FILTER (state = 'given_up') AS INTEGER) AS given_up
FROM internal.entries
