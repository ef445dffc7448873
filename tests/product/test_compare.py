"""keten compare, as a user runs it."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.product.running import Keten, rows, run
from tests.unit.comparison.building import write_message

HEADER = "bsn;instelling;zorgeenheid;leveringsvorm;ingangsdatum;einddatum;percentage;dossierhouder\n"
ZORGKANTOOR = HEADER + (
    "999990019;41424344;754;4;2018-04-01;;100;41424344\n"
    "999990020;41424344;755;4;2018-04-01;;100;41424344\n"
    "999990031;41424344;756;5;2018-04-01;;1;41424344\n"
    "999990043;41424344;757;7;2018-05-01;;50;\n"
)
ZORGAANBIEDER = HEADER + (
    "999990019;41424344;754;4;2018-04-01;;100;41424344\n"
    "999990020;41424344;755;4;2018-04-02;;100;41424344\n"
    "999990031;41424344;756;5;2018-04-01;2018-12-31;100,00;41424344\n"
    "999990055;41424344;810;4;2018-04-01;;100;41424344\n"
)
KINDS = {
    "end date": 1,
    "missing at zorgaanbieder": 1,
    "missing at zorgkantoor": 1,
    "percentage": 1,
    "start date": 1,
}


@pytest.fixture
def compare(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "compare")


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    """Two small books in CSV."""
    left, right = tmp_path / "zorgkantoor.csv", tmp_path / "zorgaanbieder.csv"
    left.write_text(ZORGKANTOOR, encoding="utf-8")
    right.write_text(ZORGAANBIEDER, encoding="utf-8")
    return left, right


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Messages of 2.0, converted from those of a synthetic region."""
    folder = tmp_path_factory.mktemp("region")
    run("population", "--clients", "150", "--seed", "5", "--jobs", "1", "--out", folder / "before")
    run("convert", folder / "before", "--jobs", "1", "--out", folder / "after")
    return folder / "after"


