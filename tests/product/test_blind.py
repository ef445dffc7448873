"""keten blind, as two users run it, each with their own book."""

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.product.running import Keten, rows
from tests.product.test_compare import KINDS, ZORGAANBIEDER, ZORGKANTOOR

LEFT, RIGHT = ("--as", "zorgkantoor,zorgaanbieder"), ("--as", "zorgaanbieder,zorgkantoor")

Blind = Callable[..., tuple[int, str]]


@pytest.fixture
def blind(keten: Keten, tmp_path: Path) -> Blind:
    """Runs a command of keten blind in a folder with both books and a key; paths are names in it."""
    (tmp_path / "zk.csv").write_text(ZORGKANTOOR, encoding="utf-8")
    (tmp_path / "za.csv").write_text(ZORGAANBIEDER, encoding="utf-8")

    def ran(*arguments: str) -> tuple[int, str]:
        named = [tmp_path / text if "." in text or text.startswith("out") else text for text in arguments]
        code, out, err = keten("blind", *named)
        return code, out + err

    assert ran("key", "--campaign", "proef-1", "--out", "key.json")[0] == 0
    return ran


def exchange(blind: Blind) -> None:
    """All five turns."""
    key = ("--key", "key.json")
    assert blind("offer", "zk.csv", *key, *LEFT, "--out", "1.json")[0] == 0
    assert blind("answer", "za.csv", "1.json", *key, *RIGHT, "--out", "2.json")[0] == 0
    assert blind("answer", "zk.csv", "2.json", *key, *LEFT, "--out", "3.json")[0] == 0
    assert blind("answer", "za.csv", "3.json", *key, *RIGHT, "--out", "4.json")[0] == 0
    assert blind("answer", "zk.csv", "4.json", *key, *LEFT, "--out", "5.json")[0] == 0


def test_both_sides_find_the_same_and_only_their_own(blind: Blind, tmp_path: Path) -> None:
    """The figures of the open comparison; in the lists the own records, with the own values."""
    exchange(blind)
    assert blind("report", "zk.csv", "4.json", "--key", "key.json", *LEFT, "--out", "out-zk")[0] == 1
    assert blind("report", "za.csv", "5.json", "--key", "key.json", *RIGHT, "--out", "out-za")[0] == 1
    for side, others in (("zk", "999990055"), ("za", "999990043")):
        out = tmp_path / f"out-{side}"
        figures = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
        listed = rows(out / "differences.csv")
        assert (figures["kinds"], figures["blind"]) == (KINDS, True)
        assert len(listed) == 4
        assert all(row["bsn"] != others and row["left_location"] and not row["right"] for row in listed)
        assert "blind" in (out / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in sorted((tmp_path / "out-zk").glob("worklist*"))] == ["worklist-zorgkantoor.csv"]
    assert [path.name for path in sorted((tmp_path / "out-za").glob("worklist*"))] == ["worklist-zorgaanbieder.csv"]


def test_no_client_crosses_in_a_file_or_on_screen(blind: Blind, tmp_path: Path) -> None:
    """The messages hold digests only; the screens counts."""
    exchange(blind)
    wire = "".join((tmp_path / f"{turn}.json").read_text(encoding="utf-8") for turn in range(1, 6))
    shown = blind("report", "zk.csv", "4.json", "--key", "key.json", *LEFT)[1]
    assert not any(text in wire + shown for text in ("99999", "41424344", "2018"))


def test_a_turn_that_got_lost_can_be_made_again(blind: Blind, tmp_path: Path) -> None:
    """The other side answers the new one; an answer to the one that was lost does not count any more."""
    exchange(blind)
    key, lost = ("--key", "key.json"), (tmp_path / "3.json").read_bytes()
    assert blind("answer", "za.csv", "1.json", *key, *RIGHT, "--out", "2.json")[0] == 0
    assert blind("answer", "zk.csv", "2.json", *key, *LEFT, "--out", "3.json")[0] == 0
    assert blind("answer", "za.csv", "3.json", *key, *RIGHT, "--out", "4.json")[0] == 0
    assert blind("report", "zk.csv", "4.json", *key, *LEFT)[0] == 1
    (tmp_path / "3.json").write_bytes(lost)
    code, said = blind("answer", "za.csv", "3.json", *key, *RIGHT, "--out", "x.json")
    assert (code, "was sent before" in said) == (2, True)


