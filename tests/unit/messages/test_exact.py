"""The exact path names what is wrong, at the element where it is wrong, of the client that it is about."""

from collections import Counter, deque
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from lxml import etree

from keten.messages import Defect, exact
from keten.messages.defects import Kind
from keten.standard import Release, load, release_ids
from tests.generating import Part, accepts, accepts_value, any_style, document, written
from tests.unit.messages.harness import AW35, read_out, seeds, tiny

WRONG_TEXTS = ("", "x", "2018-13-01", "x" * 300)


TYPES = {"Bsn": "LDT_BurgerServicenummer", "Datum": "LDT_Datum", "StatusAanlevering": "LDT_StatusAanlevering"}


def spoil_value(release: Release, client: Part, random: Random) -> Part:
    """Give an element a value that is not of its type."""
    spoiled = random.choice([part for part in client.all() if part.name in TYPES])
    kind = release.types[TYPES[spoiled.name]]
    spoiled.text = random.choice([text for text in WRONG_TEXTS if not accepts_value(kind, text)])
    return spoiled


def add_unknown(_: Release, client: Part, random: Random) -> Part:
    """Put an element where there is none of its name."""
    parent = random.choice([part for part in client.all() if part.parts])
    unknown = Part(parent.namespace, "Onbekend", "x")
    parent.parts.insert(random.randint(0, len(parent.parts)), unknown)
    return unknown


def take_required(_: Release, client: Part, random: Random) -> Part:
    """Take a required element out of a client; it is its parent that lacks it."""
    lacking = random.choice(("Bsn", "Geboortedatum"))
    client.parts = [part for part in client.parts if part.name != lacking]
    return client


def add_attribute(_: Release, client: Part, random: Random) -> Part:
    marked = random.choice(client.all())
    marked.attributes = " x='1'"
    return marked


def add_text(_: Release, client: Part, random: Random) -> Part:
    parent = random.choice([part for part in client.all() if part.parts])
    parent.loose = "x"
    return parent


DAMAGE: dict[Kind, Callable[[Release, Part, Random], Part]] = {
    "value": spoil_value,
    "unexpected": add_unknown,
    "missing": take_required,
    "attribute": add_attribute,
    "text": add_text,
}
"""Ways to damage a client; each returns the element that must be pointed at."""


@pytest.mark.parametrize("kind", DAMAGE)
@given(seed=seeds)
@settings(max_examples=40)
def test_a_defect_points_at_the_element_that_is_wrong(kind: Kind, seed: int) -> None:
    """Client number and path lead to the very element, in whichever chunk it stands, and nothing else is reported."""
    random = Random(seed)
    release = load(random.choice(release_ids()))
    whole = document(release, random.choice(("AW33", "AW35", "AW39")), random, clients=5)
    clients = next(part for part in whole.parts if part.name == "Clienten").parts
    number = random.randint(1, len(clients))
    wrong = DAMAGE[kind](release, clients[number - 1], random)
    text = written(release, whole, any_style(random), random)
    (defect,) = read_out(text, limits=tiny(text, random), tables=False).defects
    assert (defect.kind, defect.client, defect.path) == (kind, number, path_to(clients[number - 1], wrong))
    assert order(located(text, defect)) == whole.all().index(wrong)


def path_to(client: Part, wrong: Part) -> str:
    """The path from a client to an element in it: an index stands only beside siblings of the same name."""
    if client is wrong:
        return ""
    parent = next(part for part in client.all() if wrong in part.parts)
    same = [part for part in parent.parts if part.name == wrong.name]
    index = f"[{same.index(wrong) + 1}]" if len(same) > 1 else ""
    return f"{path_to(client, parent)}/{wrong.name}{index}"


def located(text: bytes, defect: Defect) -> etree._Element:
    """The one element of the document at the place of a defect, found by its XPath."""
    steps = f"/Bericht/Clienten/Client[{defect.client}]{defect.path}".split("/")[1:]
    names = [step.partition("[") for step in steps]
    path = "".join(f"/*[local-name()='{name}']{bracket}{index}" for name, bracket, index in names)
    (element,) = etree.XPath(path, smart_strings=False)(etree.fromstring(text))
    assert isinstance(element, etree._Element)
    return element


def order(element: etree._Element) -> int:
    """The number of elements before this one in its document."""
    return list(element.getroottree().iter(etree.Element)).index(element)


def test_everything_that_is_wrong_with_a_client_is_reported_at_once() -> None:
    """libxml2 stops at the first unexpected element; the reader goes on behind it."""
    release, random = load("2.0"), Random(5)
    whole = document(release, "AW35", random, clients=1, fullness=1.0)
    client = whole.parts[1].parts[0]
    client.parts.insert(0, Part(whole.namespace, "Onbekend", "x"))
    for part in client.all():
        if part.name in ("Bsn", "ZzpCode"):
            part.text = "x"
    client.parts = [part for part in client.parts if part.name != "Geslacht"]
    codes = sum(part.name == "ZzpCode" for part in client.all())
    found = Counter(
        (defect.kind, defect.name) for defect in read_out(written(release, whole, any_style(random), random)).defects
    )
    assert found == {
        ("unexpected", "Onbekend"): 1,
        ("missing", "Geslacht"): 1,
        ("value", "Bsn"): 1,
        ("value", "ZzpCode"): codes,
    }