def test_equal_books_end_with_0(compare: Keten, books: tuple[Path, Path]) -> None:
    """A book with itself."""
    ran = compare(books[0], books[0], "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["verdict"] == "equal"
    assert ran.data["account"]["left"] == {"records": 4, "equal": 4, "different": 0, "only here": 0, "double": 0}


def test_books_that_differ_end_with_1_and_the_account_closes(compare: Keten, books: tuple[Path, Path]) -> None:
    """Kinds, keys, and whose turn it is."""
    ran = compare(*books, "--format", "json")
    assert ran.code == 1
    assert ran.data["kinds"] == KINDS
    assert ran.data["matched"] == {"equal": 1, "logical key": 1, "other start date": 1}
    assert ran.data["turns"] == {"zorgaanbieder": 4, "zorgkantoor": 1}
    for side in ("left", "right"):
        assert ran.data["account"][side] == {"records": 4, "equal": 1, "different": 2, "only here": 1, "double": 0}
        assert ran.data["input"][side]["rows"] == {"read": 4, "records": 4}


def test_the_worklists_say_who_should_do_what_and_where(
    compare: Keten, books: tuple[Path, Path], tmp_path: Path
) -> None:
    """A row per difference, with the place on both sides."""
    compare(*books, "--out", tmp_path / "out")
    listed = rows(tmp_path / "out" / "differences.csv")
    work = {party: rows(tmp_path / "out" / f"worklist-{party}.csv") for party in ("zorgkantoor", "zorgaanbieder")}
    assert len(listed) == 5
    assert [row["kind"] for row in work["zorgkantoor"]] == ["missing at zorgaanbieder"]
    assert work["zorgkantoor"][0]["do"].startswith("Send the assignment again (AW33)")
    (percentage,) = [row for row in work["zorgaanbieder"] if row["kind"] == "percentage"]
    assert (percentage["left"], percentage["right"], percentage["bsn"]) == ("1.00", "100.00", "999990031")
    assert (percentage["left_file"], percentage["left_location"]) == (str(books[0]), "line 4")
    assert (percentage["right_file"], percentage["right_location"]) == (str(books[1]), "line 4")


def test_what_is_shown_is_never_about_a_person(compare: Keten, books: tuple[Path, Path], tmp_path: Path) -> None:
    """No BSN on screen, in the figures or on the page; the lists are for those who have to act."""
    out = tmp_path / "out"
    shown = [compare(*books, "--out", out), compare(*books, "--format", "json")]
    texts = [one.out + one.err for one in shown]
    texts += [(out / name).read_text(encoding="utf-8") for name in ("comparison.json", "index.html")]
    assert "99999" in (out / "differences.csv").read_text(encoding="utf-8")
    assert not any("99999" in text for text in texts)


def test_the_same_books_give_the_same_files(compare: Keten, books: tuple[Path, Path], tmp_path: Path) -> None:
    """Byte for byte, also over an earlier comparison; nothing of that is left."""
    out = tmp_path / "out"
    compare(books[0], tmp_path / "zorgaanbieder.csv", "--out", out)
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    compare(books[0], books[0], "--out", out)
    assert (out / "comparison.json").read_bytes() != first["comparison.json"]
    compare(*books, "--out", out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_the_page_says_what_the_figures_say(compare: Keten, books: tuple[Path, Path], tmp_path: Path) -> None:
    """Verdict, kinds and turns; and it asks nothing of a network."""
    compare(*books, "--out", tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert all(word in page for word in ("different", *KINDS, "Take the start date of the last AW33"))
    assert "http" not in page


def test_messages_of_a_region_against_what_a_provider_received(compare: Keten, converted: Path, tmp_path: Path) -> None:
    """One message did not come, another came twice: the first is missing, the second is no difference."""
    received = tmp_path / "received"
    shutil.copytree(converted, received, ignore=shutil.ignore_patterns("*.csv", "*.json", "*.html"))
    messages = sorted(received.rglob("*.xml"))
    shutil.copy(messages[1], messages[1].with_stem("again"))
    lost = messages[0].read_text(encoding="utf-8").count("<ToegewezenZorgzwaartepakket>")
    messages[0].unlink()
    ran = compare(converted, received, "--format", "json")
    assert ran.code == 1
    assert list(ran.data["kinds"]) == ["missing at zorgaanbieder"]
    assert 0 < ran.data["kinds"]["missing at zorgaanbieder"] <= lost  # other messages show some of them too
    assert ran.data["input"]["right"]["rows"]["repeated"] > 0
    assert {file["reason"] for file in ran.data["input"]["left"]["aside"]} == {
        "It is a list that keten wrote, and no book.",
        "It does not look like a message.",
    }


def test_only_one_provider(compare: Keten, converted: Path) -> None:
    """The books cut down to what lies between the two; the rest is counted as outside."""
    code = next(converted.rglob("AW33_*.xml")).stem.split("_")[1]
    ran = compare(converted, converted, "--instelling", code, "--format", "json")
    assert ran.code == 0
    rest = ran.data["input"]["left"]["rows"]
    assert rest["outside"] > 0
    assert rest["read"] == sum(count for name, count in rest.items() if name != "read")


def test_a_zorgkantoor_with_cak(compare: Keten, tmp_path: Path) -> None:
    """On what CAK may know: packages and their care; a functie of a subsidy comes into no figure and no list."""
    books, cak = tmp_path / "zorgkantoor", tmp_path / "cak.xml"
    books.mkdir()
    package = {"ZzpCode": 754, "Instelling": 41424344, "Leveringsvorm": 4}
    assigned = {**package, "table": "ToegewezenZorgzwaartepakket", "Ingangsdatum": "2018-04-01", "Klasse": "KE4"}
    started = {**package, "table": "GeleverdZorgzwaartepakket", "ToewijzingIngangsdatum": "2018-04-01"}
    subsidy = {"table": "ToegewezenFunctie", "FunctieCode": 91, "Instelling": 41424344, "Ingangsdatum": "2018-04-01"}
    clients = [999990019, 999990020]
    sent = [{**assigned, "bsn": bsn} for bsn in clients] + [{**subsidy, "bsn": 999990031, "Klasse": "K4"}]
    write_message(books / "AW33.xml", "AW33", sent)
    write_message(books / "AW35.xml", "AW35", [{**started, "bsn": bsn, "Begindatum": "2018-04-05"} for bsn in clients])
    told = {**package, "table": "GeleverdeZorg", "Startdatum": "2018-04-05", "Klasse": "KE4"}
    write_message(cak, "CA317", [{**told, "bsn": clients[0]}, {**told, "bsn": clients[1], "ZzpCode": 755}])
    ran = compare(books, cak, "--as", "zorgkantoor,cak", "--out", tmp_path / "out", "--format", "json")
    assert ran.code == 1
    assert ran.data["kinds"] == {"code": 1}
    assert ran.data["input"]["left"]["rows"] == {"read": 5, "joined": 2, "no package": 1, "records": 2}
    assert "percentage" not in ran.data["fields"]
    lists = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.csv"))
    assert "999990020" in lists
    assert "999990031" not in lists
    assert "besluit" not in lists
    assert rows(tmp_path / "out" / "worklist-zorgkantoor.csv")[0]["do"].endswith("(CA317, status 2).")


def test_what_cannot_be_read_is_listed_and_keeps_books_from_being_equal(
    compare: Keten, books: tuple[Path, Path], tmp_path: Path
) -> None:
    """A line with no date that exists: the rest is compared, and the verdict is not that all is well."""
    bad = tmp_path / "bad.csv"
    bad.write_text(ZORGKANTOOR + "999990067;41424344;754;4;2018-02-30;;;\n", encoding="utf-8")
    ran = compare(bad, books[0], "--out", tmp_path / "out")
    assert ran.code == 1
    assert "not readable in the book of the zorgkantoor: 1" in ran.out
    assert rows(tmp_path / "out" / "rejected.csv") == [
        {
            "book": "zorgkantoor",
            "file": str(bad),
            "location": "line 6",
            "reason": "No such value for ingangsdatum: it is written 9999-99-99, wanted is a day, such as 2018-04-01.",
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("{0}", "nowhere"),
        ("{0}", "{1}", "--as", "zorgkantoor,ciz"),
        ("{0}", "{1}", "--as", "zorgkantoor"),
        ("{0}", "{1}", "--out", "{0}/.."),
        ("{0}", "{1}", "--out", "{0}"),
        ("{0}", "{1}", "--format", "html"),
        ("{0}", "{1}", "--instelling", "41424345"),
        ("{0}",),
    ],
    ids=[
        "no such path",
        "unknown parties",
        "one party",
        "folder in use",
        "a file for a folder",
        "unknown form",
        "nothing between",
        "one book",
    ],
)
def test_wrong_usage_ends_with_2(compare: Keten, books: tuple[Path, Path], arguments: tuple[str, ...]) -> None:
    """With a text that says what to do, and no traceback."""
    filled = [text.format(*books).replace("zorgkantoor.csv/..", "") for text in arguments]
    ran = compare(*filled)
    assert ran.code == 2
    assert ran.err
    assert "Traceback" not in ran.err
