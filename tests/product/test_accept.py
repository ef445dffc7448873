"""keten accept, as a user runs it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from keten.messages import layout_of, read, write
from keten.messages.joining import join_tables
from keten.standard import load
from tests.product.running import Keten, Ran, rows, run

BSN = re.compile(r"\b9\d{8}\b")
CLIENTS = 400
"""Enough for a provider with more than 50 clients."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A population `before` and its conversion `after`."""
    folder = tmp_path_factory.mktemp("region")
    assert run("population", "--clients", str(CLIENTS), "--out", folder / "before", "--jobs", "1") == 0
    assert run("convert", folder / "before", "--out", folder / "after", "--jobs", "1") in (0, 1)
    return folder


@pytest.fixture
def region(made: Path, tmp_path: Path) -> Path:
    """The same, with an `after` of its own."""
    (tmp_path / "before").symlink_to(made / "before")
    shutil.copytree(made / "after", tmp_path / "after")
    return tmp_path


def accepted(keten: Keten, folder: Path, *more: str | Path) -> Ran:
    """Judge the messages of a folder."""
    return keten("accept", "--before", folder / "before", "--after", folder / "after", "--jobs", "1", *more)


def messages(folder: Path) -> Iterator[Path]:
    """The AW33 messages after."""
    yield from sorted((folder / "after").rglob("AW33*.xml"))


