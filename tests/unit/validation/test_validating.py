"""A message is read once, everything in it is counted, and the report says enough to repeat the judgement."""

import hashlib
from pathlib import Path

import pytest

from keten.messages import Source
from keten.standard import UnknownRelease
from keten.validation import Report, validate
from tests.unit.messages.harness import AW35

WRONG = AW35.replace(b"<m:Geslacht>2", b"<m:Geslacht>8").replace(b"<m:Geslacht>1", b"<m:Geslacht>8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a message can be put."""
    return tmp_path / "a.xml"


def judged(path: Path, text: bytes, *, max_findings: int = 0, release: str | None = None) -> Report:
    path.write_bytes(text)
    return validate(path, max_findings=max_findings, release=release)


def test_a_report_identifies_what_was_judged_and_by_what(path: Path) -> None:
    """The input to the byte, its own identification, the release and schema version."""
    report = judged(path, AW35)
    assert (report.input.bytes, report.input.sha256) == (len(AW35), hashlib.sha256(AW35).hexdigest())
    assert (report.input.identificatie, report.input.dagtekening) == ("MAZ0001", "2018-04-05")
    assert (report.release, report.schema_version, report.message) == ("2.0", "1.9", "AW35")
    assert (report.verdict, report.clients, report.total, report.truncated) == ("valid", 2, 0, False)


def test_findings_are_counted_also_when_they_are_not_listed(path: Path) -> None:
    """The list may be cut off, the number may not."""
    assert [len(judged(path, WRONG, max_findings=most).findings) for most in (0, 1, 2, 3)] == [2, 1, 2, 2]
    report = judged(path, WRONG, max_findings=1)
    assert (report.total, report.by_code, report.truncated) == (2, {"XSD": 2}, True)


def test_a_location_has_an_index_only_beside_siblings(path: Path) -> None:
    """The only client of a message is Client, the second of two Client[2]."""
    first, second = WRONG.index(b"<m:Client>"), WRONG.rindex(b"<m:Client>")
    assert judged(path, WRONG).findings[1].locations == ("/Bericht/Clienten/Client[2]/Geslacht",)
    alone = WRONG[:first] + WRONG[second:]
    assert judged(path, alone).findings[0].locations == ("/Bericht/Clienten/Client/Geslacht",)


def test_what_is_wrong_around_the_clients_is_found_too(path: Path) -> None:
    """In the header, and behind the last client."""
    header = AW35.replace(b"<m:Afzender>41424344", b"<m:Afzender>x")
    (finding,) = judged(path, header).findings
    assert (finding.locations, finding.client) == (("/Bericht/Header/Afzender",), None)
    (finding,) = judged(path, AW35.replace(b"</m:Clienten>", b"</m:Clienten><m:Naschrift/>")).findings
    assert (finding.locations, finding.client) == (("/Bericht/Naschrift",), None)


def test_a_broken_document_is_told_by_its_line(path: Path) -> None:
    """Counted in the document, wherever it was cut into chunks."""
    lines = AW35.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if b"Oefening" in line)
    lines[at] = lines[at].replace(b"Oefening<", b"Oefening & Co<")
    (finding,) = judged(path, b"".join(lines)).findings
    assert (finding.code, finding.client) == ("XML", 2)
    assert finding.text.startswith(f"This is not well-formed XML. Line {at + 1}: ")


def test_what_follows_the_clients_is_told_by_its_line_too(path: Path) -> None:
    """An end tag too many on the last line."""
    (finding,) = judged(path, AW35 + b"</m:Bericht>\n").findings
    assert f"Line {AW35.count(bytes([10])) + 1}: What follows client 2" in finding.text


def test_what_is_no_message_still_gets_a_report(path: Path) -> None:
    """Without release and message, with its size and digest."""
    report = judged(path, b"no XML")
    assert (report.verdict, report.release, report.message, report.input.bytes) == ("invalid", None, None, 6)


def test_a_release_that_does_not_exist_is_an_error_before_anything_is_read(path: Path) -> None:
    """Of the one who asks."""
    with pytest.raises(UnknownRelease):
        validate(Source("absent", path), release="3.0")
