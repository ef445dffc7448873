"""TR015: the first indicated care starts when its indication starts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, Place, each
from keten.validation.rules.units import units
from keten.validation.rules.view import OPEN_END, View

START = "Ingangsdatum"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Indications that start on another day than the earliest of their units before the year 10000."""
    name = "Indicatie"
    found = units(view, START)
    if not len(found.text):
        return
    found = replace(found, day=np.where(found.day < OPEN_END, found.day, np.nan))
    first = found.first(view.height(name), latest=False)
    texts = found.text.gather(np.where(first < 0, 0, first))
    differs = (texts != view.text(name, START)).fill_null(value=False).to_numpy()

    def point(row: int) -> Iterator[Place]:
        yield Place(name, row, START)
        yield from found.places(row, texts[row])

    yield each(view, name, np.flatnonzero((first >= 0) & differs), point)
