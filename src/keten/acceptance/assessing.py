"""Judges one part of the clients: what must come against what came, and what came by itself."""

from dataclasses import dataclass

import polars as pl

from keten.acceptance.findings.completeness import astray_records, extra_items, missing_items, stayed_functies
from keten.acceptance.findings.differences import about_items, overlapping, overlaps
from keten.acceptance.findings.doubles import doubled, two_senders
from keten.acceptance.findings.finding import together, told
from keten.acceptance.findings.records import about_partners, about_records, about_versions
from keten.acceptance.findings.totals import Totals, totals_of
from keten.acceptance.matching.comparing import pairs_of
from keten.acceptance.matching.deliveries import PLACE, read_after, resent
from keten.acceptance.matching.expected import Tables, expected
from keten.acceptance.matching.pairing import match
from keten.acceptance.reading.spool import Spool
from keten.acceptance.settings import Settings

MOST_RESENDS = 100
"""Versions of items that do not stand, of a part, that are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class Given:
    """What every part is judged with.

    `addressed`: the zorgkantoren with the providers that they ever sent an AW33 before; `repeated`: the files that were
    delivered before; `unread`: the clients of messages that cannot be judged.
    """

    spool: Spool
    addressed: frozenset[tuple[str, str]]
    repeated: frozenset[int]
    unread: pl.DataFrame
    settings: Settings


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was found about the clients of a part, which versions of items do not stand, and the numbers."""

    findings: pl.DataFrame
    resends: pl.DataFrame
    totals: Totals


def assess(part: int, given: Given) -> Assessed:
    """Judge a part."""
    settings = given.settings
    must = expected(given.spool, part, given.addressed, settings)
    came = read_after(given.spool, part, given.repeated)
    matched = match(must.sends, came.items, _merged(must))
    both = pairs_of(must.sends, came.items, matched.pairs)
    shared, twice = overlapping(came.items), doubled(came.items, must)
    findings = together(
        [
            *(told(one) for one in about_items(both, shared, settings)),
            *(told(one, "grave", "expected", "found") for one in overlaps(both, came.items, shared)),
            *missing_items(matched, came, given.unread),
            told(stayed_functies(must, matched, came), "grave", "expected"),
            *(told(one, "grave") for one in two_senders(twice, must)),
            *extra_items(must, matched, shared, twice),
            *(told(one, "grave") for one in astray_records(matched, came, must)),
            *(told(one, "grave", "subject", "expected") for one in about_records(must, came, settings)),
            *(told(one, "grave", "subject") for one in about_partners(must, came, settings)),
            *about_versions(came),
        ]
    )
    return Assessed(findings, resent(came).head(MOST_RESENDS), totals_of(must, came))


def _merged(must: Tables) -> pl.DataFrame:
    """The functies that became a ZZP: in which message that must go, and which functie it was."""
    items = must.before.items.with_row_index("source").filter("functie")
    was = items.select(pl.col("source").cast(pl.Int64), pl.col("code").alias("functie_code"))
    became = must.sends.filter(~pl.col("functie")).drop("source").join(must.sources, on="new").join(was, on="source")
    return became.select("send", *PLACE, pl.col("functie_code").alias("code"), "provider").unique(maintain_order=True)
