"""What may be forgotten: entries that came to nothing, long after they have left their feeds.

Articles, reports, incidents, reviews and history are never forgotten here; the archive's files are the
operator's to move or delete, day by day.
"""

from __future__ import annotations

import datetime as dt

from warehouse.connection import Connection, transaction
from warehouse.rows import bump
from warehouse.sqlfiles import statement


def forget_entries(con: Connection, before: dt.datetime) -> int:
    """Removes rejected and given up entries first seen before a moment, with their rejections.

    Returns how many. An entry whose feed still lists it would come back as new: keep to months.
    """
    with transaction(con):
        gone = con.execute(statement("load/forget_entries"), [before]).fetchall()
        if gone:
            con.execute(statement("load/delete_rejections"), [[entry_id for (entry_id,) in gone]])
            bump(con)
    return len(gone)
