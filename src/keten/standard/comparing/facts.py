"""Facts and names of an old and a new thing, laid side by side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from keten.standard.changes import Altered

Facts = Mapping[str, str | None]
"""What is said of a thing, by aspect; None: nothing."""


def altered(old: Facts, new: Facts) -> Iterator[Altered]:
    """The aspects of the thing itself that became others."""
    return (Altered("", aspect, old[aspect], new[aspect]) for aspect in old if old[aspect] != new[aspect])


def altered_patterns(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Altered]:
    """The patterns that went and came; told as one change where one took the place of another."""
    went, came = [p for p in old if p not in new], [p for p in new if p not in old]
    for before, now in zip_longest(went, came):
        yield Altered(name, "pattern", before, now)


def merged(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """The names of both: the new ones in their order, and each that is gone behind the one it followed.

    >>> merged(["a", "b", "c"], ["a", "d", "c"])
    ['a', 'b', 'd', 'c']
    """
    names, before = list(new), -1
    for name in old:
        if name not in names:
            names.insert(before + 1, name)
        before = names.index(name)
    return names
