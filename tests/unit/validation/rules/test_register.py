"""The register of AGB codes: read as people have it, or refused with the place and what is wanted there."""

from pathlib import Path

import pytest

from keten.validation.rules.register import BadRegister, Register, read_register

HEADING = "agb,from,until,zorgkantoor"
RIGHT = f"{HEADING}\n06010002,2010-01-31,,5501\n75000001,2010-01-31,2018-12-31,5502\n"
FORMS = {
    "zeros eaten": RIGHT.replace("06010002", "6010002"),
    "blanks": RIGHT.replace("06010002", " 06010002\N{NO-BREAK SPACE}"),
    "semicolons": RIGHT.replace(",", ";"),
    "open end by year": RIGHT.replace(",,", ",9999-12-31,"),
    "Dutch days": f"{HEADING}\n06010002,31-01-2010,31-12-9999,5501\n75000001,31/1/2010,31.12.2018,5502\n",
    "numbers of days": RIGHT.replace("2010-01-31", "40209").replace("2018-12-31", "43465"),
    "codes as text": RIGHT.replace("06010002", '="06010002"').replace("75000001", "'75000001"),
    "other names": RIGHT.replace(HEADING, "AGB-code,Ingangsdatum,Geldig t/m,UZOVI").replace("Geldig t/m", "Einddatum"),
    "capitals": RIGHT.replace(HEADING, HEADING.upper()),
    "a title": "Register of AGB codes\n\n" + RIGHT,
    "all quoted": RIGHT.replace(",", '","').replace("\n", '"\n"').removesuffix('"').join(('"', "")),
    "more columns": RIGHT.replace("zorgkantoor", "zorgkantoor,naam").replace("5501", "5501,De Linde"),
}  # fmt: skip


def given(folder: Path, text: str | bytes) -> Register:
    """The register in a file with this content."""
    path = folder / "register.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_register(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_register_tells_the_same(form: str, encoding: str, tmp_path: Path) -> None:
    """Whatever a spreadsheet did to it."""
    assert given(tmp_path, FORMS[form].encode(encoding)).periods.equals(given(tmp_path, RIGHT).periods)


def test_what_was_assumed_is_told(tmp_path: Path) -> None:
    """The usual form needs no word."""
    assert given(tmp_path, RIGHT).assumed == ()
    assert given(tmp_path, FORMS["zeros eaten"]).assumed == ("leading zeros of agb are put back",)
    assert given(tmp_path, FORMS["open end by year"]).assumed == ("an end on 9999-12-31 is open",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "It is empty."),
        (f"{HEADING}\n", "It names its columns, but has no row."),
        ("06010002,2010-01-31,,5501\n", "names the columns agb, from, until, zorgkantoor."),
        ("agb,from\n06010002,2010-01-31\n", "It has no column until, zorgkantoor;"),
        (f"{HEADING}\n,2010-01-31,,5501\n", "no code in the column agb of line 2: it is empty, wanted is 8 digits."),
        (f"{HEADING}\n6.01E+06,2010-01-31,,5501\n", "of line 2: it is written 9.99a+99, wanted is 8 digits."),
        (f"{HEADING}\n0,2010-01-31,,5501\n", "of line 2: it is written 9, wanted is 8 digits."),
        (f"{HEADING}\n123456789,2010-01-31,,5501\n", "of line 2: it is written 999999999, wanted is 8 digits."),
        (f"{HEADING}\n06010002,01-04-2018,,5501\n", "no day in the column from of line 2: it is written 99-99-9999,"),
        (f"{HEADING}\n06010002,2018-04-01,later,5501\n", "no day in the column until of line 2: it is written aaaaa,"),
        (f"{HEADING}\n06010002,2018-04-01,2018-03-31,5501\n", "the period in line 2 ends before it begins."),
        (f"{HEADING}\n06010002,2018-04-01,,Zorg en Co\n", "in the column zorgkantoor of line 2: it is written aaaa aa aa,"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused(text: str, told: str, tmp_path: Path) -> None:
    """Rather than that right messages are found wrong by it."""
    with pytest.raises(BadRegister, match=r"register\.csv") as caught:
        given(tmp_path, text)
    assert told in str(caught.value)


@pytest.mark.parametrize("path", ["nowhere.csv", "/dev/zero", "."])
def test_what_is_no_file_is_refused_at_once(path: str) -> None:
    """A device never ends."""
    with pytest.raises(BadRegister):
        read_register(Path(path))
