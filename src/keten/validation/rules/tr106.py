"""TR106: the same care is not assigned to, or applied for, the same provider twice at one time."""

from collections.abc import Iterator, Mapping
from typing import Any

from keten.validation.rules.offences import Offences
from keten.validation.rules.pairs import alike, all_pairs, overlapping
from keten.validation.rules.view import View

START, END = "Ingangsdatum", "Einddatum"
APPLIED = "AanvraagInstelling"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Allocations with the same key and a day in common, two by two.

    Institutions applied for are compared over all applications of a client, and whatever their periods: the reference
    looks for dates that they do not have.
    """
    for element, key in settings["keys"].items():
        for name in view.named(element):
            if element == APPLIED:
                yield all_pairs(view, name, alike(view, name, view.clients(name), key))
            else:
                yield overlapping(view, name, alike(view, name, view.parents(name), key), START, END)
