"""What the judge of conversions says of a round: figures per zorgkantoor, and its findings as work to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from keten.acceptance import Settings as Measures
from keten.acceptance import accept
from keten.campaign.worklists import WORK, no_work
from keten.conversion import Settings
from keten.core.tasks import Pool, Tell
from keten.messages import Source

COUNTED = (
    "clients before",
    "clients to send",
    "clients after",
    "assignments before",
    "assignments to send",
    "assignments after",
    "percentages",
    "of 1%",
)
"""What the judge counts of each zorgkantoor; of one that has none of it, it says nothing."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge found in the delivery of a zorgkantoor: figures by name, and work (WORK)."""

    figures: Mapping[str, int] = field(default_factory=dict)
    work: pl.DataFrame = field(default_factory=no_work)


def opinions(
    before: Mapping[str, Sequence[Source]],
    after: Mapping[str, Sequence[Source]],
    settings: Settings,
    pool: Pool,
    tell: Tell,
    *,
    work: Path,
) -> dict[str, Opinion]:
    """What the judge finds, by zorgkantoor, in the messages before and after of several: copies of one stand at another.

    The judge works in the folder `work`, which all workers see.
    """
    sources = [source for some in before.values() for source in some], [s for some in after.values() for s in some]
    if not all(sources):
        return {}
    judgement = accept(*sources, _measures(settings), pool, tell, work=work)
    found = judgement.findings.with_columns(delivery=_delivery(before, after))
    counted = judgement.figures["zorgkantoren"]
    return {code: _opinion(found.filter(delivery=code), counted.get(code, {})) for code in after}


def _measures(settings: Settings) -> Measures:
    """The settings of the conversion as the judge has them."""
    return Measures(
        cutover=settings.cutover,
        assigned=settings.assigned,
        dagtekening=settings.dagtekening,
        to=settings.to,
        home_preference=settings.home_preference,
        partners=settings.partners,
        tariffs=settings.tariffs,
    )


def _delivery(*sides: Mapping[str, Sequence[Source]]) -> pl.Expr:
    """Whose a finding is: of the zorgkantoor it names, or else of whose message it is in."""
    whose = {source.name: code for side in sides for code, some in side.items() for source in some}
    codes = {code: code for side in sides for code in side}
    in_file = [
        column.replace_strict(whose, default=None, return_dtype=pl.String)
        for column in (pl.col("after_files").list.first(), pl.col("before_file"))
    ]
    return pl.coalesce(pl.col("zorgkantoor").replace_strict(codes, default=None, return_dtype=pl.String), *in_file)


def _opinion(found: pl.DataFrame, counted: Mapping[str, Any]) -> Opinion:
    by_code = found.group_by("severity", "code").len().sort("severity", "code").iter_rows()
    figures = {f"judge.{name}": counted.get(name, 0) for name in COUNTED}
    return Opinion(figures | {f"judge.{severity}.{code}": number for severity, code, number in by_code}, _work(found))


def _work(found: pl.DataFrame) -> pl.DataFrame:
    """Findings as work to do."""
    others = pl.col("after_files").list.slice(1).list.unique(maintain_order=True)
    return found.select(
        "code",
        "before_file",
        "before_client",
        "before_location",
        "action",
        kind="severity",
        provider=pl.col("provider").replace("", None),
        after_file=pl.col("after_files").list.first(),
        after_client=pl.col("after_clients").list.first().replace(0, None),
        after_location=pl.col("after_locations").list.first().replace("", None),
        also_in=others.list.join("; ").replace("", None),
        what="text",
    ).select(pl.col(name).cast(kind) for name, kind in WORK.items())
