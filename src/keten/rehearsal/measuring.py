"""Measures the deliveries of a round: every figure there is, and the work that they show."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from keten.core.tasks import Pool, Tell
from keten.messages import Source, UnreadablePath, find_sources
from keten.rehearsal.acceptance import Opinion, opinions
from keten.rehearsal.accounts import account_figures, account_work
from keten.rehearsal.campaign import Campaign, Delivery
from keten.rehearsal.questions import Trial
from keten.rehearsal.validity import Validity, judge_validity
from keten.rehearsal.worklists import no_work


@dataclass(frozen=True, slots=True)
class Measured:
    """A round as it was measured: its trials, and the work to do by zorgkantoor (WORK)."""

    trials: Sequence[Trial]
    work: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Handed:
    """A delivery with the messages that are in it."""

    delivery: Delivery
    before: Sequence[Source]
    after: Sequence[Source]

    @property
    def there(self) -> bool:
        """Whether anything was handed in, be it a folder without messages."""
        return self.delivery.after is not None


def measure(campaign: Campaign, folder: Path, pool: Pool, tell: Tell) -> Measured:
    """Measure all that was handed in, working in a folder. Raises WrongAccount, UnreadablePath."""
    handed = [_handed(delivery, campaign.base) for delivery in campaign.deliveries]
    source, target = campaign.settings.source.reference, campaign.settings.target.reference
    before = judge_validity([one.before for one in handed], pool, tell, "check 1.2", release=source)
    after = judge_validity([one.after for one in handed], pool, tell, "check 2.0", release=target)
    judged = opinions(*_sides(handed), campaign.settings, pool, tell, work=folder)
    trials, work = [], {}
    for one, was, valid in zip(handed, before, after, strict=True):
        code = one.delivery.zorgkantoor
        opinion = judged.get(code, Opinion())
        figures = {**_figures(one, was, valid), **opinion.figures}
        trials.append(Trial(code, one.delivery.made_by, dict(sorted(figures.items()))))
        work[code] = pl.concat([valid.work, opinion.work, _exceptions(one)])
    return Measured(trials, work)


def _handed(delivery: Delivery, base: Path) -> Handed:
    after = () if delivery.after is None else named_sources(delivery.after, base)
    return Handed(delivery, tuple(named_sources(delivery.before, base)), tuple(after))


def named_sources(path: Path, base: Path) -> Iterator[Source]:
    """The messages in a folder or file, named from the base, so that names do not depend on where the work is done."""
    for source in find_sources([str(path)]):
        if source.once or source.path is None:
            raise UnreadablePath(f"{source.name} is no file.", hint="Name a file, folder or zip file with messages.")
        name = Path(os.path.relpath(source.path, base)).as_posix()
        yield replace(source, name=name if source.member is None else f"{name}/{source.member.name}")


def _figures(handed: Handed, before: Validity, after: Validity) -> dict[str, int]:
    """All figures of a delivery; those about what it made are not measured while nothing was handed in."""
    account = handed.delivery.account
    return {
        "delivery.missing": int(not handed.there),
        **before.figures("before"),
        **(after.figures("after") if handed.there else {}),
        **(account_figures(account, handed.delivery.zorgkantoor) if account and handed.there else {}),
    }


def _sides(handed: Sequence[Handed]) -> tuple[dict[str, Sequence[Source]], dict[str, Sequence[Source]]]:
    """The messages before and after of those who handed in: what a zorgkantoor still owes is no fault of its delivery."""
    there = [one for one in handed if one.there]
    return (
        {one.delivery.zorgkantoor: one.before for one in there},
        {one.delivery.zorgkantoor: one.after for one in there},
    )


def _exceptions(handed: Handed) -> pl.DataFrame:
    """What keten's own conversion left to people."""
    account = handed.delivery.account
    return account_work(account, handed.delivery.zorgkantoor) if account and handed.there else no_work()
