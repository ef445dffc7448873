"""TR091: a waiting-list delivery is made up a week after its period."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from keten.validation.rules.calendar import add_days
from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View

END, DAY = "Periode/Einddatum", "BerichtIdentificatie/Dagtekening"


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:
    """A message dated on or before so many days after the end of its period."""
    ends, days = view.dates("Header", END), view.dates("Header", DAY)
    rows = [
        row
        for row, (end, day) in enumerate(zip(ends, days, strict=True))
        if not np.isnan(end) and day <= add_days(int(end), int(settings["days"]))
    ]
    yield at_rows(view, "Header", np.array(rows, np.int64), END, DAY)
