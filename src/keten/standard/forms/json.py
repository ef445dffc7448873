"""JSON: the form for programs. Each function makes one object of plain data, ready to be written out."""

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from keten.standard.browsing import Branch, Use, message_tree, structure_trees, uses
from keten.standard.changes import Change
from keten.standard.deadlines import Due
from keten.standard.describing import describe
from keten.standard.differences import Difference, Differences
from keten.standard.model import Element, Message, Period, Release, SimpleType

Data = dict[str, Any]


def write(data: Data | list[Data]) -> str:
    """The text of a JSON document."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def listing(releases: Iterable[tuple[Release, ...]]) -> list[Data]:
    """All releases, each given as its schema versions."""
    return [{**_release(versions[-1]), "schemas": [_schema(version) for version in versions]} for versions in releases]


def release(shown: Release) -> Data:
    """A release: its messages, and the names of its structures and types."""
    return {
        **_release(shown),
        "schemaVersion": shown.schema_version,
        "namespace": shown.namespace,
        "messages": [_message(each) for each in shown.messages.values()],
        "structures": list(shown.structures),
        "types": list(shown.types),
    }


def message(shown: Release, name: str) -> Data:
    """A message: its place in the chain and the tree of its elements."""
    return {**_message(shown.messages[name]), "root": _branch(message_tree(shown, shown.messages[name]))}


def due(reply: Due) -> Data:
    """By which day a reply is due."""
    return {"sent": reply.sent.isoformat(), "answerDue": reply.by.isoformat()}


def structure(shown: Release, name: str) -> Data:
    """A structure: its elements, and where it is used."""
    elements = [_branch(branch) for branch in structure_trees(shown, name)]
    return {"structure": name, "elements": elements, "usedIn": [_use(use) for use in uses(shown, name)]}


def simple_type(shown: Release, name: str) -> Data:
    """A simple type: what narrows it, its codes, and where it is used."""
    return {**_type(shown.types[name]), "usedIn": [_use(use) for use in uses(shown, name)]}


def overview(found: Differences) -> Data:
    """The differences between two releases."""
    return {
        "old": found.old.reference,
        "new": found.new.reference,
        "message": found.message,
        "equal": not found,
        "messages": [_difference("message", difference) for difference in found.messages],
        "structures": [_difference("structure", difference) for difference in found.structures],
        "classes": [_difference("class", difference) for difference in found.classes],
        "types": [_difference("type", difference) for difference in found.types],
    }


def _release(shown: Release) -> Data:
    return {
        "release": shown.id,
        "follows": shown.follows,
        "inUse": _period(shown.in_use),
        "messageVersion": dict(shown.message_version),
        "messageCount": len(shown.messages),
        "remarks": list(shown.remarks),
    }


def _period(period: Period) -> Data:
    return {
        "from": period.start.isoformat(),
        "until": period.end.isoformat() if period.end else None,
        "days": period.days,
    }


def _schema(version: Release) -> Data:
    published = version.schemas[version.schema_version]
    in_force = _period(version.in_force) if version.in_force.days != 0 else None
    return {"version": version.schema_version, "published": published.isoformat(), "inForce": in_force}


def _message(shown: Message) -> Data:
    return {
        "message": shown.name,
        "code": shown.code,
        "purpose": shown.purpose,
        "from": shown.sender,
        "to": shown.receiver,
        "answers": shown.answers,
        "answeredBy": shown.answered_by,
        "answerWithinWorkdays": shown.answer_within_workdays,
        "namespace": shown.namespace,
    }


def _element(element: Element) -> Data:
    patterns = {"patterns": list(element.patterns)} if element.patterns else {}
    return {"name": element.name, "cardinality": element.cardinality, "type": element.type, **patterns}


def _branch(branch: Branch) -> Data:
    if branch.type is not None:
        return {**_element(branch.element), "value": describe(branch.type)}
    return {**_element(branch.element), "elements": [_branch(inner) for inner in branch.branches]}


def _type(kind: SimpleType) -> Data:
    bounds = {
        "minLength": kind.min_length,
        "maxLength": kind.max_length,
        "minimum": kind.minimum,
        "maximum": kind.maximum,
    }
    return {
        "type": kind.name,
        "base": kind.base,
        **{name: bound for name, bound in bounds.items() if bound is not None},
        "patterns": list(kind.patterns),
        "codes": dict(kind.codes),
        "value": describe(kind),
    }


def _use(use: Use) -> Data:
    return {"in": use.name, "element": use.element, "messages": list(use.messages)}


def _difference(kind: str, difference: Difference) -> Data:
    name = {kind: difference.name} if difference.name else {}
    messages = {"messages": list(difference.messages)} if difference.messages else {}
    return {**name, **_change(difference.change), **messages}


def _change(change: Change) -> Data:
    """A change by its name (`code added`), and its fields; one that has nothing special to say is left out."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    usual = {field.name: field.default for field in fields(change)}
    return {
        "change": re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(change).__name__).lower(),
        **{k: _element(v) if isinstance(v, Element) else v for k, v in values.items() if v != usual[k]},
    }
