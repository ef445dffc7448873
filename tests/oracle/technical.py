"""The technical rules within a class or among the classes of a client, but for those about pairs of a kind (pairs.py)."""

from tests.oracle import tables
from tests.oracle.judging import Document, Failures, always, rule
from tests.oracle.terms import (
    OPEN,
    Element,
    absent,
    add_days,
    all_of,
    as_date,
    blank,
    date,
    filled,
    number,
    present,
    string,
    text,
    trimmed,
    val,
    within,
)

PERSONS = "AW33 IO31 ZK31 ZK33"
ALLOCATIONS = "AW33 ZK31 ZK33"
MUTATIONS = "AW39 ZK39"
STARTS = "AW35 ZK35"
FUNCTIES = "GeindiceerdeFunctie", "ToegewezenFunctie", "GeleverdeFunctie"
ALLOCATED = "ToegewezenFunctie", "ToegewezenZorgzwaartepakket"
MUTATED = "MutatieFunctie", "MutatieZorgzwaartepakket"
UNITS = "GeindiceerdeZorgzwaartepakketten/* | GeindiceerdeFuncties/*"
GATES = {
    "AW33": "*/ToegewezenFunctie | */GeindiceerdZorgzwaartepakket | */ToegewezenZorgzwaartepakket",
    "IO31": "*/GeindiceerdeFunctie | */GeindiceerdZorgzwaartepakket",
    "ZK31": "*/GeindiceerdeFunctie | */GeindiceerdZorgzwaartepakket",
    "ZK33": "*/GeindiceerdeFunctie",
}
"""Which Indicaties are looked at (TR014)."""


@rule(("2.1", f"{PERSONS} {STARTS} {MUTATIONS} CA317 CA319"), ("2.2", f"{PERSONS} {STARTS} {MUTATIONS}"))
def tr002(document: Document) -> Failures:
    for one in document.each("Geboortedatum/Datum"):
        known = text(one) != "1900-01-01" or any(text(use) != "3" for use in all_of(one, "../DatumGebruik"))
        if known and any(date(one) + 1200000 < date(made) for made in document.dagtekening):
            yield [*document.dagtekening, one]


@rule(*always(PERSONS))
def tr004(document: Document) -> Failures:
    for one in document.each("Client"):
        kinds = all_of(one, "Relaties/Relatie/Soort")
        late = date(one, "Indicatie/Afgiftedatum") > 20070301
        if late and val(one, "Leefeenheid") in {"3", "4"} and all(string(kind) != "12" for kind in kinds):
            yield all_of(one, "Leefeenheid", "Relaties/Relatie/Soort")


@rule(*always(PERSONS))
def tr005(document: Document) -> Failures:
    house, postcode = "Contact/Adres/Huis/Huisnummer", "Contact/Adres/Postcode"
    for client in document.each("Client"):
        if not date(client, "Indicatie/Afgiftedatum") > 20070301:
            continue
        for one in all_of(client, "Relaties/Relatie"):
            if number(text(one, "Soort")) == 12 and (blank(one, house) or blank(one, postcode)):
                yield [*all_of(one, "Soort", house, postcode), *all_of(client, "Indicatie/Afgiftedatum")]


@rule(*always(PERSONS))
def tr006(document: Document) -> Failures:
    for one in document.each("Contact"):
        for name in ("Adres/Huis", "Adres/Postcode"):
            if absent(one, "Telefoon") and absent(one, name):
                yield [one]


@rule(*always(f"{PERSONS} {STARTS}"))
def tr008(document: Document) -> Failures:
    for one in document.each(*(f"{name}[FunctieCode][Klasse]" for name in FUNCTIES)):
        for codes, classes in tables.CLASSES_OF_FUNCTION.items():
            if val(one, "FunctieCode") in codes.split() and val(one, "Klasse") not in classes:
                yield all_of(one, "FunctieCode", "Klasse")


@rule(*always(f"{PERSONS} {STARTS}"))
def tr010(document: Document) -> Failures:
    for one in document.each("*[Opslag]"):
        highest = tables.HIGHEST_CLASS.get(string(one, "FunctieCode"))
        bad = val(one, "Klasse") != highest if highest else val(one, "Klasse") == "99"
        if bad and filled(one, "Opslag"):
            yield all_of(one, "Klasse", "Opslag")


@rule(*always(PERSONS))
def tr014(document: Document) -> Failures:
    for one in document.each("Indicatie"):
        if absent(one, GATES[document.message]):
            continue
        units = all_of(one, UNITS)
        ends = [end for unit in units for end in all_of(unit, "Einddatum")]
        if absent(one, "Einddatum"):
            if len([unit for unit in units if present(unit, "Ingangsdatum")]) == len(ends):
                yield ends
        elif len(ends) != len(units):
            yield all_of(one, "Einddatum")
        elif ends:
            last = text(max(ends, key=date))
            if string(one, "Einddatum") != last:
                yield [*all_of(one, "Einddatum"), *(end for end in ends if text(end) == last)]


