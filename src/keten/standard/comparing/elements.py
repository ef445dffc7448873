"""Two lists of elements laid side by side: what came, went, moved, was renamed or altered.

The rules, in this order:
1. An element is the same one when it bears the same name in the same class.
2. The longest series of same elements whose order did not change stays; the others moved. What stays divides both lists
   into gaps.
3. An element that went and one that came are one, renamed, when they stand in the same gap and are of one family, and
   no other element in that gap is; several renames in one gap keep their order, or there are none. One family: the
   same type; or the type of the one left the release, that of the other is new in it, and both are simple types, both
   structures or both classes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keten.standard.changes import Added, Altered, ElementChange, Moved, Removed, Renamed
from keten.standard.comparing.facts import altered_patterns
from keten.standard.model import Classes, Element, Release

Elements = Sequence[Element]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the type of an element may be found: a release and the classes of one of its messages."""

    release: Release
    classes: Classes

    def kind(self, type_name: str) -> str | None:
        """What a type is here, or None: it is not."""
        if type_name in self.classes:
            return "a class"
        if type_name in self.release.structures:
            return "a structure"
        return "a simple type" if type_name in self.release.types else None


def element_changes(old: Elements, new: Elements, was: Scope, now: Scope) -> Iterator[ElementChange]:
    """What changed from one list of elements to the other, in order; `was` and `now` tell what their types are."""
    olds, news = {e.name: e for e in old}, {e.name: e for e in new}
    after = {e.name: before.name if before else None for before, e in zip([None, *new], new, strict=False)}
    stays = _longest_common(list(olds), list(news))
    for gone, came, name in zip(_gaps(old, stays), _gaps(new, stays), [*stays, None], strict=True):
        went = [e for e in gone if e.name not in news]
        renames = _renames(went, [e for e in came if e.name not in olds], was, now)
        yield from (Removed(e) for e in went if e not in renames.values())
        for element in came:
            if element.name in olds:
                yield Moved(element.name, after[element.name])
                yield from _altered(olds[element.name], element)
            elif element in renames:
                yield Renamed(renames[element], element)
            else:
                yield Added(element, after[element.name])
        if name is not None:
            yield from _altered(olds[name], news[name])


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The longest series of names that stands in both lists in the same order."""
    best: list[list[str]] = [[]] * (len(old) + 1)
    for name in new:
        row = [list[str]()]
        for index, other in enumerate(old):
            row.append([*best[index], name] if other == name else max(row[-1], best[index + 1], key=len))
        best = row
    return best[-1]


def _gaps(elements: Elements, stays: Sequence[str]) -> Iterator[list[Element]]:
    """The elements before each of those that stay, and behind the last."""
    gap: list[Element] = []
    for element in elements:
        if element.name in stays:
            yield gap
            gap = []
        else:
            gap.append(element)
    yield gap


def _renames(went: Elements, came: Elements, was: Scope, now: Scope) -> dict[Element, Element]:
    """The elements of a gap that were renamed: the new one, and the old one that it was."""
    old_family = [element.type if now.kind(element.type) else was.kind(element.type) for element in went]
    new_family = [element.type if was.kind(element.type) else now.kind(element.type) for element in came]
    places = {
        element: old_family.index(family)
        for element, family in zip(came, new_family, strict=True)
        if old_family.count(family) == new_family.count(family) == 1
    }
    in_order = list(places.values()) == sorted(places.values())
    return {element: went[place] for element, place in places.items()} if in_order else {}


def _altered(old: Element, new: Element) -> Iterator[Altered]:
    if old.cardinality != new.cardinality:
        yield Altered(new.name, "cardinality", old.cardinality, new.cardinality)
    if old.type != new.type:
        yield Altered(new.name, "type", old.type, new.type)
    yield from altered_patterns(new.name, old.patterns, new.patterns)
