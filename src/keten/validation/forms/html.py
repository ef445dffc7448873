"""HTML: the form to read and to hand on. The verdict first, then per problem what to do and the places; no network.

Of each report only what the page shows is kept, so that a page about many messages stays small.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from keten.core.pages import render as render_page
from keten.core.plain import plain
from keten.messages import CLIENT
from keten.validation.advising import kind_of, to_do
from keten.validation.findings import Finding
from keten.validation.forms.wording import about
from keten.validation.reply_marks import IN_CLIENT
from keten.validation.report import Report, Verdict

MOST_MESSAGES, MOST_SAYINGS, MOST_PLACES, MOST_CLIENTS = 200, 20, 12, 20
"""Wrong messages told in full, sayings (the same words) per problem, places per saying, clients named per place; the
rest is counted."""
HANDFUL = 5
"""More kinds of problems than this are drawn as a chart."""


@dataclass(slots=True)
class Place:
    """The same place in several clients: how often, and the first of them."""

    path: str
    count: int = 0
    clients: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Saying:
    """One sentence, how often it was said, and the first places of which."""

    text: str
    count: int = 0
    places: dict[tuple[str, bool], Place] = field(default_factory=dict)

    @property
    def untold(self) -> int:
        """The findings whose place is not shown."""
        return self.count - sum(place.count for place in self.places.values())


@dataclass(slots=True)
class Problem:
    """All findings of a message with one code; `sayings` may be cut off."""

    code: str
    kind: str
    advice: str
    count: int
    sayings: dict[str, Saying] = field(default_factory=dict)

    @property
    def untold(self) -> int:
        """The findings whose words are not shown."""
        return self.count - sum(saying.count for saying in self.sayings.values())


@dataclass(frozen=True, slots=True)
class Told:
    """What the page tells about one message."""

    name: str
    verdict: Verdict
    about: str
    identity: str
    total: int
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Summary:
    """What the page says of all messages together."""

    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    first: Told | None = None
    clients: int = 0

    def add(self, report: Report) -> None:
        self.verdicts[report.verdict] += 1
        self.codes.update(report.by_code)
        self.clients += report.clients
        if report.verdict != "valid" and len(self.told) < MOST_MESSAGES:
            self.told.append(_told(report))
        if self.verdicts.total() == 1:
            self.first = _told(report)


def render(reports: Iterable[Report]) -> Iterator[str]:
    """One page."""
    summary = _Summary()
    for report in reports:
        summary.add(report)
    messages = summary.verdicts.total()
    yield (
        render_page(
            "keten.validation",
            "validation.html",
            verdict=next((one for one in ("unclear", "invalid") if summary.verdicts[one]), "valid"),
            verdicts=summary.verdicts,
            messages=messages,
            clients=summary.clients,
            codes=[(f"{code} {kind_of(code)}", count) for code, count in summary.codes.most_common()],
            total=summary.codes.total(),
            handful=HANDFUL,
            first=summary.first,
            told=summary.told,
            untold=messages - summary.verdicts["valid"] - len(summary.told),
        )
        + "\n"
    )


def _told(report: Report) -> Told:
    named = [report.input.identificatie, report.input.dagtekening]
    identity = ", ".join(plain(one) for one in named if one)
    return Told(
        plain(report.input.name), report.verdict, about(report), identity, report.total, tuple(_problems(report))
    )


def _problems(report: Report) -> Iterable[Problem]:
    """The problems of a message, the one that occurs most first."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.code, []).append(finding)
    problems = {
        code: Problem(code, kind_of(code), plain(to_do(code, found.get(code, ()))), count)
        for code, count in sorted(report.by_code.items(), key=lambda one: (-one[1], one[0]))
    }
    for finding in report.findings:
        _tell(problems[finding.code], finding)
    return problems.values()


def _tell(problem: Problem, finding: Finding) -> None:
    if finding.text not in problem.sayings and len(problem.sayings) == MOST_SAYINGS:
        return
    saying = problem.sayings.setdefault(finding.text, Saying(plain(finding.text)))
    saying.count += 1
    path = " and ".join(plain(_within(location)) for location in finding.locations)
    key = path, finding.client is None
    if key not in saying.places and len(saying.places) == MOST_PLACES:
        return
    place = saying.places.setdefault(key, Place(path))
    place.count += 1
    if finding.client is not None and len(place.clients) < MOST_CLIENTS:
        place.clients.append(finding.client)


def _within(location: str) -> str:
    """A place as seen from its client, or from the document."""
    match = IN_CLIENT.fullmatch(location)
    return location if match is None else (match["path"] or f"/{CLIENT}").removeprefix("/")
