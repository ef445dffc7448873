"""The constraints: what value an element may have."""

import math
import re

from tests.oracle import tables
from tests.oracle.judging import Document, Failures, always, rule
from tests.oracle.terms import absent, all_of, blank, date, number, present, string, text, trimmed, val

ALL = "AW33 AW35 AW39 AW317 CA317 CA319 IO31 ZK31 ZK33 ZK35 ZK39"
PERSONS = "AW33 IO31 ZK31 ZK33"
ALLOCATIONS = "AW33 ZK31 ZK33"
MUTATIONS = "AW39 ZK39"
STARTS = "AW35 ZK35"
HAPPENED = (
    "Geboortedatum/Datum",
    "Indicatie/Afgiftedatum",
    "ToegewezenFunctie/Toewijzingsdatum",
    "ToegewezenZorgzwaartepakket/Toewijzingsdatum",
    "GeleverdeFunctie/Begindatum",
    "GeleverdZorgzwaartepakket/Begindatum",
    "*[not(self::WachtlijstZorgzwaartepakket)]/Mutatiedatum",
    "GeleverdeZorg/Startdatum",
    "MutatieZorg/Startdatum",
)
"""Dates of what has happened when the message is made (CS023)."""


@rule(*always(ALL))
def cs002(document: Document) -> Failures:
    for one in document.each("Bsn"):
        whole = number(text(one))
        if math.isnan(whole):
            yield [one]
            continue
        digits = [int(digit) for digit in reversed(f"{int(whole):09}"[-9:])]
        if (sum(place * digits[place - 1] for place in range(2, 10)) - digits[0]) % 11:
            yield [one]


@rule(*always(f"{PERSONS} {MUTATIONS} AW317"))
def cs003(document: Document) -> Failures:
    classes = "Indicatie", "GeindiceerdeFunctie", "GeindiceerdZorgzwaartepakket"
    allocated = "ToegewezenFunctie", "ToegewezenZorgzwaartepakket"
    pairs = [("Contact/Periode/Einddatum", "../Begindatum")]
    pairs += [(f"{name}/Einddatum", "../Ingangsdatum") for name in (*classes, *allocated)]
    pairs += [("AanvraagInstelling/ToewijzingEinddatum", "../ToewijzingIngangsdatum")]
    for end, start in pairs:
        for one in document.each(end):
            if absent(one, start) or date(one, start) > date(one):
                yield all_of(one, start, ".")


@rule(("2.2", f"{PERSONS} AW317"))
def cs012(document: Document) -> Failures:
    for one in document.each("Stoornis"):
        codes, disorder = val(one, "DiagnoseCodelijst"), val(one, "ZiektebeeldStoornis")
        if codes in {"014", "019"} and disorder not in tables.DISORDERS:
            yield all_of(one, "DiagnoseCodelijst", "ZiektebeeldStoornis")
        if string(one, "DiagnoseCodelijst") == "021":
            for sublist, disorders in tables.DISORDERS_OF_SUBLIST.items():
                if val(one, "DiagnoseSubcodelijst") == sublist and disorder not in disorders:
                    yield all_of(one, "DiagnoseSubcodelijst", "ZiektebeeldStoornis")
        if codes in tables.DISORDERS_OF_LIST and disorder not in tables.DISORDERS_OF_LIST[codes]:
            yield all_of(one, "DiagnoseCodelijst", "ZiektebeeldStoornis")


@rule(*always(f"{PERSONS} AW317"))
def cs014(document: Document) -> Failures:
    for one in document.each("Stoornis"):
        for codes, sublists in tables.SUBLISTS.items():
            if val(one, "DiagnoseCodelijst") == codes and val(one, "DiagnoseSubcodelijst") not in sublists:
                yield all_of(one, "DiagnoseCodelijst", "DiagnoseSubcodelijst")


@rule(*always(ALL))
def cs023(document: Document) -> Failures:
    made = document.dagtekening
    for one in document.each(*HAPPENED):
        if not made or date(one) > date(made[0]):
            yield [*made, one]
    if document.message == "AW317":
        begin = all_of(document.root, "/Bericht/Header/Periode/Begindatum")
        if begin and trimmed(begin[0]) and (not made or date(begin[0]) > date(made[0])):
            yield [*begin, *made]


