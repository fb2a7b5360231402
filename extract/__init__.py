"""The core: knows news. Imports neither prefect nor duckdb; only `fetch` touches the network."""
