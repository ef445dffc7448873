"""keten convert, as a user runs it."""

import hashlib
import json
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from keten.messages import find_sources
from keten.validation import validate
from tests.product.running import Keten, rows, run

ROOT = Path(__file__).parents[2]
OF_2_0 = ROOT / "tests" / "cases" / "messages" / "AW33-huisnummertoevoeging.xml"
BSN = re.compile(r"\b9\d{8}\b")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Messages of 1.2 about a small region, without anything that cannot be converted."""
    folder = tmp_path_factory.mktemp("region") / "in"
    wanted = ("--clients", "150", "--seed", "5", "--no-exceptions", "--jobs", "1")
    assert run("population", *wanted, "--out", folder) == 0
    return folder


@pytest.fixture
def damaged(region: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """The region with damaged files in it, and what must be said of each, by its name."""
    folder = tmp_path / "in"
    shutil.copytree(region, folder)
    good = sorted((folder / "5501" / "AW33").glob("*.xml"))
    texts = [path.read_bytes() for path in good[:3]]
    bad = {
        "truncated.xml": (texts[0][: len(texts[0]) // 2], "not well-formed"),
        "no-xml.xml": (b"Geachte heer, hierbij de toewijzingen.", "XML"),
        "empty.xml": (b"", "empty"),
        "later.xml": (OF_2_0.read_bytes(), "It is a message of release 2.0, not of 1.2."),
        "utf-16.xml": (texts[1].decode().encode("utf-16"), "UTF-8"),
        "one-client.xml": (re.sub(rb"<Bsn>\d+</Bsn>", b"<Bsn>x</Bsn>", texts[2], count=1), "Bsn"),
    }
    for path in good[:3]:
        path.unlink()
    for name, (text, _) in bad.items():
        (folder / name).write_bytes(text)
    return folder, {name: said for name, (_, said) in bad.items()}


def figures(folder: Path) -> dict[str, Any]:
    """What conversion.json says."""
    read: dict[str, Any] = json.loads((folder / "conversion.json").read_text(encoding="utf-8"))
    return read


def content(folder: Path) -> dict[str, str]:
    """The digest of every file of a folder, by its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_region_goes_over(keten: Keten, region: Path, tmp_path: Path) -> None:
    """Exit code 0, valid messages of 2.0, the account on screen, and all that is listed is there."""
    out = tmp_path / "out"
    ran = keten("convert", region, "--out", out, "--jobs", "1")
    assert (ran.code, "new assignments sent" in ran.out) == (0, True)
    told = figures(out)
    messages = sorted(out.rglob("*.xml"))
    assert sorted(message["name"] for message in told["messages"]) == [str(path.relative_to(out)) for path in messages]
    assert all(validate(source.name, rules=False).verdict == "valid" for source in find_sources([str(out)]))
    assert {path.name for path in out.iterdir() if path.is_file()} == {
        *(".keten.json", "conversion.json", "exceptions.csv", "assignments.csv", "notes.csv", "index.html"),
    }
    assert rows(out / "exceptions.csv") == []
    assert not BSN.search(ran.out + ran.err)


