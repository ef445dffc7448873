"""keten standard, as a user runs it."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.product.running import Keten

CASES = Path(__file__).parents[1] / "cases" / "standard"


def test_the_releases(keten: Keten) -> None:
    """`list` names every release and schema version."""
    ran = keten("standard", "list")
    assert ran.code == 0
    assert all(release in ran.out for release in ("1.2", "2.0", "2.1", "2.2", "2018-04-18 .. 2018-06-04"))
    listed = keten("standard", "list", "--format", "json").data
    assert [release["messageCount"] for release in listed] == [20, 22, 22, 22]


def test_a_release_and_what_is_in_it(keten: Keten) -> None:
    """`show` takes a release alone, or with a message, structure or type of it, in capitals or not."""
    assert "zorgtoewijzing, bovenregionaal" in keten("standard", "show", "2.0").out
    assert "CoordinatorZorgThuis" in keten("standard", "show", "2.0", "aw33").out
    assert "CDT_Huis/HuisnummerToevoeging" in keten("standard", "show", "2.0", "LDT_HuisnummerToevoeging").out
    assert "KE7" in keten("standard", "show", "2.0", "ldt_klasse").out
    assert keten("standard", "show", "2.0", "CDT_Huis", "--format", "json").data["structure"] == "CDT_Huis"
    assert keten("standard", "show", "2.0@1.3", "--format", "json").data["schemaVersion"] == "1.3"


def test_patterns_are_printed_as_they_stand(keten: Keten) -> None:
    """Brackets are no markup."""
    assert "pattern [0-9]{9}  (9 digits)" in keten("standard", "show", "2.0", "LDT_BurgerServicenummer").out


def test_the_differences(keten: Keten) -> None:
    """`diff` ends with 1 where something differs, with 0 where nothing does."""
    different = keten("standard", "diff", "1.2", "2.0")
    assert (different.code, "renamed Achternaam" in different.out) == (1, True)
    equal = keten("standard", "diff", "2.0", "2.0@1.9")
    assert (equal.code, equal.out) == (0, "Release 2.0 (schema 1.9) and release 2.0 (schema 1.9) do not differ.\n")
    assert keten("standard", "diff", "2.0", "2.0", "--format", "json").data["equal"] is True


def test_the_differences_of_one_message(keten: Keten) -> None:
    """With a message, only what concerns it, and the exit code says whether it changed."""
    assert keten("standard", "diff", "2.0@1.8", "2.0@1.9", "aw33").code == 0
    changed = keten("standard", "diff", "2.0@1.8", "2.0@1.9", "zk31")
    assert (changed.code, "moved here from Clienten" in changed.out) == (1, True)


def test_the_pattern_that_was_dropped(keten: Keten) -> None:
    """What was wrong in the schema of the switch can be read off."""
    shown = keten("standard", "diff", "2.0@1.3", "2.0@1.4").out
    assert "LDT_HuisnummerToevoeging" in shown
    assert "dropped: only capitals and digits (([A-Z0-9])+)" in shown


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("show", "3.0"), "There is no release '3.0'; known are 1.2, 2.0, 2.1, 2.2.", "keten standard list"),
        (("show", "2.0@9"), "Release 2.0 has no schema version '9', only 1.2,", "keten standard list"),
        (("show", "2.0", "AW333"), "Release 2.0 has no message, structure or type 'AW333'.", "Did you mean AW33"),
        (("show", "2.0", "cs002"), "type 'cs002'.", "CS002 is a rule; `keten standard docs 2.0@1.9 --out DIR`"),
        (("show", "2.0", "meerzorg"), "type 'meerzorg'.", "of type LDT_JaNee in IO31"),
        (("show", "2.0", "???"), "Release 2.0 has no message, structure or type '???'.", "keten standard show"),
        (("diff", "2.0", "2.9"), "There is no release '2.9'", "keten standard list"),
        (("diff", "2.0", "2.1", "ZK30"), "Neither release has a message 'ZK30'.", "Did you mean ZK3"),
    ],
)
def test_wrong_usage(keten: Keten, arguments: tuple[str, ...], message: str, hint: str) -> None:
    """Exit code 2, nothing on the output, and on the error what is wrong and what to do."""
    ran = keten("standard", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert hint in ran.err


def test_people_read_initials_and_programs_the_names_of_the_data(keten: Keten, tmp_path: Path) -> None:
    """CIZ and CAK on screen and on pages; `ciz` and `cak` in JSON, where scripts look for them."""
    shown = "".join(
        keten("standard", *words).out for words in (("show", "2.0"), ("show", "2.0", "IO31"), ("diff", "2.0", "2.1"))
    )
    keten("standard", "docs", "2.0", "--out", tmp_path)
    pages = "".join((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "IO31.html", "CA317.html"))
    for text in (shown, pages):
        assert {"CIZ", "CAK"} <= set(re.findall(r"\w+", text))
        assert not {"ciz", "cak"} & set(re.findall(r"\w+", text))
    assert keten("standard", "show", "2.0", "IO31", "--format", "json").data["from"] == "ciz"


def test_the_schemas_and_keten_disagree_where_patterns_stand_side_by_side(keten: Keten, tmp_path: Path) -> None:
    """A lower-case HuisnummerToevoeging: a processor with the published form takes it, keten does not, until 1.4."""
    letter = CASES / "huisnummertoevoeging.xml"
    assert keten("standard", "xsd", "2.0@1.3", "--out", tmp_path).out.startswith("23 schemas of 2.0@1.3 written")
    assert etree.XMLSchema(file=tmp_path / "AW33.xsd").validate(etree.parse(letter))
    places = {
        release: [
            location.rpartition("/")[2]
            for finding in keten("validate", letter, "--release", release, "--format", "json").data["findings"]
            if finding["layer"] == "structure"
            for location in finding["locations"]
        ]
        for release in ("2.0@1.3", "2.0@1.4")
    }
    assert places == {"2.0@1.3": ["HuisnummerToevoeging"], "2.0@1.4": []}


def test_the_documentation_of_a_release(keten: Keten, tmp_path: Path) -> None:
    """Pages to read, and where to begin; a folder with other things in it is left alone."""
    ran = keten("standard", "docs", "2.0@1.3", "--out", tmp_path / "docs")
    assert ran.code == 0
    assert ran.out.startswith(f"27 pages about 2.0@1.3 written to {tmp_path / 'docs'}; begin with")
    assert "zorgtoewijzing" in (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    refused = keten("standard", "docs", "2.0", "--out", tmp_path)
    assert (refused.code, "no documentation of a release" in refused.err) == (2, True)


def test_the_room_needs_no_heavy_parts() -> None:
    """What the standard needs starts at once: no tables, no compiler."""
    program = (
        "import sys, keten.standard.differences, keten.standard.xsd, keten.standard.forms.overview, "
        "keten.standard.forms.json, keten.standard.forms.site; keten.standard.load('2.0'); "
        "print(sorted({'polars', 'pyarrow', 'numba', 'numpy'} & {*sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def commands() -> list[str]:
    """The commands that docs/standard.md shows."""
    text = (Path(__file__).parents[2] / "docs" / "standard.md").read_text(encoding="utf-8")
    return re.findall(r"^keten (.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("command", commands())
def test_the_documentation_shows_commands_that_work(
    keten: Keten, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """Every command of the page does what it is there for."""
    monkeypatch.chdir(tmp_path)
    ran = keten(*command.split())
    assert ran.code == (1 if " diff " in command else 0)
    assert ran.out


def test_every_command_is_documented() -> None:
    """Each command of `keten standard` stands on the page."""
    assert {command.split()[1] for command in commands()} == {"list", "show", "diff", "xsd", "docs"}


@pytest.mark.parametrize(
    ("sent", "due"), [("2018-03-29", "2018-03-30"), ("2018-03-30", "2018-04-03"), ("2018-12-24", "2018-12-27")]
)
def test_by_which_day_a_reply_is_due(keten: Keten, sent: str, due: str) -> None:
    """Good Friday is worked on, Easter and Christmas are not."""
    shown = keten("standard", "show", "2.0", "aw33", "--sent", sent)
    assert (shown.code, f"AW34 is due by {date.fromisoformat(due):%A} {due} (1 working day)." in shown.out) == (0, True)
    told = keten("standard", "show", "2.0", "AW33", "--sent", sent, "--format", "json").data
    assert (told["sent"], told["answerDue"]) == (sent, due)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2.0", "--sent", "2018-03-29"), "--sent is about one message."),
        (("2.0", "AW34", "--sent", "2018-03-29"), "AW34 is itself the reply to AW33."),
        (("2.0", "LDT_Klasse", "--sent", "2018-03-29"), "LDT_Klasse is no message"),
        (("2.0", "AW33", "--sent", "29-3-2018"), "'29-3-2018' is not a date."),
        (("2.0", "AW33", "--sent", "9999-12-31"), "The holidays of 9999 are not known"),
        (("2.0", "AW33", "--sent", "0001-01-01"), "The holidays of 1 are not known"),
    ],
)
def test_no_day_is_told_where_none_is_due(keten: Keten, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, and why."""
    ran = keten("standard", "show", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())
