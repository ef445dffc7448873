"""JUnit is for build servers: a suite per input, a case per code."""

from lxml import etree

from keten.validation import Report
from tests.unit.validation.forms.making import HOSTILE, finding, rendered, report


def suites(*reports: Report) -> list[etree._Element]:
    """The suites of reports."""
    root = etree.fromstring(rendered("junit", *reports).encode())
    assert root.tag == "testsuites"
    return list(root)


def counts(suite: etree._Element) -> tuple[str | None, ...]:
    return tuple(suite.get(name) for name in ("name", "tests", "failures", "errors"))


def test_a_valid_message_is_a_suite_that_passed() -> None:
    """With one case, so that it is seen to have run."""
    (suite,) = suites(report())
    assert counts(suite) == ("in/a.xml", "1", "0", "0")
    assert [len(case) for case in suite] == [0]


def test_every_code_is_a_case_that_failed() -> None:
    """With what to do, and all that was found."""
    (suite,) = suites(report(finding(1), finding(2), finding(3, code="CS003")))
    assert counts(suite) == ("in/a.xml", "2", "2", "0")
    assert [case.get("name") for case in suite] == ["CS003", "XSD"]
    failure = suite[1][0]
    assert failure.get("message", "").startswith("2x. Put the element right")
    assert "client 2: Wrong 2. /Bericht/Clienten/Client[2]/X" in str(failure.text)


def test_what_was_interrupted_is_an_error() -> None:
    """Beside what was found until then."""
    (suite,) = suites(report(finding(), verdict="unclear"))
    assert counts(suite) == ("in/a.xml", "2", "1", "1")


def test_each_input_is_a_suite_whatever_it_is_called() -> None:
    """A hostile name is text."""
    assert [suite.get("name", "")[:7] for suite in suites(report(), report(name=HOSTILE))] == ["in/a.xm", "in/<b>&"]
