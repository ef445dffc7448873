"""TR082: ADL assistance is assigned for a regular reason, and only if it is indicated."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View, any_below

ASSISTANCE, REGULAR = "91", "1"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Assigned functions 91 with another Soort than 1, or without an indicated function 91 beside them."""
    assigned, indicated = "ToegewezenFunctie", "GeindiceerdeFunctie"
    codes = (view.text(indicated, "FunctieCode") == ASSISTANCE).fill_null(value=False).to_numpy()
    backed = any_below(view.parents(indicated), codes, view.height("Indicatie"))[view.parents(assigned)]
    assistance = (view.text(assigned, "FunctieCode") == ASSISTANCE).fill_null(value=False).to_numpy()
    soort = view.text(assigned, "Soort")
    regular = (soort == REGULAR).fill_null(value=False).to_numpy()
    wrong = assistance & np.where(regular, ~backed, soort.is_not_null().to_numpy())
    yield at_rows(view, assigned, np.flatnonzero(wrong), ".")
