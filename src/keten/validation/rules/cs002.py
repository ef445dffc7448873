"""CS002: a citizen service number satisfies the eleven-test."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import View

WEIGHTS = (-1, 2, 3, 4, 5, 6, 7, 8, 9)
"""Of the digits, the last one first."""


def offences(view: View, settings: Mapping[str, Any]) -> Iterator[Offences]:  # noqa: ARG001
    """Numbers whose weighted digits make no multiple of eleven, and what is no number."""
    number = view.value("Client", "Bsn").cast(pl.Int64, strict=False)
    left, total = number.fill_null(1).to_numpy(), np.zeros(len(number), np.int64)
    for weight in WEIGHTS:
        left, digit = np.divmod(left, 10)
        total += weight * digit
    wrong = view.has("Client", "Bsn") & (total % 11 != 0)
    yield at_rows(view, "Client", np.flatnonzero(wrong), "Bsn")
