"""TR127: part-time stay: on every day of an institution without admission there is one with, and never two."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from keten.validation.rules.calendar import add_days
from keten.validation.rules.offences import Offence, Offences, Place
from keten.validation.rules.view import Numbers, Rows, View

NAME, END, PART_TIME, WITH, WITHOUT = "AanvraagInstelling", "ToewijzingEinddatum", "8", "1", "2"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Institutions without admission on an uncovered day, and those with admission that share a day with a later one."""
    stay = (view.text(NAME, "../Leveringsvorm") == PART_TIME).fill_null(value=False).to_numpy()
    rows = np.flatnonzero(stay)
    if not len(rows):
        return
    parents = view.parents(NAME)
    for application in np.unique(parents[rows]).tolist():
        yield from _of_one(view, rows[parents[rows] == application])


def _of_one(view: View, rows: Rows) -> Iterator[Offences]:
    """The offences in one application."""
    start, end = view.dates(NAME, "ToewijzingIngangsdatum"), view.dates(NAME, END)
    end = np.where(view.has(NAME, END), end, np.inf)
    opname = view.text(NAME, "Opname").fill_null("")
    admitting = rows[(opname.gather(rows) == WITH).to_numpy()]
    client = int(view.clients(NAME)[rows[0]])
    stretches = _stretches(start[admitting], end[admitting])
    uncovered = [
        row for row in rows.tolist() if opname[row] == WITHOUT and not _covered(start[row], end[row], stretches)
    ]

    def touching(row: int, among: Rows) -> Iterator[Place]:
        shares = (start[among] <= end[row]) & (end[among] >= start[row])
        return (Place(NAME, other) for other in among[shares].tolist())

    def around(row: int) -> Iterator[Place]:
        before, behind = admitting[admitting < row], admitting[admitting > row]
        return chain(touching(row, before), [Place(NAME, row)], touching(row, behind))

    yield Offences(len(uncovered), (Offence(client, around(row)) for row in uncovered))
    doubled = [row for at, row in enumerate(admitting.tolist()) if any(touching(row, admitting[at + 1 :]))]
    yield Offences(
        len(doubled),
        (Offence(client, chain([Place(NAME, row)], touching(row, admitting[admitting > row]))) for row in doubled),
    )


def _stretches(starts: Numbers, ends: Numbers) -> list[tuple[float, float]]:
    """The stretches of days, without a gap, that periods make together."""
    made: list[tuple[float, float]] = []
    for start, end in sorted(zip(starts.tolist(), ends.tolist(), strict=True)):
        if not end >= start:
            continue
        if made and start <= _day_after(made[-1][1]):
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _covered(start: float, end: float, stretches: list[tuple[float, float]]) -> bool:
    """Whether every day of a period lies in one stretch; a period that ends before it starts has no days."""
    return end < start or any(first <= start <= last and end <= last for first, last in stretches)


def _day_after(day: float) -> float:
    return add_days(int(day), 1) if np.isfinite(day) else day
