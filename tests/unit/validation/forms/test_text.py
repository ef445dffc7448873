"""Text is for people: the verdict, what to do, then client by client what is wrong."""

from datetime import date

from keten.validation import Finding
from keten.validation.advising import advice
from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report


def test_what_to_do_comes_first_and_the_code_last() -> None:
    """Per finding the record, the words, and its places."""
    todo = advice("XSD")
    assert rendered("text", report(finding(3), finding(4))).splitlines() == [
        "in/a.xml: invalid (AW33 2.0, schema 1.3, 7 clients)",
        f"  {todo}  [XSD, 2x]",
        "    client 3: Wrong 3.",
        "        at /Bericht/Clienten/Client[3]/X",
        "    client 4: Wrong 4.",
        "        at /Bericht/Clienten/Client[4]/X",
    ]


def test_a_rule_says_itself_what_to_do() -> None:
    """Once for all clients in which it is broken."""
    late = [Finding("CS023", "rule", "Correct this date.", number, ("/A", "/B")) for number in (1, 2)]
    assert rendered("text", report(*late)).splitlines()[1:] == [
        "  Correct this date.  [CS023, 2x]",
        "    client 1",
        "        at /A",
        "        at /B",
        "    client 2",
        "        at /A",
        "        at /B",
    ]


def test_a_warning_is_called_one() -> None:
    """It rejects nothing."""
    assert "    client 1 (a warning)" in rendered("text", report(Finding("CS1", "rule", "Odd.", 1, (), "warning")))


def test_the_first_findings_are_shown_and_the_rest_is_counted() -> None:
    """Whether they were listed or only counted."""
    many = [finding(number) for number in range(1, 61)]
    assert rendered("text", report(*many, total=100)).splitlines()[-1] == "  ... and 50 more; --format json lists them."
    assert (
        rendered("text", report(*many[:3], total=5)).splitlines()[-1] == "  ... and 2 more; --format json lists them."
    )


def test_more_inputs_close_with_a_count() -> None:
    """How many are valid, how many not."""
    text = rendered("text", report(), report(finding()), report(message=None))
    assert text.splitlines()[-1] == "3 messages: 2 valid, 1 not."
    assert "no known message" in text


def test_a_judgement_that_was_interrupted_says_so() -> None:
    """Its verdict is unclear, whatever was found."""
    assert "interrupted" in rendered("text", report(verdict="unclear"))


def test_the_day_as_on_which_was_judged_is_named() -> None:
    """It is part of the verdict."""
    assert "schema 1.3, as of 2018-04-03, 7 clients" in rendered("text", report(day=date(2018, 4, 3)))


def test_a_hostile_name_does_nothing_to_the_screen() -> None:
    """What cannot be printed is spelled out."""
    text = rendered("text", report(name=HOSTILE))
    assert "\x1b" not in text
    assert "\\x1b[31m\\u202e\\udcff" in text
