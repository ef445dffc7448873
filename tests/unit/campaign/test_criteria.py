"""Criteria as they are written: what is read, what is refused, and the set that keten proposes."""

import re
from datetime import date
from fnmatch import fnmatchcase

import pytest

from keten.acceptance import codes
from keten.campaign.criteria import Criterion, WrongCriteria, read_criteria, standard_criteria
from keten.campaign.figures import kinds

GOOD = """
valid:
  says: Every message is valid.
  measure: after.refused
  most: 0.5
  of: after.messages
  scope: national
  blocking: true
  agreed: { by: "ZN, ZIN", date: 2018-01-15 }
  source: "April 2018, finding 5"
"""
NOT_MEASURED_YET = {"subsidy.*"}
"""Figures that criteria name beforehand, for what is still to be built."""


def read(text: str) -> tuple[Criterion, ...]:
    return read_criteria(text.encode(), "criteria.yaml")


def test_reading() -> None:
    """Every part is read as it is meant."""
    (criterion,) = read(GOOD)
    assert (criterion.id, criterion.measure, criterion.of) == ("valid", ("after.refused",), ("after.messages",))
    assert (criterion.agreed_by, criterion.agreed_on) == ("ZN, ZIN", date(2018, 1, 15))
    assert str(criterion.limit) == "1/2"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("most: 0.5", "most: few", "valid.most"),
        ("most: 0.5", "most: true", "valid.most"),
        ("most: 0.5", "most: .nan", "valid.most"),
        ("most: 0.5", "most: .inf", "valid.most"),
        ("most: 0.5", "most: 1e400", "valid.most"),
        ("most: 0.5", "most: -1", "valid.most"),
        ("most: 0.5", "most: 1" + "0" * 30, "valid.most"),
        ("most: 0.5", "most: 1" + "0" * 5000, "is no YAML"),
        ("  most: 0.5\n", "", "valid must have one limit"),
        ("most: 0.5", "most: 1\n  least: 1", "valid must have one limit"),
        ("most: 0.5", "most: 1\n  most: 2", "the key 'most' stands twice"),
        ("scope: national", "scope: region", "valid.scope should be 'national' or 'zorgkantoor'"),
        ("blocking: true", "blocking: maybe", "valid.blocking should be"),
        ("blocking: true", "blocking: false", "none of the criteria is blocking"),
        ("  measure: after.refused\n", "", "valid.measure is missing"),
        ("measure: after.refused", "measure: []", "valid.measure List should have at least 1"),
        ("measure: after.refused", "measure: [1]", "valid.measure.0 should be a valid string"),
        ("source:", "sauce:", "valid.sauce is not known"),
        ("date: 2018-01-15", "date: soon", "valid.agreed.date should be a valid date"),
        ("date: 2018-01-15", "date: 2018-13-45", "is no YAML"),
        ("date: 2018-01-15", "at: 2018-01-15", "valid.agreed.date is missing"),
        ("valid:", '"val\\e[31mid":', "holds a character that cannot be printed"),
        (GOOD, GOOD * 2, "the key 'valid' stands twice"),
        (GOOD, "&a [*a]", "refers from one place to another"),
        (GOOD, "- valid", "should be a valid dictionary"),
        (GOOD, "valid: yes", "valid should be"),
        (GOOD, "valid: {", "is no YAML"),
        (GOOD, "[" * 100_000, "is no YAML"),
        (GOOD, "{}", "none of the criteria is blocking"),
    ],
)
def test_refusing(old: str, new: str, said: str) -> None:
    """A file that cannot decide is refused, with what is wrong with it."""
    with pytest.raises(WrongCriteria, match=re.escape(said)):
        read(GOOD.replace(old, new))


def test_what_keten_proposes_can_be_measured() -> None:
    """Every figure in the criteria is in the catalogue, but for those that are named as to come."""
    named = {name for one in read(standard_criteria()) for name in (*one.measure, *one.of)}
    known = {name for name in named if any(name == kind or fnmatchcase(name, kind) for kind in kinds())}
    assert {name for name in named - known if not any(fnmatchcase(name, one) for one in NOT_MEASURED_YET)} == set()


def test_every_error_of_the_judge_blocks() -> None:
    """Each code, for any may be an error where copies disagree, is asked after by a blocking criterion, and by one only."""
    asked = [
        name.removeprefix("judge.error.")
        for one in read(standard_criteria())
        if one.blocking
        for name in one.measure
        if name.startswith("judge.error.")
    ]
    assert sorted(asked) == sorted(codes())
