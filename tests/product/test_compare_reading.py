"""keten compare: nothing of a book goes unread in silence, and nobody is sent to act on what could not be read."""

import zipfile
from pathlib import Path

import pytest

from keten.core.plain import plain
from tests.product.running import Keten, rows, run
from tests.product.test_compare import compare  # noqa: F401 a fixture
from tests.unit.comparison.building import write_message

HEADING = "bsn,instelling,zorgeenheid,leveringsvorm,ingangsdatum,einddatum,percentage"
FIRST = "999990019,01000101,755,7,2018-04-01,2018-12-31,50"
SECOND = "999990020,01000102,031,4,2018-04-01,,100"
BOOK = f"{HEADING}\n{FIRST}\n{SECOND}\n"
ANOTHER = f"{HEADING}\n999980019,01000101,755,7,2018-04-01,,50\n"

SURE = {
    "as asked": BOOK,
    "a title": "Export of assignments\n" + BOOK,
    "a remark": "# made on 1 April\n" + BOOK,
    "bars": BOOK.replace(",", "|"),
    "tabs": BOOK.replace(",", "\t"),
    "other name": BOOK.replace("bsn", "Burgerservicenummer"),
    "quoted separators": BOOK.replace(HEADING, f'{HEADING},"a;b;c;d;e;f;g;h"'),
    "a blank first line": "\n" + BOOK,
    "capitals and blanks": BOOK.replace(HEADING, HEADING.upper().replace(",", " , ")),
    "no line end": BOOK.rstrip("\n"),
    "directive": "sep=;\r\n" + BOOK.replace(",", ";").replace("\n", "\r\n"),
    "Dutch days": BOOK.replace("2018-04-01", "01-04-2018").replace("2018-12-31", "31-12-2018"),
    "numbers of days": BOOK.replace("2018-04-01", "43191").replace("2018-12-31", "43465"),
    "open end by year": BOOK.replace("2018-04-01,,", "2018-04-01,9999-12-31,"),
    "zeros eaten": BOOK.replace("0100010", "100010"),
}
REFUSED = {
    "empty": b"",
    "a blank": b"\n",
    "heading only": f"{HEADING}\n".encode(),
    "no heading": f"{FIRST}\n{SECOND}\n".encode(),
    "binary": b"\x89PNG\r\n\x1a\n\0\0",
    "workbook": b"PK\x03\x04",
    "other table": b"rule,count\nB1,3\n",
    "a list of ours with a column more": b"rule,file,client,location,what,before,after,mine\n",
    "a column missing": b"bsn,instelling\n999980019,01000101\n",
}


