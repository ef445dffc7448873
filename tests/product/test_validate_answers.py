"""keten validate, in all forms, as of a day, and what if another release counted."""

import io
import json
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from keten.validation.forms import FORMS
from tests.product.running import Keten, Ran
from tests.product.test_validate import AW35, BSN, INVALID, NAME, TEXT
from tests.unit.validation.making import message

HUISNUMMER = AW35.with_name("AW33-huisnummertoevoeging.xml")


def read(form: str, out: str) -> object:
    """A report as a program reads it."""
    if form in ("json", "sarif"):
        return json.loads(out)
    if form in ("rapport", "junit"):
        return etree.fromstring(out.encode())
    return out


@pytest.fixture
def validate(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "validate")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with messages that are right and wrong, in files and in a zip file, and what is no message."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "right.xml").write_bytes(TEXT)
    (tmp_path / "in" / "none.xml").write_bytes(b"Geachte heer, mevrouw")
    with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as archive:
        archive.writestr("wrong & <odd>.xml", INVALID)
        archive.writestr("inner.zip", b"PK\x03\x04" + bytes(100))
    return tmp_path / "in"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_of_one_message(validate: Keten, form: str, tmp_path: Path) -> None:
    """Right or wrong, with the same exit code; on screen and in a file the same but for the time it took."""
    path = tmp_path / "a.xml"
    for text, code in ((TEXT, 0), (INVALID, 1)):
        path.write_bytes(text)
        ran = validate(path, "--format", form)
        assert (ran.code, ran.err, read(form, ran.out) is not None) == (code, "", True)
        assert validate(path, "--format", form, "--out", tmp_path / "out").code == code
        assert len((tmp_path / "out").read_text(encoding="utf-8")) > 40


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"rapport"}))
def test_every_form_but_one_tells_of_more_messages_in_one_place(validate: Keten, form: str, folder: Path) -> None:
    """Nothing in it is about a person."""
    ran = validate(folder, "--format", form)
    assert (ran.code, ran.err, read(form, ran.out) is not None) == (1, "", True)
    assert not any(secret in ran.out for secret in (BSN, NAME))
    assert "none.xml" in ran.out


@pytest.mark.parametrize("out", ["reports", "reports.zip"])
def test_rapports_of_more_messages_are_files_of_their_own(validate: Keten, out: str, folder: Path) -> None:
    """In a folder or a zip file."""
    target = folder.parent / out
    assert validate(folder, "--format", "rapport", "--out", target) == Ran(1, "", "")
    names = zipfile.ZipFile(target).namelist() if target.is_file() else sorted(one.name for one in target.glob("[!.]*"))
    assert names == [
        f"000{number}-{stem}.rapport.xml" for number, stem in enumerate(["wrong-odd", "inner", "none", "right"], 1)
    ]


def test_rapports_of_more_messages_have_no_place_on_screen(validate: Keten, folder: Path) -> None:
    """The error says where they can go."""
    code, out, err = validate(folder, "--format", "rapport")
    assert (code, out) == (2, "")
    assert ".zip" in err


@pytest.mark.parametrize(
    ("day", "code", "schema"), [("2018-04-03", 0, "1.3"), ("2018-03-30", 1, "1.3"), ("2018-05-01", 0, "1.4")]
)
def test_a_verdict_can_be_asked_as_of_a_day(validate: Keten, day: str, code: int, schema: str) -> None:
    """The schemas of then, and whether the release was in use."""
    ran = validate(AW35, "--as-of", day, "--format", "json")
    assert (ran.code, ran.data["schemaVersion"], ran.data["referenceDate"]) == (code, schema, day)


def test_a_release_that_was_not_in_use_is_told_with_its_interval(validate: Keten) -> None:
    """And what to send instead."""
    out = validate(AW35, "--as-of", "2018-03-30").out
    assert "in use from 2018-04-03 until 2019-12-31, not on 2018-03-30" in out
    assert "On that day release 1.2 counts" in out


