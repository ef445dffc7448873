"""A calculation as an AAT: an AW39 of 2.0 that asks the zorgkantoor for the shares, from who may send it, while it may."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import polars as pl

from keten.calculation.shares.calculating import Calculation
from keten.calculation.shares.plan import Plan, Request, release_on
from keten.calculation.shares.remedies import ALONE
from keten.calculation.shares.terms import terms
from keten.messages import Layout, Tables, layout_of, write

MESSAGE = "AW39"
HOME, STAY = "7", "4"
YES, NO = "1", "2"
FIRST_DELIVERY = "1"
HUNDREDTHS = 100
IDENTIFICATION = 12

ROLES = {"Dossierhouder": "dossierhouder", "CoordinatorZorgThuis": "coordinator zorg thuis"}
"""The elements of the roles, and the roles in words."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no AAT can be sent, each reason in words that say what may."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An AAT as a message, and the release that it is written in, with its schema version."""

    message: bytes
    release: str


def ask(plan: Plan, calculation: Calculation) -> Asked | Refusal:
    """The AAT for a plan, or why there is none."""
    request = plan.request
    if request is None:
        return Refusal(("The input has no key 'request', which says who asks whom, when and for whom.",))
    reasons = tuple(_reasons(plan, request, calculation))
    if reasons:
        return Refusal(reasons)
    layout = layout_of(release_on(request.dagtekening), MESSAGE)
    stream = BytesIO()
    write(layout, _header(layout, plan, request), [_client(layout, plan, request, calculation)], stream)
    return Asked(stream.getvalue(), layout.release.reference)


def _reasons(plan: Plan, request: Request, calculation: Calculation) -> Iterator[str]:
    yield from _of_sender(plan, request)
    yield from _of_days(plan, request, calculation)
    yield from _of_content(plan, request, calculation)


def _of_sender(plan: Plan, request: Request) -> Iterator[str]:
    """The holder of the role sends it; without one, that of the other role, who names the holder-to-be."""
    rule = terms().senders[plan.leveringsvorm]
    role, other = ROLES[rule.holder], ROLES[rule.otherwise]
    holder, deputy = request.roles.get(rule.holder), request.roles.get(rule.otherwise)
    may = holder or deputy
    if may is None:
        yield f"Nobody may send this AAT: the client has no {role} and no {other}. Ask the zorgkantoor to name one."
    elif request.sender != may:
        why = role if holder else f"{other}, as there is no {role}"
        yield f"Only {may}, the {why}, may send this AAT; {request.sender} may not."
    if holder and request.names not in (None, holder):
        yield f"There is a {role} already, {holder}; leave out 'names'."
    if not holder and request.names is None:
        yield f"There is no {role}: say in 'names' which provider is to be it."
    if request.names is not None and request.names not in [one.instelling for one in plan.providers]:
        yield f"'names' is {request.names}, which is none of the providers of the plan."


def _of_days(plan: Plan, request: Request, calculation: Calculation) -> Iterator[str]:
    used = release_on(request.dagtekening).in_use
    if request.dagtekening not in used:
        yield f"The Dagtekening is {request.dagtekening}; messages of this release are taken {used}."
    if request.converted is None:
        return
    if plan.period.start != request.converted:
        yield f"The plan starts on {plan.period.start}, not on {request.converted} as the converted assignment does."
    term = _term(request.converted, doelmatig=calculation.doelmatig)
    if term is not None and request.dagtekening >= term:
        kind = "within the budget" if calculation.doelmatig else "over the budget (ondoelmatig)"
        last = term - timedelta(days=1)
        yield f"The Dagtekening is {request.dagtekening}; an AAT for care {kind} may be sent until {last}."


def _term(converted: date, *, doelmatig: bool) -> date | None:
    """The first day on which it is too late: by the latest conversion that was not after the assignment's start."""
    known = [one for start, one in sorted(terms().converted.items()) if start <= converted]
    return (known[-1].otherwise if doelmatig else known[-1].ondoelmatig) if known else None