def test_the_key_is_for_its_owner_only(blind: Blind, tmp_path: Path) -> None:
    """Nobody else may read the file, and an existing one is not replaced; no two keys are the same."""
    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600
    assert blind("key", "--campaign", "proef-1", "--out", "key.json")[0] == 2
    assert blind("key", "--campaign", "proef-1", "--out", "other.json")[0] == 0
    assert (tmp_path / "key.json").read_bytes() != (tmp_path / "other.json").read_bytes()


def test_wrong_usage_ends_with_2(blind: Blind, tmp_path: Path) -> None:
    """Another key, one's own message, a file that is none, a report too early: each says what is wrong."""
    exchange(blind)
    blind("key", "--campaign", "proef-1", "--out", "other.json")
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    to = ("--out", "x.json")
    for arguments, text in (
        (("answer", "za.csv", "1.json", "--key", "other.json", *RIGHT, *to), "another key"),
        (("answer", "zk.csv", "1.json", "--key", "key.json", *LEFT, *to), "message of a zorgkantoor"),
        (("answer", "za.csv", "no.json", "--key", "key.json", *RIGHT, *to), "no message of a blind comparison"),
        (("answer", "za.csv", "5.json", "--key", "key.json", *RIGHT, *to), "the last turn"),
        (("answer", "za.csv", "1.json", "--key", "zk.csv", *RIGHT, *to), "is no JSON"),
        (("report", "zk.csv", "2.json", "--key", "key.json", *LEFT), "Answer it first"),
        (("key", "--campaign", "a b", "--out", "y.json"), "name of a campaign"),
    ):
        code, shown = blind(*arguments)
        assert code == 2
        assert text in shown


def test_books_that_were_cut_down_to_nothing_are_not_equal(blind: Blind) -> None:
    """As in the open comparison: a mistyped code on both sides is wrong usage."""
    more = ("--key", "key.json", "--instelling", "99999999")
    assert blind("offer", "zk.csv", *more, *LEFT, "--out", "1.json")[0] == 0
    code, said = blind("report", "za.csv", "1.json", *more, *RIGHT)
    assert code == 2
    assert "No record of either book" in said


def test_what_is_changed_cut_or_swapped_on_the_way_is_refused(blind: Blind, tmp_path: Path) -> None:
    """Without the key nobody can make two books that differ look equal."""
    exchange(blind)
    told = json.loads((tmp_path / "4.json").read_text(encoding="utf-8"))
    spoiled = {
        "emptied": json.dumps(told | {"clients": {}, "records": {}, "alone": {}}),
        "renumbered": json.dumps(told | {"turn": 2}),
        "cut": (tmp_path / "4.json").read_text(encoding="utf-8")[:-100],
        "resealed": json.dumps({**told, "seal": "0" * 64}),
    }
    for name, text in spoiled.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        for command in (("report",), ("answer", "--out", "x.json")):
            code, said = blind(command[0], "zk.csv", f"{name}.json", "--key", "key.json", *LEFT, *command[1:])
            assert code == 2, name
            assert "changed" in said, name
    code, said = blind("report", "zk.csv", "5.json", "--key", "key.json", *LEFT)
    assert (code, "This is a message of a zorgkantoor" in said) == (2, True)