@rule(*always(PERSONS))
def cs035(document: Document) -> Failures:
    for one in document.each("Client/BurgerlijkeStaat"):
        if val(one) in {"3", "6"}:
            yield [one]


@rule(*always("AW33 IO31 ZK33"))
def cs050(document: Document) -> Failures:
    for one in document.each("*[Partnernaam or NaamGebruik]"):
        if present(one, "Partnernaam"):
            if val(one, "NaamGebruik") not in {"1", "2", "3", "4"}:
                yield all_of(one, "Partnernaam", "NaamGebruik")
        elif val(one, "NaamGebruik") != "1":
            yield all_of(one, ".", "NaamGebruik")


@rule(*always(f"{STARTS} {MUTATIONS}"))
def cs058(document: Document) -> Failures:
    classes = "GeleverdeFunctie", "GeleverdZorgzwaartepakket", "MutatieFunctie", "MutatieZorgzwaartepakket"
    for one in document.each(*(f"{name}/StatusAanlevering" for name in classes)):
        if val(one) not in {"1", "3"}:
            yield [one]


@rule(*always(STARTS))
def cs062(document: Document) -> Failures:
    package, functie = "GeleverdZorgzwaartepakket/Leveringsstatus", "GeleverdeFunctie/Leveringsstatus"
    old = document.release == "2.1"
    statuses = {"1", "3", "4"} if old else {"4"}
    for one in document.each(package, *([functie] if old else [])):
        if val(one) not in statuses:
            yield [one]


@rule(*always("CA319"))
def cs067(document: Document) -> Failures:
    for one in document.each("MutatieZorg/Mutatiecode"):
        if val(one) not in {"19", "20"}:
            yield [one]


@rule(*always(PERSONS))
def cs069(document: Document) -> Failures:
    for one in document.each("Client/Huisarts"):
        if not re.fullmatch(r"01[0-9 \n]{6}", text(one)):
            yield [one]


@rule(*always(f"{ALLOCATIONS} {MUTATIONS} AW317"))
def cs072(document: Document) -> Failures:
    classes = "ToegewezenFunctie", "AanvraagInstelling", "WachtlijstZorgzwaartepakket"
    for one in document.each(*(f"{name}/Soort" for name in classes)):
        if val(one) == "5":
            yield [one]


@rule(*always("AW33 AW35 AW39 AW317 CA317 IO31 ZK31 ZK33 ZK35 ZK39"))
def cs074(document: Document) -> Failures:
    packages = "GeindiceerdZorgzwaartepakket", "ToegewezenZorgzwaartepakket", "GeleverdZorgzwaartepakket"
    for one in document.each(*(f"{name}/Klasse" for name in (*packages, "Aanvraag", "GeleverdeZorg"))):
        if val(one) not in {"KE4", "KE5", "KE6", "KE7"}:
            yield [one]


@rule(*always(STARTS))
def cs088(document: Document) -> Failures:
    for one in document.each("GeleverdZorgzwaartepakket/Sleuteldatum"):
        if absent(one, "../Begindatum") or date(one) >= date(one, "../Begindatum"):
            yield all_of(one, "../Begindatum", ".")


@rule(*always(PERSONS))
def cs089(document: Document) -> Failures:
    postcode = r"[1-9 \n][0-9 \n]{3}[A-Za-z \n]{2}"
    for one in document.each("LandCode"):
        if val(one) == "NL" and not re.fullmatch(postcode, text(one, "../Postcode")):
            yield all_of(one, "../Postcode", ".")


@rule(*always(f"{PERSONS} AW317"))
def cs092(document: Document) -> Failures:
    pairs = ("WachtlijstZorgzwaartepakket/Begindatum", "../Ingangsdatum"), ("WzdEinddatum", "../WzdIngangsdatum")
    for later, start in pairs:
        for one in document.each(later):
            if absent(one, start) or date(one, start) > date(one):
                yield all_of(one, start, ".")


