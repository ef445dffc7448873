"""TR120: an application for stay has one institution with admission at a time."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offence, Offences, Place, places
from keten.validation.rules.pairs import alike, all_pairs
from keten.validation.rules.view import View

NAME, STAY, ADMISSION = "AanvraagInstelling", "4", "1"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Institutions with admission that start on the same day (and more, as the key says), two by two."""
    stay = (view.text(NAME, "../Leveringsvorm") == STAY) & (view.text(NAME, "Opname") == ADMISSION)
    rows = np.flatnonzero(stay.fill_null(value=False).to_numpy())
    found = all_pairs(view, NAME, alike(view, NAME, view.parents(NAME), settings["key"], rows, as_written=True))
    paths = sorted([*settings["key"], "Opname"], key=view.tables[NAME].columns.index)

    def pointing(offence: Offence) -> Iterator[Place]:
        one, other = offence.places
        form = places(view, NAME, one.row, "../Leveringsvorm")
        return chain(form, *(places(view, NAME, row, path) for row in (one.row, other.row) for path in paths))

    yield Offences(found.count, (Offence(one.client, pointing(one)) for one in found.listed))
