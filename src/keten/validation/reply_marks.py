"""Marks: which records of which clients a reply must give which return code, gathered finding by finding."""

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from keten.messages import CLIENT
from keten.validation.findings import REJECTED, Finding

IN_CLIENT = re.compile(rf"(?:/[^/\[]+){{1,2}}/{CLIENT}(?:\[(?P<number>\d+)\])?(?P<path>/.*)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """Marks in the order of their clients: the client's number, and the numbers of a path from the client and of a code."""

    clients: npt.NDArray[np.uint32]
    paths: npt.NDArray[np.uint32]
    codes: npt.NDArray[np.uint32]
    path_names: tuple[str, ...]
    code_names: tuple[str, ...]

    @property
    def rejected(self) -> npt.NDArray[np.uint32]:
        """The numbers of the clients that have a mark."""
        return np.unique(self.clients)

    def among(self, first: int, last: int) -> "Marked":
        """The marks of the clients with these numbers and those between."""
        begin, end = np.searchsorted(self.clients, [first, last + 1])
        part = slice(int(begin), int(end))
        return Marked(self.clients[part], self.paths[part], self.codes[part], self.path_names, self.code_names)


class Marks:
    """Gathers the marks that findings call for; a mark takes some bytes, for there may be millions.

    `technical`: the message is rejected for technical reasons, and no record is marked (any more). `header` has the
    codes for the header.
    """

    def __init__(self) -> None:
        self.technical = False
        self.header: dict[str, None] = {}
        self._paths: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._marks = array("I")

    def add(self, found: Finding) -> bool:
        """Mark what a finding points at (a warning rejects nothing); whether another could still matter."""
        if found.severity == "error" and not self.technical:
            self._add(found)
        return not self.technical

    def _add(self, found: Finding) -> None:
        if found.return_code == REJECTED:
            self.technical, self._marks = True, array("I")
            return
        matches = [match for location in found.locations if (match := IN_CLIENT.fullmatch(location))]
        for match in matches:
            self._mark(int(match["number"] or found.client or 1), match["path"] or "", found.return_code)
        if not matches and found.client is not None:
            self._mark(found.client, "", found.return_code)
        elif not matches:
            self.header[found.return_code] = None

    def _mark(self, client: int, path: str, code: str) -> None:
        self._marks.extend((client, _number(self._paths, path), _number(self._codes, code)))

    def marked(self) -> Marked:
        """All marks, by client."""
        marks: npt.NDArray[Any] = np.frombuffer(self._marks, np.uint32).reshape(-1, 3)
        marks = marks[np.argsort(marks[:, 0], kind="stable")]
        return Marked(marks[:, 0], marks[:, 1], marks[:, 2], _names(self._paths), _names(self._codes))


def _number(known: dict[str, int], name: str) -> int:
    return known.setdefault(name, len(known))


def _names(known: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(known)
