"""Where a row or cell of the tables stands in the message it was read from."""

import numpy as np

from keten.messages.layout import CLIENT, Layout
from keten.messages.tables import Tables


def path_of_row(layout: Layout, tables: Tables, name: str, row: int) -> tuple[int, str]:
    """The row of the client that a row belongs to, and the path from that client to it; indexes as in the sector's reports.

    The tables must be as read: rows in document order.
    """
    path = ""
    while name != CLIENT:
        table = layout.tables[name]
        assert table.parent is not None
        parents = tables[name]["parent"].to_numpy()
        parent = int(parents[row])
        first, behind = np.searchsorted(parents, [parent, parent + 1])
        index = f"[{row - first + 1}]" if behind - first > 1 else ""
        path = f"/{'/'.join(table.path)}{index}{path}"
        name, row = table.parent, parent
    return row, path
