"""What law and agreement say about an AAT and about percentages (terms.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Converted:
    """Assignments that a conversion made: the first day on which an AAT for them is too late."""

    start: date
    ondoelmatig: date
    otherwise: date


@dataclass(frozen=True, slots=True)
class Sender:
    """Who may send an AAT for a `form`, as people call it: the holder of a role, or, if there is none, that of another."""

    form: str
    holder: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All of it; `senders` by leveringsvorm, `converted` by the day from which the converted assignments hold."""

    least: int
    most: int
    converted: Mapping[date, Converted]
    senders: Mapping[str, Sender]


@cache
def terms() -> Terms:
    """The terms that come with keten."""
    data = yaml.safe_load((files("keten.calculation.shares") / "terms.yaml").read_text(encoding="utf-8"))
    return Terms(
        least=data["percentages"]["least"],
        most=data["percentages"]["most"],
        converted={
            one["from"]: Converted(one["from"], one["ondoelmatig"], one["otherwise"]) for one in data["converted"]
        },
        senders={form: Sender(**one) for form, one in data["senders"].items()},
    )
