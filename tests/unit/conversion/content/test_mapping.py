"""Every element of AW33 and ZK33, of either side and every schema version of 2.0, stands in the mapping table."""

import pytest

from keten.conversion.content.mapping import lines_of, mapping
from keten.conversion.settings import SOURCE_RELEASE
from keten.messages import layout_of
from keten.standard import Release, load, load_versions
from tests.unit.conversion.test_cases import LAW, RULE

MESSAGES = ("AW33", "ZK33")
TARGETS = load_versions("2.0")


def elements(release: Release, message: str) -> dict[str, set[str]]:
    """The elements of a message by the class that they stand in, as the table has them."""
    tables = layout_of(release, message).tables
    found: dict[str, set[str]] = {}
    for name, table in tables.items():
        found.setdefault(name.rsplit("/", maxsplit=1)[-1], set()).update(column.name for column in table.columns)
    return found


@pytest.mark.parametrize("message", MESSAGES)
def test_every_element_before(message: str) -> None:
    """Those of 1.2: none is missing, none is made up."""
    told = {name: {line.old for line in lines if line.old} for name, lines in mapping().items()}
    assert told == elements(load(SOURCE_RELEASE), message)


@pytest.mark.parametrize("release", TARGETS, ids=lambda release: release.reference)
@pytest.mark.parametrize("message", MESSAGES)
def test_every_element_after(release: Release, message: str) -> None:
    """Those of 2.0, in each of its schema versions: none is missing, none is made up."""
    told = {
        name: {line.new for line in lines if line.new and line.only in (None, message)}
        for name, lines in mapping().items()
    }
    assert told == elements(release, message)


def test_what_is_dropped_has_a_reason() -> None:
    """And a rule; and what is made, renamed with a change, or repaired, has a rule."""
    law = set(RULE.findall(LAW.read_text(encoding="utf-8")))
    for name, lines in mapping().items():
        for line in lines:
            for how in line.hows:
                place = f"{name} {line.old or line.new}"
                assert set(how.rules) <= law, place
                assert bool(how.reason) == (how.way == "dropped"), place
                assert bool(how.rules) or how.way in ("same", "renamed"), place


def test_a_contact_is_one_class_wherever_it_stands() -> None:
    """Of a client and of a Relatie."""
    assert lines_of("Client/Contact") == lines_of("Relatie/Contact") == mapping()["Contact"]


def test_a_renamed_element_is_carried_under_its_new_name() -> None:
    """Beperking/Beperking became Categorie (K1)."""
    line = next(one for one in lines_of("Beperking") if one.old == "Beperking")
    assert (line.new, line.carried) == ("Categorie", True)
