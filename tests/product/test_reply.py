"""keten reply, as a user runs it."""

import io
import os
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

from keten.standard import return_code
from tests.product.running import Keten, run
from tests.product.test_validate import AW35, BSN, INVALID, NAME, TEXT
from tests.product.test_validate_answers import Stopped


@pytest.fixture
def answer(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "reply")


def test_a_right_message_is_accepted(answer: Keten, tmp_path: Path) -> None:
    """With the header alone; the reply is a valid message."""
    out = tmp_path / "AW36.xml"
    assert answer(AW35, "--out", out) == (0, f"{AW35}: accepted, 2 clients. AW36 in {out}.\n", "")
    assert out.read_bytes().count(b"<RetourCode>0200<") == 1
    assert b"<Client>" not in out.read_bytes()
    assert run("validate", out) == 0


def test_all_clients_go_back_on_demand(answer: Keten, tmp_path: Path) -> None:
    """Every record with 0200."""
    out = tmp_path / "AW36.xml"
    assert answer(AW35, "--out", out, "--clients", "all").code == 0
    assert out.read_bytes().count(b"<Client>") == 2
    assert run("validate", out) == 0


def test_a_structure_that_is_wrong_is_rejected_as_a_whole(answer: Keten, tmp_path: Path) -> None:
    """With 0001; nothing on screen or in the reply is about a person."""
    (tmp_path / "a.xml").write_bytes(INVALID)
    ran = answer(tmp_path / "a.xml", "--out", tmp_path / "AW36.xml")
    back = (tmp_path / "AW36.xml").read_text(encoding="utf-8")
    assert (ran.code, "rejected as a whole, for technical reasons (XSD 2)" in ran.out) == (1, True)
    assert back.count("<RetourCode>0001<") == 1
    assert not any(secret in ran.out + back for secret in (BSN, NAME))
    assert run("validate", tmp_path / "AW36.xml") == 0


def test_a_message_of_a_release_that_was_not_in_use_is_rejected(answer: Keten, tmp_path: Path) -> None:
    """As of that day."""
    ran = answer(AW35, "--out", tmp_path / "AW36.xml", "--as-of", "2018-03-30")
    assert (ran.code, "RELEASE 1" in ran.out) == (1, True)
    assert "<DagtekeningRetour>2018-03-30<" in (tmp_path / "AW36.xml").read_text(encoding="utf-8")


def test_a_code_that_the_register_does_not_know_is_rejected(answer: Keten, tmp_path: Path) -> None:
    """With the return codes of TR042 and TR100; without a register nobody can tell."""
    register, out = tmp_path / "agb.csv", tmp_path / "AW36.xml"
    register.write_text("agb,from,until,zorgkantoor\n41424344,2018-04-02,,5520\n", encoding="utf-8")
    ran = answer(AW35, "--out", out, "--agb", register)
    assert (ran.code, "2 of 2 clients rejected (TR042 2, TR100 1)." in ran.out) == (1, True)
    told = [return_code(rule).encode() for rule in ("TR042", "TR100")]
    assert [out.read_bytes().count(b"<RetourCode>" + code) for code in told] == [2, 1]
    assert run("validate", out) == 0
    assert "accepted, 2 clients." in answer(AW35, "--out", out).out
    assert answer(AW35, "--out", out, "--agb", AW35).code == 2


def test_a_reply_can_be_named(answer: Keten, tmp_path: Path) -> None:
    """By its identification and its day."""
    answer(AW35, "--out", tmp_path / "b.xml", "--identificatie", "RETOUR-7", "--dagtekening", "2018-04-06")
    back = (tmp_path / "b.xml").read_text(encoding="utf-8")
    assert "<IdentificatieRetour>RETOUR-7</" in back
    assert "<DagtekeningRetour>2018-04-06</" in back


def test_standard_input_can_be_answered(answer: Keten, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read twice all the same."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT)))
    assert answer("-", "--out", tmp_path / "a.xml", "--clients", "all").code == 0
    assert (tmp_path / "a.xml").read_bytes().count(b"<Client>") == 2


def test_more_messages_are_answered_in_a_folder(answer: Keten, tmp_path: Path) -> None:
    """One that cannot be answered does not stop the others."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a.xml", TEXT)
        archive.writestr("a-reply.xml", TEXT.replace(b"aw35", b"aw36"))
        archive.writestr("b.xml", b"no XML")
        archive.writestr("c.xml", INVALID)
    ran = answer(tmp_path / "in.zip", "--out", tmp_path / "out")
    assert (ran.code, ran.err) == (1, "")
    assert [line.partition(": ")[2][:9] for line in ran.out.splitlines()] == [
        "accepted,",
        "no reply.",
        "no reply.",
        "rejected ",
    ]
    assert sorted(one.name for one in (tmp_path / "out").glob("[!.]*")) == ["0001-a.reply.xml", "0004-c.reply.xml"]


def test_a_name_does_nothing_to_a_screen(answer: Keten, tmp_path: Path) -> None:
    """Whatever a file in a zip file is called; nor does one that is no text."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a\x1b[31m.xml", TEXT)
    ran = answer(tmp_path / "in.zip", "--out", tmp_path / "out")
    assert (ran.code, "a\\x1b[31m.xml" in ran.out, "\x1b" in ran.out) == (0, True, False)
    odd = tmp_path / os.fsdecode(b"\xff.xml")
    odd.write_bytes(TEXT)
    assert answer(odd, "--out", tmp_path / "out.xml").code == 0


def test_an_interrupted_reply_is_not_written_and_ends_with_3(
    answer: Keten, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while the message still comes in."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Stopped(TEXT[:-100])))
    assert answer("-", "--out", tmp_path / "a.xml") == (3, "", "Interrupted: there is no verdict.\n")
    assert list(tmp_path.iterdir()) == []


def wrong_usage(folder: Path) -> dict[str, list[str | Path]]:
    """Arguments that ask what cannot be done."""
    (folder / "reply.xml").write_bytes(TEXT.replace(b"aw35", b"aw36"))
    (folder / "a.xml").write_bytes(TEXT)
    out = folder / "out.xml"
    return {
        "no message": [folder / "absent.xml", "--out", out],
        "no place": [AW35],
        "a reply": [folder / "reply.xml", "--out", out],
        "the message itself": [folder / "a.xml", "--out", folder / "a.xml"],
        "more messages, one file": [AW35, AW35, "--out", folder / "a.xml"],
        "a name too long": [AW35, "--out", out, "--identificatie", "x" * 13],
        "no name": [AW35, "--out", out, "--identificatie", ""],
        "no date": [AW35, "--out", out, "--dagtekening", "today"],
        "no choice": [AW35, "--out", out, "--clients", "some"],
    }


def test_wrong_usage_ends_with_2_and_writes_nothing(answer: Keten, tmp_path: Path) -> None:
    """Each says what to do."""
    for name, arguments in wrong_usage(tmp_path).items():
        ran = answer(*arguments)
        assert (name, ran.code, ran.out, "Traceback" in ran.err) == (name, 2, "", False)
        assert ran.err.strip()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xml", "reply.xml"]
    assert (tmp_path / "a.xml").read_bytes() == TEXT
