"""The page: one self-contained folder that works from a file, from any static host, offline.

warehouse.report (rows) -> pages (what each page says) -> templates, charts, map (how) -> writer (files)
"""
