"""The line notation of the cases (tests/cases/conversion/README.md): text -> what stood before, what must come out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parents[2] / "cases" / "conversion"
SENDER, RECEIVERS = "5501", "ABCDEF"
MESSAGE = re.compile(
    r"(?P<kind>AW33|ZK33) (?P<sender>\d+)>(?P<receiver>\w+)(?: (?P<day>\d{4}-\S+))?(?: (?P<id>\w+))?: (?P<rest>.*)"
)
ITEM = re.compile(r"(?:(?P<label>\w+): )?(?P<words>[^=>]\S*(?: (?!=>)\S+)*)(?: => (?P<outcome>.*))?")
OUTCOME = re.compile(r"(?P<name>.*?)(?: (?P<closing>closed \S+|removed \S+|untouched))?")
FORMS = {"zin": "4", "vpt": "5", "pgb": "2", "functie": ""}

Rows = dict[str, list[dict[str, Any]]]
"""Rows by table of 1.2, as far as a case says what is in them."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assigned item of a case: its row, the indication it stands under, and what must become of it."""

    label: str
    indication: int
    table: str
    cells: Mapping[str, str]
    outcome: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A client in a message: the items shown, and cells of the client or the indication that differ from the case's."""

    labels: tuple[str, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of a case."""

    kind: str
    sender: str
    receiver: str
    day: str
    identification: str
    clients: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case: `indications` (period by Besluitnummer), what is indicated under each, the items and the messages.

    `number` tells cases apart: each has a client and providers of its own. `raw` is the case as it stands in its file.
    """

    number: int
    rule: str
    name: str
    indications: Mapping[int, tuple[str, str]]
    indicated: Mapping[int, Rows]
    items: Mapping[str, Assigned]
    messages: tuple[Sent, ...]
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def bsn(self) -> str:
        """The BSN of its client: none that anybody bears."""
        return f"{900_000_000 + self.number}"

    def provider(self, letter: str) -> str:
        """The code of a provider; those of a case are in the order of their letters."""
        return f"4{self.number:06}{RECEIVERS.index(letter) + 1}"

    def letters(self, code: str | None) -> str:
        """The letter of a provider's code, or the code itself (of a zorgkantoor, or of another case)."""
        known = {self.provider(letter): letter for letter in RECEIVERS}
        return known.get(code or "", code or "")


@cache
def cases() -> tuple[Case, ...]:
    """All cases."""
    read = [(path, raw) for path in sorted(CASES.rglob("*.yaml")) for raw in _load(path)]
    return tuple(_case(number, path.stem, raw) for number, (path, raw) in enumerate(read))


def _load(path: Path) -> list[dict[str, Any]]:
    return list(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def _case(number: int, rule: str, raw: dict[str, Any]) -> Case:
    indications, indicated, lines = _sections(raw["before"])
    case = Case(number, rule, raw["case"], indications, {}, {}, (), raw)
    items = [
        _assigned(case, at, ITEM.fullmatch(line), nr)
        for nr, (at, line) in enumerate((at, line) for at, some in lines.items() for line in some)
    ]
    known = {item.label: item for item in items}
    rows = {at: _indicated(some, indications[at]) for at, some in indicated.items()}
    sent = tuple(_messages(case, raw.get("messages"), known))
    return Case(number, rule, raw["case"], indications, rows, known, sent, raw)


def _sections(text: str) -> tuple[dict[int, tuple[str, str]], dict[int, list[str]], dict[int, list[str]]]:
    """The indications, and the lines of what is indicated and of what is assigned under each."""
    at, periods = 1, {1: ("2016-01-01", "")}
    indicated: dict[int, list[str]] = {}
    assigned: dict[int, list[str]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        first, _, rest = line.partition(" ")
        if first == "indicatie":
            number, period = rest.split()
            at = int(number)
            if not indicated and not assigned:
                periods.clear()
            periods[at] = split_period(period)
        (indicated if first == "geindiceerd" else assigned if first != "indicatie" else {}).setdefault(at, []).append(
            rest if first == "geindiceerd" else line
        )
    return periods, {at: indicated.get(at, []) for at in periods}, {at: assigned.get(at, []) for at in periods}


def split_period(text: str) -> tuple[str, str]:
    """Start and end of a period; the end is empty where it is open."""
    start, _, end = text.partition("..")
    return start, end


def _indicated(lines: list[str], period: tuple[str, str]) -> Rows:
    """The rows of what is indicated."""
    functies, packages = [], []
    for line in lines or [f"754 {period[0]}..{period[1]}"]:
        words = line.split()
        if words == ["niets"]:
            continue
        is_functie = words[0] == "functie"
        code, when, *rest = words[is_functie:]
        cells = _words(rest)
        start, end = split_period(when)
        row = {
            "FunctieCode" if is_functie else "ZzpCode": code,
            "Ingangsdatum": start,
            "Einddatum": end or None,
            "Klasse": cells.get("klasse", "KE7"),
            "VoorkeurClient": cells.get("voorkeur"),
            "Financiering": cells.get("financiering", "1"),
        }
        if is_functie:
            functies.append(row | {"Opslag": cells.get("opslag"), "Leveringsvoorwaarde": "1"})
        else:
            packages.append(row)
    return {"GeindiceerdeFunctie": functies, "GeindiceerdZorgzwaartepakket": packages}


def _words(words: list[str]) -> dict[str, str]:
    """Further words of a line by their names; a klasse and a Soort (S2) stand without one."""
    named = dict(word.split("=") for word in words if "=" in word)
    for word in words:
        if re.fullmatch(r"K\w+|99", word):
            named["klasse"] = word
        elif re.fullmatch(r"S\d", word):
            named["soort"] = word[1]
    return named


def _assigned(case: Case, indication: int, match: re.Match[str] | None, nr: int) -> Assigned:
    assert match is not None, case.name
    letter, form, code, period, *rest = match["words"].split()
    cells, (start, end) = _words(rest), split_period(period)
    day, _, time = cells.get("toegewezen", "2017-12-01T09:00:00").partition("T")
    row: dict[str, Any] = {
        "Instelling": case.provider(letter),
        "Zorgkantoor": cells.get("zk", SENDER),
        "Soort": cells.get("soort", "1"),
        "Toewijzingsdatum": day,
        "Toewijzingstijd": time,
        "Ingangsdatum": start,
        "Einddatum": end or None,
        "RedenIntrekking": cells.get("intrekking"),
        "InstellingBestemming": case.provider(cells["bestemming"]) if "bestemming" in cells else None,
    }
    outcome = OUTCOME.fullmatch(match["outcome"] or "")
    assert outcome is not None
    found = (outcome["name"], outcome["closing"] or "")
    label = match["label"] or f"#{nr}"
    if form == "functie":
        extra = {"Klasse": cells.get("klasse", "K3"), "Opslag": cells.get("opslag"), "Vervoer": cells.get("vervoer")}
        return Assigned(label, indication, "ToegewezenFunctie", row | {"FunctieCode": code} | extra, *found)
    extra = {"Klasse": cells.get("klasse", "KE7"), "VoorkeurClient": cells.get("voorkeur", "4")}
    row |= {"ZzpCode": code, "Leveringsvorm": FORMS[form]} | extra
    return Assigned(label, indication, "ToegewezenZorgzwaartepakket", row, *found)


def _messages(case: Case, text: str | None, items: Mapping[str, Assigned]) -> Iterator[Sent]:
    """The messages of a case; by default one to every provider, showing everything."""
    if text is None:
        every = Shown(tuple(items), {})
        for code in dict.fromkeys(item.cells["Instelling"] for item in items.values()):
            yield Sent("AW33", SENDER, code, "2018-03-01", f"M{case.letters(code)}", (every,))
        return
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        match = MESSAGE.fullmatch(line)
        assert match is not None, line
        to = match["receiver"]
        clients = tuple(_shown(part) for part in match["rest"].split(" + "))
        receiver = case.provider(to) if to in RECEIVERS else to
        yield Sent(
            match["kind"], match["sender"], receiver, match["day"] or "2018-03-01", match["id"] or f"M{number}", clients
        )


def _shown(text: str) -> Shown:
    labels, _, cells = text.partition("{")
    return Shown(tuple(labels.split()), yaml.load("{" + cells, Loader=yaml.BaseLoader) if cells else {})


def new_items(case: Case) -> list[str]:
    """The lines that must come out, with what they leave unsaid, in one order of words."""
    at, lines = min(case.indications), []
    for line in filter(None, map(str.strip, case.raw["after"].splitlines())):
        if line.startswith("indicatie "):
            at = int(line.split()[1])
            continue
        words, _, receivers = line.partition(" > ")
        lines.append((at, words.split(), set(receivers.split())))
    return [in_order(at, words, to or _default_receivers(at, words, lines)) for at, words, to in lines]


def _default_receivers(at: int, words: list[str], lines: list[tuple[int, list[str], set[str]]]) -> set[str]:
    return {other[0] for there, other, _ in lines if there == at and other[0] != "pgb" and _from(other) == _from(words)}


def _from(words: list[str]) -> str:
    return next((word for word in words if word.startswith("from=")), "")


def in_order(indication: int, words: list[str], receivers: set[str]) -> str:
    """A line of the notation with its further words in the order of the alphabet."""
    fixed = 3 if words[0] == "pgb" else 4
    return f"{indication}: {' '.join([*words[:fixed], *sorted(words[fixed:])])} > {' '.join(sorted(receivers))}"