@pytest.mark.parametrize("corrected", [True, False], ids=["another book", "the same books"])
def test_an_earlier_exchange_cannot_be_played_again(blind: Blind, tmp_path: Path, *, corrected: bool) -> None:
    """Whoever kept the messages of an earlier comparison gets nowhere with them, though they lie in the same folder."""
    exchange(blind)
    for turn in range(1, 6):
        shutil.copy(tmp_path / f"{turn}.json", tmp_path / f"old-{turn}.json")
    if corrected:
        book = (tmp_path / "zk.csv").read_text(encoding="utf-8")
        (tmp_path / "zk.csv").write_text(book.replace("100.00", "50.00"), encoding="utf-8")
    exchange(blind)
    for turn in range(2, 6):
        mine, side = (("za.csv", RIGHT), ("zk.csv", LEFT))[(turn + 1) % 2]
        for command, out in (("report", ()), ("answer", ("--out", "x.json"))):
            code, said = blind(command, mine, f"old-{turn}.json", "--key", "key.json", *side, *out)
            early = (command == "report" and turn < 4) or (command == "answer" and turn == 5)
            assert code == 2
            assert early or "was sent before" in said
    assert not (tmp_path / "x.json").exists()


def test_an_exchange_played_again_from_its_offer_ends_at_the_next_turn(blind: Blind, tmp_path: Path) -> None:
    """An old offer looks like a new one; but its third turn answers another second turn than the one made now."""
    exchange(blind)
    old = (tmp_path / "3.json").read_bytes()
    assert blind("answer", "za.csv", "1.json", "--key", "key.json", *RIGHT, "--out", "2.json")[0] == 0
    (tmp_path / "3.json").write_bytes(old)
    code, said = blind("answer", "za.csv", "3.json", "--key", "key.json", *RIGHT, "--out", "x.json")
    assert (code, "was sent before" in said) == (2, True)


def test_who_does_not_have_what_is_answered_does_not_take_the_answer(blind: Blind, tmp_path: Path) -> None:
    """It could be of any time; one's own message can be named where it lies elsewhere."""
    exchange(blind)
    (tmp_path / "sent.1").mkdir()
    (tmp_path / "1.json").rename(tmp_path / "sent.1" / "1.json")
    given = ("answer", "zk.csv", "2.json", "--key", "key.json", *LEFT, "--out", "x.json")
    code, said = blind(*given)
    assert (code, "is not at hand" in said) == (2, True)
    assert blind(*given, "--after", "sent.1/1.json")[0] == 0
    code, said = blind(*given, "--after", "3.json")
    assert (code, "does not answer your last message" in said) == (2, True)


def test_no_input_is_written_to(blind: Blind, tmp_path: Path) -> None:
    """Neither book, nor key, nor the message that is answered."""
    exchange(blind)
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    for out in ("za.csv", "key.json", "1.json"):
        code, said = blind("answer", "za.csv", "1.json", "--key", "key.json", *RIGHT, "--out", out)
        assert (code, "one of the files to read" in said) == (2, True)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "key", ["", "{}", "[" * 100_000, '{"campaign": 1}', '{"campaign": "a/b", "key": "00"}'], ids=len
)
def test_a_damaged_key_file_is_refused(blind: Blind, tmp_path: Path, key: str) -> None:
    """In words; what stands in it does not show."""
    (tmp_path / "bad.json").write_text(key, encoding="utf-8")
    code, said = blind("offer", "zk.csv", "--key", "bad.json", *LEFT, "--out", "x.json")
    assert (code, "bad.json" in said, "fault" in said) == (2, True, False)


def test_what_the_other_side_could_not_read_is_not_equal(blind: Blind, tmp_path: Path) -> None:
    """Though all else is: neither from the first turn on, nor at the end; and it gives nobody work."""
    heading, *lines = ZORGKANTOOR.splitlines()
    unread = lines[0].replace(lines[0].split(",")[0], "99999001x")
    (tmp_path / "za.csv").write_text("\n".join([heading, *lines]), encoding="utf-8")
    (tmp_path / "zk.csv").write_text("\n".join([heading, *lines, unread]), encoding="utf-8")
    assert blind("offer", "zk.csv", "--key", "key.json", *LEFT, "--out", "1.json")[0] == 0
    code, said = blind("report", "za.csv", "1.json", "--key", "key.json", *RIGHT, "--out", "out")
    assert (code, "Verdict: different." in said, "zorgkantoor: 1" in said) == (1, True, True), said
    assert not (tmp_path / "out" / "rejected.csv").exists()
