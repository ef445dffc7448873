"""Books in CSV: how values may be written, and what becomes of lines and files that are not as they should be."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from keten.comparison import Between, open_book, pair_of
from keten.comparison.books import Book
from keten.comparison.opening import NoBook
from keten.core import UsageError
from keten.messages.walking import UnreadablePath
from tests.unit.closing import close
from tests.unit.comparison.building import PARTIES

HEADER = "bsn,instelling,zorgeenheid,leveringsvorm,ingangsdatum,percentage"
LINE = "999990019,41424344,754,4,2018-04-01,50"
PAIR = pair_of(*PARTIES)


def opened(path: Path, between: Between | None = None) -> Book:
    """The book in a file or folder."""
    return open_book([str(path)], PARTIES[0], PAIR, between or Between())


def written(folder: Path, text: str | bytes) -> Path:
    """A file with a text."""
    path = folder / "book.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("bsn", "99990019", "099990019"),
        ("bsn", " 999990019 ", "999990019"),
        ("instelling", "6010101", "06010101"),
        ("instelling", "", None),
        ("zorgeenheid", "754", "754"),
        ("ingangsdatum", "2018-04-01", "2018-04-01"),
        ("percentage", "100", "100.00"),
        ("percentage", '"33,5"', "33.50"),
        ("percentage", "0.01%", "0.01"),
        ("percentage", "", None),
    ],
)
def test_how_a_value_may_be_written(tmp_path: Path, field: str, text: str, value: str | None) -> None:
    """Each comes into the book in its one form."""
    cells = dict(zip(HEADER.split(","), LINE.split(","), strict=True)) | {field: text}
    book = opened(written(tmp_path, f"{HEADER}\n{','.join(cells.values())}\n"))
    assert book.records[field].to_list() == [value]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("bsn", ""),
        ("bsn", "99999001x"),
        ("bsn", "9999900190"),
        ("instelling", "123456789"),
        ("zorgeenheid", "75 4"),
        ("ingangsdatum", "01-04-2018"),
        ("ingangsdatum", "2018-02-30"),
        ("ingangsdatum", ""),
        ("percentage", "half"),
        ("percentage", "33.333"),
        ("leveringsvorm", "\x1f"),
    ],
)
def test_a_line_with_another_value_is_listed_with_its_place_and_not_with_the_value(
    tmp_path: Path, field: str, text: str
) -> None:
    """It is in no record; the other lines are."""
    cells = dict(zip(HEADER.split(","), LINE.split(","), strict=True)) | {field: text}
    book = opened(written(tmp_path, f"{HEADER}\n{LINE}\n{','.join(cells.values())}\n"))
    assert book.records.height == 1
    ((location, reason),) = book.rejected.select("location", "reason").rows()
    assert location == "line 3"
    assert re.match(rf"No (such )?value for {field}: .*wanted is ", reason)
    assert not text or text not in reason
    assert book.incomplete


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_of_the_usual_separators_will_do(tmp_path: Path, separator: str) -> None:
    """Also with a byte order mark, other line ends, capitals and columns that are no fields."""
    text = "\ufeff" + f"{HEADER},Note\r\n{LINE},x\r\n".upper().replace(",", separator)
    book = opened(written(tmp_path, text))
    assert book.records.height == 1
    assert book.fields == tuple(HEADER.split(","))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bsn,ingangsdatum\n1,2018-04-01\n",
        f"{HEADER},bsn\n{LINE},1\n",
        f"{HEADER}\n{LINE},1\n",
        b"\xff\xfe\x00",
        f"{HEADER}\n",
    ],
    ids=["empty", "columns missing", "a column twice", "a line too long", "no text", "no line"],
)
def test_a_file_that_is_no_book_is_wrong_usage_when_there_is_no_other(tmp_path: Path, text: str | bytes) -> None:
    """With the reason, and with no value of it."""
    with pytest.raises(NoBook) as caught:
        opened(written(tmp_path, text))
    assert "book.csv: " in str(caught.value)
    assert "99999" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_bad_file_beside_good_ones_stops_nothing(tmp_path: Path) -> None:
    """The book is incomplete; only a list that keten wrote is left aside."""
    written(tmp_path, f"{HEADER}\n{LINE}\n")
    (tmp_path / "bad.csv").write_text("bsn,ingangsdatum\n1,2018-04-01\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("rule,count\nB1,3\n", encoding="utf-8")
    (tmp_path / "notes.csv").write_text("rule,file,client,location,what,before,after\n", encoding="utf-8")
    (tmp_path / "broken.xml").write_text("<Bericht>", encoding="utf-8")
    book = opened(tmp_path)
    assert book.records.height == 1
    assert book.incomplete
    assert sorted(Path(file.name).name for file in book.files if file.refused) == ["bad.csv", "broken.xml", "other.csv"]
    assert [Path(file.name).name for file in book.files if file.aside] == ["notes.csv"]


def test_empty_lines_are_no_records(tmp_path: Path) -> None:
    """As spreadsheets leave them below a list; they keep their number."""
    book = opened(written(tmp_path, f"{HEADER}\n\n,,,,,\n{LINE}\n ,,,,,\n"))
    assert (book.records["location"].to_list(), book.incomplete, book.account["read"]) == (["line 4"], False, 1)


def test_a_zip_file_stands_for_what_is_in_it(tmp_path: Path) -> None:
    """CSV files too, however deep."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("deep/book.csv", f"{HEADER}\n{LINE}\n")
    (tmp_path / "book.zip").write_bytes(content.getvalue())
    assert opened(tmp_path / "book.zip").records.height == 1


def test_a_folder_stands_for_the_csv_files_below_it(tmp_path: Path) -> None:
    """However deep; a folder that bears the name of one is none."""
    (tmp_path / "old.csv").mkdir()
    written(tmp_path / "old.csv", f"{HEADER}\n{LINE}\n")
    assert [file.name for file in opened(tmp_path).files] == [str(tmp_path / "old.csv" / "book.csv")]


def test_a_folder_that_cannot_be_listed_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a part of the book would be missing in silence."""
    (tmp_path / "closed").mkdir()
    written(tmp_path, f"{HEADER}\n{LINE}\n")
    close(tmp_path / "closed", monkeypatch)
    with pytest.raises(UnreadablePath, match="closed cannot be read"):
        opened(tmp_path)


def test_only_what_lies_between_two_parties(tmp_path: Path) -> None:
    """Records of other providers stay out, and are counted."""
    path = written(tmp_path, f"{HEADER}\n{LINE}\n{LINE.replace('41424344', '41424345')}\n")
    book = opened(path, Between(instelling=("41424344",)))
    assert (book.records.height, book.account["outside"], book.account["read"]) == (1, 1, 2)


def test_a_path_that_is_not_there_is_wrong_usage() -> None:
    """As everywhere."""
    with pytest.raises(UsageError):
        opened(Path("no such book.csv"))
