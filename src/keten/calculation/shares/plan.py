"""What is planned: a client's profile, the care of each provider per week, what is asked beside (docs/calculation.md)."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stdnum.nl import bsn

from keten.calculation.shares.given import Given, WrongInput
from keten.calculation.shares.terms import terms
from keten.standard import Period, Release, load, load_as_of

RELEASE = "2.0"
"""The release of the AAT that comes of it, and of the codes in the plan."""

MOST_PROVIDERS, MOST_KINDS_OF_CARE, MOST_OPSLAG = 50, 50, 99
EXTRAS = ("ExtraKostenThuis", "ToeslagBeademing", "ToeslagOverig")
AGB = (r"\d{8}", "an AGB code of 8 digits")
SECTOR = re.compile(r"\d+([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Care:
    """Care per week: a `volume` of a prestatie, or a functie in a `klasse` with `opslag`."""

    prestatie: str | None = None
    volume: Decimal = Decimal(0)
    functie: str | None = None
    klasse: str = ""
    opslag: int = 0


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider and what it plans; `opname` whether the client is admitted there."""

    instelling: str
    care: tuple[Care, ...]
    soort: str = "1"
    opname: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """The client as an AAT names it."""

    bsn: str
    geboortedatum: date
    geslacht: str
    achternaam: str
    voorvoegsel: str | None = None
    voorletters: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What an AAT needs beside the plan.

    `converted` is the Ingangsdatum of the converted assignment that it corrects, None for another assignment. `roles` are
    those that are assigned now, by element; `names` is who is to hold the role of which there is no holder.
    """

    sender: str
    zorgkantoor: str
    dagtekening: date
    besluitnummer: int
    person: Person
    converted: date | None
    roles: Mapping[str, str]
    names: str | None = None
    identificatie: str | None = None
    klasse: str | None = None
    verantwoord: bool | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The input of a calculation; `extras` are reasons for more budget: the element that names each, and its code."""

    zzp: str
    sector: str
    leveringsvorm: str
    period: Period
    providers: tuple[Provider, ...]
    extras: tuple[tuple[str, str], ...] = ()
    request: Request | None = None


def plan_of(given: Given) -> Plan:
    """The plan that was given. Raises WrongInput."""
    fields = given.fields(("zzp", "leveringsvorm", "from", "providers"), ("sector", "to", "extras", "request"))
    period = Period(fields["from"].day(), fields["to"].day() if "to" in fields else None)
    if period.days == 0:
        raise fields["to"].wrong(f"a day not before {period.start}")
    release = release_on(period.start)
    zzp = fields["zzp"].code(release.types["LDT_ZzpCode"].codes, f"a ZzpCode of {release.id}")
    return Plan(
        zzp=zzp,
        sector=_sector(release, zzp, fields),
        leveringsvorm=fields["leveringsvorm"].code(tuple(terms().senders), "a leveringsvorm that providers share"),
        period=period,
        providers=_providers(fields["providers"], release),
        extras=_extras(fields["extras"]) if "extras" in fields else (),
        request=_request(fields["request"]) if "request" in fields else None,
    )


def release_on(day: date) -> Release:
    """The release, in the schema version of a day; before it came into use, in its first."""
    return load_as_of(RELEASE, max(day, load(RELEASE).in_use.start))


def _sector(release: Release, zzp: str, fields: Mapping[str, Given]) -> str:
    """The sector of a package, as its name begins; "" where it is of none."""
    match = SECTOR.match(release.types["LDT_ZzpCode"].codes[zzp])
    sector = match[1] if match else ""
    if "sector" in fields and fields["sector"].text() != sector:
        raise fields["sector"].wrong(f"{sector or 'none'}, the sector of ZZP {zzp}")
    return sector


def _providers(given: Given, release: Release) -> tuple[Provider, ...]:
    providers = tuple(_provider(one, release) for one in given.items(MOST_PROVIDERS))
    twice = [code for code, count in Counter(one.instelling for one in providers).items() if count > 1]
    if twice:
        raise WrongInput(f"{given.path}: {twice[0]} stands there more than once; put all its care together.")
    return providers


