"""Criteria as they are written: what is read, what is refused, and the set that keten proposes."""

import re
from datetime import date
from fnmatch import fnmatchcase

import pytest

from keten.acceptance import codes
from keten.rehearsal.catalogue import kinds
from keten.rehearsal.criteria import WrongCriteria, read_criteria, standard_criteria

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


def test_reading() -> None:
    """Every part is read as it is meant."""
    (criterion,) = read_criteria(GOOD)
    assert (criterion.id, criterion.measure, criterion.of) == ("valid", ("after.refused",), ("after.messages",))
    assert (criterion.agreed_by, criterion.agreed_on) == ("ZN, ZIN", date(2018, 1, 15))
    assert str(criterion.limit) == "1/2"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("most: 0.5", "most: few", "must be a number, not 'few'"),
        ("most: 0.5", "most: true", "must be a number, not True"),
        ("  most: 0.5\n", "", "must have one limit"),
        ("most: 0.5", "most: 1\n  least: 1", "must have one limit"),
        ("scope: national", "scope: region", "`scope` is national or zorgkantoor"),
        ("blocking: true", "blocking: maybe", "`blocking` true or false"),
        ("blocking: true", "blocking: false", "None of the criteria is blocking"),
        ("  measure: after.refused\n", "", "lacks measure"),
        ("source:", "sauce:", "unknown part: sauce"),
        ("date: 2018-01-15", "date: soon", "`date`, a day"),
        ("date: 2018-01-15", "at: 2018-01-15", "`date`, a day"),
        (GOOD, "- valid", "must be a list of names"),
        (GOOD, "valid: yes", "lacks"),
        (GOOD, "valid: {", "are no YAML"),
    ],
)
def test_refusing(old: str, new: str, said: str) -> None:
    """A file that cannot decide is refused, with what is wrong with it."""
    with pytest.raises(WrongCriteria, match=re.escape(said)):
        read_criteria(GOOD.replace(old, new))


def test_what_keten_proposes_can_be_measured() -> None:
    """Every figure in the criteria is in the catalogue, but for those that are named as to come."""
    named = {name for one in read_criteria(standard_criteria()) for name in (*one.measure, *one.of)}
    known = {name for name in named if any(name == kind or fnmatchcase(name, kind) for kind in kinds())}
    assert {name for name in named - known if not any(fnmatchcase(name, one) for one in NOT_MEASURED_YET)} == set()


def test_every_error_of_the_judge_blocks() -> None:
    """Each code, for any may be an error where copies disagree, is asked after by a blocking criterion, and by one only."""
    asked = [
        name.removeprefix("judge.error.")
        for one in read_criteria(standard_criteria())
        if one.blocking
        for name in one.measure
        if name.startswith("judge.error.")
    ]
    assert sorted(asked) == sorted(codes())
