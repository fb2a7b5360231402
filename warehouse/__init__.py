"""The store: the only importer of duckdb. SQL lives in `sql/`."""
