"""calculate, couple, validate and reply with files and names that somebody wants them to fail on."""

import json
import os
import stat
from pathlib import Path

import pytest

from tests.product.running import Keten
from tests.unit.calculation.building import assignments, claim_cells, claims_text, contracts_text, table_text, written
from tests.unit.calculation.planning import EXAMPLE
from tests.unit.calculation.test_claims import other, record

ROOT = Path(__file__).parents[2]
TARIFFS = ROOT / "src" / "keten" / "standard" / "tariffs" / "2018-fictief.yaml"
MESSAGE = ROOT / "tests" / "cases" / "messages" / "AW35.xml"
ROWS = ["755/7 FX310 2018-04-01.. mpt"]

COMMANDS = {
    "calculate": ["calculate", "plan.json", "--tariffs", "tariffs.yaml"],
    "practice": ["calculate", "answer.json", "--practice", "three-providers"],
    "couple": ["couple", "claims.csv", "--assignments", "in", "--table", "table.csv", "--contracts", "contracts.csv"],
    "check": ["couple", "--check", "--table", "table.csv", "--former", "former.csv"],
}
"""Commands that read files which people write."""

READ = [
    (name, place)
    for name, arguments in COMMANDS.items()
    for place, argument in enumerate(arguments)
    if argument.endswith((".json", ".csv", ".yaml"))
]

CONTENTS = {
    "nothing": b"",
    "nul": b"\0" * 1_000,
    "noise": bytes(range(256)) * 40,
    "utf-16": "bsn,instelling\n1,2\n".encode("utf-16"),
    "brackets": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "quotes": b'"' * 9_999,
    "anchors": b"a: &a {b: 1}\nc: {d: *a, e: &e {f: *e}}\n",
    "a long number": b"1" * 100_000,
    "a long line": b"x" * 3_000_000,
    "a surrogate": b'{"zzp": "\\ud800", "from": "0001-01-01"}',
    "escape codes": b"\x1b[31m,\x1b]0;x\x07\n[/b],[red]\n",
    "no number": b'{"zzp": NaN, "zzp": Infinity}',
    "a list": b"[1, 2]",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where all that the commands need lies, each under its name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    written(tmp_path / "in" / "AW33.xml", assignments(["A 755/7 2018-04-01.."]))
    written(tmp_path / "contracts.csv", contracts_text(["A mpt 2018-01-01.."]))
    written(tmp_path / "table.csv", table_text(ROWS))
    written(tmp_path / "former.csv", table_text(ROWS, valid="2018-01-01..2018-03-31"))
    written(tmp_path / "claims.csv", claims_text([claim_cells("A 755 FX310 2018-04-02..2018-04-08")]))
    written(tmp_path / "plan.json", json.dumps(EXAMPLE))
    written(tmp_path / "answer.json", "{}")
    (tmp_path / "tariffs.yaml").write_bytes(TARIFFS.read_bytes())
    (tmp_path / "AW35.xml").write_bytes(MESSAGE.read_bytes())
    return tmp_path


@pytest.mark.parametrize(("name", "place"), READ)
@pytest.mark.parametrize("content", CONTENTS)
def test_damaged_files_are_told_in_words(content: str, name: str, place: int, folder: Path, keten: Keten) -> None:
    """Never an internal fault; and nothing that a screen acts on."""
    (folder / COMMANDS[name][place]).write_bytes(CONTENTS[content])
    ran = keten(*COMMANDS[name])
    assert ran.code in (1, 2), ran
    assert "internal fault" not in ran.err
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize(("name", "place"), READ)
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/random", ".", "none/at/all", "x" * 5_000, "a\nb\x1b[31m"])
@pytest.mark.usefixtures("folder")
def test_what_is_no_file_is_refused_at_once(path: str, name: str, place: int, keten: Keten) -> None:
    """A device that never ends, a folder, nothing, a name that none can have."""
    arguments = [*COMMANDS[name]]
    arguments[place] = path
    ran = keten(*arguments)
    assert ran.code == 2, ran
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            [*arguments, "--out", arguments[place]]
            for name, place in READ
            for arguments in [COMMANDS[name]]
            if name != "practice"
        ),
        [*COMMANDS["calculate"], "--aat", "plan.json"],
        [*COMMANDS["calculate"], "--aat", "tariffs.yaml"],
        [*COMMANDS["calculate"], "--aat", "new", "--out", "new"],
        [*COMMANDS["couple"], "--out", "in/AW33.xml"],
        ["validate", "AW35.xml", "--out", "AW35.xml"],
        ["validate", "AW35.xml", "--out", "in/../AW35.xml", "--format", "html"],
        ["validate", "in", "--out", "in/AW33.xml", "--against", "2.0"],
        ["reply", "AW35.xml", "--out", "AW35.xml"],
    ],
    ids=" ".join,
)
def test_nothing_is_written_onto_what_is_read(arguments: list[str], folder: Path, keten: Keten) -> None:
    """By no name; all that lies there stays."""
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    ran = keten(*arguments)
    assert ran.code == 2, ran
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


