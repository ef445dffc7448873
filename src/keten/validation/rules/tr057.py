"""TR057: the indicated packages of one indication do not overlap, whatever their code."""

from collections.abc import Iterator, Mapping
from typing import Any

from keten.validation.rules.offences import Offences
from keten.validation.rules.pairs import alike, overlapping
from keten.validation.rules.view import View


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Packages of one indication with a day in common, two by two."""
    for name in view.named("GeindiceerdZorgzwaartepakket"):
        found = alike(view, name, view.parents(name), [])
        yield overlapping(view, name, found, "Ingangsdatum", "Einddatum")
