"""The forms of a what-if: text for people, JSON for programs."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from keten.core.plain import plain
from keten.validation.what_if import Refusal, Trial, WhatIf

SHOWN, MOST_PATTERNS = 50, 8
"""Elements of a trial, and ways in which the values of one are written, that a person wants to see."""
WORDS = {"value": "Expected: {}.", "unknown": "There is no such element.", "missing": "It must be there."}


def text(outcome: WhatIf) -> Iterator[str]:
    """What was read, then trial by trial what would be refused: the element, how its values are written, how many."""
    yield f"{_many(outcome.messages, 'message')} with {_many(outcome.clients, 'client')} read.\n"
    if outcome.unreadable or outcome.wrong_clients:
        yield f"Not tried, for they are wrong already: {_many(outcome.wrong_clients, 'client')}, "
        yield f"and {_many(outcome.unreadable, 'message')} that cannot be read.\n"
    for trial in outcome.trials:
        yield from _trial(trial)


def _trial(trial: Trial) -> Iterator[str]:
    if trial.elements:
        yield f"\nAgainst {trial.against}: {_many(trial.elements, 'element')} would be refused, in "
        yield f"{_many(trial.clients, 'client')} of {_many(trial.messages, 'message')}.\n"
    else:
        yield f"\nAgainst {trial.against}: nothing would be refused.\n"
    elements = _by_element(trial)
    for (element, _), some in elements[:SHOWN]:
        yield f"  {sum(one.elements for one in some):>8}  {element}: {_why(some[0])}\n"
        yield from (f"            {line}\n" for line in _patterns(some))
    if len(elements) > SHOWN:
        yield f"  ... and {len(elements) - SHOWN} more elements; --format json lists them.\n"
    if trial.by_value_only:
        yield f"  Another release: only values were compared, of elements at the same path. {len(trial.not_compared)} "
        yield "have no namesake there and were not compared; --format json lists them.\n"
    elif trial.not_compared:
        yield f"  It does not have {', '.join(trial.not_compared)}.\n"


def _by_element(trial: Trial) -> list[tuple[tuple[str, str], list[Refusal]]]:
    """The refusals element by element, the most refused first."""
    elements: dict[tuple[str, str], list[Refusal]] = {}
    for one in trial.refusals:
        elements.setdefault((one.element, one.reason), []).append(one)
    return sorted(elements.items(), key=lambda item: (-sum(one.elements for one in item[1]), item[0]))


def _patterns(refusals: list[Refusal]) -> Iterator[str]:
    """How the values are written, the most frequent first."""
    if refusals[0].reason != "value":
        return
    for one in refusals[:MOST_PATTERNS]:
        yield f"written as {plain(one.pattern) or '(nothing)'}: {one.elements} in {_many(one.clients, 'client')}"
    if len(refusals) > MOST_PATTERNS:
        yield f"and in {len(refusals) - MOST_PATTERNS} other ways"


def _why(refusal: Refusal) -> str:
    return WORDS[refusal.reason].format(refusal.expected)


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def as_json(outcome: WhatIf) -> Iterator[str]:
    """One object."""
    yield json.dumps(
        {
            "messages": outcome.messages,
            "clients": outcome.clients,
            "notTried": {"messages": outcome.unreadable, "clients": outcome.wrong_clients},
            "trials": [_object(trial) for trial in outcome.trials],
        },
        indent=1,
        ensure_ascii=False,
    )
    yield "\n"


def _object(trial: Trial) -> dict[str, object]:
    return {
        "against": trial.against,
        "refused": {"messages": trial.messages, "clients": trial.clients, "elements": trial.elements},
        "refusals": [{**asdict(one), "pattern": plain(one.pattern)} for one in trial.refusals],
        "byValueOnly": trial.by_value_only,
        "notCompared": list(trial.not_compared),
    }


WHAT_IF_FORMS = {"text": text, "json": as_json}
