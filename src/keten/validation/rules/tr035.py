"""TR035: the same indicated care does not overlap itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from keten.validation.rules.offences import Offences
from keten.validation.rules.pairs import alike, overlapping
from keten.validation.rules.view import View

CODES = {"GeindiceerdeFunctie": "FunctieCode", "GeindiceerdZorgzwaartepakket": "ZzpCode"}


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Units of one indication with the same code and a day in common, two by two."""
    for name in view.named(*CODES):
        found = alike(view, name, view.parents(name), [CODES[name]])
        yield overlapping(view, name, found, "Ingangsdatum", "Einddatum")
