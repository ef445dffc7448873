"""The conversion from end to end: read, decide, carry the content over, write."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from keten.conversion.account.accounting import account
from keten.conversion.account.conversion import Conversion
from keten.conversion.after.assembling import Batch, assemble
from keten.conversion.after.content_pass import Share, carry
from keten.conversion.after.files_plan import PAIR, Plan, plan
from keten.conversion.before.bounding import without_crowds
from keten.conversion.before.extraction import extract
from keten.conversion.grouping import client_groups, count_groups, join_extracts, join_settled, settle
from keten.conversion.law.deciding import Decision
from keten.conversion.settings import Settings
from keten.core.tasks import Pool, Tell, run
from keten.messages import Source

SHARE = 16 << 20
"""Bytes of input in one task."""


def carry_over(
    sources: Sequence[Source], settings: Settings, pool: Pool, tell: Tell, *, made: Path, scratch: Path
) -> Conversion:
    """Write the messages of the sources as messages of 2.0 into the folder `made`; all that was done for it.

    What is needed meanwhile lies in `scratch`. Tasks run in the pool, which may be on other machines that see both.
    Raises SourceChanged, AccountOpen.
    """
    shares = _shares(sources)
    extracts = run(pool, tell, "read", extract, ((share, settings) for share in shares), count=len(shares))
    read = without_crowds(join_extracts(extracts))
    del extracts
    groups = ((group, settings) for group in client_groups(read))
    settled = join_settled(run(pool, tell, "decide", settle, groups, count=count_groups(read)), read.files)
    planned = plan(settled.decision, settled.books)
    carrying = _carrying(shares, read.files["sha256"].to_list(), planned, scratch, settings)
    del read  # it is not needed any more, and large
    repairs = run(pool, tell, "carry", carry, carrying, count=len(shares))
    batches = _assembling(planned, settled.decision, scratch, made, settings)
    written = run(pool, tell, "write", assemble, batches, count=planned.outs["batch"].n_unique())
    flat = [one for some in written for one in some]
    accounts = account(settled.books, settled.decision, sum(one.items for one in flat))
    return Conversion(settings, settled.books, settled.decision, planned, flat, pl.concat(repairs), accounts)


def _shares(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources in shares of about the same size, in their order."""
    shares: list[list[Source]] = [[]]
    filled = 0
    for source in sources:
        if filled >= SHARE:
            shares.append([])
            filled = 0
        shares[-1].append(source)
        filled += source.size
    return shares


def _carrying(
    shares: Sequence[list[Source]], digests: Sequence[str], planned: Plan, spool: Path, settings: Settings
) -> Iterator[tuple[Any, ...]]:
    """What to carry over from each share: arguments of `carry`."""
    wanted = planned.slots.select("file", "number", "record", "batch").unique().sort("file", "number", "batch")
    before = 0
    for number, share in enumerate(shares):
        here = wanted.filter(pl.col("file").is_between(before, before + len(share), closed="left"))
        local = here.with_columns(pl.col("file") - pl.lit(before, pl.UInt32))
        yield Share(number, share, digests[before : before + len(share)], local), spool, settings
        before += len(share)


def _assembling(
    planned: Plan, decision: Decision, spool: Path, made: Path, settings: Settings
) -> Iterator[tuple[Any, ...]]:
    """What to write in each batch: arguments of `assemble`."""
    new = decision.new.drop("dossier", "sender", "items")
    for (batch,), outs in planned.outs.group_by("batch", maintain_order=True):
        slots = planned.slots.filter(batch=batch)
        delivered = decision.deliveries.join(slots, on=[*PAIR, "dossier"], how="semi")
        yield Batch(outs, slots, delivered.join(new, on="new")), spool, made, settings