def _of_content(plan: Plan, request: Request, calculation: Calculation) -> Iterator[str]:
    types = release_on(request.dagtekening).types
    extras = dict(plan.extras)
    for element, code in extras.items():
        known = types[f"LDT_{element}"].codes
        if code not in known:
            yield f"On {request.dagtekening} there is no {element} {code!r}, only {', '.join(known)}."
    if not calculation.doelmatig and not extras and plan.leveringsvorm == HOME:
        yield "The care is over the budget: name the reason for more in 'extras' (rule CD047)."
    if ALONE in extras and len(extras) > 1:
        yield f"{ALONE} goes with no other reason for more budget (rule CD048)."
    if plan.leveringsvorm == HOME and request.verantwoord is None:
        yield "Say in 'verantwoord' whether the care at home is responsible (rule CD074)."
    if plan.leveringsvorm != HOME and request.klasse is None:
        yield "Say the 'klasse' of the package (rule CD051)."
    admitted = sum(one.opname for one in plan.providers)
    if (plan.leveringsvorm == STAY) != (admitted == 1):
        yield "The client is admitted ('opname') at one provider of a stay, and at none otherwise (rules CD052, TR120)."


def _header(layout: Layout, plan: Plan, request: Request) -> Tables:
    content = hashlib.sha256(repr(plan).encode()).hexdigest()[:IDENTIFICATION].upper()
    cells = {
        "BerichtCode": layout.message.code,
        **layout.release.message_version,
        "Afzender": request.sender,
        "Ontvanger": request.zorgkantoor,
        "BerichtIdentificatie/Identificatie": request.identificatie or content,
        "BerichtIdentificatie/Dagtekening": request.dagtekening.isoformat(),
    }
    return {name: _frame(layout, name, [cells] if name == "Header" else []) for name in layout.envelope_tables}


def _client(layout: Layout, plan: Plan, request: Request, calculation: Calculation) -> Tables:
    person = request.person
    client = {
        "Bsn": person.bsn,
        "Geboortedatum/Datum": person.geboortedatum.isoformat(),
        "Geslacht": person.geslacht,
        "Naam/Geslachtsnaam/Achternaam": person.achternaam,
        "Naam/Geslachtsnaam/Voorvoegsel": person.voorvoegsel,
        "Naam/Voorletters": person.voorletters,
        "StatusAanlevering": FIRST_DELIVERY,
    }
    rows = {
        "Client": [client],
        "Aanvraag": [_application(plan, request, calculation)],
        "AanvraagInstelling": list(_institutions(plan, calculation)),
    }
    return {name: _frame(layout, name, rows.get(name, [])) for name in layout.client_tables}


def _application(plan: Plan, request: Request, calculation: Calculation) -> dict[str, Any]:
    holder = terms().senders[plan.leveringsvorm].holder
    at_home = plan.leveringsvorm == HOME
    return {
        "parent": 0,
        "Besluitnummer": str(request.besluitnummer),
        "ZzpCode": plan.zzp,
        "Klasse": None if at_home else request.klasse,
        "Leveringsvorm": plan.leveringsvorm,
        holder: request.roles.get(holder) or request.names,
        "Doelmatig": _yes(calculation.doelmatig) if at_home else None,
        "Verantwoord": _yes(bool(request.verantwoord)) if at_home else None,
        **{f"BijzondereSituatie/{element}": code for element, code in plan.extras},
        **({"BijzondereSituatie": True} if plan.extras else {}),
    }


def _institutions(plan: Plan, calculation: Calculation) -> Iterator[dict[str, Any]]:
    end = plan.period.end
    for provider, share in zip(plan.providers, calculation.shares, strict=True):
        yield {
            "parent": 0,
            "Instelling": provider.instelling,
            "Soort": provider.soort,
            "ToewijzingIngangsdatum": plan.period.start.isoformat(),
            "ToewijzingEinddatum": end.isoformat() if end else None,
            "ToewijzingPercentage": str(share.percentage * HUNDREDTHS),
            "Opname": _yes(provider.opname) if plan.leveringsvorm == STAY else None,
        }


def _yes(value: bool) -> str:  # noqa: FBT001 a code for it is all it makes
    return YES if value else NO


def _frame(layout: Layout, name: str, rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> pl.DataFrame:
    """The table of a layout with these rows; what they do not say is absent."""
    table = layout.tables[name]
    schema: dict[str, Any] = {"parent": pl.UInt32} if table.parent else {}
    schema |= {column.name: pl.String if column.type else pl.Boolean for column in table.columns}
    return pl.DataFrame([{key: row.get(key) for key in schema} for row in rows], schema)
