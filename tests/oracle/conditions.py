"""The conditions: when an element must or may be filled."""

from tests.oracle.judging import Document, Failures, always, rule
from tests.oracle.terms import absent, all_of, blank, date, filled, present, val

PERSONS = "AW33 IO31 ZK31 ZK33"
ALLOCATIONS = "AW33 ZK31 ZK33"
MUTATIONS = "AW39 ZK39"


@rule(*always("AW35 ZK35"))
def cd004(document: Document) -> Failures:
    for one in document.each("GeleverdZorgzwaartepakket/Sleuteldatum"):
        if val(one, "../Leveringsvorm") != "4":
            yield all_of(one, ".", "../Leveringsvorm")


@rule(*always(PERSONS))
def cd005(document: Document) -> Failures:
    for one in document.each("Postcode"):
        if filled(one, ".") and blank(one, "../LandCode"):
            yield all_of(one, ".", "../LandCode")
    for one in document.each("LandCode"):
        if filled(one, ".") and blank(one, "../Postcode"):
            yield all_of(one, "../Postcode", ".")


@rule(*always(PERSONS))
def cd007(document: Document) -> Failures:
    for one in document.each("*[Taal or Vorm]"):
        if (val(one, "Vorm") == "1") != filled(one, "Taal"):
            yield all_of(one, "Vorm", "Taal")


@rule(*always(PERSONS))
def cd009(document: Document) -> Failures:
    for one in document.each("Contact/Periode"):
        if val(one, "../Soort") != "04":
            yield all_of(one, "../Soort", ".")


@rule(*always(PERSONS))
def cd016(document: Document) -> Failures:
    for one in document.each("Relatie"):
        if val(one, "Soort") != "12" and absent(one, "Volgorde"):
            yield all_of(one, "Soort")


@rule(*always(PERSONS))
def cd017(document: Document) -> Failures:
    for one in document.each("Relatie"):
        if val(one, "Soort") == "12" and blank(one, "Geboortedatum/Datum"):
            yield all_of(one, "Soort", "Geboortedatum/Datum")


@rule(*always(MUTATIONS))
def cd020(document: Document) -> Failures:
    for one in document.each("MutatieFunctie", "MutatieZorgzwaartepakket"):
        if (val(one, "Mutatiecode") in {"17", "21"}) != present(one, "InstellingBestemming"):
            yield all_of(one, "Mutatiecode", "InstellingBestemming")


@rule(*always(PERSONS))
def cd022(document: Document) -> Failures:
    for one in document.each("GeindiceerdeFunctie", "ToegewezenFunctie"):
        if (val(one, "FunctieCode") in {"64", "82"}) != present(one, "Vervoer"):
            yield all_of(one, "FunctieCode", "Vervoer")


@rule(*always(PERSONS))
def cd025(document: Document) -> Failures:
    for one in document.each("LandCode"):
        if val(one) == "NL" and blank(one, "../Huis/Huisnummer"):
            yield all_of(one, "../Huis/Huisnummer", ".")


@rule(*always(f"{PERSONS} AW317"))
def cd029(document: Document) -> Failures:
    units = "GeindiceerdeZorgzwaartepakketten/*[ZzpCode/text()[. != '999']]"
    if document.message != "AW317":
        units += " | GeindiceerdeFuncties/*"
    for one in document.each("Indicatie"):
        if present(one, units) and absent(one, "Grondslagen"):
            yield all_of(one, units)[:1]


@rule(*always(PERSONS))
def cd034(document: Document) -> Failures:
    for one in document.each("Adres"):
        if val(one, "../Soort") in {"01", "03"} and blank(one, "Postcode"):
            yield all_of(one, "../Soort", "Postcode")


@rule(*always("AW317"))
def cd036(document: Document) -> Failures:
    for one in document.each("Client/Postcode"):
        if val(one, "../LandCode") != "NL":
            yield all_of(one, ".", "../LandCode")


