"""The rules of a release, as its rules.yaml lists them: demands on the rows of a class, a line each, and where they apply.

docs/rules.md explains the notation of a line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, cast, get_args

import yaml

from keten.standard.assembling import RELEASES, Raw
from keten.standard.notation import BadNotation

State = Literal["present", "absent", "filled", "blank", "some", "none"]
Relation = Literal["before", "not before", "after", "not after", "equal to"]

RELATION = re.compile(r"(not before|before|not after|after|equal to) (\S+)")


@dataclass(frozen=True, slots=True)
class Test:
    """What may be asked of an element: its state, a value, a pattern, a relation to another element.

    The value is one of `values`, or `negated` none of them; `other` is the path of the other element, or a day.
    """

    state: State | None = None
    values: tuple[str, ...] = ()
    negated: bool = False
    pattern: str | None = None
    relation: Relation | None = None
    other: str = ""


Tests = tuple[tuple[str, Test], ...]
"""Tests that must all hold, each with the path of its element."""


@dataclass(frozen=True, slots=True)
class Line:
    """A demand on every row of some classes: in messages, where `when` holds and `unless` (if any) does not.

    If `condition` holds, every test of `then` must, and otherwise every one of `otherwise`; each that fails is a finding
    that points at the elements of the condition and of the test, unless `at` names others (`.` is the row).
    """

    messages: tuple[str, ...]
    on: tuple[str, ...]
    when: Tests = ()
    unless: Tests = ()
    condition: Tests = ()
    then: Tests = ()
    otherwise: Tests = ()
    at: tuple[str, ...] = ()
    since: str | None = None

    @property
    def paths(self) -> frozenset[str]:
        """All paths that the line names."""
        tests = self.when + self.unless + self.condition + self.then + self.otherwise
        others = {test.other for _, test in tests if test.other and not is_day(test.other)}
        return frozenset({path for path, _ in tests} | others | set(self.at) - {"."})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its lines, or settings for the module that judges it."""

    code: str
    messages: frozenset[str]
    lines: tuple[Line, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a release: those that are judged, those that its schemas enforce, those that nobody judges.

    `unjudged` holds for each of the last what is missing to judge it, and the messages it is about.
    """

    judged: Mapping[str, Rule]
    structure: tuple[str, ...]
    unjudged: Mapping[str, tuple[str, frozenset[str]]]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all of them."""
        return frozenset({*self.judged, *self.structure, *self.unjudged})


@cache
def rules_of(release_id: str) -> Rules:
    """The rules of a release. Raises BadNotation."""
    text = (RELEASES / release_id / "rules.yaml").read_text(encoding="utf-8")
    try:
        return read_rules(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 # makes nothing but text
    except BadNotation as error:
        raise BadNotation(f"The rules of release {release_id}: {error}") from error


def read_rules(content: Raw) -> Rules:
    """The rules that the content of a rules.yaml stands for. Raises BadNotation."""
    return Rules(
        judged={code: _rule(code, lines) for code, lines in content["rules"].items()},
        structure=tuple(content["structure"]),
        unjudged={
            code: (need, frozenset(messages))
            for need, codes in content["unjudged"].items()
            for code, messages in codes.items()
        },
    )


def return_code(code: str) -> str:
    """The code by which a return message reports a rule.

    >>> [return_code(code) for code in ("CD004", "CS002", "TR101")]
    ['D004', 'S002', '9101']
    """
    return {"CD": "D", "CS": "S", "TR": "9"}[code[:2]] + code[2:]


def is_day(text: str) -> bool:
    """Whether what stands behind a relation is a day, not an element."""
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def _rule(code: str, raw: Raw | list[Raw]) -> Rule:
    raws = raw if isinstance(raw, list) else [raw]
    try:
        messages = frozenset(message for one in raws for message in one["in"])
        if "on" in raws[0]:
            return Rule(code, messages, tuple(line for one in raws for line in _lines(one)))
        return Rule(code, messages, settings={name: value for name, value in raws[0].items() if name != "in"})
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadNotation(f"{code}: {error}") from error


def _lines(raw: Raw) -> Iterator[Line]:
    """The lines that a written line stands for: one, or one per row of its table or element of `only` and `never`."""
    known = {"in", "on", "when", "unless", "if", "then", "else", "at", "since", "table", "only", "never"}
    if unknown := raw.keys() - known:
        raise ValueError(f"{', '.join(sorted(unknown))} is nothing that a line can say")
    if "table" in raw:
        for values, allowed in raw["table"].items():
            yield _line(raw, condition={raw["if"]: values.split()}, then={raw["then"]: allowed})
    for path, wrong in raw.get("never", {}).items():
        yield _line(raw, condition={}, then={path: {"not": wrong}})
    for path, right in raw.get("only", {}).items():
        yield _line(raw, condition={path: "present"}, then={path: right})
    if not raw.keys() & {"table", "only", "never"}:
        yield _line(raw, condition=raw.get("if", {}), then=raw["then"])


def _line(raw: Raw, *, condition: Raw, then: Raw) -> Line:
    on = raw["on"]
    return Line(
        messages=tuple(raw["in"]),
        on=tuple(on) if isinstance(on, list) else (on,),
        when=_tests(raw.get("when", {})),
        unless=_tests(raw.get("unless", {})),
        condition=_tests(condition),
        then=_tests(then),
        otherwise=_tests(raw.get("else", {})),
        at=tuple(raw.get("at", ())),
        since=raw.get("since"),
    )


def _tests(raw: Raw) -> Tests:
    return tuple((path, read_test(test)) for path, test in raw.items())


def read_test(raw: str | list[str] | Raw) -> Test:
    """A test from its notation.

    >>> read_test("not before Ingangsdatum").relation
    'not before'
    """
    if isinstance(raw, list):
        return Test(values=tuple(raw))
    if isinstance(raw, dict):
        ((kind, value),) = raw.items()
        if kind == "not":
            return Test(values=tuple(value), negated=True)
        if kind == "matches":
            re.compile(value)
            return Test(pattern=value)
        raise ValueError(f"{kind!r} is no test")
    if raw in get_args(State):
        return Test(state=cast("State", raw))
    match = RELATION.fullmatch(raw)
    if match is None:
        raise ValueError(f"{raw!r} is no test")
    return Test(relation=cast("Relation", match[1]), other=match[2])
