"""The contract relations as files for other tools: Parquet, CSV, and the incidents as GeoJSON."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse.connection import open_reader
from warehouse.errors import WarehousePathError
from warehouse.rows import fetch
from warehouse.sqlfiles import statement

Format = Literal["parquet", "csv", "geojson"]
RELATIONS = (
    "incidents", "reports", "report_evidence", "articles", "sources", "source_health", "stated_tallies",
    "incident_history", "incident_reports", "incident_values", "incident_redirects", "reviews", "alerts",
    "rejections", "runs", "tally_by_day", "tally_by_site", "tally_by_weapon", "tally_by_claimant",
    "tally_by_month", "tally_against_stated",
)  # fmt: skip
_OPTIONS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER"}


def export(
    path: Path, folder: Path, form: Format, relations: tuple[str, ...] = RELATIONS
) -> tuple[Path, ...]:
    """Writes one file per relation of the published copy at `path` (GeoJSON: one, of the incidents).

    Each file is put in place whole. Lists are JSON in CSV. Raises WarehousePathError.
    """
    unknown = set(relations) - set(RELATIONS)
    if unknown:
        raise WarehousePathError(folder, f"there is no relation {', '.join(sorted(unknown))} to export.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if form == "geojson":
            return (_geojson(path, folder),)
        with open_reader(path) as con:
            return tuple(_copy(con, name, folder, form) for name in relations)
    except (OSError, duckdb.IOException) as error:
        raise WarehousePathError(folder, f"the export cannot be written ({error}).") from error


def _copy(con: Any, name: str, folder: Path, form: Format) -> Path:
    target = folder / f"{name}.{form}"
    fresh = target.with_name(target.name + ".tmp")
    quoted = str(fresh).replace("'", "''")
    con.execute(f"COPY ({_selection(con, name, form)}) TO '{quoted}' ({_OPTIONS[form]})")
    return fresh.replace(target)


def _selection(con: Any, name: str, form: Format) -> str:
    if form == "parquet":
        return f"FROM {name}"
    columns = con.execute(f"DESCRIBE {name}").fetchall()
    told = [
        f'to_json("{column}") AS "{column}"' if kind.endswith("]") else f'"{column}"'
        for column, kind, *_ in columns
    ]
    return f"SELECT {', '.join(told)} FROM {name}"  # noqa: S608  (our own names)


def _geojson(path: Path, folder: Path) -> Path:
    """Incidents with a place as points; without coordinates the geometry is null (RFC 7946)."""
    with open_reader(path) as con:
        rows = fetch(con, statement("queries/geojson"))
    features = [
        {
            "type": "Feature",
            "id": row["incident_id"],
            "geometry": None
            if row["lat"] is None or row["lon"] is None
            else {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {key: value for key, value in row.items() if key not in ("lat", "lon")},
        }
        for row in rows
    ]
    target = folder / "incidents.geojson"
    fresh = target.with_name(target.name + ".tmp")
    content = {"type": "FeatureCollection", "features": features}
    fresh.write_text(json.dumps(content, ensure_ascii=False, default=_moment) + "\n", encoding="utf-8")
    return fresh.replace(target)


def _moment(value: Any) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in GeoJSON")
