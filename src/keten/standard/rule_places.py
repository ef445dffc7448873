"""Where the rules of a release touch a message: the elements that each rule looks at, or whose rows it is about."""

from collections.abc import Iterator, Mapping

from keten.standard.browsing import Branch
from keten.standard.model import Release
from keten.standard.rules import Line, Rules

Path = tuple[str, ...]
Elements = Mapping[Path, Branch]
"""The elements of a message by their path, the root's name first."""


def elements_of(root: Branch, path: Path = ()) -> dict[Path, Branch]:
    """All elements of a message by their path, in document order."""
    here = (*path, root.element.name)
    found = {here: root}
    for branch in root.branches:
        found |= elements_of(branch, here)
    return found


def counts(line: Line, release: Release) -> bool:
    """Whether a line of a rule counts in this schema version."""
    versions = list(release.schemas)
    return line.since is None or versions.index(line.since) <= versions.index(release.schema_version)


def places(release: Release, rules: Rules, message: str, elements: Elements) -> dict[Path, list[str]]:
    """The codes of the rules that look at each element of a message, as far as lines of data say so."""
    found: dict[Path, dict[str, None]] = {}
    for code, rule in rules.judged.items():
        for line in rule.lines:
            if message in line.messages and counts(line, release):
                for place in line_places(line, elements):
                    found.setdefault(place, {})[code] = None
    return {place: list(codes) for place, codes in found.items()}


def line_places(line: Line, elements: Elements) -> Iterator[Path]:
    """The elements that a line looks at, or the rows it is about where it looks at none in them.

    Where one of the elements is lacking, as in older schemas, the line says nothing.
    """
    for row in elements:
        if row[-1] in line.on and elements[row].branches:
            led = [follow(path, row, elements) for path in sorted(line.paths)]
            found = [place for place in led if place is not None]
            if len(found) == len(led):
                yield from found
                if not any(place[: len(row)] == row for place in found):
                    yield row


def follow(path: str, row: Path, elements: Elements) -> Path | None:
    """The element to which a path of a rule leads from a row, or None; elements that merely hold others are stepped over."""
    here = row[:1] if path.startswith("/") else row
    for name in path.strip("/").split("/"):
        step = _above(here, elements) if name == ".." else _below(here, name, elements)
        if step is None:
            return None
        here = step
    return here


def _above(here: Path, elements: Elements) -> Path | None:
    """The row that a row hangs on."""
    above = here[:-1]
    while above and _holds_only(elements[above]):
        above = above[:-1]
    return above or None


def _below(here: Path, name: str, elements: Elements) -> Path | None:
    """The element of a name in an element, or in one that merely holds it."""
    for path in ((*here, name), *((*here, branch.element.name, name) for branch in elements[here].branches)):
        if path in elements and (len(path) == len(here) + 1 or _holds_only(elements[path[:-1]])):
            return path
    return None


def _holds_only(branch: Branch) -> bool:
    """Whether an element merely holds others of one name."""
    return len(branch.branches) == 1 and branch.branches[0].element.repeats
