"""F3, F4, F7: functies of a provider taken together over time: beside a stay they join it, else they are MPT."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from keten.acceptance.law.functies import first_package, package_on, packages
from keten.acceptance.law.items import FAR, LAST, MPT, STAYS, VERBLIJF, Indicated, Indication, New, Part

REGULAR = "1"
PARTNER = "999"
NOT_ADMITTED = "2"
"""Opname: Nee."""


class Target(NamedTuple):
    """What a functie becomes: the leveringsvorm, code and klasse."""

    vorm: str
    code: str
    klasse: str | None


class Stretch(NamedTuple):
    """Days on which the same parts are in force and nothing around them changes."""

    start: int
    end: int
    parts: tuple[Part, ...]


@dataclass(slots=True)
class _Growing:
    """An item in the making."""

    target: Target
    start: int
    end: int
    parts: dict[int, Part]


def joined(parts: Sequence[Part], taken: Iterable[New], indication: Indication) -> list[New]:
    """The items that the functies of one indication (with a ZZP to become) turn into; `taken` are its items from Z1."""
    stays = sorted((item for item in taken if item.vorm in STAYS), key=lambda item: item.start)
    by_provider: dict[str, list[Part]] = {}
    for part in parts:
        by_provider.setdefault(part.old.provider, []).append(part)
    return [item for provider, some in by_provider.items() for item in _of_provider(provider, some, stays, indication)]


def _of_provider(provider: str, parts: list[Part], stays: list[New], indication: Indication) -> Iterator[New]:
    """The items of one provider: stretches with the same target that touch become one."""
    package, behind = "", -1
    growing: dict[bool, _Growing] = {}
    beside = _Beside(provider, stays)
    for stretch in _stretches(parts, [*beside.edges, *_edges(packages(indication))]):
        begun = package if stretch.start == behind else first_package(indication, stretch.start)
        package = package_on(indication, stretch.start) or begun
        for joins, target, theirs in _targets(stretch, beside.on(stretch.start), package):
            known = growing.get(joins)
            some = [part for part in theirs if stretch.start <= LAST or (known and id(part) in known.parts)]
            if not some:
                continue
            if known is not None and known.target == target and known.end + 1 == stretch.start:
                known.end = stretch.end
                known.parts.update((id(part), part) for part in some)
                continue
            if stretch.start > LAST:
                continue
            if known is not None:
                yield _made(known)
            growing[joins] = _Growing(target, stretch.start, stretch.end, {id(part): part for part in some})
        behind = stretch.end + 1
    yield from map(_made, growing.values())


def _edges(periods: Iterable[New | Indicated]) -> list[int]:
    """The days on which something around the functies may change."""
    return [edge for one in periods for edge in (one.start, one.end + 1)]


def _targets(stretch: Stretch, stay: New | None, package: str) -> Iterator[tuple[bool, Target, list[Part]]]:
    """What the parts of a stretch become: those that join the stay, and those that are MPT."""
    joining = [part for part in stretch.parts if stay is not None and part.soort == REGULAR]
    others = [part for part in stretch.parts if stay is None or part.soort != REGULAR]
    if joining and stay is not None:
        yield True, Target(stay.vorm, stay.code, stay.klasse), joining
    if others:
        yield False, Target(MPT, package, None), others


def _stretches(parts: list[Part], edges: list[int]) -> Iterator[Stretch]:
    """The days of the parts, cut wherever one begins or ends and at the edges."""
    days = sorted({*edges, *(part.start for part in parts), *(part.end + 1 for part in parts)})
    waiting = sorted(parts, key=lambda part: part.start)
    active: list[Part] = []
    place = 0
    for day, following in zip(days, [*days[1:], FAR + 2], strict=True):
        active = [part for part in active if part.end >= day]
        while place < len(waiting) and waiting[place].start <= day:
            active.append(waiting[place])
            place += 1
        if active:
            yield Stretch(day, following - 1, tuple(active))


class _Beside:
    """The stay that a provider's functies join, day after day; none while it has a stay of its own.

    Of several the latest started, then the one with the lowest leveringsvorm, instelling, code, klasse.
    """

    def __init__(self, provider: str, stays: list[New]) -> None:
        own = [stay for stay in stays if stay.provider == provider]
        self.own = sorted(stay.start for stay in own), sorted(stay.end for stay in own)
        self.waiting = [stay for stay in stays if stay.soort == REGULAR and stay.code != PARTNER]
        self.edges = _edges([*own, *self.waiting])
        self.place = 0
        self.active: list[tuple[tuple[object, ...], int, New]] = []

    def on(self, day: int) -> New | None:
        """The stay on a day; days must not go back."""
        while self.place < len(self.waiting) and self.waiting[self.place].start <= day:
            stay = self.waiting[self.place]
            order = (-_started(stay), stay.vorm, stay.provider, stay.code, stay.klasse or "")
            insort(self.active, (order, self.place, stay))
            self.place += 1
        while self.active and self.active[0][2].end < day:
            del self.active[0]
        starts, ends = self.own
        if bisect_right(starts, day) > bisect_left(ends, day):
            return None
        return next((stay for _, _, stay in self.active if stay.end >= day), None)


def _started(stay: New) -> int:
    """The day on which a stay started before."""
    return min(old.start for old in stay.sources)


def _made(grown: _Growing) -> New:
    """The item for parts that were taken together (F7: what they agree on is kept)."""
    target, parts = grown.target, grown.parts.values()
    sources = tuple(part.old for part in parts)
    first = sources[0]
    places = {old.bestemming for old in sources}
    return New(
        sender=first.sender,
        owner=first.owner,
        besluit=first.besluit,
        functie=False,
        code=target.code,
        provider=first.provider,
        vorm=target.vorm,
        start=grown.start,
        end=grown.end,
        soort=REGULAR if any(part.soort == REGULAR for part in parts) else "3",
        rule="F4" if target.vorm == MPT else "F3",
        sources=sources,
        klasse=target.klasse,
        bestemming=first.bestemming if len(places) == 1 else None,
        opname=NOT_ADMITTED if target.vorm == VERBLIJF else None,
    )
