"""Marks say which record of which client a finding is about, and whether the message is rejected as a whole."""

from keten.validation import Finding
from keten.validation.reply_marks import Marked, Marks

CLIENT = "/Bericht/Clienten/Client"


def rule(*locations: str, client: int | None = None, code: str = "9016") -> Finding:
    """A finding of a rule."""
    return Finding("TR016", "rule", "Wrong.", client, locations, return_code=code)


def marked(*findings: Finding) -> Marks:
    marks = Marks()
    for found in findings:
        marks.add(found)
    return marks


def listed(marks: Marked) -> list[tuple[int, str, str]]:
    return [
        (int(client), marks.path_names[path], marks.code_names[code])
        for client, path, code in zip(marks.clients, marks.paths, marks.codes, strict=True)
    ]


def test_every_place_in_a_client_is_a_mark() -> None:
    """In the order of the clients; what lies outside them is not marked then."""
    marks = marked(
        rule(f"{CLIENT}[3]/A[2]/B", f"{CLIENT}[3]/C", client=3),
        rule("/Bericht/Header/Ontvanger", f"{CLIENT}[1]/A", client=1, code="9021"),
    )
    assert listed(marks.marked()) == [(1, "/A", "9021"), (3, "/A[2]/B", "9016"), (3, "/C", "9016")]
    assert marks.header == {}


def test_a_finding_about_two_clients_marks_both() -> None:
    """Whoever of them it is reported at."""
    found = rule(f"{CLIENT}[2]", f"{CLIENT}[5]", client=5)
    assert [client for client, _, _ in listed(marked(found).marked())] == [2, 5]


def test_the_only_client_needs_no_index() -> None:
    """Nor does that of a message without a container."""
    assert listed(marked(rule(f"{CLIENT}/A", client=1)).marked()) == [(1, "/A", "9016")]
    assert listed(marked(rule("/Bericht/Client/A")).marked()) == [(1, "/A", "9016")]


def test_a_finding_without_a_place_marks_its_client_or_the_header() -> None:
    """There is always a record to say it on."""
    marks = marked(rule(client=4), rule("/Bericht/Header/A", code="9091"), rule("/Bericht/Header/B", code="9091"))
    assert listed(marks.marked()) == [(4, "", "9016")]
    assert list(marks.header) == ["9091"]


def test_a_technical_reason_rejects_the_message_and_no_record() -> None:
    """Before or after others."""
    technical = Finding("XSD", "structure", "Wrong.", 2, (f"{CLIENT}[2]/A",))
    for order in ((technical, rule(client=1)), (rule(client=1), technical)):
        marks = marked(*order)
        assert (marks.technical, listed(marks.marked())) == (True, [])


def test_a_warning_rejects_nothing() -> None:
    """It is told, not returned."""
    marks = marked(Finding("CS1", "rule", "Odd.", 1, (f"{CLIENT}[1]",), "warning"))
    assert (marks.technical, listed(marks.marked()), marks.header) == (False, [], {})


def test_marks_of_some_clients_can_be_taken() -> None:
    """As the reading of the message comes to them."""
    marks = marked(*(rule(client=number) for number in (7, 2, 5, 2))).marked()
    assert [client for client, _, _ in listed(marks.among(2, 5))] == [2, 2, 5]
    assert marks.rejected.tolist() == [2, 5, 7]
