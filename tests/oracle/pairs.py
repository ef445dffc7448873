"""The technical rules about two classes of the same kind."""

from collections.abc import Iterator
from itertools import combinations

from tests.oracle import tables
from tests.oracle.judging import Document, Failures, always, rule
from tests.oracle.terms import Element, all_of, date, number, oneday, overlap, string, text, trimmed, val

ALL = "AW33 AW35 AW39 AW317 CA317 CA319 IO31 ZK31 ZK33 ZK35 ZK39"
PERSONS = "AW33 IO31 ZK31 ZK33"
ALLOCATIONS = "AW33 ZK31 ZK33"
MUTATIONS = "AW39 ZK39"


def with_earlier(document: Document, name: str) -> Iterator[tuple[Element, Element]]:
    """Every element of a name with each of its siblings before it, in the order of the document."""
    for one in document.each(name):
        for earlier in all_of(one, f"preceding-sibling::{name}"):
            yield earlier, one


@rule(*always(PERSONS))
def tr035(document: Document) -> Failures:
    for name, code in (("GeindiceerdeFunctie", "FunctieCode"), ("GeindiceerdZorgzwaartepakket", "ZzpCode")):
        for earlier, one in with_earlier(document, name):
            if string(one, code) == string(earlier, code) and overlap(one, earlier):
                yield [earlier, one]


@rule(*always(PERSONS))
def tr057(document: Document) -> Failures:
    for earlier, one in with_earlier(document, "GeindiceerdZorgzwaartepakket"):
        if overlap(one, earlier):
            yield [earlier, one]


@rule(*always(ALLOCATIONS))
def tr077(document: Document) -> Failures:
    for earlier, one in with_earlier(document, "ToegewezenFunctie"):
        alike = all(string(one, name) == string(earlier, name) for name in ("FunctieCode", "Soort"))
        if alike and overlap(one, earlier) and not oneday(one, earlier):
            yield [earlier, one]


@rule(*always("AW317"))
def tr079(document: Document) -> Failures:
    for earlier, one in with_earlier(document, "Indicatie"):
        if string(earlier) == string(one):
            continue
        issued, issued_before = date(one, "Afgiftedatum"), date(earlier, "Afgiftedatum")
        rank, rank_before = (number(text(each, "VolgnummerIndicatie")) for each in (one, earlier))
        if (issued_before < issued and rank_before >= rank) or (issued_before > issued and rank_before <= rank):
            yield [earlier, one]


@rule(*always(ALL))
def tr101(document: Document) -> Failures:
    keys = {**tables.KEYS, "Aanvraag": tables.KEY_OF_AANVRAAG[document.release]}
    if document.message == "AW317":
        keys["Indicatie"] = tables.KEY_ON_WAITING_LIST
    elif document.release == "2.2":
        keys["Indicatie"] = tables.KEY_OF_INDICATIE
    for parent in document.each("*"):
        for name, key in keys.items():
            for one, other in combinations(all_of(parent, name), 2):
                if all(val(one, field) == val(other, field) for field in key.split()):
                    yield [one, other]


@rule(("2.1", "AW33 ZK33"), ("2.2", f"{ALLOCATIONS} {MUTATIONS}"))
def tr106(document: Document) -> Failures:
    soort = [] if document.release == "2.1" else ["Soort"]
    keys = {
        "ToegewezenFunctie": ["Instelling", "FunctieCode", *soort],
        "ToegewezenZorgzwaartepakket": ["Instelling", "Leveringsvorm", "ZzpCode", *soort],
    }
    for name, key in keys.items():
        for earlier, one in with_earlier(document, name):
            if all(trimmed(one, field) == trimmed(earlier, field) for field in key) and overlap(one, earlier):
                yield [earlier, one]
    applied = ["Instelling", "Soort", "../../Leveringsvorm", "../../ZzpCode"]
    for client in document.each("Client"):
        for earlier, one in combinations(all_of(client, "Aanvragen/Aanvraag/*/AanvraagInstelling"), 2):
            if all(trimmed(one, field) == trimmed(earlier, field) for field in applied):
                yield [earlier, one]


@rule(*always(MUTATIONS))
def tr120(document: Document) -> Failures:
    key = ["ToewijzingIngangsdatum"] if document.release == "2.1" else ["ToewijzingIngangsdatum", "Soort"]
    for earlier, one in with_earlier(document, "AanvraagInstelling"):
        admitting = text(one, "Opname") == "1" == text(earlier, "Opname")
        stay = text(one, "../../Leveringsvorm") == "4"
        if stay and admitting and all(text(one, field) == text(earlier, field) for field in key):
            yield [*all_of(one, "../../Leveringsvorm"), *all_of(earlier, "Opname", *key), *all_of(one, "Opname", *key)]
