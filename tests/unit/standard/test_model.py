"""What a release says of itself: cardinality, periods, the days on which a schema version counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.standard import Element, Period, load, load_as_of, load_versions, release_ids
from tests.unit.standard.making import release


@pytest.mark.parametrize(
    ("optional", "repeats", "cardinality"),
    [(False, False, "1"), (True, False, "0..1"), (False, True, "1..*"), (True, True, "0..*")],
)
def test_cardinality(optional: bool, repeats: bool, cardinality: str) -> None:  # noqa: FBT001 as pytest hands it
    """How often an element stands there."""
    assert Element("A", "T", optional, repeats).cardinality == cardinality


def test_what_narrows_an_element_in_place_comes_on_top_of_its_type() -> None:
    """All patterns must match: those of the type and those of the element."""
    made = release(types="Tekst: string 1..3 a+", messages={"ABC1": "Root: {A: Tekst b+, B: Tekst}"})
    narrowed, plain = made.messages["ABC1"].classes["Root"]
    assert made.type_of(narrowed).patterns == ("a+", "b+")
    assert made.type_of(narrowed).max_length == 3
    assert made.type_of(plain) == made.types["Tekst"]


DAYS = st.dates(date(2010, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS | st.none(), DAYS)
def test_a_period_holds_its_first_and_its_last_day(start: date, end: date | None, day: date) -> None:
    """Without an end it holds all days from its start; with one, exactly so many."""
    period = Period(start, end)
    assert (day in period) == (start <= day and (end is None or day <= end))
    if end is None:
        assert period.days is None
    else:
        assert period.days == len([n for n in range((end - start).days + 1) if start + timedelta(n) in period])


def test_a_period_in_words() -> None:
    """As a sentence has it."""
    assert str(Period(date(2018, 4, 3))) == "from 2018-04-03"
    assert str(Period(date(2018, 4, 3), date(2019, 12, 31))) == "from 2018-04-03 until 2019-12-31"


@pytest.mark.parametrize("release_id", release_ids())
def test_on_every_day_of_use_one_schema_version_counts(release_id: str) -> None:
    """It is the one that the day itself leads to, and on other days there is none."""
    versions = load_versions(release_id)
    in_use = versions[0].in_use
    last = in_use.end or date(2022, 1, 1)
    for number in range(-2, (last - in_use.start).days + 3):
        day = in_use.start + timedelta(number)
        counts = [version for version in versions if day in version.in_force]
        assert counts == ([load_as_of(release_id, day)] if day in in_use else [])


def test_the_schema_of_the_switch() -> None:
    """On 3 April 2018 schema 1.3 of release 2.0 counted, for 15 days."""
    assert load("2.0@1.3").in_force == Period(date(2018, 4, 3), date(2018, 4, 17))
    assert load("2.0@1.2").in_force.days == 0
