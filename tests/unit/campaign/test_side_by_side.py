"""Zorgkantoren side by side: sums, shares, what was not measured, and codes in words."""

from fnmatch import fnmatchcase

from keten.campaign.figures import kinds, words_of
from keten.campaign.side_by_side import Measure, by_code, cell, measures

EXCEPTIONS = Measure("exceptions", ("conversion.exceptions.*",), ("conversion.items",), bad=True)


def test_a_cell_is_a_sum_and_its_whole() -> None:
    """Figures by pattern are added up; something bad is marked when there is any of it."""
    shown = cell(EXCEPTIONS, {"conversion.items": 50, "conversion.exceptions.EX01": 2, "conversion.exceptions.EX08": 3})
    assert (shown.part, shown.whole, shown.bad) == (5, 50, True)


def test_what_did_not_occur_is_nothing() -> None:
    """If its whole was measured; and it is not bad."""
    shown = cell(EXCEPTIONS, {"conversion.items": 50})
    assert (shown.part, shown.whole, shown.bad) == (0, 50, False)


def test_what_was_not_measured_is_not_nothing() -> None:
    """It is shown as not known."""
    shown = cell(EXCEPTIONS, {"after.messages": 3})
    assert (shown.part, shown.whole, shown.bad) == (None, None, False)


def test_codes_are_told_in_words_the_most_frequent_first() -> None:
    """With the title of the judge's code; a code that did not occur is left out."""
    figures = {"judge.error.AC103": 1, "judge.error.AC201": 4, "judge.error.AC601": 0}
    assert by_code(Measure("errors", ("judge.error.*",)), figures) == [
        ("AC201 A client is missing", 4),
        ("AC103 Too many clients in a message", 1),
    ]


def test_words() -> None:
    """A figure, a code of a family, the family, and a figure of no catalogue."""
    assert words_of("after.refused") == "messages that are not valid"
    assert words_of("judge.error.AC201") == "errors: AC201 A client is missing"
    assert words_of("judge.error.*") == "errors"
    assert words_of("subsidy.passed") == "subsidy.passed"


def test_what_is_compared_is_in_the_catalogue() -> None:
    """Every figure that the page asks for, and every whole of a kind."""
    asked = {name for some in measures().values() for one in some for name in (*one.measure, *one.of)}
    asked |= {kind.of for kind in kinds().values() if kind.of}
    assert [name for name in sorted(asked) if not any(fnmatchcase(name, kind) for kind in kinds())] == []