@pytest.fixture(scope="module")
def lists_of_others(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The lists that other commands write."""
    folder = tmp_path_factory.mktemp("region")
    before, after, judged = folder / "before", folder / "after", folder / "judged.csv"
    run("population", "--clients", "40", "--seed", "5", "--jobs", "1", "--out", before)
    run("convert", before, "--jobs", "1", "--out", after)
    run("accept", "--before", before, "--after", after, "--format", "csv", "--out", judged)
    return [*after.glob("*.csv"), judged]


def folder_of(place: Path, **files: str | bytes) -> Path:
    """A folder of CSV files."""
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("form", SURE)
def test_the_form_of_a_book_leaves_the_verdict(compare: Keten, form: str, encoding: str, tmp_path: Path) -> None:  # noqa: F811
    """Equal to the book as it is asked for, and different when one record is not in the other."""
    left = folder_of(tmp_path / "left", a=BOOK)
    right = folder_of(tmp_path / "right", a=SURE[form].encode(encoding))
    assert compare(left, right, "--format", "json").code == 0
    (left / "b.csv").write_text(ANOTHER, encoding="utf-8")
    assert compare(left, right, "--format", "json").data["kinds"] == {"missing at zorgaanbieder": 1}


@pytest.mark.parametrize("form", REFUSED)
def test_what_cannot_be_read_is_refused_by_name_and_keeps_books_from_being_equal(
    compare: Keten,  # noqa: F811
    form: str,
    tmp_path: Path,
) -> None:
    """In a folder and in a zip file; alone, it is no book at all."""
    left = folder_of(tmp_path / "left", a=BOOK)
    right = folder_of(tmp_path / "right", a=BOOK, b=REFUSED[form])
    with zipfile.ZipFile(tmp_path / "right.zip", "w") as archive:
        for file in right.iterdir():
            archive.write(file, file.name)
    for book in (right, tmp_path / "right.zip"):
        ran = compare(left, book)
        assert (ran.code, "Verdict: different." in ran.out) == (1, True)
        assert "refused in the book of the zorgaanbieder: 1" in ran.out
        assert f"{book / 'b.csv'}: " in ran.out
        assert "9999" not in ran.out
    alone = compare(left, right / "b.csv")
    assert (alone.code, "9999" in alone.err) == (2, False)


def test_a_readme_among_the_files_is_told_alike_in_a_folder_and_in_a_zip_file(compare: Keten, tmp_path: Path) -> None:  # noqa: F811
    """One rule for both."""
    left, right = folder_of(tmp_path / "left", a=BOOK), folder_of(tmp_path / "right", a=BOOK)
    (right / "b.txt").write_text("Made by us.\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "right.zip", "w") as archive:
        for file in right.iterdir():
            archive.write(file, file.name)
    codes = {compare(left, book).code for book in (right, tmp_path / "right.zip")}
    assert len(codes) == 1


def test_lists_that_keten_wrote_are_left_aside_by_their_whole_heading(
    compare: Keten,  # noqa: F811
    lists_of_others: list[Path],
    tmp_path: Path,
) -> None:
    """All that commands write beside messages; told by number and name."""
    books = folder_of(tmp_path / "books", a=BOOK)
    other = folder_of(tmp_path / "other", a=ANOTHER, b=BOOK.replace("755", "756"), c=BOOK.replace("755", ""))
    compare(books, other, "--out", books / "compared")
    for file in lists_of_others:
        (books / file.name).write_bytes(file.read_bytes())
    ran = compare(books, books, "--format", "json")
    assert ran.code == 0
    lists = {Path(file["name"]).name for file in ran.data["input"]["left"]["aside"] if file["name"].endswith(".csv")}
    assert lists >= {"differences.csv", "worklist-zorgkantoor.csv", "rejected.csv", "apart.csv", "judged.csv"}
    assert lists >= {"exceptions.csv", "assignments.csv", "notes.csv"}


def test_a_client_with_an_unread_row_gives_nobody_work(compare: Keten, tmp_path: Path) -> None:  # noqa: F811
    """He is listed apart, with why; work about others goes on."""
    left = folder_of(tmp_path / "left", a=BOOK, b=ANOTHER)
    right = folder_of(
        tmp_path / "right", a=BOOK.replace("999990020,01000102,031,4,2018-04-01", "999990020,01000102,031,4,soon")
    )
    ran = compare(left, right, "--out", tmp_path / "out", "--format", "json")
    assert (ran.code, ran.data["apart"], ran.data["turns"]) == (1, 1, {"zorgkantoor": 1})
    work = rows(tmp_path / "out" / "worklist-zorgkantoor.csv") + rows(tmp_path / "out" / "worklist-zorgaanbieder.csv")
    assert [row["bsn"] for row in work] == ["999980019"]
    (apart,) = rows(tmp_path / "out" / "apart.csv")
    assert apart["bsn"] == "999990020"
    assert apart["do"] == "Do nothing yet: of this client not all could be read in the book of the zorgaanbieder."


@pytest.mark.parametrize("lost", ["x,01000102,031,4,2018-04-01,,100", None], ids=["a row of nobody", "a whole file"])
def test_nobody_is_told_to_send_what_may_stand_in_what_could_not_be_read(
    compare: Keten,  # noqa: F811
    lost: str | None,
    tmp_path: Path,
) -> None:
    """Whose row it is cannot be told: any of the clients that miss may be it."""
    left = folder_of(tmp_path / "left", a=BOOK)
    row = f"{HEADING}\n{FIRST}\n{lost}\n" if lost else f"{HEADING}\n{FIRST}\n"
    right = folder_of(tmp_path / "right", a=row, **({} if lost else {"b": SECOND}))
    ran = compare(left, right, "--out", tmp_path / "out", "--format", "json")
    assert (ran.data["kinds"], ran.data["turns"]) == ({"missing at zorgaanbieder": 1}, {})
    assert rows(tmp_path / "out" / "worklist-zorgkantoor.csv") == []


def test_a_client_of_a_message_that_is_not_valid_gives_nobody_work(compare: Keten, tmp_path: Path) -> None:  # noqa: F811
    """Its BSN is told by the message all the same."""
    package = {"table": "ToegewezenZorgzwaartepakket", "ZzpCode": 754, "Instelling": 41424344, "Leveringsvorm": 4}
    items = [{**package, "Ingangsdatum": "2018-04-01", "bsn": bsn} for bsn in (999990019, 999990020, 999990031)]
    left, right = tmp_path / "left.xml", tmp_path / "right.xml"
    write_message(left, "AW33", items)
    write_message(right, "AW33", items[:2])
    text = right.read_text(encoding="utf-8")
    head, _, tail = text.rpartition("2018-04-01")
    right.write_text(f"{head}1 April{tail}", encoding="utf-8")
    ran = compare(left, right, "--out", tmp_path / "out", "--format", "json")
    assert (ran.code, ran.data["apart"]) == (1, 1)
    assert [row["bsn"] for row in rows(tmp_path / "out" / "worklist-zorgkantoor.csv")] == ["999990031"]


@pytest.mark.parametrize("day", ["1 April", "04-01-2018", "0"])
def test_a_book_of_which_no_row_could_be_read_is_refused(compare: Keten, day: str, tmp_path: Path) -> None:  # noqa: F811
    """With file, line, column, how it is written and what is wanted."""
    left = folder_of(tmp_path / "left", a=BOOK)
    right = folder_of(tmp_path / "right", a=f"{HEADING}\n" + SECOND.replace("2018-04-01", day) + "\n")
    ran = compare(left, right)
    assert ran.code == 2
    assert f"{right / 'a.csv'}, line 2: No such value for ingangsdatum: it is written " in ran.err
    assert "99999" not in ran.err
    assert day not in ran.err or len(day) == 1


def test_names_act_on_no_screen(compare: Keten, tmp_path: Path) -> None:  # noqa: F811
    """What cannot be printed is spelled out, and brackets are no markup."""
    right = folder_of(tmp_path / "right", a=BOOK)
    name = "[red]b\x1b[31m.csv"
    (right / name).write_bytes(b"")
    ran = compare(right, right, "--out", tmp_path / "[bold]out")
    assert ran.code == 1
    assert plain(name) in ran.out
    assert "\x1b" not in ran.out + ran.err
    assert "[bold]out" in ran.out
