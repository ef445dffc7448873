"""Changes in words."""

import pytest

from keten.standard import Element
from keten.standard.changes import Added, Altered, Change, CodeAdded, CodeRemoved, CodeRenamed, Moved, Removed, Renamed
from keten.standard.forms.sentences import tell, tell_without_place

KLASSE = Element("Klasse", "LDT_Klasse")
MAYBE = Element("Klasse", "LDT_Klasse", optional=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Added(MAYBE, "Soort"), ("+", "Klasse", "optional LDT_Klasse, after Soort")),
        (Added(KLASSE, None, origin="Oud"), ("+", "Klasse", "required LDT_Klasse, first; moved here from Oud")),
        (
            Added(Element("P", "LDT_Percentage", patterns=("[1-9][0-9]*00",)), None),
            ("+", "P", "required LDT_Percentage (a whole percentage, in hundredths of a percent), first"),
        ),
        (Removed(Element("K", "Kind", repeats=True)), ("-", "K", "one or more Kind")),
        (Removed(KLASSE, target="Nieuw"), ("-", "Klasse", "required LDT_Klasse; moved to Nieuw")),
        (Renamed(KLASSE, Element("Maat", "LDT_Klasse")), ("~", "Klasse", "renamed Maat")),
        (
            Renamed(KLASSE, Element("Maat", "LDT_Klasse", optional=True)),
            ("~", "Klasse", "renamed Maat, required LDT_Klasse → optional LDT_Klasse"),
        ),
        (
            Renamed(KLASSE, Element("Maat", "LDT_Maat")),
            ("~", "Klasse", "required LDT_Klasse, replaced by Maat, required LDT_Maat"),
        ),
        (Moved("Klasse", "Soort"), ("~", "Klasse", "moved, now after Soort")),
        (Moved("Klasse", None), ("~", "Klasse", "moved, now first")),
        (Altered("Klasse", "cardinality", "1", "0..*"), ("~", "Klasse", "required → any number")),
        (Altered("Nr", "type", "LDT_Nummer", "LDT_Besluitnummer"), ("~", "Nr", "LDT_Nummer → LDT_Besluitnummer")),
        (Altered("Versie", "pattern", "4", "5"), ("~", "Versie", "always 4 → always 5")),
        (Altered("Versie", "pattern", None, "5"), ("~", "Versie", "pattern new: always 5")),
        (
            Altered("", "pattern", "([A-Z0-9])+", None),
            ("~", "pattern", "dropped: only capitals and digits (([A-Z0-9])+)"),
        ),
        (Altered("", "pattern", None, "x|y"), ("~", "pattern", "new: matching x|y")),
        (Altered("", "working days to answer", "1", "3"), ("~", "working days to answer", "1 → 3")),
        (CodeAdded("7", "MPT"), ("+", "7", "MPT")),
        (CodeRemoved("2", "Alternatief"), ("-", "2", "Alternatief")),
        (CodeRenamed("4", "ZIN", "Verblijf"), ("~", "4", "ZIN → Verblijf")),
    ],
)
def test_a_change_in_words(change: Change, sentence: tuple[str, str, str]) -> None:
    """A sign, a name, and what became of it."""
    assert tell(change) == sentence


def test_the_place_of_an_element_says_nothing_in_a_new_class() -> None:
    """Of a class that is new as a whole, the elements are told in their order."""
    assert tell_without_place(Added(KLASSE, "Soort")).what == "required LDT_Klasse"
