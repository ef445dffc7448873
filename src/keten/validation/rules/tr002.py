"""TR002: nobody is older than 120 years, unless the date of birth is the one that says it is not known."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View

YEARS = 120 * 10_000
UNKNOWN = "1900-01-01"
DAY = "/Header/BerichtIdentificatie/Dagtekening"
BIRTH, USE = "Geboortedatum/Datum", "Geboortedatum/DatumGebruik"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """Dates of birth more than 120 years before the message. Without DatumGebruik the unknown date is exempt too."""
    for name in view.named(*settings["of"]):
        known = (view.text(name, BIRTH) != UNKNOWN).fill_null(value=True) | (view.text(name, USE) != "3").fill_null(
            value=False
        )
        old = view.dates(name, BIRTH) + YEARS < view.dates(name, DAY)
        yield at_rows(view, name, np.flatnonzero(old & known.to_numpy()), DAY, BIRTH)