def spoil(path: Path, before: str, after: str) -> None:
    """Replace the first piece of text of a message that matches."""
    text, count = re.subn(before, after, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    path.write_text(text, encoding="utf-8", newline="")


def test_what_keten_converted_is_accepted(keten: Keten, made: Path) -> None:
    """Exit code 0, and the numbers of clients."""
    ran = accepted(keten, made)
    assert ran.code == 0
    assert ran.out.startswith(f"accepted\n{CLIENTS} clients before")


def test_json_has_the_places_on_both_sides(keten: Keten, region: Path) -> None:
    """A fault is one finding with its code, file and XPath before and after, and what to do."""
    path = next(path for path in messages(region) if "<Opname>1" in path.read_text(encoding="utf-8"))
    spoil(path, "<Opname>1", "<Opname>2")
    ran = accepted(keten, region, "--format", "json")
    told = ran.data
    (finding,) = (one for one in told["findings"] if path.name in one["after"][0]["file"])
    assert (ran.code, told["verdict"], finding["code"], finding["severity"]) == (1, "invalid", "AC407", "error")
    assert finding["before"]["file"].startswith(str(region / "before"))
    assert finding["locations"][0].startswith("/Bericht/Clienten/Client")
    assert finding["action"]
    assert told["counts"]["byCode"] == {"AC407": 1}


@pytest.mark.parametrize("form", ["text", "json", "html", "csv"])
def test_no_form_holds_a_bsn(keten: Keten, region: Path, form: str) -> None:
    """Clients are numbers of records in files."""
    for path in messages(region):
        spoil(path, "<Toewijzingsdatum>2018-04-01", "<Toewijzingsdatum>2018-04-03")
    ran = accepted(keten, region, "--format", form, "--out", region / "report")
    text = (region / "report").read_text(encoding="utf-8")
    assert (ran.code, BSN.findall(ran.out + ran.err + text)) == (1, [])
    assert "AC304" in text


def test_csv_has_a_line_for_each_finding(keten: Keten, region: Path) -> None:
    """For those who work through them."""
    next(messages(region)).unlink()
    assert accepted(keten, region, "--format", "csv", "--out", region / "findings.csv").code == 1
    listed = rows(region / "findings.csv")
    assert {row["code"] for row in listed} == {"AC201"}
    assert all(row["before_file"] and row["action"] for row in listed)


def test_a_difference_to_what_was_agreed_is_no_error(keten: Keten, made: Path) -> None:
    """All carry the cut-over, where the day before was agreed: shown, but accepted."""
    ran = accepted(keten, made, "--assigned", "2018-03-31", "--format", "json")
    told = ran.data
    assert (ran.code, told["verdict"]) == (0, "valid")
    assert set(told["counts"]["byCode"]) == {"AC305"}
    assert {one["severity"] for one in told["findings"]} == {"differs"}


def test_more_than_fifty_clients(keten: Keten, region: Path) -> None:
    """AC103: two messages to one provider made one."""
    target = load("2.0@1.3")
    layout = layout_of(target, "AW33")
    first, second = next(
        (path, other)
        for path in messages(region)
        for other in [path.with_name(path.name.replace("_1_1.xml", "_1_2.xml"))]
        if path.name.endswith("_1_1.xml") and other.exists()
    )
    read_both = []
    for path in (first, second):
        with path.open("rb") as stream:
            reading = read(stream, pick=lambda _: target)
            read_both += [batch.tables for batch in reading.batches()]
    with first.open("wb") as file:
        write(layout, reading.header, [join_tables(layout.client_tables, read_both)], file)
    second.unlink()
    told = accepted(keten, region, "--format", "json").data
    assert told["counts"]["byCode"] == {"AC103": 1}


def test_a_resend_is_harmless_and_shown(keten: Keten, region: Path) -> None:
    """A repeat with later times supersedes the first delivery; the same message again is doubled."""
    again = ["--settings", region / "repeat.toml", "--jobs", "1"]
    (region / "repeat.toml").write_text("repeat = 1\n", encoding="utf-8")
    assert keten("convert", region / "before", "--out", region / "again", *again).code in (0, 1)
    shutil.copytree(region / "again", region / "after" / "again")
    told = accepted(keten, region, "--format", "json").data
    receivers = told["figures"]["receivers"]
    assert (told["verdict"], told["counts"]["byCode"]) == ("valid", {})
    assert all(one["superseded"] == one["counts"] for one in receivers)
    assert {one["state"] for one in told["resends"]} == {"superseded"}
    assert all("/again/" in one["counting_file"] and "/again/" not in one["file"] for one in told["resends"])
    shutil.copyfile(next(messages(region)), region / "after" / "once more.xml")
    told = accepted(keten, region, "--format", "json").data
    assert (told["verdict"], told["counts"]["byCode"]) == ("valid", {"AC106": 1})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "pdf"], "There is no form 'pdf'"),
        (["--cutover", "april"], "is not a date"),
        (["--assigned", "2018-05-01"], "rule N3"),
        (["--to", "3.0"], "no release '3.0'"),
    ],
)
def test_wrong_usage(keten: Keten, made: Path, arguments: list[str], words: str) -> None:
    """Exit code 2, with what is wrong."""
    ran = accepted(keten, made, *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_folder_without_messages(keten: Keten, made: Path, tmp_path: Path) -> None:
    """Nothing to judge is wrong usage, not acceptance."""
    (tmp_path / "empty").mkdir()
    ran = keten("accept", "--before", made / "before", "--after", tmp_path / "empty")
    assert ran.code == 2
    assert "There is no message" in ran.err


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_was_not_judged_is_said(keten: Keten, region: Path, form: str) -> None:
    """A verdict without it would promise too much."""
    (region / "after" / "broken.xml").write_text("<Bericht>", encoding="utf-8")
    accepted(keten, region, "--format", form, "--out", region / "report")
    assert "1 messages after could not be judged." in (region / "report").read_text(encoding="utf-8")


def test_an_input_is_never_written_onto(keten: Keten, tmp_path: Path) -> None:
    """By whatever name it is given: as a message, or as the settings."""
    message, settings = tmp_path / "a.xml", tmp_path / "s.toml"
    message.write_text("<a/>", encoding="utf-8")
    settings.write_text("", encoding="utf-8")
    asked = ("accept", "--before", message, "--after", message, "--settings", settings)
    for out in (message, settings):
        ran = keten(*asked, "--out", out)
        assert ran.code == 2
        assert "is one of the files to read" in " ".join(ran.err.split())
    assert (message.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")) == ("<a/>", "")
