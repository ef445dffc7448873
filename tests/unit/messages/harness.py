"""Reads documents the way the tests need it: with chunks as small as can be, all results gathered."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from keten.messages import LIMITS, Batch, Defect, Limits, Reading, Tables, read
from keten.messages.joining import join_tables
from keten.standard import Release

AW35 = (Path(__file__).parents[2] / "cases" / "messages" / "AW35.xml").read_bytes()
"""A small message of 2.0 that is right: two clients, of whom the first has two packages."""

seeds = st.integers(0, 2**32 - 1)
"""Where a random document comes from: the same seed, the same document."""

CLIENT_TAG = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|(?P<client><[^<>/!?\s:]*:?Client[\s/>])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a document."""

    reading: Reading
    batches: list[Batch]

    @property
    def defects(self) -> list[Defect]:
        """All that is wrong: with the document as a whole, its clients, and what stands around them."""
        refusal = [self.reading.refusal] if self.reading.refusal else []
        return [*refusal, *(defect for batch in self.batches for defect in batch.defects), *self.reading.defects]

    @property
    def accepted(self) -> bool:
        """Whether nothing is wrong."""
        return not self.defects

    @property
    def tables(self) -> Tables:
        """The tables of the envelope and of the clients of all batches."""
        layout = self.reading.layout
        assert layout is not None
        clients = join_tables(layout.client_tables, [batch.tables for batch in self.batches])
        return {**self.reading.header, **clients}


def read_out(
    text: bytes, release: Release | None = None, *, limits: Limits = LIMITS, jobs: int = 1, tables: bool = True
) -> Outcome:
    """Read a document to its end, as a message of this release."""
    reading = (
        read(BytesIO(text), pick=lambda _: release, limits=limits) if release else read(BytesIO(text), limits=limits)
    )
    return Outcome(reading, list(reading.batches(jobs=jobs, tables=tables)))


def tiny(text: bytes, random: Random) -> Limits:
    """Limits so small that every chunk holds one or two clients; now and then the usual ones."""
    tag = next((match for match in CLIENT_TAG.finditer(text) if match["client"]), None)
    if tag is None or random.random() < 0.1:
        return LIMITS
    return Limits(head=tag.end() + random.choice((1, 20, 500)), chunk=random.choice((1, 64, 1000, 8000)))
