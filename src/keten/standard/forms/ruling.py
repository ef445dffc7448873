"""The rules of a release as its documentation shows them: texts, messages, demands, and whether they are judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from keten.standard.forms.demands import line_in_words
from keten.standard.model import Release
from keten.standard.rule_places import counts
from keten.standard.rule_texts import text_of
from keten.standard.rules import Rule, return_code, rules_of

How = Literal["judged", "by the schemas", "not judged"]


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand of a rule in words: on the rows of which elements, in which messages."""

    on: tuple[str, ...]
    messages: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as it is shown; no `messages`: it is about all of them. Without `demands` a program judges it."""

    code: str
    return_code: str
    how: How
    text: str
    messages: tuple[str, ...]
    demands: tuple[Demand, ...] = ()

    def about(self, message: str) -> bool:
        """Whether the rule applies to a message."""
        return not self.messages or message in self.messages


def rules_told(release: Release) -> tuple[Told, ...]:
    """All rules of a release, in the order of their codes."""
    rules = rules_of(release.id)
    found = [_judged(release, rule) for rule in rules.judged.values()]
    found += [
        Told(code, return_code(code), "by the schemas", "The schemas enforce it: a finding about structure.", ())
        for code in rules.structure
    ]
    found += [
        Told(code, return_code(code), "not judged", f"It needs {need}.", _ordered(release, messages))
        for code, (need, messages) in rules.unjudged.items()
    ]
    return tuple(sorted(found, key=lambda told: told.code))


def _judged(release: Release, rule: Rule) -> Told:
    demands = tuple(_demands(release, rule))
    return Told(
        rule.code, return_code(rule.code), "judged", text_of(rule.code), _ordered(release, rule.messages), demands
    )


def _demands(release: Release, rule: Rule) -> Iterator[Demand]:
    for line in rule.lines:
        if counts(line, release):
            yield Demand(line.on, _ordered(release, frozenset(line.messages)), line_in_words(line))


def _ordered(release: Release, messages: frozenset[str]) -> tuple[str, ...]:
    """Messages in the order of the release."""
    return tuple(name for name in release.messages if name in messages)