@rule(*always(PERSONS))
def tr015(document: Document) -> Failures:
    for one in document.each("Indicatie"):
        starts = [start for unit in all_of(one, UNITS) for start in all_of(unit, "Ingangsdatum")]
        usual = [start for start in starts if date(start) < OPEN]
        if present(one, "Ingangsdatum") and usual:
            first = text(min(usual, key=date))
            if string(one, "Ingangsdatum") != first:
                yield [*all_of(one, "Ingangsdatum"), *(start for start in starts if text(start) == first)]


@rule(*always(ALLOCATIONS))
def tr016(document: Document) -> Failures:
    for one in document.each(*ALLOCATED):
        if not within(one, all_of(one, "ancestor::Indicatie")[0]):
            yield [one]


@rule(*always(MUTATIONS))
def tr018(document: Document) -> Failures:
    for one in document.each(*MUTATED):
        begun = present(one, "Begindatum") and string(one, "Begindatum") != ""
        if begun and (absent(one, "Mutatiedatum") or date(one, "Begindatum") > date(one, "Mutatiedatum")):
            yield all_of(one, "Begindatum", "Mutatiedatum")


@rule(("2.2", "AW33 ZK33"))
def tr021(document: Document) -> Failures:
    receiver = all_of(document.root, "/Bericht/Header/Ontvanger")
    for one in document.each("Client"):
        providers = all_of(one, *(f".//{name}/Instelling" for name in ALLOCATED))
        if document.message == "AW33":
            own = any(trimmed(provider) == trimmed(receiver[0]) for provider in providers)
        else:
            own = bool(providers)
        if not own:
            yield [*receiver, *(providers if document.message == "AW33" else [])]


@rule(*always(f"{PERSONS} {STARTS}"))
def tr034(document: Document) -> Failures:
    for one in document.each(*FUNCTIES):
        if val(one, "FunctieCode") == "71" and filled(one, "Opslag"):
            yield all_of(one, "FunctieCode", "Opslag")


@rule(*always(ALLOCATIONS))
def tr037(document: Document) -> Failures:
    for one in document.each("Indicatie"):
        if absent(one, "*/GeindiceerdeFunctie | */GeindiceerdZorgzwaartepakket"):
            yield [one]


@rule(*always(STARTS))
def tr039(document: Document) -> Failures:
    for one in document.each("Client"):
        if absent(one, "GeleverdeFuncties/* | GeleverdeZorgzwaartepakketten/*"):
            yield [one]


@rule(*always(MUTATIONS))
def tr040(document: Document) -> Failures:
    for one in document.each("Client"):
        if absent(one, "MutatieFuncties/* | MutatieZorgzwaartepakketten/* | Aanvragen/Aanvraag"):
            yield [one]


@rule(*always(MUTATIONS))
def tr041(document: Document) -> Failures:
    for one in document.each("MutatieZorgzwaartepakket/Mutatiecode"):
        applied = all_of(one, "ancestor::Client/Aanvragen/Aanvraag")
        if applied and val(one) not in {"12", "18", "19"}:
            yield [one, *applied]


@rule(*always(MUTATIONS))
def tr046(document: Document) -> Failures:
    for one in document.each(*(MUTATED if document.release == "2.1" else MUTATED[1:])):
        for code, statuses in tables.STATUS_AFTER[document.release].items():
            if val(one, "Mutatiecode") == code and val(one, "Leveringsstatus") not in statuses.split():
                yield all_of(one, "Mutatiecode", "Leveringsstatus")


@rule(*always("AW33 IO31 ZK33"))
def tr061(document: Document) -> Failures:
    for one in document.each("Client/Contactgegevens"):
        if all(text(kind) not in {"01", "03"} for kind in all_of(one, "Contact/Soort")):
            yield all_of(one, "Contact")


@rule(("2.2", "AW35 AW39"))
def tr064(document: Document) -> Failures:
    sender = all_of(document.root, "/Bericht/Header/Afzender")
    delivered = "GeleverdeFunctie", "GeleverdZorgzwaartepakket"
    for one in document.each(*(f"{name}/Instelling" for name in (*delivered, *MUTATED, "Aanvraag"))):
        if trimmed(one) != trimmed(sender[0]):
            yield [*sender, one]


@rule(*always("ZK31 ZK33"))
def tr065(document: Document) -> Failures:
    sender = trimmed(document.root, "/Bericht/Header/Afzender")
    for one in document.each(*(f"{name}/Zorgkantoor" for name in ALLOCATED)):
        if val(one) != sender:
            yield [one]


@rule(*always(MUTATIONS))
def tr066(document: Document) -> Failures:
    for one in document.each(*MUTATED):
        code = val(one, "Mutatiecode")
        missing = code in {"17", "19", "20"} and blank(one, "Begindatum")
        if missing or (code in {"12", "18", "21"} and filled(one, "Begindatum")):
            yield all_of(one, "Begindatum", "Mutatiecode")


