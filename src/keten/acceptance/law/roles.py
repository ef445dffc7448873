"""R1 and R2: who must be Dossierhouder or CoordinatorZorgThuis of a group of items."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from keten.acceptance.law.items import MPT, STAYS, New

REGULAR, ADMINISTRATIVE = "1", "5"

Test = Callable[[New], bool]


def assign_roles(items: Iterable[New]) -> None:
    """Fill the role of the items of one indication: one holder for all that are linked by overlapping periods."""
    standing = [item for item in items if item.in_natura and not item.clash]
    for group in _linked([item for item in standing if item.vorm in STAYS]):
        _fill(group, (_from_package, _administrative, _was_regular), lambda _: 0)
    for group in _linked([item for item in standing if item.vorm == MPT]):
        first = min(item.start for item in group)
        computed = all(item.computed for item in group if item.start == first)
        _fill(group, (), _minus_share if computed else lambda _: 0)


def _fill(group: list[New], tests: Sequence[Test], order: Callable[[list[New]], int]) -> None:
    first = min(item.start for item in group)
    candidates = sorted({item.provider for item in group if item.start == first})
    theirs: dict[str, list[New]] = {}
    for item in group:
        theirs.setdefault(item.provider, []).append(item)
    left = candidates
    for test in tests:
        left = [provider for provider in left if any(map(test, theirs[provider]))] or left
    holder = min(
        left,
        key=lambda provider: (
            order([item for item in theirs[provider] if item.start == first]),
            _earliest(theirs[provider]),
            provider,
        ),
    )
    for item in group:
        item.role, item.candidates, item.group = holder, tuple(candidates), first


def _linked(items: list[New]) -> Iterator[list[New]]:
    """Items that are linked by overlapping periods."""
    group: list[New] = []
    latest = -1
    for item in sorted(items, key=lambda item: item.start):
        if group and item.start > latest:
            yield group
            group = []
        group.append(item)
        latest = max(latest, item.end) if len(group) > 1 else item.end
    if group:
        yield group


def _from_package(item: New) -> bool:
    return item.rule == "Z1"


def _administrative(item: New) -> bool:
    return item.soort == ADMINISTRATIVE


def _was_regular(item: New) -> bool:
    return any(old.soort == REGULAR for old in item.sources)


def _earliest(items: Iterable[New]) -> int:
    return min(old.start for item in items for old in item.sources)


def _minus_share(items: list[New]) -> int:
    """The share of a provider on the first day, larger first."""
    return -max(item.percentage or 0 for item in items)
