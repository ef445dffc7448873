"""HTML is a page of its own: the verdict first, then problem by problem what to do and where."""

import re

from keten.validation import Finding
from keten.validation.forms.html import HANDFUL, MOST_CLIENTS, MOST_MESSAGES, MOST_PLACES, MOST_SAYINGS
from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report


def words(page: str) -> str:
    """What a reader sees, with the space between words evened out."""
    body = page[page.index("<main>") :]
    return " ".join(re.sub("<[^>]*>", " ", body).split())


def test_the_verdict_comes_first() -> None:
    """Then which message it is about."""
    assert words(rendered("html", report())).startswith(
        "Validation valid in/a.xml: AW33 2.0, schema 1.3, 7 clients (B1, 2018-04-03). Nothing is wrong."
    )
    assert words(rendered("html", report(verdict="unclear"))).startswith("Validation unclear")
    assert words(rendered("html", report(), report(finding()))).startswith(
        "Validation invalid 2 messages with 14 clients."
    )


def test_a_problem_says_what_to_do_before_its_code() -> None:
    """And gathers the places where the same is wrong."""
    same = [
        Finding("CS003", "rule", "It ends too early.", number, (f"/Bericht/Clienten/Client[{number}]/A/B",))
        for number in (1, 2)
    ]
    text = words(rendered("html", report(*same)))
    assert text.index("It ends too early.") < text.index("CS003")
    assert text.count("It ends too early.") == 1
    assert "clients 1, 2 A/B" in text
    text = words(rendered("html", report(finding(1), finding(2))))
    assert text.index("Put the element right") < text.index("XSD") < text.index("Wrong 1.") < text.index("Wrong 2.")


def test_a_chart_is_drawn_when_there_is_more_than_a_handful() -> None:
    """Of kinds of problems."""
    few = [finding(number, code=f"CS{number:03}") for number in range(HANDFUL)]
    assert "Findings by code" not in rendered("html", report(*few))
    assert "Findings by code" in rendered("html", report(*few, finding(9, code="CD001")))


def test_ten_thousand_findings_stay_a_page() -> None:
    """What is not told is counted."""
    page = rendered("html", report(*(finding(number) for number in range(1, 10_001))))
    assert len(page) < 30_000
    assert f"{10_000 - MOST_SAYINGS:,} more findings of this code".replace(",", "\u202f") in page
    same = [Finding("TR016", "rule", "It ends late.", number) for number in range(1, 10_001)]
    assert f"and {10_000 - MOST_CLIENTS:,} more".replace(",", "\u202f") in rendered("html", report(*same))
    everywhere = [Finding("TR016", "rule", "It ends late.", None, (f"/A[{number}]",)) for number in range(10_000)]
    page = rendered("html", report(*everywhere))
    assert f"in {10_000 - MOST_PLACES:,} more places".replace(",", "\u202f") in page


def test_many_messages_stay_a_page() -> None:
    """The first that are wrong are told in full."""
    page = words(rendered("html", report(), *(report(finding()) for _ in range(MOST_MESSAGES + 3))))
    assert "3 more messages are not valid" in page
    assert page.count("Wrong 1.") == MOST_MESSAGES


def test_it_needs_no_network_and_a_hostile_name_is_text() -> None:
    """No scripts, no addresses; nothing of the name is markup or template."""
    page = rendered("html", report(finding(), name=HOSTILE))
    assert re.findall(r"https?://|<script|<link|<img|src=|url\(", page) == []
    assert "<b>&" not in page
    assert "{{ 7*7 }}" in page