@rule(*always(f"{ALLOCATIONS} AW317 {MUTATIONS}"))
def cd040(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket", "WachtlijstZorgzwaartepakket"):
        if document.message == "AW33" and (val(one, "Leveringsvorm") == "2") != absent(one, "ToewijzingPercentage"):
            yield all_of(one, "ToewijzingPercentage", "Leveringsvorm")
        if (val(one, "Leveringsvorm") == "2") != absent(one, "Instelling"):
            yield all_of(one, "Instelling", "Leveringsvorm")
    for one in document.each("AanvraagInstelling"):
        if (val(one, "../../Leveringsvorm") == "2") != absent(one, "ToewijzingPercentage"):
            yield all_of(one, "../../Leveringsvorm", "ToewijzingPercentage")


@rule(*always(MUTATIONS))
def cd047(document: Document) -> Failures:
    for one in document.each("Doelmatig"):
        if val(one) == "2" and absent(one, "../BijzondereSituatie"):
            yield [one]


@rule(*always(MUTATIONS))
def cd048(document: Document) -> Failures:
    for one in document.each("BijzondereSituatie"):
        if blank(one, "ExtraKostenThuis") and blank(one, "ToeslagBeademing"):
            if blank(one, "ToeslagOverig"):
                yield all_of(one, ".", "ToeslagOverig")
        elif filled(one, "ToeslagOverig"):
            yield all_of(one, "ToeslagOverig")


@rule(*always(f"{ALLOCATIONS} {MUTATIONS}"))
def cd050(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket", "Aanvraag"):
        if (val(one, "Leveringsvorm") == "7") != filled(one, "CoordinatorZorgThuis"):
            yield all_of(one, "Leveringsvorm", "CoordinatorZorgThuis")


@rule(*always(f"{ALLOCATIONS} {MUTATIONS} AW35 ZK35"))
def cd051(document: Document) -> Failures:
    for one in document.each("ToegewezenZorgzwaartepakket", "GeleverdZorgzwaartepakket", "Aanvraag"):
        if (val(one, "Leveringsvorm") in {"4", "5"}) != filled(one, "Klasse"):
            yield all_of(one, "Klasse", "Leveringsvorm")


@rule(*always(f"{ALLOCATIONS} {MUTATIONS} AW317"))
def cd052(document: Document) -> Failures:
    opname = "Opname | AanvraagInstellingen/AanvraagInstelling/Opname"
    for one in document.each("ToegewezenZorgzwaartepakket", "WachtlijstZorgzwaartepakket", "Aanvraag"):
        if (val(one, "Leveringsvorm") in {"4", "8"}) != filled(one, opname):
            yield all_of(one, "Leveringsvorm", opname)


@rule(*always(PERSONS))
def cd070(document: Document) -> Failures:
    for one in document.each("Wzd"):
        for name in ("WzdIngangsdatum", "WzdEinddatum"):
            if (val(one, "WzdVerklaring") == "1") != present(one, name):
                yield all_of(one, "WzdVerklaring", name)


@rule(*always("CA317"))
def cd071(document: Document) -> Failures:
    for one in document.each("GeleverdeZorg"):
        if date(one, "Startdatum") > 20191231:
            wrong = present(one, "Klasse")
        else:
            wrong = (val(one, "Leveringsvorm") in {"4", "5"}) != present(one, "Klasse")
        if wrong:
            yield all_of(one, "Startdatum", "Klasse", "Leveringsvorm")


@rule(*always(f"{ALLOCATIONS} {MUTATIONS} AW35 ZK35 AW317 CA317"))
def cd072(document: Document) -> Failures:
    delivered = "GeleverdZorgzwaartepakket", "GeleverdeZorg"
    for one in document.each("ToegewezenZorgzwaartepakket", "WachtlijstZorgzwaartepakket", "Aanvraag", *delivered):
        if (val(one, "Leveringsvorm") == "8") != present(one, "Etmalen"):
            yield all_of(one, "Leveringsvorm", "Etmalen")


@rule(*always(f"{ALLOCATIONS} {MUTATIONS} CA317"))
def cd073(document: Document) -> Failures:
    forms = {"4", "5", "8"} if document.release == "2.1" else {"4", "5", "8", "9"}
    for one in document.each("ToegewezenZorgzwaartepakket", "Aanvraag"):
        if (val(one, "Leveringsvorm") in forms) != filled(one, "Dossierhouder"):
            yield all_of(one, "Leveringsvorm", "Dossierhouder")
    for one in document.each("GeleverdeZorg"):
        if (val(one, "Leveringsvorm") in forms) != filled(one, "Instelling"):
            yield all_of(one, "Instelling", "Leveringsvorm")


@rule(*always(MUTATIONS))
def cd074(document: Document) -> Failures:
    for one in document.each("Aanvraag"):
        for name in ("Verantwoord", "Doelmatig"):
            if (val(one, "Leveringsvorm") in {"7", "8"}) != filled(one, name):
                yield all_of(one, "Leveringsvorm", name)


@rule(("2.2", "AW39 AW317 ZK31 ZK39"))
def cd090(document: Document) -> Failures:
    waiting = "Leveringsstatussen/Leveringsstatus"
    allocated = ("ToegewezenZorgzwaartepakket",) if document.message == "ZK31" else ()
    for one in document.each("MutatieZorgzwaartepakket", waiting, *allocated):
        if (val(one, "Leveringsstatus") in {"2", "3", "6", "7"}) != filled(one, "LeveringsstatusClassificatie"):
            yield all_of(one, "Leveringsstatus", "LeveringsstatusClassificatie")


@rule(("2.2", "CA317"))
def cd091(document: Document) -> Failures:
    for one in document.each("GeleverdeZorg"):
        if (val(one, "Leveringsvorm") in {"4", "5", "8", "9"}) != filled(one, "Instelling"):
            yield all_of(one, "Instelling", "Leveringsvorm")