@rule(*always(ALLOCATIONS))
def tr082(document: Document) -> Failures:
    for one in document.each("ToegewezenFunctie"):
        if string(one, "FunctieCode") != "91":
            continue
        codes = all_of(one, "../../GeindiceerdeFuncties/GeindiceerdeFunctie/FunctieCode")
        if string(one, "Soort") == "1":
            if all(text(code) != "91" for code in codes):
                yield [one]
        elif present(one, "Soort"):
            yield [one]


@rule(*always("AW317"))
def tr091(document: Document) -> Failures:
    end = all_of(document.root, "/Bericht/Header/Periode/Einddatum")
    made = document.dagtekening
    if not made:
        yield []
    elif date(made[0]) <= as_date(add_days(text(document.root, "/Bericht/Header/Periode/Einddatum"), 6)):
        yield [*end, *made]


@rule(("2.1", f"{PERSONS} {STARTS} {MUTATIONS} CA317 CA319"), ("2.2", f"{PERSONS} {STARTS} {MUTATIONS}"))
def tr097(document: Document) -> Failures:
    for one in document.each("*[Datum][DatumGebruik]"):
        use, whole = string(one, "DatumGebruik"), string(one, "Datum")
        year_off = whole.partition("-")[2]
        unknown = {"3": (whole, "1900-01-01"), "2": (year_off, "01-01"), "1": (year_off.partition("-")[2], "01")}
        found, wanted = unknown.get(use, ("", ""))
        if found != wanted:
            yield all_of(one, "Datum", "DatumGebruik")


@rule(*always("ZK31"))
def tr108(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket/Leveringsvorm"):
        months = [string(made).split("-") for made in document.dagtekening]
        if text(one) == "2" and not any(len(parts) > 2 and number(parts[1]) in {11, 12} for parts in months):
            yield [*document.dagtekening, one]


@rule(*always("ZK31"))
def tr109(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket/Leveringsvorm"):
        moved = all_of(document.root, "/Bericht/Client/Indicatie/Overdrachtdatum")
        if text(one) == "2" and not any(string(day).partition("-")[2] == "01-01" for day in moved):
            yield [*moved, one]


@rule(*always("ZK31"))
def tr110(document: Document) -> Failures:
    made = document.dagtekening
    for one in document.each("Indicatie/Overdrachtdatum"):
        if not made or date(made[0]) >= date(one):
            yield [*made, one]


@rule(*always("ZK31"))
def tr111(document: Document) -> Failures:
    for one in document.each(*(f"{name}/Einddatum" for name in ALLOCATED)):
        moved = all_of(one, "ancestor::Indicatie/Overdrachtdatum")
        if not moved or date(moved[0]) > date(one):
            yield [*moved, one]


@rule(*always(ALLOCATIONS))
def tr119(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket/Opname"):
        if val(one, "../Soort") == "5" and val(one) != "1":
            yield all_of(one, "../Soort", ".")


@rule(*always(ALLOCATIONS))
def tr124(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket"):
        if text(one, "Leveringsvorm") == "8" and date(one, "Ingangsdatum") < 20200101:
            yield all_of(one, "Ingangsdatum", "Leveringsvorm")


@rule(*always(MUTATIONS))
def tr127(document: Document) -> Failures:
    for one in document.each("Aanvraag"):
        if text(one, "Leveringsvorm") != "8":
            continue
        institutions = all_of(one, "AanvraagInstellingen/AanvraagInstelling")
        admitting = [each for each in institutions if text(each, "Opname") == "1"]
        for each in institutions:
            touching = [other for other in admitting if _touches(each, other)]
            if text(each, "Opname") == "2" and not _covered(each, touching):
                yield [*touching, each]
        for place, each in enumerate(admitting):
            later = [other for other in admitting[place + 1 :] if _touches(each, other)]
            if later:
                yield [each, *later]


def _bounds(institution: Element) -> tuple[str, str]:
    return text(institution, "ToewijzingIngangsdatum"), text(institution, "ToewijzingEinddatum")


def _touches(one: Element, other: Element) -> bool:
    (start, end), (other_start, other_end) = _bounds(one), _bounds(other)
    return (not end or as_date(other_start) <= as_date(end)) and (not other_end or as_date(other_end) >= as_date(start))


def _covered(one: Element, admitting: list[Element]) -> bool:
    """Whether an admitting institution is there on each day of another."""
    day, end = _bounds(one)
    while day and (not end or as_date(day) <= as_date(end)):
        covering = [each for each in admitting if _covers(each, as_date(day))]
        if not covering:
            return False
        day = add_days(_bounds(covering[0])[1], 1)
    return True


def _covers(admitting: Element, day: float) -> bool:
    start, end = _bounds(admitting)
    return as_date(start) <= day and (not end or as_date(end) >= max(day, as_date(start)))
