"""Builds a release from its data files: the first schema version as they stand, each later one from its difference."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from keten.standard.model import Classes, Message, Period, Release
from keten.standard.notation import BadNotation, read_class, read_type

Raw = dict[str, Any]
"""Data as it stands in a YAML or TOML file."""

RELEASES = files("keten.standard") / "releases"


@cache
def facts_of(release_id: str) -> Raw:
    """The content of a release's release.toml."""
    return tomllib.loads((RELEASES / release_id / "release.toml").read_text(encoding="utf-8"))


def assemble(release_id: str, schema_version: str) -> Release:
    """A release in one of its schema versions. Raises BadNotation."""
    facts = facts_of(release_id)
    versions = list(facts["schemas"])
    try:
        content = _content(release_id)
        for version in versions[1 : versions.index(schema_version) + 1]:
            amend(content, _yaml(RELEASES / release_id / "schemas" / f"{version}.yaml"))
        return build(schema_version, facts, content)
    except BadNotation as error:
        raise BadNotation(f"Release {release_id}, schema {schema_version}: {error}") from error


def _content(release_id: str) -> Raw:
    """The YAML files of a release, as they stand: its first schema version."""
    folder = RELEASES / release_id
    content: Raw = {part: _yaml(folder / f"{part}.yaml") for part in ("types", "codes", "structures")}
    content["messages"] = {path.name.removesuffix(".yaml"): _yaml(path) for path in (folder / "messages").iterdir()}
    return content


def _yaml(path: Traversable) -> Raw:
    loaded: Raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def amend(content: Raw, change: Raw) -> None:
    """Apply the difference of a schema version: types, codes and classes are put in place of what stood there."""
    for part in ("types", "structures"):
        _replace(content[part], change.get(part, {}))
    for part in ("codes", "messages"):
        for name, lines in change.get(part, {}).items():
            _replace(content[part].setdefault(name, {}), lines)


def _replace(content: Raw, change: Raw) -> None:
    """Put each named value in place; null takes the name away. Raises BadNotation."""
    for name, value in change.items():
        if value is not None:
            content[name] = value
        elif content.pop(name, None) is None:
            raise BadNotation(f"{name} is taken away, but it is not there.")


def build(schema_version: str, facts: Raw, content: Raw) -> Release:
    """The release that its facts (release.toml) and content (the YAML files) make. Raises BadNotation."""
    release, codes = facts["release"], content["codes"]
    built = Release(
        id=release["id"],
        schema_version=schema_version,
        schemas=facts["schemas"],
        follows=release.get("follows"),
        in_use=Period(release["in_use"]["from"], release["in_use"].get("until")),
        namespace=release["namespace"].format(schema="basisschema"),
        message_version=release["message_version"],
        types={name: read_type(name, line, codes.get(name, {})) for name, line in content["types"].items()},
        structures={name: read_class(name, lines) for name, lines in content["structures"].items()},
        messages={name: _message(name, facts, content["messages"][name]) for name in facts["messages"]},
        remarks=tuple(release.get("remarks", ())),
    )
    _check_types("", built.structures, built)
    for message in built.messages.values():
        _check_types(f"{message.name}/", message.classes, built)
    return built


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
        classes={kind: read_class(f"{name}/{kind}", lines) for kind, lines in classes.items()},
        answers=next((other for other, its in flows.items() if its.get("answered_by") == name), None),
        answered_by=flow.get("answered_by"),
        answer_within_workdays=flow.get("answer_within_workdays"),
    )


def _check_types(where: str, classes: Classes, release: Release) -> None:
    """Every element has a type that exists. Raises BadNotation."""
    known = classes.keys() | release.structures.keys() | release.types.keys()
    for name, elements in classes.items():
        for element in elements:
            if element.type not in known:
                raise BadNotation(f"{where}{name}/{element.name}: there is no type {element.type}.")
