"""Judges batches by the rules of a release: what offends, how often, and where as long as someone wants to see it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from keten.messages import CLIENT, Layout, Tables
from keten.standard import Line, Rule, rules_of
from keten.validation.rules.conditions import Demand, Scope
from keten.validation.rules.judges import JUDGES, NEED_HEADER, NEED_REGISTER, OF_HEADER
from keten.validation.rules.offences import Offences, at_rows
from keten.validation.rules.view import ABOVE, HEADER, Register, View, any_below

ENVELOPE = "Header"
KEYS = "TR101"
"""The rule that compares clients over the whole message."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The demands on the rows of a table, and what their expressions borrow from other tables."""

    demands: tuple[Demand, ...]
    borrowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is asked of the clients of a message, and of its header, made once per message.

    `judges` are the rules with a module, with their settings; `client_key` the elements by which clients must differ, if
    they must; `unjudged` says of each rule about such messages that is not judged what is missing.
    """

    layout: Layout
    header: Mapping[str, str | None]
    register: Register | None
    questions: Mapping[str, Questions]
    judges: Mapping[str, Mapping[str, Any]]
    client_key: tuple[str, ...]
    unjudged: Mapping[str, str] = field(default_factory=dict)

    def of_header(self, tables: Tables) -> Iterator[tuple[str, Offences]]:
        """What offends in the envelope."""
        if ENVELOPE in tables and tables[ENVELOPE].height:
            view = View(self.layout, tables, self.header, self.register)
            yield from self._judged(view, {name: one for name, one in self.questions.items() if name == ENVELOPE})
            yield from self._by_modules(view, of_header=True)

    def of_clients(self, tables: Tables) -> Iterator[tuple[str, Offences]]:
        """What offends in the clients of a batch."""
        if CLIENT in tables and tables[CLIENT].height:
            view = View(self.layout, tables, self.header, self.register)
            yield from self._judged(view, {name: one for name, one in self.questions.items() if name != ENVELOPE})
            yield from self._by_modules(view, of_header=False)

    def keys(self, tables: Tables) -> pl.Series:
        """Of each client in a batch, what must not be that of another."""
        view = View(self.layout, tables, self.header)
        return pl.DataFrame([view.value(CLIENT, path).rename(path) for path in self.client_key]).hash_rows()

    def _by_modules(self, view: View, *, of_header: bool) -> Iterator[tuple[str, Offences]]:
        for code, settings in self.judges.items():
            if (code in OF_HEADER) == of_header:
                yield from ((code, found) for found in JUDGES[code](view, settings))

    def _judged(self, view: View, questions: Mapping[str, Questions]) -> Iterator[tuple[str, Offences]]:
        for name, asked in questions.items():
            if view.height(name):
                yield from _answer(view, name, asked)


def _answer(view: View, name: str, asked: Questions) -> Iterator[tuple[str, Offences]]:
    frame = view.tables[name].with_columns(borrow(view, name, path) for path in sorted(asked.borrowed))
    masks = frame.select(demand.offends.alias(str(number)) for number, demand in enumerate(asked.demands))
    counts = masks.select(pl.all().sum()).row(0)
    for number, (demand, count) in enumerate(zip(asked.demands, counts, strict=True)):
        if count:
            rows = np.flatnonzero(masks[str(number)].to_numpy())
            yield demand.code, at_rows(view, name, rows, *demand.at)


def borrow(view: View, name: str, path: str) -> pl.Series:
    """A column for what rows name of other tables: the row above, whether there are rows below, the first element below."""
    if path.startswith((HEADER, ABOVE)):
        return view.text(name, path).alias(path)
    child, _, element = path.partition("/")
    if not element:
        some = np.ones(view.height(child), np.bool_)
        return pl.Series(path, any_below(view.parents(child), some, view.height(name)))
    texts = view.text(child, element)
    rows = np.flatnonzero(texts.is_not_null().to_numpy())
    owners = view.parents(child)[rows]
    first = np.full(view.height(name), len(texts))
    first[owners[::-1]] = rows[::-1]
    return texts.extend_constant(None, 1).gather(first).alias(path)


def plan(layout: Layout, header: Mapping[str, str | None] | None, register: Register | None = None) -> Plan:
    """The rules that apply to a message of a layout; without its header, those that need it are not judged."""
    rules = rules_of(layout.release.id)
    message = layout.message.name
    unjudged = {code: f"needs {need}" for code, (need, where) in rules.unjudged.items() if message in where}
    judged: dict[str, Rule] = {}
    for code, rule in rules.judged.items():
        if message in rule.messages:
            if reason := _missing(rule, header, register):
                unjudged[code] = reason
            else:
                judged[code] = rule
    return Plan(
        layout=layout,
        header=header or {},
        register=register,
        questions=_questions(layout, tuple(judged)),
        judges={code: rule.settings for code, rule in judged.items() if not rule.lines},
        client_key=_client_key(layout, judged.get(KEYS)),
        unjudged=dict(sorted(unjudged.items())),
    )


def _missing(rule: Rule, header: Mapping[str, str | None] | None, register: Register | None) -> str:
    """What is missing to judge a rule, if anything."""
    of_header = any(path.startswith(HEADER) for line in rule.lines for path in line.paths)
    if header is None and (of_header or rule.code in NEED_HEADER or (rule.lines and ENVELOPE in rule.lines[0].on)):
        return "needs the header of the message, which is not right"
    return "needs the register of AGB codes" if register is None and rule.code in NEED_REGISTER else ""


@cache
def _questions(layout: Layout, codes: tuple[str, ...]) -> Mapping[str, Questions]:
    """The demands of rules on each table of a message."""
    rules = rules_of(layout.release.id).judged
    scopes: dict[str, Scope] = {}
    demands: dict[str, list[Demand]] = {}
    for code in codes:
        for line in rules[code].lines:
            for name in tables_of(layout, line):
                scope = scopes.setdefault(name, Scope(layout, name))
                demands.setdefault(name, []).extend(scope.demands(code, line))
    return {name: Questions(tuple(asked), frozenset(scopes[name].borrowed)) for name, asked in demands.items()}


def tables_of(layout: Layout, line: Line) -> list[str]:
    """The tables of a message that a line is about: not those that lack an element it names, as older schemas may."""
    versions = list(layout.release.schemas)
    if layout.message.name not in line.messages:
        return []
    if line.since and versions.index(layout.release.schema_version) < versions.index(line.since):
        return []
    named = (name for name, table in layout.tables.items() if table.element in line.on)
    return [name for name in named if all(knows(layout, name, path) for path in line.paths)]


def knows(layout: Layout, name: str, path: str) -> bool:
    """Whether a path leads from a row of a table to an element of the message."""
    if path.startswith(HEADER):
        return knows(layout, ENVELOPE, path.removeprefix(HEADER))
    table = layout.tables[name]
    if path.startswith(ABOVE):
        return table.parent is not None and knows(layout, table.parent, path.removeprefix(ABOVE))
    if any(column.name == path or column.name.startswith(f"{path}/") for column in table.columns):
        return True
    child, _, element = path.partition("/")
    below = child in layout.tables and layout.tables[child].parent == name
    return below and (not element or knows(layout, child, element))


def _client_key(layout: Layout, rule: Rule | None) -> tuple[str, ...]:
    """The elements by which the clients of a message must differ; none where there is one client, or no such rule."""
    if rule is None or not layout.tables[CLIENT].repeats:
        return ()
    return tuple(rule.settings["keys"].get(CLIENT, ()))
