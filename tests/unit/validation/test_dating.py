"""The day that counts decides in which schema version a message is judged, and whether its release was in use."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from keten.messages import Source
from keten.validation import Interrupted, Report, validate
from tests.unit.messages.harness import AW35
from tests.unit.validation.making import message

BEFORE, FIRST, TRANSITION = date(2018, 3, 30), date(2018, 4, 3), date(2018, 4, 1)
FROM_2_0 = "Release 2.0 is in use from 2018-04-03 until 2019-12-31, not on "


def judged(folder: Path, text: bytes, day: date, *, release: str | None = None) -> Report:
    path = folder / "a.xml"
    path.write_bytes(text)
    return validate(path, as_of=day, release=release)


@pytest.mark.parametrize(
    ("day", "schema"),
    [(FIRST, "1.3"), (date(2018, 4, 17), "1.3"), (date(2018, 4, 18), "1.4"), (date(2019, 12, 31), "1.9")],
)
def test_a_message_is_judged_in_the_schema_version_that_counted(tmp_path: Path, day: date, schema: str) -> None:
    """From the day of its publication up to that of the next."""
    report = judged(tmp_path, AW35, day)
    assert (report.verdict, report.schema_version, report.day) == ("valid", schema, day)


def test_a_release_with_a_schema_version_wins(tmp_path: Path) -> None:
    """What was asked in so many words; whether the release was in use is asked all the same."""
    report = judged(tmp_path, AW35, BEFORE, release="2.0@1.9")
    assert (report.schema_version, report.by_code) == ("1.9", {"RELEASE": 1})


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (BEFORE, f"{FROM_2_0}2018-03-30. On that day release 1.2 counts, in schema version 1.2."),
        (date(2020, 5, 1), f"{FROM_2_0}2020-05-01. On that day release 2.1 counts, in schema version 1.2."),
        (
            TRANSITION,
            (
                f"{FROM_2_0}2018-04-01. On that day no release is in use."
                " The next, 2.0, is in use from 2018-04-03 until 2019-12-31."
            ),
        ),
    ],
)
def test_a_release_that_was_not_in_use_is_a_finding(tmp_path: Path, day: date, text: str) -> None:
    """It names the interval, and what counts instead."""
    (found,) = judged(tmp_path, AW35, day).findings
    assert (found.code, found.layer, found.return_code) == ("RELEASE", "structure", "0001")
    assert (found.text, found.locations) == (text, ("/Bericht/Header",))


@pytest.mark.parametrize(
    ("asked", "day", "codes"),
    [
        ("2018-03-29", FIRST, {}),  # answered after the switch: its question decides
        ("2018-04-03", FIRST, {"RELEASE": 1}),  # a question in 1.2 on the first day of 2.0
        ("2018-04-05", BEFORE, {}),  # a question of later than the day asked for
    ],
)
def test_a_reply_follows_the_message_that_it_answers(
    tmp_path: Path, asked: str, day: date, codes: dict[str, int]
) -> None:
    """By the Dagtekening that it repeats, never by its own."""
    text = message("1.2", "AW34", dagtekening=asked, retour="2018-04-04")
    assert judged(tmp_path, text, day).by_code == codes


def test_what_is_no_message_has_no_release_that_counts(tmp_path: Path) -> None:
    """Only what it is not is told."""
    assert judged(tmp_path, b"no XML", FIRST).by_code == {"XML": 1}


class Impatient(Source):
    """A message of some chunks, behind which somebody loses patience."""

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Client after client, and then Ctrl-C."""
        begin, end = AW35.index(b"<m:Client>"), AW35.rindex(b"</m:Clienten>")
        return nullcontext(_Stopped(AW35[:begin] + AW35[begin:end].replace(b"<m:Geslacht>2", b"<m:Geslacht>8") * 3000))


class _Stopped(BytesIO):
    """A stream that ends with an interruption."""

    def readinto(self, room: Any) -> int:  # noqa: ANN401 as io has it
        """Some bytes, and when there are no more, Ctrl-C."""
        got = super().readinto(room)
        if not got:
            raise KeyboardInterrupt
        return got


def test_a_judgement_that_is_interrupted_is_unclear() -> None:
    """What was found until then is told all the same."""
    with pytest.raises(Interrupted) as stopped:
        validate(Impatient("a.xml", None))
    report = stopped.value.report
    assert (report.verdict, report.by_code["XSD"] > 100, report.message) == ("unclear", True, "AW35")