def _provider(given: Given, release: Release) -> Provider:
    fields = given.fields(("instelling", "care"), ("soort", "opname"))
    soorten = [code for code in release.types["LDT_SoortToewijzing"].codes if code != "5"]
    return Provider(
        instelling=fields["instelling"].matching(*AGB),
        care=tuple(_care(one, release) for one in fields["care"].items(MOST_KINDS_OF_CARE)),
        soort=fields["soort"].code(soorten, "a Soort that can be asked for") if "soort" in fields else "1",
        opname=fields["opname"].flag() if "opname" in fields else False,
    )


def _care(given: Given, release: Release) -> Care:
    if isinstance(given.value, Mapping) and "functie" in given.value:
        fields = given.fields(("functie", "klasse"), ("opslag",))
        functie = fields["functie"].code(release.types["LDT_FunctieCode"].codes, f"a FunctieCode of {release.id}")
        klasse = fields["klasse"].code(release.types["LDT_Klasse"].codes, f"a Klasse of {release.id}")
        opslag = fields["opslag"].whole(MOST_OPSLAG) if "opslag" in fields else 0
        return Care(functie=functie, klasse=klasse, opslag=opslag)
    fields = given.fields(("prestatie", "volume"))
    return Care(prestatie=fields["prestatie"].text(), volume=fields["volume"].volume())


def _extras(given: Given) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for one in given.items(len(EXTRAS)):
        fields = one.fields(("element", "code"))
        element = fields["element"].code(EXTRAS, "an element that names a reason for more budget")
        if element in found:
            raise fields["element"].wrong("each element once: an AAT holds one code of it")
        found[element] = fields["code"].text()
    return tuple(found.items())


def _request(given: Given) -> Request:
    required = ("sender", "zorgkantoor", "dagtekening", "besluitnummer", "converted", "client")
    fields = given.fields(
        required, ("dossierhouder", "coordinatorZorgThuis", "names", "identificatie", "klasse", "verantwoord")
    )
    elements = {"dossierhouder": "Dossierhouder", "coordinatorZorgThuis": "CoordinatorZorgThuis"}
    dagtekening = fields["dagtekening"].day()
    types = release_on(dagtekening).types
    return Request(
        sender=fields["sender"].matching(*AGB),
        zorgkantoor=fields["zorgkantoor"].code(types["LDT_ZorgkantoorCode"].codes, "the code of a zorgkantoor"),
        dagtekening=dagtekening,
        besluitnummer=fields["besluitnummer"].whole(999_999_999),
        person=_person(fields["client"]),
        converted=fields["converted"].day() if fields["converted"].value is not None else None,
        roles={elements[name]: fields[name].matching(*AGB) for name in elements if name in fields},
        names=fields["names"].matching(*AGB) if "names" in fields else None,
        identificatie=_optional(fields, "identificatie", r"\S{1,12}", "a text of at most 12 characters without blanks"),
        klasse=_optional(fields, "klasse", "KE[4-7]", "one of KE4, KE5, KE6, KE7"),
        verantwoord=fields["verantwoord"].flag() if "verantwoord" in fields else None,
    )


def _person(given: Given) -> Person:
    fields = given.fields(("bsn", "geboortedatum", "geslacht", "achternaam"), ("voorvoegsel", "voorletters"))
    if not bsn.is_valid(fields["bsn"].matching(r"\d{9}", "a Bsn of 9 digits")):
        raise WrongInput(f"{fields['bsn'].path}: expected a Bsn; this one fails the eleven-test.")
    geslacht = load(RELEASE).types["LDT_Geslacht"].codes
    return Person(
        bsn=fields["bsn"].text(),
        geboortedatum=fields["geboortedatum"].day(),
        geslacht=fields["geslacht"].code(geslacht, "a Geslacht"),
        achternaam=fields["achternaam"].matching(r"(?=.*\S)[^\n]{1,200}", "a name of at most 200 characters"),
        voorvoegsel=_optional(fields, "voorvoegsel", r"(?=.*\S)[^\n]{1,10}", "at most 10 characters"),
        voorletters=_optional(fields, "voorletters", "[a-zA-ZÀ-ỳ]{1,6}", "at most 6 letters"),
    )


def _optional(fields: Mapping[str, Given], name: str, pattern: str, expected: str) -> str | None:
    return fields[name].matching(pattern, expected) if name in fields else None