@rule(*always("AW317"))
def cs093(document: Document) -> Failures:
    for one in document.each("WachtlijstZorgzwaartepakket/Mutatiedatum"):
        if present(one, "../Begindatum") and date(one, "../Begindatum") > date(one):
            yield all_of(one, "../Begindatum", ".")


@rule(*always(PERSONS))
def cs107(document: Document) -> Failures:
    for one in document.each("GeindiceerdeFunctie/Vervoer", "ToegewezenFunctie/Vervoer"):
        if val(one) not in {"1", "2"}:
            yield [one]


@rule(*always("AW317"))
def cs108(document: Document) -> Failures:
    made = document.dagtekening
    for one in document.each("Periode/Einddatum"):
        if absent(one, "../Begindatum") or date(one, "../Begindatum") > date(one):
            yield all_of(one, "../Begindatum", ".")
        if not made or date(one) > date(made[0]):
            yield [one, *made]


@rule(*always("IO31 ZK31"))
def cs113(document: Document) -> Failures:
    for one in document.each("Indicatie/Soort"):
        if val(one) not in {"1", "4"}:
            yield [one]


@rule(*always("AW317"))
def cs118(document: Document) -> Failures:
    for one in document.each("Client/LandCode"):
        if val(one) == "NL" and not re.fullmatch(r"[1-9 \n][0-9 \n]{3}", text(one, "../Postcode")):
            yield all_of(one, "../Postcode", ".")


@rule(*always(PERSONS))
def cs123(document: Document) -> Failures:
    for one in document.each("Relatie/Soort"):
        if val(one) == "25":
            yield [one]


@rule(*always("CA317 CA319"))
def cs125(document: Document) -> Failures:
    for one in document.each("GeleverdeZorg/StatusAanlevering", "MutatieZorg/StatusAanlevering"):
        if val(one) not in {"1", "2", "3"}:
            yield [one]


@rule(*always(f"{STARTS} {MUTATIONS}"))
def cs127(document: Document) -> Failures:
    classes = "GeleverdZorgzwaartepakket", "MutatieZorgzwaartepakket", "Aanvraag"
    for one in document.each(*(f"{name}/Leveringsvorm" for name in classes)):
        if val(one) == "2" or (document.release == "2.2" and val(one) == "9"):
            yield [one]


@rule(*always("ZK31 ZK33"))
def cs130(document: Document) -> Failures:
    patterns = r"[1-9 \n]00", r"[1-9 \n][0-9 \n]00", r"[1-9 \n][0-9 \n]{2}00"
    for one in document.each("ToegewezenZorgzwaartepakket"):
        percentage = text(one, "ToewijzingPercentage")
        whole = any(re.fullmatch(pattern, percentage) for pattern in patterns)
        if not blank(one, "Leveringsvorm") and number(text(one, "Leveringsvorm")) != 2 and not whole:
            yield all_of(one, "ToewijzingPercentage", "Leveringsvorm")


@rule(("2.2", "AW39 AW317 ZK31 ZK39"))
def cs131(document: Document) -> Failures:
    allocated = ("ToegewezenZorgzwaartepakket",) if document.message == "ZK31" else ()
    waiting = "Leveringsstatussen/Leveringsstatus"
    for one in document.each("MutatieZorgzwaartepakket", waiting, *allocated):
        for status, classifications in tables.CLASSIFICATIONS.items():
            given = val(one, "LeveringsstatusClassificatie")
            if val(one, "Leveringsstatus") == status and given not in classifications:
                yield all_of(one, "Leveringsstatus", "LeveringsstatusClassificatie")


@rule(("2.2", f"{ALLOCATIONS} AW317"))
def cs132(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket", "WachtlijstZorgzwaartepakket"):
        if val(one, "Leveringsvorm") == "9":
            yield all_of(one, "Leveringsvorm")


@rule(("2.2", MUTATIONS))
def cs133(document: Document) -> Failures:
    for one in document.each("MutatieZorgzwaartepakket"):
        if val(one, "Leveringsstatus") == "1":
            yield all_of(one, "Leveringsstatus")
