"""TR014: the last indicated care ends when its indication ends."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, Place, at_rows, each
from keten.validation.rules.units import units
from keten.validation.rules.view import Flags, View

END = "Einddatum"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Indications that end although a unit does not, that end on another day than the last unit, or that do not end."""
    name, height = "Indicatie", view.height("Indicatie")
    found = units(view, END)
    ended = view.has(name, END)
    gate = _passes(view, settings["gate"][view.layout.message.name])
    every, ending = found.count(height), found.count(height, found.text.is_not_null().to_numpy())
    yield at_rows(view, name, np.flatnonzero(gate & ended & (every != ending)), END)
    last = found.first(height, latest=True)
    texts = found.text.gather(np.where(last < 0, 0, last)) if len(found.text) else view.text(name, END)
    differs = (texts != view.text(name, END)).fill_null(value=False).to_numpy()

    def point(row: int) -> Iterator[Place]:
        yield Place(name, row, END)
        yield from found.places(row, texts[row])

    yield each(view, name, np.flatnonzero(gate & ended & (every == ending) & (last >= 0) & differs), point)
    yield each(view, name, np.flatnonzero(gate & ~ended & (every == ending)), found.places)


def _passes(view: View, elements: list[str]) -> Flags:
    """The indications that hold one of these elements."""
    height = view.height("Indicatie")
    passes = np.zeros(height, np.bool_)
    for name in view.named(*elements):
        passes[view.parents(name)] = True
    return passes
