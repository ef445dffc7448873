"""TR016: an allocation lies within the validity of its indication."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View

ASSIGNED = ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket")


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Allocations that start before, or end after, the indication they hang on, or end before they start.

    One without an end never lies within an indication that has one, not even one beyond the year 9999.
    """
    for name in view.named(*ASSIGNED):
        start, end = view.dates(name, "Ingangsdatum"), view.ends(name, "Einddatum")
        above = view.parents(name)
        first, last = view.dates("Indicatie", "Ingangsdatum")[above], view.ends("Indicatie", "Einddatum")[above]
        within = (start <= end) & (first <= start) & (start <= last) & (first <= end) & (end <= last)
        open_in_closed = view.has("Indicatie", "Einddatum")[above] & ~view.has(name, "Einddatum")
        yield at_rows(view, name, np.flatnonzero(~within | open_in_closed), ".")
