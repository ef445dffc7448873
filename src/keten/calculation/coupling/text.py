"""The figures as text, for people at a screen."""

from collections.abc import Iterator

from keten.calculation.coupling.reporting import Figures, reasons
from keten.calculation.coupling.testing import kinds
from keten.messages import Aside, told_aside

LISTED = 20
"""Lines of a list that are shown; the other forms have the rest."""


def render(figures: Figures) -> str:
    """The text for the figures of a judgement or of an examination."""
    return "\n".join(_judgement(figures) if "account" in figures else _examination(figures))


def name_of(table: Figures) -> str:
    """A version in words."""
    until = f" until {table['to']}" if table["to"] else ""
    return (
        f"{table['id']} {table['version']} (from {table['from']}{until}{', fictitious' if table['fictitious'] else ''})"
    )


def coupling_of(row: Figures) -> str:
    """A coupling in words."""
    form = f", leveringsvorm {row['leveringsvorm']}" if row["leveringsvorm"] else ""
    contract = f", contract {row['contract']}" if row["contract"] else ""
    return f"{row['prestatie']} on {row['care']}{form}{contract}"


def _judgement(figures: Figures) -> Iterator[str]:
    account = figures["account"]
    yield f"{figures['claims']['name']}, by coupling table {name_of(figures['table'])}"
    yield from _assignments(figures["assignments"])
    if not figures["contracts"]:
        yield "Contracts were not looked at: there was no list of them (--contracts)."
    yield ""
    yield from _sums({"read": account["read"], "  accepted": account["accepted"], "  refused": account["refused"]})
    yield from _sums({f"    {name}": total for name, total in figures["reasons"].items()})
    if figures["claims"]["aside"]:
        yield f"Records of other types: {figures['claims']['aside']:,}."
    for version, total in figures["acceptedWith"].items():
        yield f"Would be accepted with version {version}: {total['number']:,}, {total['amount']} euro."
    for name in figures["reasons"]:
        yield f"\n{name}: {reasons()[name]['says']}.\n  {reasons()[name]['who'].capitalize()}: {reasons()[name]['action']}"
    if figures["refusals"]:
        yield "\nRefused, by their row in the file:"
        yield from map(_refusal, figures["refusals"][:LISTED])
    if account["refused"]["number"] > LISTED:
        yield f"  and {account['refused']['number'] - LISTED:,} more"


def _assignments(found: Figures) -> Iterator[str]:
    yield f"Assignments: {found['count']:,} of {found['versions']:,} versions in {found['messages']:,} messages."
    if found["unreadable"] or found["clientsRefused"]:
        yield f"Not read: {found['unreadable']:,} files, {found['clientsRefused']:,} clients that are not valid."
    if found["aside"]:
        yield told_aside([Aside(**one) for one in found["aside"]])


def _refusal(row: Figures) -> str:
    detail = f": {row['detail']}" if row["detail"] else ""
    what = f"{row['prestatie']} on {row['care']}, {row['from'] or '-'} - {row['to'] or '-'}"
    return f"  row {row['row']}: {row['reason']}{detail} ({what})"


def _examination(figures: Figures) -> Iterator[str]:
    yield f"Coupling table {name_of(figures['table'])}: {figures['rows']:,} rows, {figures['verdict']}"
    if figures["former"]:
        yield f"after {name_of(figures['former'])}: {figures['formerRows']:,} rows"
    for kind, count in figures["counts"].items():
        yield f"\n{kinds()[kind].severity}: {kind} ({count:,}). {kinds()[kind].says}."
        listed = [fault for fault in figures["faults"] if fault["kind"] == kind]
        yield from (f"  {_place(fault)}{fault['what']}" for fault in listed[:LISTED])
        if count > LISTED:
            yield f"  and {count - LISTED:,} more"
    if figures["effect"]:
        yield from _effect(figures["effect"])


def _place(fault: Figures) -> str:
    return f"row {fault['row']}: " if fault["row"] else ""


def _effect(effect: Figures) -> Iterator[str]:
    yield "\nDeclarations judged by both versions:"
    names = {"kept": "  accepted by both", "refusedByBoth": "  refused by both", "newlyAccepted": "  newly accepted"}
    yield from _sums(
        {label: effect[name] for name, label in names.items()} | {"  NEWLY REFUSED": effect["newlyRefused"]}
    )
    hit = [row for row in effect["byCoupling"] if row["number"]]
    if hit:
        yield "\nNewly refused, by the coupling that carried them:"
    for row in hit[:LISTED]:
        yield f"{row['number']:>12,} {row['amount']:>16}  {coupling_of(row)}{' (row lost)' if row['lost'] else ''}"
    if len(hit) > LISTED:
        yield f"  and {len(hit) - LISTED:,} more couplings"


def _sums(totals: dict[str, Figures]) -> Iterator[str]:
    for label, total in totals.items():
        yield f"{label:<24}{total['number']:>12,} {total['amount']:>16} euro"
