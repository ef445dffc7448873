"""What changed in the messages themselves: which there are, their place in the chain, namespace and version."""

from collections.abc import Iterator

from keten.standard.changes import Appeared, Change, Disappeared
from keten.standard.comparing.facts import Facts, altered, merged
from keten.standard.model import Message, Release

COMMON = "basisschema"
"""Stands among the messages for the schema of what they share."""


def message_changes(old: Release, new: Release) -> Iterator[tuple[str, Change]]:
    """Each message with what changed about it."""
    was, now = _template(old.namespace, COMMON), _template(new.namespace, COMMON)
    yield from ((COMMON, change) for change in altered({"namespace": was}, {"namespace": now}))
    for name in merged(old.messages, new.messages):
        if name not in old.messages:
            yield name, Appeared()
        elif name not in new.messages:
            yield name, Disappeared()
        else:
            changes = altered(_facts(old, old.messages[name]), _facts(new, new.messages[name]))
            yield from ((name, change) for change in changes)


def _facts(release: Release, message: Message) -> Facts:
    within = message.answer_within_workdays
    return {
        "namespace": _template(message.namespace, message.name),
        "version": ".".join(release.message_version.values()),
        "code": message.code,
        "purpose": message.purpose,
        "sender": message.sender,
        "receiver": message.receiver,
        "answered by": message.answered_by,
        "working days to answer": None if within is None else str(within),
    }


def _template(namespace: str, schema: str) -> str:
    """A namespace with the name of its schema left open, as release.toml has it."""
    return namespace.replace(f"/{schema.lower()}/", "/{schema}/")
