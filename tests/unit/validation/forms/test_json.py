"""JSON is for programs: an object for one input, a list for more."""

import json
from datetime import date

from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report


def test_one_input_is_an_object_and_more_are_a_list() -> None:
    """With everything that is known, and seconds to a thousandth."""
    some = report(finding(1), finding(2), total=3)
    one = json.loads(rendered("json", some))
    assert (one["counts"], one["truncated"], one["seconds"]) == (
        {"clients": 7, "findings": 3, "byCode": {"XSD": 3}},
        True,
        0.123,
    )
    places = [place for found in one["findings"] for place in found["locations"]]
    assert places == ["/Bericht/Clienten/Client[1]/X", "/Bericht/Clienten/Client[2]/X"]
    assert json.loads(rendered("json", some, some)) == [one, one]
    assert json.loads(rendered("json", some, some, some)) == [one, one, one]
    assert json.loads(rendered("json")) == []


def test_the_reference_date_is_the_day_asked_for_or_else_the_dagtekening() -> None:
    """The day by which the verdict holds."""
    assert json.loads(rendered("json", report()))["referenceDate"] == "2018-04-03"
    assert json.loads(rendered("json", report(day=date(2018, 5, 1))))["referenceDate"] == "2018-05-01"


def test_a_hostile_name_is_text_that_can_be_written() -> None:
    """Also when it is no UTF-8."""
    assert json.loads(rendered("json", report(name=HOSTILE)).encode())["input"]["name"].startswith("in/<b>&")