def test_damaged_files_are_named_and_the_others_converted(
    keten: Keten, damaged: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """Exit code 1; each damaged file is an exception that says what is wrong; all else is converted and valid."""
    source, said = damaged
    ran = keten("convert", source, "--out", tmp_path / "out", "--jobs", "1")
    assert ran.code == 1
    found = {Path(row["file"]).name: row for row in rows(tmp_path / "out" / "exceptions.csv")}
    assert found.keys() == said.keys()
    assert {row["code"] for row in found.values()} == {"EX06"}
    assert {
        name: row["detail"] for name, row in found.items() if said[name].casefold() not in row["detail"].casefold()
    } == {}
    assert all(row["who"] and row["action"] for row in found.values())
    told = figures(tmp_path / "out")
    assert told["input"]["refused"] == len(said) - 1
    assert len(told["messages"]) > 0
    assert all(
        validate(message.name, rules=False).verdict == "valid" for message in find_sources([str(tmp_path / "out")])
    )
    assert not (tmp_path / "out" / ".keten-work").exists()


def test_one_wrong_client_leaves_the_others_of_its_file(
    keten: Keten, damaged: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """The client is refused and counted; those beside it go over."""
    source, _ = damaged
    keten("convert", source / "one-client.xml", "--out", tmp_path / "out", "--jobs", "1")
    clients = figures(tmp_path / "out")["account"]["total"]["clients"]
    assert clients["refused"] == 1
    assert sum(clients.values()) == (source / "one-client.xml").read_bytes().count(b"</Client>")


def test_the_same_input_gives_the_same_bytes(keten: Keten, region: Path, tmp_path: Path) -> None:
    """Again, with more processes, and over an earlier conversion: every file is the same."""
    first, second = tmp_path / "first", tmp_path / "second"
    keten("convert", region, "--out", first, "--jobs", "1")
    keten("convert", region, "--out", second, "--jobs", "2")
    once = content(first)
    assert content(second) == once
    keten("convert", region, "--out", first, "--jobs", "1")
    assert content(first) == once


def test_a_second_run_replaces_the_first(keten: Keten, region: Path, tmp_path: Path) -> None:
    """Nothing of the earlier conversion is left, whatever it held."""
    one = next((region / "5501" / "AW33").glob("*.xml"))
    keten("convert", region, "--out", tmp_path / "out", "--jobs", "1")
    keten("convert", one, "--out", tmp_path / "out", "--jobs", "1")
    keten("convert", one, "--out", tmp_path / "fresh", "--jobs", "1")
    assert content(tmp_path / "out") == content(tmp_path / "fresh")


def test_a_zip_file_is_a_source(keten: Keten, region: Path, tmp_path: Path) -> None:
    """The messages within it give what they give in a folder."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for path in sorted(region.rglob("*.xml")):
            archive.write(path, path.relative_to(region))
    assert keten("convert", tmp_path / "in.zip", "--out", tmp_path / "zip", "--jobs", "1").code == 0
    keten("convert", region, "--out", tmp_path / "out", "--jobs", "1")
    assert figures(tmp_path / "zip")["messages"] == figures(tmp_path / "out")["messages"]


def test_settings_from_a_file(keten: Keten, region: Path, tmp_path: Path) -> None:
    """They decide, and the figures say so; partners are counted, never named."""
    (tmp_path / "s.toml").write_text(
        'repeat = 2\nhome_preference = "mpt"\npartners = ["999990019"]\n', encoding="utf-8"
    )
    ran = keten("convert", region, "--out", tmp_path / "out", "--settings", tmp_path / "s.toml", "--jobs", "1")
    told = figures(tmp_path / "out")["settings"]
    assert ran.code == 0
    assert (told["repeat"], told["homePreference"], told["partners"]) == (2, "mpt", 1)
    assert all(b"<Toewijzingstijd>00:02:00<" in path.read_bytes() for path in (tmp_path / "out").rglob("*.xml"))


def test_the_report_is_one_file(keten: Keten, region: Path, tmp_path: Path) -> None:
    """Nothing is loaded from elsewhere, and nobody's BSN is in it."""
    keten("convert", region, "--out", tmp_path / "out", "--jobs", "1")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"""(src|href)=["']?(https?:)?//|@import|<script""", page)
    assert not BSN.search(page)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cutover", "April"], "'April' is not a date. Write it as 2018-04-01."),
        (["--assigned", "2018-04-05"], "must be the cut-over date 2018-04-01, the day before or the day after it"),
        (["--to", "2.1"], "Messages of 1.2 become messages of 2.0, not of '2.1'."),
        (["--to", "2.0@9.9"], "9.9"),
        (["--settings", "nowhere.toml"], "nowhere.toml cannot be read"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
    ],
)
def test_wrong_usage(keten: Keten, region: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, what is wrong in one sentence, and no folder left behind."""
    ran = keten("convert", region, "--out", tmp_path / "out", *arguments)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("repeat = 60", "repeat should be less than or equal to 59"),
        ('home_preference = "vpt"', "home_preference should be 'list' or 'mpt'"),
        ("partners = [999990019]", "partners.0 should be a valid string"),
        ("partner = []", "partner is not known"),
        ("repeat = ", "is no TOML"),
    ],
)
def test_wrong_settings(keten: Keten, region: Path, tmp_path: Path, text: str, said: str) -> None:
    """Exit code 2 and what is wrong with the file, without a BSN."""
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    ran = keten("convert", region, "--out", tmp_path / "out", "--settings", tmp_path / "s.toml")
    assert ran.code == 2
    assert said in ran.err
    assert not BSN.search(ran.err)


def test_a_folder_that_holds_something_else(keten: Keten, region: Path, tmp_path: Path) -> None:
    """It is left as it is."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    ran = keten("convert", region, "--out", tmp_path)
    assert ran.code == 2
    assert "holds something that is no conversion" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_a_source_without_messages(keten: Keten, tmp_path: Path, place: str) -> None:
    """A path that is not there, and a folder without messages."""
    ran = keten("convert", tmp_path / place, "--out", tmp_path / "out")
    assert ran.code == 2
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be(keten: Keten, region: Path, tmp_path: Path) -> None:
    """It cannot be made a folder, and that is not a fault of the program."""
    (tmp_path / "out").write_text("dear", encoding="utf-8")
    ran = keten("convert", region, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "cannot be made" in ran.err


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_a_conversion_that_is_told_to_stop(region: Path, tmp_path: Path, told: signal.Signals) -> None:
    """Exit code 3, a word about it, and no folder is left."""
    out = tmp_path / "out"
    program = Path(sys.executable).with_name("keten")
    words: list[str | Path] = [program, "convert", region, "--out", out, "--jobs", "1"]
    heard = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # who starts tests in the background may not hear it
    try:
        running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with running:
        while not (out / ".keten-work" / "new").exists():
            time.sleep(0.02)
        running.send_signal(told)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 3
    assert "Interrupted" in said
    assert not out.exists()


def test_a_disk_without_room(keten: Keten, region: Path, tmp_path: Path) -> None:
    """Exit code 3, what is wrong with which file, and no folder is left."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        ran = keten("convert", region, "--out", tmp_path / "out", "--jobs", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ran.code == 3
    assert "See that the disk has room" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("place", ["in", "in/5501"])
def test_a_source_whose_files_were_changing_places(keten: Keten, tmp_path: Path, place: str) -> None:
    """Nobody reads from where a command was stopped half-way, neither to convert nor to judge."""
    (tmp_path / "in" / "5501").mkdir(parents=True)
    (tmp_path / "in" / ".keten-work").mkdir()
    (tmp_path / "in" / ".keten-work" / "exchange.json").write_text("{}", encoding="utf-8")
    source = tmp_path / place
    ran = keten("convert", source, "--out", tmp_path / "out")
    judged = keten("accept", "--before", source, "--after", source)
    assert (ran.code, judged.code) == (2, 2)
    assert all("A command was stopped while it put its results into" in one.err for one in (ran, judged))
