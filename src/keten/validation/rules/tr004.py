"""TR004: a household with a partner names the partner."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np

from keten.messages import CLIENT
from keten.validation.rules.offences import Offences, Place, each, places, rows_below
from keten.validation.rules.view import Flags, View, any_below

SINCE, PARTNER, WITH_PARTNER = 20070301, "12", ["3", "4"]
"""The rule counts for indications issued after that day; a partner is a Relatie of that Soort."""


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Clients who live with a partner but have no Relatie that is one; it points at the relations there are."""
    partners = (view.text("Relatie", "Soort") == PARTNER).fill_null(value=False).to_numpy()
    alone = ~any_below(view.parents("Relatie"), partners, view.client_rows)
    wrong = issued_since(view) & view.among(CLIENT, "Leefeenheid", WITH_PARTNER) & alone

    def point(row: int) -> Iterator[Place]:
        relations = (places(view, "Relatie", below, "Soort") for below in rows_below(view, "Relatie", row))
        return chain(places(view, CLIENT, row, "Leefeenheid"), chain.from_iterable(relations))

    yield each(view, CLIENT, np.flatnonzero(wrong), point)


def issued_since(view: View) -> Flags:
    """The clients whose (first) indication was issued after the day from which partners must be known."""
    parents = view.parents("Indicatie")
    first = np.flatnonzero(np.diff(parents, prepend=-1))
    issued = np.zeros(view.client_rows, np.bool_)
    issued[parents[first]] = (view.dates("Indicatie", "Afgiftedatum") > SINCE)[first]
    return issued
