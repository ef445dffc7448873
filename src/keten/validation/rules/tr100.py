"""TR100: a provider reports to its own zorgkantoor."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """A message whose sender, by the register, does not belong to the receiver."""
    register = view.register
    assert register is not None
    belongs = register.belongs(view.value("Header", "Afzender"), view.value("Header", "Ontvanger"))
    yield at_rows(view, "Header", np.flatnonzero(~belongs), "Afzender", "Ontvanger")