def test_a_reply_in_the_release_of_its_question_is_right_after_the_switch(validate: Keten, tmp_path: Path) -> None:
    """An AW34 in 1.2 about an AW33 of 30 March, judged in April."""
    (tmp_path / "a.xml").write_bytes(message("1.2", "AW34", dagtekening="2018-03-30", retour="2018-04-03"))
    assert validate(tmp_path / "a.xml", "--as-of", "2018-04-03").code == 0


def test_what_if_shows_what_a_restriction_would_refuse(validate: Keten) -> None:
    """The pattern of April 2018 jumps out of a trial."""
    ran = validate(HUISNUMMER, AW35, "--against", "2.0@1.3", "--against", "2.0@1.4")
    assert (ran.code, ran.err) == (1, "")
    assert "Against 2.0@1.3: 1 element would be refused, in 1 client of 1 message." in ran.out
    assert "HuisnummerToevoeging: Expected: text of 1 to 4 characters" in ran.out
    assert "written as aaa: 1 in 1 client" in ran.out
    assert "Against 2.0@1.4: nothing would be refused." in ran.out
    assert validate(HUISNUMMER, "--against", "2.0@1.4").code == 0


def test_what_if_tells_programs_the_same(validate: Keten) -> None:
    """By these names."""
    data = validate(HUISNUMMER, "--against", "2.0@1.3", "--format", "json").data
    (trial,) = data["trials"]
    assert (data["messages"], data["clients"], data["notTried"]) == (1, 1, {"messages": 0, "clients": 0})
    assert trial["refused"] == {"messages": 1, "clients": 1, "elements": 1}
    assert trial["refusals"][0]["pattern"] == "aaa"
    assert (trial["against"], trial["byValueOnly"], trial["notCompared"]) == ("2.0@1.3", False, [])


def test_what_if_says_which_options_it_goes_without(validate: Keten) -> None:
    """Structure alone is what it tries, so --no-rules asks nothing else."""
    assert validate(AW35, "--against", "2.0@1.4", "--no-rules").code == 0
    ran = validate(AW35, "--against", "2.0@1.4", "--agb", AW35, "--max-findings", "5")
    assert (ran.code, "--against goes without --agb, --max-findings: " in ran.err) == (2, True)


def test_what_if_reads_standard_input_and_folders(
    validate: Keten, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As all of validate does."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HUISNUMMER.read_bytes())))
    assert validate("-", "--against", "2.0@1.3").code == 1
    out = validate(folder, "--against", "2.0@1.3").out
    assert out.startswith("4 messages with ")
    assert "2 messages that cannot be read" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as-of", "yesterday"],
        ["--against", "2.0@7"],
        ["--against", "2.0@1.3", "--format", "html"],
        ["--against", "2.0@1.3", "--agb", str(AW35)],
        ["--against", "2.0@1.3", "--rules"],
        ["--against", "2.0@1.3", "--max-findings", "10000"],
        ["--out", str(AW35 / "x")],
    ],
)
def test_wrong_usage_ends_with_2(validate: Keten, arguments: list[str]) -> None:
    """And says what to do."""
    code, out, err = validate(AW35, *arguments)
    assert (code, out, "Traceback" in err) == (2, "", False)


class Stopped(io.BytesIO):
    """Standard input that ends with Ctrl-C."""

    def readinto(self, room: Any) -> int:  # noqa: ANN401 as io has it
        """Some bytes, and when there are no more, an interruption."""
        got = super().readinto(room)
        if not got:
            raise KeyboardInterrupt
        return got

    def read(self, size: int | None = -1) -> bytes:
        """Likewise."""
        got = super().read(size)
        if not got:
            raise KeyboardInterrupt
        return got


def test_an_interrupted_judgement_ends_with_3_and_tells_what_it_found(
    validate: Keten, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while a message still comes in: the verdict is unclear, and the messages behind it are not judged."""
    begin, end = TEXT.index(b"<m:Client>"), TEXT.rindex(b"</m:Clienten>")
    text = TEXT[:begin] + TEXT[begin:end].replace(b"<m:Geslacht>2", b"<m:Geslacht>8") * 3000
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Stopped(text)))
    ran = validate("-", AW35, "--format", "json", "--jobs", "1")
    assert (ran.code, ran.data["verdict"], ran.data["counts"]["byCode"]["XSD"] > 100) == (3, "unclear", True)