WRITTEN = [
    [*COMMANDS["calculate"], "--out", "out"],
    [*COMMANDS["calculate"], "--aat", "out"],
    [*COMMANDS["couple"], "--out", "out"],
    ["validate", "AW35.xml", "--out", "out"],
    ["reply", "AW35.xml", "--out", "out"],
]


@pytest.mark.parametrize("arguments", WRITTEN, ids=" ".join)
def test_results_are_for_their_owner_and_follow_no_link(arguments: list[str], folder: Path, keten: Keten) -> None:
    """Mode 0600 whatever the umask; a link of that name, or of the name of a part, leads nowhere."""
    other_file = written(folder / "theirs", "theirs")
    Path("out.part").symlink_to(other_file)
    mask = os.umask(0)
    try:
        assert keten(*arguments).code in (0, 1)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "out").stat().st_mode) == 0o600
    Path("out").unlink()
    Path("out").symlink_to(other_file)
    assert keten(*arguments).code == 2
    assert other_file.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize("command", ["validate", "reply"])
def test_a_folder_of_others_keeps_what_is_theirs(command: str, folder: Path, keten: Keten) -> None:
    """Keten replaces its own files in it, adds others, and stops before one that it did not write."""
    name = {"validate": "0001-AW35.text.txt", "reply": "0001-AW35.reply.xml"}[command]
    out = folder / "out"
    out.mkdir()
    written(out / "notes.txt", "mine")
    for _ in range(2):
        assert keten(command, "AW35.xml", "--out", out).code in (0, 1)
        assert (out / name).stat().st_size
    (folder / "second.xml").write_bytes(MESSAGE.read_bytes())
    assert keten(command, "second.xml", "--out", out).code in (0, 1)
    assert (out / name).stat().st_size
    strange = folder / "strange"
    strange.mkdir()
    written(strange / name, "theirs")
    ran = keten(command, "AW35.xml", "--out", strange)
    assert (ran.code, "in the way" in ran.err) == (2, True)
    assert [one.name for one in strange.iterdir()] == [name]
    assert (strange / name).read_text(encoding="utf-8") == "theirs"


NAMES = [
    "[red]a[bold].xml",
    "a\x1b[31mb.xml",
    "=cmd.xml",
    "a\u202eb.xml",
    os.fsdecode(b"caf\xe9.xml"),
    "a\nb\ufffe.xml",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("form", ["text", "json", "rapport", "junit", "sarif", "html"])
def test_names_of_files_act_on_nobody(form: str, name: str, folder: Path, keten: Keten) -> None:
    """On no screen, in no page, in no report."""
    (folder / name).write_bytes(MESSAGE.read_bytes() + b"<")
    ran = keten("validate", name, "--format", form)
    assert (ran.code, ran.err) == (1, "")
    assert not {"\x1b", "\u202e", "\ufffe"} & set(ran.out)
    ran.out.encode()
    assert "internal" not in keten("reply", name, "--out", "reply.xml").err


def test_declarations_through_a_pipe(folder: Path, keten: Keten) -> None:
    """They are read as from a file."""
    ends = os.pipe()
    os.write(ends[1], (folder / "claims.csv").read_bytes())
    os.close(ends[1])
    arguments = [f"/dev/fd/{ends[0]}" if one == "claims.csv" else one for one in COMMANDS["couple"]]
    assert keten(*arguments).code == 0
    os.close(ends[0])


def test_an_aw319_from_which_something_is_missing(folder: Path, keten: Keten) -> None:
    """Exit code 1 though all that was read is accepted, in every form."""
    written(folder / "claims.csv", "\n".join([other("01"), record(), ""]))
    arguments = [one for one in COMMANDS["couple"] if "contracts" not in one]
    ran = keten(*arguments)
    assert (ran.code, "NOT ALL WAS READ. There is no closing record (99)" in ran.out) == (1, True)
    ran = keten(*arguments, "--format", "json")
    assert (ran.code, ran.data["verdict"]) == (1, "incomplete")
    assert "Not all was read." in keten(*arguments, "--format", "html").out
    ran = keten(*arguments, "--check", "--former", "former.csv")
    assert (ran.code, "NOT ALL WAS READ" in ran.out) == (1, True)
