"""CS057: the status of a client follows from those of its products: removed when all of them are."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View, any_below

STATUS, REMOVED, ALL_REMOVED, OTHERWISE = "StatusAanlevering", ["3"], ["9"], ["1"]


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Clients with another status than 9 (all products are removed) or 1 (some are not, or there are none)."""
    some, kept = np.zeros(view.client_rows, np.bool_), np.zeros(view.client_rows, np.bool_)
    for name in view.named(*settings["products"]):
        removed = view.among(name, STATUS, REMOVED)
        some |= any_below(view.parents(name), removed, view.client_rows)
        kept |= any_below(view.parents(name), ~removed, view.client_rows)
    right = np.where(some & ~kept, view.among(CLIENT, STATUS, ALL_REMOVED), view.among(CLIENT, STATUS, OTHERWISE))
    yield at_rows(view, CLIENT, np.flatnonzero(view.has(CLIENT, STATUS) & ~right), STATUS)
