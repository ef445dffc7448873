"""TR005: of a partner, house number and postcode are known."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, Place, each, places, rows_below
from keten.validation.rules.tr004 import PARTNER, issued_since
from keten.validation.rules.view import View, any_below

CONTACT, HOUSE, POSTCODE = "Relatie/Contact", "Adres/Huis/Huisnummer", "Adres/Postcode"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Partners without house number or postcode, of clients whose indication is not older than the rule."""
    if CONTACT not in view.tables:
        return
    filled = (view.value(CONTACT, HOUSE) != "").to_numpy() & (view.value(CONTACT, POSTCODE) != "").to_numpy()
    complete = any_below(view.parents(CONTACT), filled, view.height("Relatie"))
    partner = view.among("Relatie", "Soort", [PARTNER])
    wrong = partner & ~complete & issued_since(view)[view.clients("Relatie")]

    def point(row: int) -> Iterator[Place]:
        yield from places(view, "Relatie", row, "Soort")
        for contact in rows_below(view, CONTACT, row):
            yield from places(view, CONTACT, contact, HOUSE)
            yield from places(view, CONTACT, contact, POSTCODE)
        for indication in rows_below(view, "Indicatie", int(view.clients("Relatie")[row])):
            yield from places(view, "Indicatie", indication, "Afgiftedatum")

    yield each(view, "Relatie", np.flatnonzero(wrong), point)
