"""Releases, messages and types as people read them."""

from rich.console import Console, RenderableType

from keten.standard import load, load_versions, release_ids
from keten.standard.forms import text


def lines(shown: RenderableType, width: int = 200) -> list[str]:
    """What is printed, with single blanks between columns."""
    console = Console(width=width, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(shown)
    return [" ".join(line.split()) for line in captured.get().splitlines()]


def test_the_list_of_releases() -> None:
    """A line per schema version: when it was published and when it counted; below, what is not known for certain."""
    shown = lines(text.listing([load_versions(release_id) for release_id in release_ids()]))
    assert shown[0] == "release in use days messages schema published in force"
    assert "2.0 2018-04-03 .. 2019-12-31 638 22 1.2 2017-12-19 never" in shown
    assert "1.3 2018-03-30 2018-04-03 .. 2018-04-17" in shown
    assert "2.2 2021-01-01 .. 22 1.0 2020-06-30 2021-01-01 .." in shown
    assert shown[-1].startswith("2.2: Schema 1.0 was published in June 2020")


def test_a_release() -> None:
    """Its messages with their place in the chain, and the names of what can be shown further."""
    shown = lines(text.release(load("2.0@1.3")))
    assert shown[0] == "Release 2.0, schema 1.3"
    assert "AW33 352 zorgkantoor zorgaanbieder AW34 1 working day zorgtoewijzing" in shown
    assert "AW34 353 zorgaanbieder zorgkantoor retour op AW33" in shown
    assert any(line.startswith("15 structures: CDT_Achternaam, CDT_Adres,") for line in shown)
    assert any(line.startswith("75 simple types: LDT_AanduidingWoonadres,") for line in shown)


def test_a_message() -> None:
    """Its place in the chain, then every element with how often it stands there, its type and its values."""
    shown = lines(text.message(load("2.0"), "AW33"))
    assert shown[:3] == [
        "AW33 of release 2.0, schema 1.9: zorgtoewijzing",
        "code 352; from zorgkantoor to zorgaanbieder; answered by AW34 within 1 working day",
        "namespace http://www.istandaarden.nl/iwlz/2_0/aw33/schema",
    ]
    assert "Bericht 1 Root" in shown
    assert "│ │ BerichtCode 1 LDT_BerichtCode 352" in shown
    assert "│ │ Client 1..* Client" in shown
    percentage = next(line for line in shown if "ToewijzingPercentage" in line)
    assert percentage.endswith(
        "ToewijzingPercentage 0..1 LDT_Percentage a whole number of 0 to 99999, a whole percentage, "
        "in hundredths of a percent"
    )


def test_a_reply() -> None:
    """It says what it answers."""
    assert lines(text.message(load("2.0"), "AW34"))[1] == "code 353; from zorgaanbieder to zorgkantoor; answers AW33"


def test_nothing_is_cut_off_on_a_narrow_screen() -> None:
    """Long values run on over more lines."""
    narrow = lines(text.message(load("2.0"), "CA317"), width=80)
    assert "".join(narrow).count("…") == 0


def test_a_simple_type() -> None:
    """All its codes with their names, and where it is used."""
    shown = lines(text.simple_type(load("1.2"), "LDT_Klasse"))
    assert (
        shown[0] == f"LDT_Klasse of release 1.2, schema 1.2: one of {len(load('1.2').types['LDT_Klasse'].codes)} codes"
    )
    for code, name in load("1.2").types["LDT_Klasse"].codes.items():
        assert f"{code} {name}".strip() in shown
    assert "ToegewezenFunctie/Klasse AW33 AW34 ZK33 ZK34" in shown


def test_a_type_with_patterns() -> None:
    """Each pattern in words and as it stands."""
    shown = lines(text.simple_type(load("2.0@1.3"), "LDT_HuisnummerToevoeging"))
    assert shown[0].endswith("text of 1 to 4 characters, not only blanks, only capitals and digits")
    assert "pattern ([A-Z0-9])+ (only capitals and digits)" in shown


def test_a_structure() -> None:
    """Its elements all the way down, and where it is used."""
    shown = lines(text.structure(load("2.0"), "CDT_Adres"))
    assert shown[0] == "CDT_Adres of release 2.0, schema 1.9: a structure"
    assert "│ HuisnummerToevoeging 0..1 LDT_HuisnummerToevoeging text of 1 to 4 characters, not only blanks" in shown
    assert any(line.startswith("Contact/Adres") for line in shown)
