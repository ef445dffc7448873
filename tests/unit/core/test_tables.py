"""Tables as people hand them in: every form that can be read surely gives the same rows; the rest is refused with words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core.tables import Columns, NoTable, first_names, read_table

COLUMNS = Columns(
    {"bsn": ("Burgerservicenummer",), "code": (), "day": ("first day",), "note": ()}, ("bsn", "code", "day")
)
HEADING = ("bsn", "code", "day", "note")
ROWS = [("1", "a", "2018-04-01", None), ("02", "b", None, "ten, or; so")]


def text_of(separator: str, heading: tuple[str, ...] = HEADING, end: str = "\n", *, quoted: bool = False) -> str:
    """The rows as CSV."""
    lines = [heading, *(tuple(value or "" for value in row) for row in ROWS)]
    return "".join(separator.join(_cell(value, separator, quoted=quoted) for value in line) + end for line in lines)


def _cell(value: str, separator: str, *, quoted: bool) -> str:
    return f'"{value}"' if quoted or separator in value else value


FORMS = {
    "as asked": text_of(","),
    "semicolons": text_of(";"),
    "tabs": text_of("\t"),
    "bars": text_of("|"),
    "all quoted": text_of(";", quoted=True),
    "other line ends": text_of(",", end="\r\n"),
    "line ends of old": text_of(",", end="\r"),
    "no line end": text_of(";").rstrip("\n"),
    "capitals and blanks": text_of(",", (" BSN", "Code ", "DAY", "Note")),
    "other names": text_of(",", ("Burgerservicenummer", "code", "First-Day", "note")),
    "separators in a heading": text_of(",", (*HEADING, "a;b;c;d;e;f")),
    "a column without name": text_of(";", (*HEADING, "")),
    "a title": "Export of 1 april\n\n" + text_of(","),
    "a remark": "# made by us; for you\n" + text_of(","),
    "a blank first line": "\n" + text_of(","),
    "an odd title": 'List "of" "all\n' + text_of(","),
    "a directive": "sep=|\r\n" + text_of("|"),
    "text made sure": text_of(";").replace("02", '="02"'),
    "text with an apostrophe": text_of(";").replace("02", "'02"),
    "blanks": text_of(";").replace("02", " 02\N{NO-BREAK SPACE}"),
    "empty rows": text_of(";") + ";;;\n\n",
    "trailing separators": text_of(";").replace("\n", ";\n"),
    "short rows": text_of(";").replace("2018-04-01;", "2018-04-01"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_gives_the_same_rows(form: str, encoding: str) -> None:
    """Whatever program wrote it."""
    table = read_table(FORMS[form].encode(encoding), COLUMNS)
    assert table.rows.select("bsn", "code", "day", "note").rows() == ROWS


def test_what_was_assumed_is_told() -> None:
    """In words, for the screen; the usual forms need none."""
    text = "Café\n" + text_of("|", ("Burgerservicenummer", "code", "day", "note"))
    assert read_table(text.encode("cp1252"), COLUMNS).assumed == (
        "its letters are in Windows-1252",
        "the columns are named in line 2, and what stands above it is a title",
        "the values are separated by bars",
        "bsn stands in a column of another name",
    )
    assert read_table(text_of(";").encode("utf-8-sig"), COLUMNS).assumed == ()


def test_rows_know_their_lines() -> None:
    """Below titles, empty lines and values of several lines."""
    text = 'title\n\nbsn,code,day,note\n1,a,d,"two\nlines"\n\n2,b,d,\n'
    assert read_table(text.encode(), COLUMNS).rows["line"].to_list() == [4, 7]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "It is empty."),
        (b"\n \r\n", "It is empty."),
        ("\ufeff".encode("utf-16-le"), "It is empty."),
        (b"PK\x03\x04 and so on", "It is a workbook or zip file, not CSV."),
        (b"bsn,code,day\n1,\0,3\n", "It is no text: it holds bytes that no text has."),
        (b"bsn,code\n1,a\n", "It has no column day; its first line must name the columns."),
        (b"999990019,a,b\n", "No line of its first 30 names the columns bsn, code, day."),
        (b"bsn,code,day\n", "It names its columns, but has no row."),
        (b"bsn,code,day,Bsn\n1,2,3,4\n", "It has more than one column bsn."),
        (b"bsn,code,day\n1,2,3\n1,2,3,4\n", "Line 3 has more values than there are columns."),
        (b'bsn,code,day\n1,2,"3\n', "A quotation mark in line 2, or a value in it, has no end."),
        (b'bsn,code,day\n1,2,"3\n4,5,6"\n', "A quotation mark in line 2 is not closed in that line."),
        (b"9,a,b\nbsn,code,day\n1,2,3\n", "Above the names of its columns, in line 2, stands what may be a row."),
        (b"bsn,code,day\nx\nday,code,bsn\n1,2,3\n", "It names its columns in line 1 and again in line 3."),
        (b"bsn,code,day\n\x81,2,3\n", "It cannot be read: a letter in it is not in Windows-1252."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_surely_is_refused(content: bytes, told: str) -> None:
    """With what is wrong and where, and nothing of what it holds."""
    with pytest.raises(NoTable) as caught:
        read_table(content, COLUMNS)
    assert str(caught.value) == told


@given(st.binary(max_size=300) | st.text("bsncodeday,;|\t\n\r\"'=# 19\ufeff", max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_are_refused(content: bytes) -> None:
    """Nothing else comes out."""
    with suppress(NoTable):
        assert read_table(content, COLUMNS).rows.height


def test_the_names_in_the_first_line_are_told_for_any_separator() -> None:
    """So that a list can be known by its heading."""
    assert ("codea", "b") in first_names(b"\r\nCode A;b\r\n1;2\r\n")
    assert first_names(b"PK\x03\x04") == set()
