"""CD029: an indication of care says on what ground."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, Place, each
from keten.validation.rules.view import View, any_below

NO_PACKAGE = "999"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Indications without Grondslagen but with an indicated function or package; it points at the first of those."""
    functions = view.named("GeindiceerdeFunctie") if view.layout.message.name in settings["functions"] else []
    height = view.height("Indicatie")
    units = [(name, np.ones(view.height(name), np.bool_)) for name in functions]
    for name in view.named(settings["packages"]):
        code = view.text(name, "ZzpCode").fill_null("")
        units.append((name, ((code != "") & (code != NO_PACKAGE)).to_numpy()))
    needed = np.zeros(height, np.bool_)
    for name, counts in units:
        needed |= any_below(view.parents(name), counts, height)
    grounds = view.has("Indicatie", "Grondslagen/Grondslag01")

    def first(row: int) -> Iterator[Place]:
        for name, counts in units:
            rows = np.flatnonzero(counts & (view.parents(name) == row))
            if len(rows):
                yield Place(name, int(rows[0]))
                return

    yield each(view, "Indicatie", np.flatnonzero(needed & ~grounds), first)
