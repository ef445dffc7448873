"""Every rule that is data finds its elements in every message that it is about."""

import pytest

from keten.standard import Release, load, load_versions, release_ids, rules_of
from keten.standard.browsing import message_tree
from keten.standard.rule_places import Elements, elements_of, follow, line_places, places

LACKING = {("2.0", "CD052", "AW317", "Opname")}
"""Schemas before the one that brought the element."""


def elements(release: Release, message: str) -> Elements:
    """The elements of a message by their path."""
    return elements_of(message_tree(release, release.messages[message]))


@pytest.mark.parametrize("release_id", release_ids())
def test_every_path_of_a_line_leads_to_an_element(release_id: str) -> None:
    """From each row that the line is about, in every schema version; but for what older schemas lack."""
    lacking = set()
    for release in load_versions(release_id):
        for name in release.messages:
            there = elements(release, name)
            for code, rule in rules_of(release_id).judged.items():
                for line in [line for line in rule.lines if name in line.messages]:
                    rows = [path for path in there if path[-1] in line.on and there[path].branches]
                    lost = {path for row in rows for path in line.paths if follow(path, row, there) is None}
                    lacking |= {(release_id, code, name, path) for path in lost}
                    assert not (lost and len(rows) == 1 and list(line_places(line, there)))
    assert lacking == {one for one in LACKING if one[0] == release_id}


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("Soort", ("ToegewezenZorgzwaartepakketten", "ToegewezenZorgzwaartepakket", "Soort")),
        ("../Afgiftedatum", ("Afgiftedatum",)),
        ("../ToegewezenFunctie/FunctieCode", ("ToegewezenFuncties", "ToegewezenFunctie", "FunctieCode")),
    ],
)
def test_a_path_leads_through_what_merely_holds_others(path: str, leads_to: tuple[str, ...]) -> None:
    """Down by name, up to the row above."""
    indication = ("Bericht", "Clienten", "Client", "Indicatie")
    row = (*indication, "ToegewezenZorgzwaartepakketten", "ToegewezenZorgzwaartepakket")
    assert follow(path, row, elements(load("2.0"), "AW33")) == (*indication, *leads_to)


def test_a_path_may_begin_at_the_document() -> None:
    """And leads nowhere where there is no such element."""
    there = elements(load("2.0"), "AW33")
    row = ("Bericht", "Clienten", "Client")
    assert follow("/Header/Afzender", row, there) == ("Bericht", "Header", "Afzender")
    assert follow("Onbekend", row, there) is None
    assert follow("../../../../Bsn", row, there) is None


def test_a_rule_about_rows_as_such_stands_at_them() -> None:
    """TR037 asks for an indicated function or package: both are looked at, and not the indication they stand in."""
    release = load("2.0")
    found = places(release, rules_of("2.0"), "AW33", elements(release, "AW33"))
    assert {path[-1] for path, codes in found.items() if "TR037" in codes} == {
        "GeindiceerdeFunctie",
        "GeindiceerdZorgzwaartepakket",
    }
