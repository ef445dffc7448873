"""Text: the form for people. Each function makes something that rich prints, as wide as the screen."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from keten.standard.browsing import Branch, Use, message_tree, structure_trees, uses, walk
from keten.standard.deadlines import Due
from keten.standard.describing import describe, phrase, role
from keten.standard.model import Message, Period, Release


def listing(releases: Iterable[tuple[Release, ...]]) -> RenderableType:
    """All releases, each given as its schema versions, and below them what of it is inferred."""
    made = table("release", "in use", "days", "messages", "schema", "published", "in force")
    remarks = []
    for versions in releases:
        made.add_section()
        shown = versions[-1]
        own = (shown.id, _period(shown.in_use), str(shown.in_use.days or ""), str(len(shown.messages)))
        for version in versions:
            published = version.schemas[version.schema_version].isoformat()
            force = "never" if version.in_force.days == 0 else _period(version.in_force)
            made.add_row(*own, version.schema_version, published, force)
            own = ("", "", "", "")
        remarks += [Text(f"{shown.id}: {remark}", "dim") for remark in shown.remarks]
    return Group(made, "", *remarks)


def release(shown: Release) -> RenderableType:
    """A release: its messages and the names of its structures and types."""
    version = ".".join(shown.message_version.values())
    made = table("message", "code", "from", "to", "answered by", "within", "purpose")
    for message in shown.messages.values():
        made.add_row(
            message.name, message.code, role(message.sender), role(message.receiver), *_answer(message), message.purpose
        )
    return Group(
        Text(f"Release {shown.id}, schema {shown.schema_version}", "bold"),
        f"in use {_period(shown.in_use)}; message version {version}; common types in {shown.namespace}",
        "",
        made,
        "",
        _names("structures", shown.structures),
        _names("simple types", shown.types),
    )


def message(shown: Release, name: str) -> RenderableType:
    """A message: its place in the chain and the tree of its elements."""
    about = shown.messages[name]
    answer = f"answers {about.answers}" if about.answers else "answered by {} within {}".format(*_answer(about))
    return Group(
        Text(f"{name} of release {shown.id}, schema {shown.schema_version}: {about.purpose}", "bold"),
        f"code {about.code}; from {role(about.sender)} to {role(about.receiver)}; {answer}",
        f"namespace {about.namespace}",
        "",
        _elements([message_tree(shown, about)]),
    )


def due(reply: Due) -> str:
    """By which day a reply is due, and what was counted."""
    days = f"{reply.within} working day{'s' if reply.within > 1 else ''}"
    return f"Sent on {reply.sent:%A} {reply.sent}: {reply.message} is due by {reply.by:%A} {reply.by} ({days})."


def structure(shown: Release, name: str) -> RenderableType:
    """A structure: its elements, and where it is used."""
    title = Text(f"{name} of release {shown.id}, schema {shown.schema_version}: a structure", "bold")
    return Group(title, "", _elements(structure_trees(shown, name)), "", _uses(uses(shown, name)))


def simple_type(shown: Release, name: str) -> RenderableType:
    """A simple type: what a value must look like, all its codes, and where it is used."""
    kind = shown.types[name]
    demand = f"one of {len(kind.codes)} codes" if kind.codes else describe(kind)
    codes = table("code", "name")
    for code, label in kind.codes.items():
        codes.add_row(code, label)
    return Group(
        Text(f"{name} of release {shown.id}, schema {shown.schema_version}: {demand}", "bold"),
        *(f"pattern {pattern}  ({phrase(pattern)})" for pattern in kind.patterns),
        "",
        *((codes, "") if kind.codes else ()),
        _uses(uses(shown, name)),
    )


def table(*headings: str) -> Table:
    """A table without lines; the first column is what a reader looks for."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for number, heading in enumerate(headings):
        made.add_column(heading, style="bold" if number == 0 else "", overflow="fold")
    return made


def _period(period: Period) -> str:
    return f"{period.start} .. {period.end}" if period.end else f"{period.start} .."


def _answer(message: Message) -> tuple[str, str]:
    """What answers a message, and within how long; empty for a reply."""
    days = message.answer_within_workdays
    within = "" if days is None else f"{days} working day{'s' if days > 1 else ''}"
    return message.answered_by or "", within


def _names(what: str, names: Iterable[str]) -> RenderableType:
    listed = list(names)
    return Padding(Text(f"{len(listed)} {what}: {', '.join(listed)}", "dim"), (0, 0, 1, 0))


def _elements(branches: Iterable[Branch]) -> Table:
    made = table("element", "times", "type", "value")
    for branch in branches:
        for depth, each in walk(branch):
            element = each.element
            name = Text("│ " * depth, "dim").append(element.name, "bold" if each.branches else "not dim")
            made.add_row(name, element.cardinality, element.type, describe(each.type) if each.type else "")
    return made


def _uses(found: Iterable[Use]) -> Table:
    made = table("used in", "messages")
    for use in found:
        made.add_row(f"{use.name}/{use.element}", " ".join(use.messages))
    return made
