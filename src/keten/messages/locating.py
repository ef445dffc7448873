"""Where a row or cell of the tables stands in the message it was read from."""

import numpy as np
import numpy.typing as npt

from keten.messages.layout import CLIENT, Layout
from keten.messages.tables import Tables


class Locator:
    """Finds the places of rows; each table is looked through once. The tables must be as read: rows in document order."""

    def __init__(self, layout: Layout, tables: Tables) -> None:
        self._layout, self._tables = layout, tables
        self._among: dict[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = {}

    def __call__(self, name: str, row: int) -> tuple[int, str]:
        """The row of the client that a row belongs to, and the path from there, with indexes as the sector has them."""
        path = ""
        while name != CLIENT:
            table = self._layout.tables[name]
            assert table.parent is not None
            number, siblings = (int(counts[row]) for counts in self._counts(name))
            index = f"[{number}]" if siblings > 1 else ""
            path = f"/{'/'.join(table.path)}{index}{path}"
            name, row = table.parent, int(self._tables[name]["parent"][row])
        return row, path

    def _counts(self, name: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of each row its number among those of the same parent, from 1, and how many those are."""
        if name not in self._among:
            parents = self._tables[name]["parent"].to_numpy()
            first, behind = np.searchsorted(parents, parents), np.searchsorted(parents, parents, side="right")
            self._among[name] = np.arange(1, len(parents) + 1) - first, behind - first
        return self._among[name]


def path_of_row(layout: Layout, tables: Tables, name: str, row: int) -> tuple[int, str]:
    """The row of the client that a row belongs to, and the path from that client to it."""
    return Locator(layout, tables)(name, row)
