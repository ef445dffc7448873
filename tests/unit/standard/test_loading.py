"""Releases are found by reference, namespace and day; what is not there is said."""

from datetime import date

import pytest

from keten.core import UsageError
from keten.standard import UnknownRelease, load, load_as_of, load_versions, release_ids, release_of_namespace


def test_releases_stand_oldest_first() -> None:
    """By number, not by letter."""
    assert release_ids() == ("1.2", "2.0", "2.1", "2.2")


def test_without_a_schema_version_it_is_the_latest() -> None:
    """The same release, whichever way it is asked for."""
    assert load("2.0") is load("2.0@1.9")
    assert load("2.0").reference == "2.0@1.9"


def test_all_schema_versions_of_a_release() -> None:
    """In the order of their publication."""
    references = [release.reference for release in load_versions("2.0")]
    assert references == [f"2.0@{version}" for version in ("1.2", "1.3", "1.4", "1.6", "1.7", "1.8", "1.9")]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("3.0", "There is no release '3.0'; known are 1.2, 2.0, 2.1, 2.2."),
        ("", "There is no release ''; known are 1.2, 2.0, 2.1, 2.2."),
        ("../2.0", "There is no release '../2.0'; known are 1.2, 2.0, 2.1, 2.2."),
        ("2.0@1.5", "Release 2.0 has no schema version '1.5', only 1.2, 1.3, 1.4, 1.6, 1.7, 1.8, 1.9."),
        ("2.1@1.2@x", "Release 2.1 has no schema version '1.2@x', only 1.2."),
    ],
)
def test_an_unknown_release(reference: str, message: str) -> None:
    """The error says what there is, and is one of wrong usage."""
    with pytest.raises(UnknownRelease) as caught:
        load(reference)
    assert str(caught.value) == message
    assert isinstance(caught.value, UsageError)
    assert "keten standard list" in caught.value.hint


@pytest.mark.parametrize(
    ("release", "day", "version"),
    [
        ("2.0", date(2017, 1, 1), "1.2"),
        ("2.0", date(2018, 4, 3), "1.3"),
        ("2.0", date(2018, 4, 17), "1.3"),
        ("2.0", date(2018, 4, 18), "1.4"),
        ("2.0", date(2030, 1, 1), "1.9"),
        ("1.2", date(2018, 3, 30), "1.2"),
    ],
)
def test_the_schema_version_of_a_day(release: str, day: date, version: str) -> None:
    """The last one published by then; before the first, the first."""
    assert load_as_of(release, day).schema_version == version


def test_an_unknown_release_of_a_day() -> None:
    """Asked for with a day, an unknown release is as unknown."""
    with pytest.raises(UnknownRelease):
        load_as_of("3.0", date(2018, 4, 3))


def test_every_namespace_leads_to_its_message() -> None:
    """No two messages of any releases share a namespace, and the common types are no message."""
    for release in map(load, release_ids()):
        assert release_of_namespace(release.namespace) is None
        for message in release.messages.values():
            assert release_of_namespace(message.namespace) == (release.id, message.name)
    assert release_of_namespace("http://example.org/") is None
