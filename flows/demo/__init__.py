"""The bundled archive of invented outlets, and the loopback server that plays it day by day."""
