"""keten validate, as a user runs it."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

from keten.validation.forms import FORMS
from tests.product.running import Keten

AW35 = Path(__file__).parents[1] / "cases" / "messages" / "AW35.xml"
TEXT = AW35.read_bytes()
BSN, NAME = "999990019", "Proefpersoon"
"""Of the first client; nobody bears either."""
INVALID = TEXT.replace(b"<m:Bsn>999990019", b"<m:Bsn>999990019-BSN").replace(
    b"Proefpersoon<", b"Proefpersoon" + b"x" * 200 + b"<"
)
"""With a BSN and a name that are not allowed."""


NOT_JUDGED = {
    "needs earlier messages": ["TR017", "TR019", "TR056", "TR063", "TR067", "TR071", "TR074", "TR084"],
    "needs the day of processing, and it does not name its elements": ["CS064"],
    "needs the register of AGB codes": ["TR042", "TR100"],
}
"""The rules about an AW35 of 2.0 that one message alone is not enough for, by what is missing."""
VALID = f"""valid (AW35 2.0, schema 1.9, 2 clients)
Not judged: {", ".join(sorted(code for codes in NOT_JUDGED.values() for code in codes))}; --format json says why.
"""
"""What is said of a valid message."""


@pytest.fixture
def validate(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "validate")


def test_a_valid_message_ends_with_0(validate: Keten) -> None:
    """One line says which message it is and how many clients are in it."""
    assert validate(AW35) == (0, f"{AW35}: {VALID}", "")


def test_an_invalid_message_ends_with_1_and_says_what_and_where(validate: Keten, tmp_path: Path) -> None:
    """First what to do, then per finding the client, what is wrong, what was expected, its code, where it stands."""
    path = tmp_path / "a.xml"
    path.write_bytes(INVALID)
    code, out, err = validate(path)
    assert (code, err) == (1, "")
    assert out.index("send the whole message again: it is rejected as one.  [XSD, 2x]") < out.index("Bsn has a value")
    assert "client 1: Bsn has a value that is not allowed. Expected: 9 digits.\n" in out
    assert "at /Bericht/Clienten/Client[1]/Bsn\n" in out


@pytest.mark.parametrize("form", FORMS)
def test_what_a_report_says_is_never_about_a_person(validate: Keten, tmp_path: Path, form: str) -> None:
    """No BSN and no name, on screen or in the error stream, though both are wrong."""
    path = tmp_path / "a.xml"
    path.write_bytes(INVALID)
    ran = validate(path, "--format", form)
    assert "Achternaam" in ran.out
    assert not any(secret in ran.out + ran.err for secret in (BSN, NAME))


def test_the_report_in_json_is_as_the_contract_has_it(validate: Keten, tmp_path: Path) -> None:
    """Programs are written against these names."""
    path = tmp_path / "a.xml"
    path.write_bytes(INVALID)
    report = validate(path, "--format", "json").data
    seconds = report.pop("seconds")
    first, second = report.pop("findings")
    assert isinstance(seconds, float)
    assert report == {
        "verdict": "invalid",
        "release": "2.0",
        "schemaVersion": "1.9",
        "message": "AW35",
        "referenceDate": "2018-04-05",
        "input": {
            "name": str(path),
            "bytes": len(INVALID),
            "sha256": hashlib.sha256(INVALID).hexdigest(),
            "identificatie": "MAZ0001",
            "dagtekening": "2018-04-05",
        },
        "counts": {"clients": 2, "findings": 2, "byCode": {"XSD": 2}},
        "truncated": False,
        "notJudged": {code: reason for reason, codes in NOT_JUDGED.items() for code in codes},
    }
    assert first == {
        "code": "XSD",
        "layer": "structure",
        "severity": "error",
        "returnCode": "0001",
        "client": 1,
        "locations": ["/Bericht/Clienten/Client[1]/Bsn"],
        "text": "Bsn has a value that is not allowed. Expected: 9 digits.",
    }
    assert second["locations"] == ["/Bericht/Clienten/Client[1]/Naam/Geslachtsnaam/Achternaam"]


def test_a_register_of_agb_codes_lets_the_rules_about_them_be_judged(validate: Keten, tmp_path: Path) -> None:
    """A code that is not in it is found; a file that is no register is wrong usage."""
    register = tmp_path / "agb.csv"
    register.write_text("agb,from,until,zorgkantoor\n41424344,2018-04-02,,5520\n", encoding="utf-8")
    report = validate(AW35, "--format", "json", "--agb", register).data
    assert report["counts"]["byCode"]["TR042"] == 2
    assert report["notJudged"].keys().isdisjoint({"TR042", "TR100"})
    assert validate(AW35, "--agb", AW35).code == 2
    register.write_text("agb,from,until,zorgkantoor\n41424344,2018-04-02,,\n41424344,02-04-2018,,\n", encoding="utf-8")
    code, _, err = validate(AW35, "--agb", register)
    assert (code, "no day in the column from of line 3" in err) == (2, True)


def test_rules_can_be_left_out(validate: Keten, tmp_path: Path) -> None:
    """Then a message that breaks one is valid, if its structure is."""
    broken = tmp_path / "a.xml"
    broken.write_bytes(TEXT.replace(b"<m:Bsn>999990019", b"<m:Bsn>999990018"))
    assert (validate(broken).code, validate(broken, "--no-rules").code) == (1, 0)
    assert validate(broken, "--format", "json").data["counts"]["byCode"] == {"CS002": 1}


def test_more_inputs_give_a_list(validate: Keten, tmp_path: Path) -> None:
    """Folders and zip files stand for what is in them, each input with its own report."""
    (tmp_path / "a.xml").write_bytes(TEXT)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("right.xml", TEXT)
        archive.writestr("wrong.xml", INVALID)
    ran = validate(tmp_path, AW35, "--format", "json")
    assert ran.code == 1
    assert [(Path(one["input"]["name"]).name, one["verdict"]) for one in ran.data] == [
        ("a.xml", "valid"),
        ("right.xml", "valid"),
        ("wrong.xml", "invalid"),
        ("AW35.xml", "valid"),
    ]
    assert "4 messages: 3 valid, 1 not." in validate(tmp_path, AW35).out


def test_a_message_may_come_on_standard_input(validate: Keten, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash stands for it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT)))
    assert validate("-") == (0, f"-: {VALID}", "")


@pytest.mark.parametrize(
    ("release", "code", "schema"),
    [("2.0", 0, "1.9"), ("2.0@1.3", 0, "1.3"), ("2.1", 1, None)],
    ids=["latest", "older", "other"],
)
def test_the_release_to_judge_by_can_be_given(validate: Keten, release: str, code: int, schema: str | None) -> None:
    """With or without its schema version; a message of another release is refused."""
    ran = validate(AW35, "--release", release, "--format", "json")
    assert (ran.code, ran.data["schemaVersion"]) == (code, schema)


def test_a_restriction_of_one_schema_version_counts_in_that_one_only(validate: Keten, tmp_path: Path) -> None:
    """Schema 1.3 took only capitals and digits behind a house number, 1.9 takes small letters too."""
    path = tmp_path / "a.xml"
    path.write_bytes((AW35.parent / "AW33-huisnummertoevoeging.xml").read_bytes())
    assert "HuisnummerToevoeging has" not in validate(path, "--release", "2.0@1.9").out
    ran = validate(path, "--release", "2.0@1.3")
    assert (ran.code, "HuisnummerToevoeging has" in ran.out) == (1, True)


def test_the_list_of_findings_can_be_cut_off_but_not_their_number(validate: Keten, tmp_path: Path) -> None:
    """Counters count everything."""
    path = tmp_path / "a.xml"
    path.write_bytes(INVALID)
    report = validate(path, "--format", "json", "--max-findings", "1").data
    assert (len(report["findings"]), report["counts"]["findings"], report["truncated"]) == (1, 2, True)
    assert "and 1 more" in validate(path, "--max-findings", "1").out


def test_the_report_can_be_written_to_a_file(validate: Keten, tmp_path: Path) -> None:
    """Nothing is printed then, and the exit code stays."""
    out = tmp_path / "report.json"
    assert validate(AW35, "--format", "json", "--out", out) == (0, "", "")
    assert json.loads(out.read_text(encoding="utf-8"))["verdict"] == "valid"


def test_a_report_is_never_written_over_a_message(validate: Keten, tmp_path: Path) -> None:
    """Not over one of several, nor over the zip file that it is in."""
    path, archive = tmp_path / "a.xml", tmp_path / "b.zip"
    path.write_bytes(TEXT)
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(AW35)
    for out in (path, archive):
        code, _, err = validate(AW35, path, archive, "--out", out)
        assert (code, "is one of the files to read" in err) == (2, True)
    assert path.read_bytes() == TEXT
    assert zipfile.is_zipfile(archive)


def test_one_thread_finds_what_two_find(validate: Keten, tmp_path: Path) -> None:
    """In the same order."""
    path = tmp_path / "a.xml"
    path.write_bytes(INVALID)
    assert validate(path, "--jobs", "1").out == validate(path, "--jobs", "2").out


WRONG_USAGE = {
    "no path": [],
    "an unknown option": ["--nope", AW35],
    "a path that is not there": [AW35.with_name("absent.xml")],
    "no thread at all": [AW35, "--jobs", "0"],
    "no number of findings": [AW35, "--max-findings", "many"],
    "a form there is not": [AW35, "--format", "pdf"],
    "a release there is not": [AW35, "--release", "9.9"],
    "a schema version there is not": [AW35, "--release", "2.0@0.1"],
    "a folder without messages": [Path(__file__).parent],
    "an empty path": [""],
    "standard input twice": ["-", "-"],
    "an empty release": [AW35, "--release", ""],
    "a folder as register": [AW35, "--agb", AW35.parent],
}


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE.keys())
def test_wrong_usage_ends_with_2_and_says_what_to_do(validate: Keten, arguments: list[str | Path]) -> None:
    """Nothing on the output that a program might take for a report, and no traceback."""
    code, out, err = validate(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_a_document_that_is_no_message_is_judged_too(validate: Keten, tmp_path: Path) -> None:
    """It is a finding about the input, not a mistake of the one who asks."""
    path = tmp_path / "a.xml"
    path.write_bytes(b"Geachte heer, mevrouw")
    report = validate(path, "--format", "json").data
    assert (report["verdict"], report["message"], report["counts"]["byCode"]) == ("invalid", None, {"XML": 1})


def test_the_program_itself_runs(tmp_path: Path) -> None:
    """As it is installed, in a process of its own and in another folder."""
    program = Path(sys.executable).with_name("keten")
    (tmp_path / "a.xml").write_bytes(TEXT)
    done = subprocess.run(
        [program, "validate", "a.xml"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"a.xml: {VALID}", "")
