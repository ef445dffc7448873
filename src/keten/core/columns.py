"""Frames fitted to declared columns: what may be missing is named, and a column that is not declared is an error at once.

Only names are compared, never values: it costs the same for a row and for a million.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from keten.core.errors import KetenError

Schema = Mapping[str, Any]
"""Names of columns, each with its type in Polars."""


class WrongColumns(KetenError):
    """A table inside keten does not have the columns that it is declared to have: a mistake of keten, not of its input."""


def check_columns(
    frame: pl.DataFrame, declared: Iterable[str], *, may_lack: Collection[str] = (), what: str = "a table"
) -> None:
    """Compare the names of a frame with the declared ones. Raises WrongColumns."""
    names, known = set(frame.columns), set(declared)
    undeclared = f"may lack {', '.join(sorted(set(may_lack) - known))}, which are not declared"
    extra = f"has columns that are not declared: {', '.join(sorted(names - known))}"
    missing = f"lacks columns: {', '.join(sorted(known - names - set(may_lack)))}"
    faults = (
        (set(may_lack) - known, undeclared),
        (names - known, extra),
        (known - names - set(may_lack), missing),
    )
    told = [text for wrong, text in faults if wrong]
    if told:
        raise WrongColumns(f"{what[:1].upper()}{what[1:]} {' and '.join(told)}.")


def filled(
    frame: pl.DataFrame, schema: Schema, *, may_lack: Collection[str] = (), what: str = "a table"
) -> pl.DataFrame:
    """The frame with the columns of a schema, in its order and types; those it may lack are null. Raises WrongColumns."""
    check_columns(frame, schema, may_lack=may_lack, what=what)
    there = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in there else pl.lit(None)).cast(kind).alias(name) for name, kind in schema.items()
    )


def stacked(
    frames: Sequence[pl.DataFrame], *, may_lack: Collection[str], what: str, relaxed: bool = False
) -> pl.DataFrame:
    """The rows of several frames, which have the same columns but for those that some may lack. Raises WrongColumns.

    The order of columns is that in which they come up; `relaxed` widens types, as Polars does.
    """
    names = dict.fromkeys(name for frame in frames for name in frame.columns)
    everywhere = set(names).intersection(*(frame.columns for frame in frames))
    some = [name for name in names if name not in everywhere and name not in may_lack]
    if some:
        raise WrongColumns(f"{what[:1].upper()}{what[1:]} has columns in some of its parts only: {', '.join(some)}.")
    return pl.concat(frames, how="diagonal_relaxed" if relaxed else "diagonal") if frames else pl.DataFrame()
