"""Small releases for tests: one message, ABC1, with what a test gives it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from keten.standard import Release
from keten.standard.assembling import build

FACTS: dict[str, Any] = {
    "release": {
        "id": "9.0",
        "namespace": "urn:test/{schema}/schema",
        "message_version": {"BerichtVersie": "9", "BerichtSubversie": "0"},
        "in_use": {"from": date(2030, 1, 1)},
    },
    "schemas": {"1.0": date(2029, 12, 1)},
}
FLOW = {"code": "100", "from": "ciz", "to": "zorgkantoor", "purpose": "proef"}


def release(
    *,
    types: str = "Tekst: string",
    codes: str = "{}",
    structures: str = "{}",
    messages: Mapping[str, str] | None = None,
    flows: Mapping[str, Mapping[str, Any]] | None = None,
) -> Release:
    """A release from texts in the notation of the data files; `messages` are the classes of each, by its name."""
    written = messages or {"ABC1": "Root: {Een: Tekst}"}
    facts = {**FACTS, "messages": {name: {**FLOW, **(flows or {}).get(name, {})} for name in written}}
    content = {"types": types, "codes": codes, "structures": structures}
    read = {part: yaml.safe_load(text) for part, text in content.items()}
    return build("1.0", facts, {**read, "messages": {name: yaml.safe_load(text) for name, text in written.items()}})
