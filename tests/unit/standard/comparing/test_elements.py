"""Two lists of elements laid side by side: what is a rename, what a move, and that nothing is missed."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keten.standard import Element, Release
from keten.standard.changes import Added, Altered, ElementChange, Moved, Removed, Renamed
from keten.standard.comparing.elements import Scope, element_changes
from tests.unit.standard import applying
from tests.unit.standard.making import release

OLD = release(
    types="{Tekst: string, Getal: integer, Oud: string, Ouder: date}",
    structures="{S: {X: Tekst}, Soud: {X: Oud, Y: Ouder}}",
)
NEW = release(types="{Tekst: string, Getal: integer, Nieuw: string}", structures="{S: {X: Tekst}, Snieuw: {X: Nieuw}}")


def scope(of: Release) -> Scope:
    """The types of a release and the classes of its message."""
    return Scope(of, of.messages["ABC1"].classes)


def compared(old: str, new: str) -> list[ElementChange]:
    """The changes between two lists of elements, written `Naam:Type Naam:Type`; without a type it is Tekst."""
    return list(element_changes(written(old), written(new), scope(OLD), scope(NEW)))


def written(elements: str) -> list[Element]:
    """Elements from their short form."""
    return [Element(name, kind or "Tekst") for name, _, kind in (each.partition(":") for each in elements.split())]


def test_equal_lists_do_not_differ() -> None:
    """No change is found where there is none."""
    assert compared("A B C", "A B C") == []


def test_an_added_element_tells_behind_which_it_came() -> None:
    """The place of an added element is that behind its predecessor in the new list."""
    assert compared("A B", "Z A Y B") == [Added(Element("Z", "Tekst"), None), Added(Element("Y", "Tekst"), "A")]


def test_a_removed_element_is_told() -> None:
    """What is not in the new list was removed."""
    assert compared("A B C", "A C") == [Removed(Element("B", "Tekst"))]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("A B C", "A Z C", "B"),
        ("A B:Oud C", "A Z:Nieuw C", "B"),
        ("A B:Soud C", "A Z:Snieuw C", "B"),
        ("A B Q:Getal", "A Z Y:S", "B"),
    ],
    ids=["same type", "type gone, type new", "structure gone, structure new", "others of another family in the gap"],
)
def test_renamed_at_the_same_place_with_the_same_family_of_type(old: str, new: str, name: str) -> None:
    """One element of a family went and one came in the same gap: it was renamed."""
    (renamed,) = [change for change in compared(old, new) if isinstance(change, Renamed)]
    assert (renamed.old.name, renamed.new.name) == (name, "Z")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A B C", "A C Z"),
        ("A B C", "A Z:Getal C"),
        ("A B:Oud C", "A Z C"),
        ("A B C", "A Z:Nieuw C"),
        ("A B:Oud C", "A Z:Snieuw C"),
        ("A B Y C", "A Z C"),
        ("A B C", "A Z Y C"),
        ("A B Q:Getal", "A Y:Getal Z"),
    ],
    ids=[
        "elsewhere",
        "another type",
        "type gone, type old",
        "type old, type new",
        "type gone, structure new",
        "two went",
        "two came",
        "in another order",
    ],
)
def test_otherwise_one_went_and_another_came(old: str, new: str) -> None:
    """Without the same place, the same family and a single candidate there is no rename."""
    assert {type(change) for change in compared(old, new)} == {Removed, Added}


def test_the_fewest_elements_moved() -> None:
    """Where order changed, the longest series stays and only the others moved."""
    assert compared("A B C D", "D A B C") == [Moved("D", None)]
    assert compared("A B C D", "B C A D") == [Moved("A", "C")]


def test_an_element_that_moved_may_have_altered_too() -> None:
    """Place and aspects of an element are told apart."""
    old, new = [Element("A", "Tekst"), Element("B", "Tekst")], [Element("B", "Getal"), Element("A", "Tekst")]
    changes = list(element_changes(old, new, scope(OLD), scope(NEW)))
    assert changes in (
        [Moved("B", None), Altered("B", "type", "Tekst", "Getal")],
        [Altered("B", "type", "Tekst", "Getal"), Moved("A", "B")],
    )


def test_every_aspect_of_an_element_is_compared() -> None:
    """Cardinality, type and patterns are told one by one; a pattern that took another's place is one change."""
    old = Element("A", "Tekst", patterns=("1", "2"))
    new = Element("A", "Getal", optional=True, repeats=True, patterns=("2", "3"))
    assert list(element_changes([old], [new], scope(OLD), scope(NEW))) == [
        Altered("A", "cardinality", "1", "0..*"),
        Altered("A", "type", "Tekst", "Getal"),
        Altered("A", "pattern", "1", "3"),
    ]


def lists(*types: str) -> st.SearchStrategy[list[Element]]:
    """Lists of elements of these types."""
    patterns = st.sampled_from([(), ("1",), ("1", "2")])
    elements = st.builds(
        Element, st.sampled_from("ABCDEFGH"), st.sampled_from(types), st.booleans(), st.booleans(), patterns
    )
    return st.lists(elements, unique_by=lambda element: element.name, max_size=8)


OLD_LISTS, NEW_LISTS = lists("Tekst", "Getal", "S", "Oud", "Soud"), lists("Tekst", "Getal", "S", "Nieuw", "Snieuw")


@given(OLD_LISTS, NEW_LISTS)
@example([*written("A D:Getal")], [*written("B:Getal C")])
def test_the_changes_make_the_new_list_of_the_old(old: list[Element], new: list[Element]) -> None:
    """Nothing is missed: applied to the old list, the changes give the new one, in its order."""
    made = applying.elements(old, list(element_changes(old, new, scope(OLD), scope(NEW))))
    assert list(map(_in_any_order, made)) == list(map(_in_any_order, new))


def _in_any_order(element: Element) -> Element:
    """All patterns of an element must match, so their order says nothing."""
    return replace(element, patterns=tuple(sorted(element.patterns)))


@given(OLD_LISTS)
def test_a_list_does_not_differ_from_itself(elements: list[Element]) -> None:
    """Whatever stands in it."""
    assert list(element_changes(elements, elements, scope(OLD), scope(OLD))) == []