@pytest.mark.parametrize(
    ("moved", "to", "where"),
    [("Bsn", 4, "before Geboortedatum"), ("Naam", 0, "behind Geslacht"), ("Bsn", 1, "before Geboortedatum")],
)
def test_an_element_that_was_moved_is_misplaced_and_nothing_else_is(moved: str, to: int, where: str) -> None:
    """One defect, at the element, wherever it went; neither is it missing, nor are the others out of their place."""
    release, random = load("2.0"), Random(6)
    whole = document(release, "AW35", random, clients=1, fullness=0.0)
    parts = whole.parts[1].parts[0].parts
    parts.insert(to, parts.pop([part.name for part in parts].index(moved)))
    (defect,) = read_out(written(release, whole, any_style(random), random)).defects
    assert (defect.kind, defect.path, defect.client, defect.detail) == ("misplaced", f"/{moved}", 1, where)


@given(seed=seeds)
@settings(max_examples=40)
def test_one_move_is_one_defect(seed: int) -> None:
    """In any element of any client, and wherever it goes; none, where the order does not change by it."""
    random = Random(seed)
    release = load(random.choice(release_ids()))
    message = random.choice(("AW33", "AW35", "AW39"))
    whole = document(release, message, random, clients=2)
    parts = random.choice(
        [part for client in whole.parts[1].parts for part in client.all() if len(part.parts) > 1]
    ).parts
    parts.insert(random.randrange(len(parts)), parts.pop(random.randrange(len(parts))))
    text = written(release, whole, any_style(random), random)
    kinds = [defect.kind for defect in read_out(text, tables=False).defects]
    assert kinds == ([] if accepts(release, message, text) else ["misplaced"])


def test_of_an_element_that_stands_twice_the_second_is_too_much() -> None:
    """Also where the first of them is in the wrong place."""
    release, random = load("2.0"), Random(6)
    whole = document(release, "AW35", random, clients=1, fullness=0.0)
    parts = whole.parts[1].parts[0].parts
    parts += [parts.pop(0), Part(whole.namespace, "Bsn", "123456789")]
    defects = read_out(written(release, whole, any_style(random), random)).defects
    assert [(defect.kind, defect.path) for defect in defects] == [("misplaced", "/Bsn[1]"), ("unexpected", "/Bsn[2]")]


def test_an_element_of_another_namespace_is_told_of_its_own() -> None:
    """Also a client; it is neither missing nor unknown, and what should follow is judged."""
    text = (
        AW35.replace(b"b:Datum>", b"m:Datum>")
        .replace(b"<m:Client>", b"<b:Client>", 1)
        .replace(b"</m:Client>", b"</b:Client>", 1)
    )
    defects = [(defect.kind, defect.path, defect.client, defect.detail) for defect in read_out(text).defects]
    space = "http://www.istandaarden.nl/iwlz/2_0/{}/schema"
    assert defects == [
        ("namespace", "/Bericht/Clienten/Client", None, space.format("aw35")),
        ("namespace", "/Geboortedatum/Datum", 1, space.format("basisschema")),
    ]


def test_what_a_structure_lacks_is_missing_and_nothing_is_said_of_its_value() -> None:
    """An address without Huisnummer; what stands behind the gap is judged all the same."""
    release, random = load("2.0"), Random(5)
    whole = document(release, "AW33", random, clients=1, fullness=1.0)
    house = next(part for part in whole.all() if part.name == "Huis")
    house.parts = [part for part in house.parts if part.name != "Huisnummer"]
    house.parts[-1].text = "much too long"
    defects = read_out(written(release, whole, any_style(random), random)).defects
    assert [(defect.kind, defect.name) for defect in defects] == [
        ("missing", "Huisnummer"),
        ("value", house.parts[-1].name),
    ]


@pytest.mark.parametrize("attribute", ["type=''", "type='m:Client'", "type='x:y'", "nil='true'", "nil='x'", "x='1'"])
def test_what_schemas_say_of_an_instance_is_an_attribute_too_many(attribute: str) -> None:
    """Its value may be right, and nothing is said about that of the element."""
    xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
    text = AW35.replace(b"<m:Geslacht>", f"<m:Geslacht {xsi} xsi:{attribute}>".encode(), 1)
    assert [(defect.kind, defect.name) for defect in read_out(text).defects] == [("attribute", "Geslacht")]


def test_a_second_holder_of_the_clients_is_pointed_at() -> None:
    """By its number among its siblings."""
    text = AW35.replace(b"</m:Client>", b"</m:Client></m:Clienten><m:Clienten>", 1)
    (defect,) = read_out(text).defects
    assert (defect.kind, defect.path) == ("unexpected", "/Bericht/Clienten[2]")


def test_schemas_that_were_let_go_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When only the last is kept, wrong messages of several kinds in turn are judged as before."""
    random = Random(7)
    wrongs = []
    for name in ("AW33", "AW35"):
        whole = document(load("2.0"), name, random, clients=2)
        spoil_value(load("2.0"), whole.parts[1].parts[1], random)
        wrongs.append(written(load("2.0"), whole, any_style(random), random))
    expected = [read_out(text).defects for text in wrongs]
    kept: deque[tuple[object, etree.XMLSchema]] = deque(maxlen=1)
    monkeypatch.setattr(exact, "_idle", kept)
    assert [read_out(text).defects for text in wrongs * 2] == expected * 2
    assert len(kept) == 1
