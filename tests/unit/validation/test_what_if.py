"""What another release would refuse is what libxml2 refuses by its schema; how values are written, never what they are."""

from pathlib import Path
from random import Random

import polars as pl
import pytest

from keten.messages import Source
from keten.standard import Release, UnknownRelease, load, load_versions, release_ids
from keten.validation import Refusal, WhatIf, what_if
from keten.validation.trials import LONGEST, shape
from tests.generating import PLAIN, accepts, document, written
from tests.unit.messages.harness import AW35

HUISNUMMER = (Path(__file__).parents[2] / "cases" / "messages" / "AW33-huisnummertoevoeging.xml").read_bytes()
TOEVOEGING = "/Client/Contactgegevens/Contact/Adres/Huis/HuisnummerToevoeging"
MESSAGES = [
    pytest.param(release, name, id=f"{release.reference}-{name}")
    for release_id in release_ids()
    for name in load(release_id).messages
    for release in load_versions(release_id)
    if len(load(release_id).schemas) > 1
]


def tried(folder: Path, *texts: bytes, against: tuple[str, ...] = ("2.0@1.3",), release: str | None = None) -> WhatIf:
    """The outcome for these messages."""
    sources = [Source(f"{number}.xml", folder / f"{number}.xml") for number in range(len(texts))]
    for source, text in zip(sources, texts, strict=True):
        assert source.path
        source.path.write_bytes(text)
    return what_if(sources, against, release=release)


@pytest.mark.parametrize(("release", "name"), MESSAGES)
def test_a_schema_version_refuses_what_libxml2_refuses_by_it(release: Release, name: str, tmp_path: Path) -> None:
    """Of messages that are right by another schema version of the same release."""
    random = Random(f"{release.reference} {name}")
    text = written(release, document(release, name, random, clients=3), PLAIN, random)
    versions = load_versions(release.id)
    outcome = tried(tmp_path, text, against=tuple(one.reference for one in versions), release=release.reference)
    refused = {trial.against for trial in outcome.trials if trial.elements}
    assert refused == {one.reference for one in versions if not accepts(one, name, text)}


def test_the_restriction_of_april_2018_jumps_out(tmp_path: Path) -> None:
    """One line says which element, how it is written, and in how many clients; the version after it refuses nothing."""
    small = HUISNUMMER.replace(b"HuisnummerToevoeging>bis<", b"HuisnummerToevoeging>2b<")
    outcome = tried(tmp_path, HUISNUMMER, small, AW35, against=("2.0@1.3", "2.0@1.4"))
    then, later = outcome.trials
    assert (outcome.messages, then.messages, then.clients, then.elements) == (3, 2, 2, 2)
    expected = "text of 1 to 4 characters, not only blanks, only capitals and digits"
    assert then.refusals == (
        Refusal(TOEVOEGING, "value", "9a", expected, 1, 1),
        Refusal(TOEVOEGING, "value", "aaa", expected, 1, 1),
    )
    assert (later.elements, later.refusals, outcome.refused) == (0, (), True)


def test_an_element_of_another_release_is_compared_by_value_only(tmp_path: Path) -> None:
    """The outcome says so, and which elements have no namesake."""
    random = Random(1)
    release = load("1.2")
    text = written(release, document(release, "AW33", random, fullness=1.0, ordinary=True), PLAIN, random)
    (trial,) = tried(tmp_path, text, against=("2.0",)).trials
    assert trial.by_value_only
    assert "/Client/Clientnummer" in trial.not_compared
    assert {one.reason for one in trial.refusals} <= {"value"}
    assert not any("BerichtVersie" in one.element for one in trial.refusals)


def test_a_message_that_a_release_does_not_have_is_named(tmp_path: Path) -> None:
    """Nothing of it can be tried."""
    random, release = Random(2), load("2.0")
    text = written(release, document(release, "ZK31", random), PLAIN, random)
    (trial,) = tried(tmp_path, text, against=("1.2",)).trials
    assert (trial.not_compared, trial.elements) == (("ZK31",), 0)


def test_what_is_wrong_already_is_counted_apart(tmp_path: Path) -> None:
    """A wrong client, and what cannot be read."""
    outcome = tried(tmp_path, AW35.replace(b"<m:Geslacht>2", b"<m:Geslacht>8"), b"no XML")
    assert (outcome.messages, outcome.clients, outcome.wrong_clients, outcome.unreadable) == (2, 2, 1, 1)


def test_a_code_is_shown_as_it_is_and_a_name_is_not(tmp_path: Path) -> None:
    """A code identifies nobody."""
    random, release = Random(3), load("2.0@1.4")
    text = written(release, document(release, "AW39", random, fullness=1.0, ordinary=True), PLAIN, random)
    (trial,) = tried(tmp_path, text, against=("2.0@1.9",), release="2.0@1.4").trials
    patterns = {one.element.rpartition("/")[2]: one.pattern for one in trial.refusals}
    assert patterns["ExtraKostenThuis"] in release.types["LDT_ExtraKostenThuis"].codes


SHAPES = {
    "2b": "9a",
    "A-1": "A-9",
    "bis": "aaa",
    "Żółw": "Aaaa",
    "van den Berg": "aaa_aaa_Aaaa",
    "Proefpersoon": "Aa+",
    "999990019": "9+",
    "o'neil@example.org": "a'aaaa@a+.aaa",
    "\u65e5\u672c": "aa",
    "\U0001f600\x01": "??",
    "": "",
}


@pytest.mark.parametrize(("value", "pattern"), SHAPES.items(), ids=SHAPES.values())
def test_a_pattern_says_how_a_value_is_written(value: str, pattern: str) -> None:
    """Capitals, other letters, digits and white space by their kind, runs of five or more cut short."""
    assert pl.select(shape(pl.lit(value))).item() == pattern


def test_a_pattern_stays_short() -> None:
    """However long and varied the value is."""
    assert len(pl.select(shape(pl.lit("a1" * 500))).item()) == LONGEST + len("...")


def test_a_release_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """Before anything is read."""
    with pytest.raises(UnknownRelease):
        tried(tmp_path, AW35, against=("2.0@7.0",))
