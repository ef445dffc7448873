"""Applies changes to what they were found in: the proof that nothing of the new is missing in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from keten.standard import Classes, Element, SimpleType
from keten.standard.changes import (
    Added,
    Altered,
    Appeared,
    Change,
    CodeAdded,
    CodeRemoved,
    CodeRenamed,
    Disappeared,
    ElementChange,
    Moved,
    Removed,
    Renamed,
)
from keten.standard.differences import Difference

TIMES = {"1": (False, False), "0..1": (True, False), "1..*": (False, True), "0..*": (True, True)}


def elements(old: Iterable[Element], changes: Sequence[ElementChange]) -> list[Element]:
    """A list of elements after its changes."""
    now = list(old)
    for change in changes:
        match change:
            case Removed(element):
                now.remove(element)
            case Renamed(before, after):
                now[now.index(before)] = after
            case Altered(name):
                now = [altered_element(element, change) if element.name == name else element for element in now]
    came = {change.element: change.after for change in changes if isinstance(change, Added)}
    moved = {change.element: change.after for change in changes if isinstance(change, Moved)}
    came |= {element: moved[element.name] for element in now if element.name in moved}
    return placed([element for element in now if element.name not in moved], came)


def placed(stay: list[Element], came: Mapping[Element, str | None]) -> list[Element]:
    """The elements that stay, with each that came behind the one it names, which may itself have to come first."""
    waiting = dict(came)
    while waiting:
        names: list[str | None] = [None, *(element.name for element in stay)]
        element = next(element for element, after in waiting.items() if after in names)
        stay.insert(names.index(waiting.pop(element)), element)
    return stay


def classes(old: Classes, differences: Iterable[Difference]) -> dict[str, list[Element]]:
    """Classes, or structures, after their changes."""
    now = {name: list(held) for name, held in old.items()}
    changes: dict[str, list[ElementChange]] = {}
    for difference in differences:
        match difference.change:
            case Appeared():
                now[difference.name] = []
            case Added() | Removed() | Renamed() | Moved() | Altered() as change:
                changes.setdefault(difference.name, []).append(change)
    for name, held in changes.items():
        now[name] = elements(now[name], held)
    for difference in differences:
        if isinstance(difference.change, Disappeared):
            assert now.pop(difference.name) == []
    return now


def types(
    old: Mapping[str, SimpleType], new: Mapping[str, SimpleType], differences: Iterable[Difference]
) -> dict[str, SimpleType]:
    """Types after their changes; one that is new is taken as it is."""
    now = dict(old)
    for difference in differences:
        if isinstance(difference.change, Appeared):
            now[difference.name] = new[difference.name]
        elif isinstance(difference.change, Disappeared):
            del now[difference.name]
        else:
            now[difference.name] = simple_type(now[difference.name], difference.change)
    return now


def altered_element(element: Element, change: Altered) -> Element:
    """An element after a change of one of its aspects."""
    assert change.old is None or change.old in {element.cardinality, element.type, *element.patterns}
    match change.aspect, change.new:
        case "cardinality", str(new):
            optional, repeats = TIMES[new]
            return replace(element, optional=optional, repeats=repeats)
        case "type", str(new):
            return replace(element, type=new)
        case "pattern", new:
            return replace(element, patterns=patterns(element.patterns, change.old, new))
    raise AssertionError(change)


def patterns(before: tuple[str, ...], old: str | None, new: str | None) -> tuple[str, ...]:
    """Patterns after one of them went, or came, or both."""
    return (*(pattern for pattern in before if pattern != old), *([new] if new is not None else []))


def simple_type(kind: SimpleType, change: Change) -> SimpleType:
    """A type after one of its changes."""
    if isinstance(change, CodeAdded | CodeRemoved | CodeRenamed):
        return replace(kind, codes=codes(kind.codes, change))
    match change:
        case Altered(aspect="pattern", old=old, new=new):
            return replace(kind, patterns=patterns(kind.patterns, old, new))
        case Altered(aspect="base", new=("string" | "integer" | "date" | "time") as new):
            return replace(kind, base=new)
        case Altered(aspect="length", new=new):
            low, high = bounds(new)
            return replace(kind, min_length=low, max_length=high)
        case Altered(aspect="range", new=new):
            low, high = bounds(new)
            return replace(kind, minimum=low, maximum=high)
    raise AssertionError(change)


def codes(before: Mapping[str, str], change: CodeAdded | CodeRemoved | CodeRenamed) -> Mapping[str, str]:
    """The codes of a type after one of them came, went or got another name."""
    match change:
        case CodeAdded(code, name):
            assert code not in before
            return {**before, code: name}
        case CodeRemoved(code, name):
            assert before[code] == name
            return {each: name for each, name in before.items() if each != code}
        case CodeRenamed(code, old, new):
            assert before[code] == old
            return {**before, code: new}


def bounds(written: str | None) -> tuple[int | None, int | None]:
    """The bounds that `1..4` means; none for None."""
    low, _, high = (written or "..").partition("..")
    return int(low) if low else None, int(high) if high else None
