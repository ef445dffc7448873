"""HTML: the documentation of a release, pages to read and to hand on: messages, code lists, rules, changes; no network."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from keten.core.folders import filling
from keten.core.pages import render
from keten.standard.browsing import Branch, message_tree, uses
from keten.standard.describing import MOST_CODES, describe, role
from keten.standard.differences import Differences, concerning, differences
from keten.standard.forms import json
from keten.standard.forms.ruling import rules_told
from keten.standard.forms.sections import Section, releases, sections
from keten.standard.forms.sentences import TIMES
from keten.standard.loading import load
from keten.standard.model import Release, SimpleType
from keten.standard.rule_places import elements_of, places
from keten.standard.rules import rules_of

START = "index.html"
FACTS = "release.json"
"""What `keten standard show R --format json` says, for programs."""

KIND = "documentation of a release"


@dataclass(frozen=True, slots=True)
class Row:
    """An element in the tree of a message: how deep it stands, and the codes of the rules that look at it."""

    depth: int
    branch: Branch
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier release or schema version, `old` in words, by kind of thing."""

    old: str
    sections: Mapping[str, Section]


def write_pages(release: Release, folder: Path) -> list[Path]:
    """Write the pages of a release into a folder, made if absent, instead of earlier ones. Raises FolderInUse."""
    written = []
    with filling(folder, KIND, private=False) as draft:
        (draft.new / FACTS).write_text(json.write(json.release(release)) + "\n", encoding="utf-8")
        for name, text in pages(release):
            (draft.new / name).write_text(text, encoding="utf-8")
            written.append(folder / name)
    return written


def pages(release: Release) -> Iterator[tuple[str, str]]:
    """File name and text of every page of a release."""
    found = [differences(old, release) for old in _before(release)]
    told = rules_told(release)
    kinds = release.types.values()
    yield START, _page("release", release, rules=told, compared=found)
    yield "codes.html", _page("codes", release, kinds=[kind for kind in kinds if kind.codes])
    yield "types.html", _page("types", release, kinds=[kind for kind in kinds if not kind.codes])
    yield "rules.html", _page("rules", release, rules=told)
    yield "changes.html", _page("changes", release, since=[_since(one) for one in found])
    for name, message in release.messages.items():
        own = [rule for rule in told if rule.about(name)]
        since = [_since(concerning(one, name)) for one in found if name in one.old.messages]
        yield (
            f"{name}.html",
            _page("message", release, message=message, rows=_rows(release, name), rules=own, since=since),
        )


def _before(release: Release) -> Iterator[Release]:
    """The release before, and the schema version before."""
    if release.follows:
        yield load(release.follows)
    versions = list(release.schemas)
    if place := versions.index(release.schema_version):
        yield load(f"{release.id}@{versions[place - 1]}")


def _since(found: Differences) -> Since:
    return Since(releases(found)[0], sections(found))


def _rows(release: Release, name: str) -> list[Row]:
    elements = elements_of(message_tree(release, release.messages[name]))
    codes = places(release, rules_of(release.id), name, elements)
    return [Row(len(path) - 1, branch, tuple(codes.get(path, ()))) for path, branch in elements.items()]


def _page(template: str, release: Release, **values: object) -> str:
    return render(
        "keten.standard",
        f"{template}.html",
        release=release,
        times=TIMES,
        few=MOST_CODES,
        describe=describe,
        role=role,
        used_in=lambda kind: _used_in(release, kind),
        **values,
    )


def _used_in(release: Release, kind: SimpleType) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The elements of a type, each with the messages in which it is; none for an element of a structure."""
    return [(f"{use.name}/{use.element}", use.messages) for use in uses(release, kind.name)]
