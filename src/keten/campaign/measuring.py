"""Measures the deliveries of a round: every figure there is, and the work that they show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from keten.campaign.accounts import account_figures, account_work
from keten.campaign.campaign_file import Campaign, Delivery
from keten.campaign.holding import beside, relative
from keten.campaign.opinions import Opinion, opinions
from keten.campaign.questions import Trial
from keten.campaign.validity import Validity, judge_validity
from keten.campaign.values import spelled
from keten.campaign.worklists import no_work
from keten.core.tasks import Pool, Tell
from keten.messages import Source, UnreadablePath, find_sources


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


def measure(campaign: Campaign, copies: Mapping[Path, Path], work: Path, pool: Pool, tell: Tell) -> Measured:
    """Measure all that was handed in, from copies of it, working in a folder. Raises WrongAccount, UnreadablePath."""
    handed = [_handed(delivery, campaign.base, copies) for delivery in campaign.deliveries]
    source, target = campaign.settings.source.reference, campaign.settings.target.reference
    before = judge_validity([one.before for one in handed], pool, tell, "check 1.2", release=source)
    after = judge_validity([one.after for one in handed], pool, tell, "check 2.0", release=target)
    judged = opinions(*_sides(handed), campaign.settings, pool, tell, work=work)
    trials, works = [], {}
    for one, was, valid in zip(handed, before, after, strict=True):
        code = one.delivery.zorgkantoor
        opinion = judged.get(code, Opinion())
        figures = {**_figures(one, was, valid, copies), **opinion.figures}
        trials.append(Trial(code, one.delivery.made_by, dict(sorted(figures.items()))))
        works[code] = pl.concat([valid.work, opinion.work, _exceptions(one, copies)])
    return Measured(trials, works)


def _handed(delivery: Delivery, base: Path, copies: Mapping[Path, Path]) -> Handed:
    before, after = (
        () if path is None else tuple(named_sources(path, base, copies[path]))
        for path in (delivery.before, delivery.after)
    )
    return Handed(delivery, before, after)


def named_sources(path: Path, base: Path, copy: Path | None = None) -> Iterator[Source]:
    """The messages in a folder or file, named from the base, so that names do not depend on where the work is done.

    They are read from a copy, if there is one. Raises UnreadablePath for what can be read only once.
    """
    place = copy or path
    for source in find_sources([str(place)]):
        if source.once or source.path is None:
            raise UnreadablePath(f"{source.name} is no file.", hint="Name a file, folder or zip file with messages.")
        known = path / source.path.relative_to(place.absolute())
        name = relative(known, base) if source.member is None else f"{relative(known, base)}/{source.member.name}"
        yield replace(source, name=spelled(name))


def _figures(handed: Handed, before: Validity, after: Validity, copies: Mapping[Path, Path]) -> dict[str, int]:
    """All figures of a delivery; those about what it made are not measured while nothing was handed in."""
    account, code = handed.delivery.account, handed.delivery.zorgkantoor
    return {
        "delivery.missing": int(not handed.there),
        **before.figures("before"),
        **(after.figures("after") if handed.there else {}),
        **(account_figures(account, copies[account], code) if account and handed.there else {}),
    }


def _sides(handed: Sequence[Handed]) -> tuple[dict[str, Sequence[Source]], dict[str, Sequence[Source]]]:
    """The messages before and after of those who handed in: what a zorgkantoor still owes is no fault of its delivery."""
    there = [one for one in handed if one.there]
    return (
        {one.delivery.zorgkantoor: one.before for one in there},
        {one.delivery.zorgkantoor: one.after for one in there},
    )


def _exceptions(handed: Handed, copies: Mapping[Path, Path]) -> pl.DataFrame:
    """What keten's own conversion left to people."""
    account = handed.delivery.account
    if account is None or not handed.there:
        return no_work()
    return account_work(beside(account), copies[beside(account)], handed.delivery.zorgkantoor)
