"""Tables say what the document says, whichever way it was written."""

from random import Random

import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from keten.standard import Release, load
from tests.generating import PLAIN, Part, Style, any_style, document, message_definitions, written
from tests.unit.messages.harness import AW35, read_out, seeds, tiny

DEFINITIONS = [pytest.param(release, name, id=f"{release.id}-{name}") for release, name in message_definitions()]
ODD = Style(noise=0.5, cdata=0.3, references=0.3, self_closing=0.5, roomy=0.3)


@pytest.mark.parametrize(("release", "message"), DEFINITIONS)
@given(seed=seeds)
@settings(max_examples=4)
def test_the_same_content_gives_the_same_tables_however_it_is_written(
    release: Release, message: str, seed: int
) -> None:
    """What the kernel reads from a plain document, and what the exact path makes of the same one written oddly."""
    random = Random(seed)
    whole = document(release, message, random, clients=3)
    plainly = read_out(written(release, whole, PLAIN, random)).tables
    for style in (ODD, any_style(random)):
        text = written(release, whole, style, random)
        oddly = read_out(text, limits=tiny(text, random)).tables
        assert oddly.keys() == plainly.keys()
        for name, frame in plainly.items():
            assert_frame_equal(oddly[name], frame)


def test_rows_point_to_the_rows_they_hang_on() -> None:
    """Two packages of the first client, a function of the second."""
    tables = read_out(AW35).tables
    assert tables["Client"]["Bsn"].to_list() == ["999990019", "999990020"]
    packages = tables["GeleverdZorgzwaartepakket"]
    assert packages["parent"].to_list() == [0, 0]
    assert packages["Begindatum"].to_list() == ["2018-04-01", "2018-04-02"]
    assert tables["GeleverdeFunctie"]["parent"].to_list() == [1]
    assert tables["Header"].row(0, named=True)["BerichtIdentificatie/Identificatie"] == "MAZ0001"


PERIODES = {
    "absent": ([], {"Periode": None, "Periode/Begindatum": None}),
    "empty": ([[]], {"Periode": True, "Periode/Begindatum": None}),
    "filled": ([["2018-01-01"]], {"Periode": True, "Periode/Begindatum": "2018-01-01"}),
}
"""The Periode of a contact, given by its Begindatum, and what the tables say of it."""


@pytest.mark.parametrize(("periodes", "cells"), PERIODES.values(), ids=PERIODES.keys())
def test_a_structure_may_be_absent_empty_or_filled(periodes: list[list[str]], cells: dict[str, object]) -> None:
    """Null is absent; a structure that may be empty has a flag that says it is there."""
    release, random = load("1.2"), Random(7)
    whole = document(release, "AW33", random, clients=1, fullness=1.0)
    for contact in (part for part in whole.all() if part.name == "Contact"):
        del contact.parts[1:]
        for begin in periodes:
            dates = [Part(release.namespace, "Begindatum", date) for date in begin]
            contact.parts.append(Part(whole.namespace, "Periode", parts=dates))
    row = read_out(written(release, whole, PLAIN, random)).tables["Client/Contact"].row(0, named=True)
    assert {name: row[name] for name in cells} == cells


def test_an_empty_text_is_not_an_absent_one() -> None:
    """1.2 allows empty names; what was written empty must be written empty again."""
    release, random = load("1.2"), Random(8)
    whole = document(release, "AW35", random, clients=2, fullness=1.0)
    first, second = (part for part in whole.all() if part.name == "Voornamen")
    first.text = ""
    next(part for part in whole.all() if second in part.parts).parts.remove(second)
    assert read_out(written(release, whole, PLAIN, random)).tables["Client"]["Naam/Voornamen"].to_list() == ["", None]
