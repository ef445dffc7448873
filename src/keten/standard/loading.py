"""Reads a release from its data files, in any of its schema versions."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from keten.core import UsageError
from keten.standard.model import Message, Period, Release
from keten.standard.notation import read_class, read_type

Raw = dict[str, Any]
"""Data as it stands in a YAML or TOML file."""

RELEASES = files("keten.standard") / "releases"


class UnknownRelease(UsageError):
    """No release, or no schema version of it, by that name."""

    hint = "`keten standard list` shows what there is; write 2.0 or, with a schema version, 2.0@1.3."


@cache
def release_ids() -> tuple[str, ...]:
    """The releases there are, oldest first."""
    found = [folder.name for folder in RELEASES.iterdir() if (folder / "release.toml").is_file()]
    return tuple(sorted(found, key=lambda release: [int(part) for part in release.split(".")]))


@cache
def load(reference: str) -> Release:
    """A release by its reference, `2.0` (its latest schema version) or `2.0@1.3`. Raises UnknownRelease."""
    release_id, _, schema_version = reference.partition("@")
    if release_id not in release_ids():
        raise UnknownRelease(f"There is no release {release_id!r}; known are {', '.join(release_ids())}.")
    schemas = _facts(release_id)["schemas"]
    if schema_version and schema_version not in schemas:
        raise UnknownRelease(
            f"Release {release_id} has no schema version {schema_version!r}, only {', '.join(schemas)}."
        )
    return _release(release_id, schema_version or list(schemas)[-1])


@cache
def release_of_namespace(namespace: str) -> tuple[str, str] | None:
    """The release and message whose elements live in a namespace, or None.

    >>> release_of_namespace("http://www.istandaarden.nl/iwlz/2_0/aw33/schema")
    ('2.0', 'AW33')
    """
    for release_id in release_ids():
        facts = _facts(release_id)
        for name in facts["messages"]:
            if facts["release"]["namespace"].format(schema=name.lower()) == namespace:
                return release_id, name
    return None


def load_as_of(release_id: str, day: date) -> Release:
    """A release in the schema version that counted on a day; before its first, the first."""
    schemas: dict[str, date] = _facts(release_id)["schemas"]
    published = [version for version, since in schemas.items() if since <= day]
    return load(f"{release_id}@{published[-1] if published else next(iter(schemas))}")


@cache
def _facts(release_id: str) -> Raw:
    return tomllib.loads((RELEASES / release_id / "release.toml").read_text(encoding="utf-8"))


def _release(release_id: str, schema_version: str) -> Release:
    facts, content = _facts(release_id), _content(release_id)
    for version in list(facts["schemas"])[1 : list(facts["schemas"]).index(schema_version) + 1]:
        _amend(content, _yaml(RELEASES / release_id / "schemas" / f"{version}.yaml"))
    release = facts["release"]
    return Release(
        id=release_id,
        schema_version=schema_version,
        schemas=facts["schemas"],
        follows=release.get("follows"),
        in_use=Period(release["in_use"]["from"], release["in_use"].get("until")),
        namespace=release["namespace"].format(schema="basisschema"),
        message_version=release["message_version"],
        types={name: read_type(name, line, content["codes"].get(name, {})) for name, line in content["types"].items()},
        structures={name: read_class(lines) for name, lines in content["structures"].items()},
        messages={name: _message(name, facts, content["messages"][name]) for name in facts["messages"]},
    )


def _message(name: str, facts: Raw, classes: Mapping[str, Mapping[str, str]]) -> Message:
    flows = facts["messages"]
    flow = flows[name]
    return Message(
        name=name,
        code=flow["code"],
        namespace=facts["release"]["namespace"].format(schema=name.lower()),
        purpose=flow["purpose"],
        sender=flow["from"],
        receiver=flow["to"],
        classes={kind: read_class(lines) for kind, lines in classes.items()},
        answers=next((other for other, its in flows.items() if its.get("answered_by") == name), None),
        answered_by=flow.get("answered_by"),
        answer_within_workdays=flow.get("answer_within_workdays"),
    )


def _content(release_id: str) -> Raw:
    """The YAML files of a release, as they stand: its first schema version."""
    folder = RELEASES / release_id
    content: Raw = {part: _yaml(folder / f"{part}.yaml") for part in ("types", "codes", "structures")}
    content["messages"] = {path.name.removesuffix(".yaml"): _yaml(path) for path in (folder / "messages").iterdir()}
    return content


def _amend(content: Raw, change: Raw) -> None:
    """Apply the difference of a schema version: types, codes and classes are put in place of what stood there."""
    for part in ("types", "structures"):
        _replace(content[part], change.get(part, {}))
    for part in ("codes", "messages"):
        for name, lines in change.get(part, {}).items():
            _replace(content[part][name], lines)


def _replace(content: Raw, change: Raw) -> None:
    """Put each named value in place; null takes the name away."""
    for name, value in change.items():
        if value is None:
            del content[name]
        else:
            content[name] = value


def _yaml(path: Traversable) -> Raw:
    loaded: Raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded
