"""Finds a release, in any of its schema versions: by its reference, by a namespace, by a day."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from keten.core import UsageError
from keten.standard.assembling import RELEASES, assemble, facts_of
from keten.standard.model import Release


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
    schemas = list(facts_of(release_id)["schemas"])
    if not schema_version:
        return load(f"{release_id}@{schemas[-1]}")
    if schema_version not in schemas:
        raise UnknownRelease(
            f"Release {release_id} has no schema version {schema_version!r}, only {', '.join(schemas)}."
        )
    return assemble(release_id, schema_version)


def load_versions(release_id: str) -> tuple[Release, ...]:
    """A release in all its schema versions, oldest first. Raises UnknownRelease."""
    return tuple(load(f"{release_id}@{version}") for version in load(release_id).schemas)


def release_of_namespace(namespace: str) -> tuple[str, str] | None:
    """The release and message whose elements live in a namespace, or None.

    >>> release_of_namespace("http://www.istandaarden.nl/iwlz/2_0/aw33/schema")
    ('2.0', 'AW33')
    """
    return _namespaces().get(namespace)


@cache
def _namespaces() -> Mapping[str, tuple[str, str]]:
    """The release and message of every namespace."""
    return {
        facts_of(release_id)["release"]["namespace"].format(schema=name.lower()): (release_id, name)
        for release_id in release_ids()
        for name in facts_of(release_id)["messages"]
    }


def load_as_of(release_id: str, day: date) -> Release:
    """A release in the schema version that counted on a day; before its first, the first. Raises UnknownRelease."""
    schemas = load(release_id).schemas
    published = [version for version, since in schemas.items() if since <= day]
    return load(f"{release_id}@{published[-1] if published else next(iter(schemas))}")
