"""Data files that people and programs write: JSON, TOML and YAML, read in one way, checked against a model.

Whatever stands in such a file, reading it takes bounded time and memory and ends in a value of the model or in an error
that names the file, the key and what is expected there. Values are told by their kind alone: they may be of people.
"""

import json
import os
import re
import stat
import tomllib
from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from keten.core.errors import UsageError, reason_of
from keten.core.plain import plain

T = TypeVar("T")

MOST_BYTES, DEEPEST = 64 << 20, 64
"""What a data file may hold: bytes, and levels of brackets within brackets."""

QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
BRACKETS = re.compile(r"[\[\]{}]")
NAMES = re.compile(rf"^[\s\[]*[\w-]+(?:[ \t]*\.[ \t]*[\w\"'-]+){{{DEEPEST},}}", re.MULTILINE)

MOST_TOLD = 5
"""Faults of one file that are told at once."""


class Given(BaseModel):
    """What a file gives: no other keys than those of the model, each of its own kind. Data files have models of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def read_plain(path: Path, error: type[UsageError], most: int = MOST_BYTES, *, pipe: bool = False) -> bytes:
    """The content of a plain file of bounded size, or where it is allowed of a pipe.

    Raises `error`, at once also for a device that never ends.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            kind = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(kind) and not (pipe and stat.S_ISFIFO(kind)):
                raise error(f"{plain(str(path))} is no file, but {'a folder' if stat.S_ISDIR(kind) else 'a device'}.")
            os.set_blocking(descriptor, True)
            content = file.read(most + 1)
    except (OSError, ValueError) as failure:
        raise error(f"{plain(str(path))} cannot be read: {reason_of(failure)}.") from None
    if len(content) > most:
        raise error(f"{plain(str(path))} is larger than {most >> 20} MiB, more than such a file ever holds.")
    return content


def read_json(path: Path, model: type[T], error: type[UsageError]) -> T:
    """The value of a model in a JSON file. Raises `error`."""
    return from_json(read_plain(path, error), model, str(path), error)


def read_toml(path: Path, model: type[T], error: type[UsageError]) -> T:
    """The value of a model in a TOML file. Raises `error`."""
    return from_toml(read_plain(path, error), model, str(path), error)


def read_yaml(path: Path, model: type[T], error: type[UsageError]) -> T:
    """The value of a model in a YAML file, without anchors. Raises `error`."""
    return from_yaml(read_plain(path, error), model, str(path), error)


def from_json(content: bytes, model: type[T], name: str, error: type[UsageError]) -> T:
    """The value of a model in JSON that was read before; `name` says of what. Raises `error`."""
    text = _text(content, name, error)
    _parsed(_json, text, "JSON", name, error)
    return _checked(lambda adapter: adapter.validate_json(text), model, name, error)


def exact_json(content: bytes, name: str, error: type[UsageError]) -> Any:  # noqa: ANN401 as JSON is
    """The values of JSON that was read before, for who checks them; numbers with decimals are exact. Raises `error`."""
    return _parsed(_exact, _text(content, name, error), "JSON", name, error)


def yaml_node(content: bytes, name: str, error: type[UsageError]) -> yaml.Node | None:
    """The tree of YAML that was read before, for who tells lines; None for an empty file. Raises `error`.

    It may refer from one place to another: who follows that must count.
    """
    found = _parsed(_node, _text(content, name, error), "YAML", name, error)
    return found if isinstance(found, yaml.Node) else None


def from_toml(content: bytes, model: type[T], name: str, error: type[UsageError]) -> T:
    """The value of a model in TOML that was read before; `name` says of what. Raises `error`."""
    text = _text(content, name, error)
    return checked(_parsed(tomllib.loads, text, "TOML", name, error), model, name, error)


def from_yaml(content: bytes, model: type[T], name: str, error: type[UsageError]) -> T:
    """The value of a model in YAML that was read before; `name` says of what. Raises `error`."""
    text = _text(content, name, error)
    return checked(_parsed(_yaml, text, "YAML", name, error), model, name, error)


def checked(given: object, model: type[T], name: str, error: type[UsageError]) -> T:
    """A value that was read, as one of a model. Raises `error`, telling the first faults with their place."""
    return _checked(lambda adapter: adapter.validate_python(given), model, name, error)


def _checked(check: Callable[[TypeAdapter[T]], T], model: type[T], name: str, error: type[UsageError]) -> T:
    try:
        return check(TypeAdapter(model))
    except ValidationError as failure:
        told = [
            _told(dict(one)) for one in failure.errors(include_url=False, include_context=False, include_input=True)
        ]
    more = f" And {len(told) - MOST_TOLD} more." if len(told) > MOST_TOLD else ""
    raise error(f"{plain(name)}: {' '.join(told[:MOST_TOLD])}{more}")


def as_json(value: object) -> str:
    """A value as JSON for programs and people: indented, letters as they are, a line end after it."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _text(content: bytes, name: str, error: type[UsageError]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise error(f"{plain(name)} is not written in UTF-8: byte {failure.start} is none of it.") from None


def _parsed(parse: Callable[[str], object], text: str, form: str, name: str, error: type[UsageError]) -> object:
    """What a parser makes of a text. Raises `error` for whatever it cannot read."""
    try:
        if form != "YAML":  # whose brackets need not be any
            _shallow(text)
        return parse(text)
    except (ValueError, RecursionError, OverflowError, yaml.YAMLError) as failure:
        why = plain(" ".join(str(failure).split()))
        raise error(f"{plain(name)} is no {form}: {why[:300]}.") from None


def _shallow(text: str) -> None:
    """Raises ValueError for brackets, or names of a key, deeper than any file of ours; parsers would take long, or fall."""
    if NAMES.search(text):
        raise ValueError(f"a key has more than {DEEPEST} names")
    deep = 0
    for one in BRACKETS.findall(QUOTED.sub("", text)):
        deep += 1 if one in "[{" else -1
        if deep > DEEPEST:
            raise ValueError(f"brackets stand more than {DEEPEST} deep within each other")


def _json(text: str) -> object:
    return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)


def _exact(text: str) -> object:
    return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    """An object whose keys stand in it once. Raises ValueError."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice in an object")
    return found


def _yaml(text: str) -> object:
    _bounded(text)
    return yaml.load(text, Loader=_Once)  # noqa: S506 - it is a safe one


def _node(text: str) -> yaml.Node | None:
    _bounded(text, anchors=True)
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return node


def _bounded(text: str, *, anchors: bool = False) -> None:
    """Raises ValueError for YAML that is deep, or grows when it is read; YAMLError for what is none."""
    deep = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):  # it keeps no stack of ours
        deep += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if deep > DEEPEST:
            raise ValueError(f"its values stand more than {DEEPEST} deep within each other")
        if not anchors and getattr(event, "anchor", None) is not None:  # with them it can grow without end
            raise ValueError("it refers from one place to another (& and *), which no file of ours does")


class _Once(yaml.CSafeLoader):
    """Reads YAML in which a key stands once among its neighbours, where others let the last one count."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002 as it is called
        """An object. Raises ValueError for a key that stands twice."""
        keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
        if twice := [key for key, times in keys.items() if times > 1]:
            raise ValueError(f"the key {twice[0]!r} stands twice in an object")
        return super().construct_mapping(node, deep=deep)


def _told(fault: Mapping[str, Any]) -> str:
    """A fault in words: where, what is wrong or expected, and the kind of what is there."""
    where = plain(".".join(str(part) for part in fault["loc"])) or "the file"
    if fault["type"] == "missing":
        return f"{where} is missing."
    if fault["type"] == "extra_forbidden":
        return f"{where} is not known."
    if fault["type"] == "model_type":
        return f"{where} should be keys with values, and is {KINDS.get(type(fault['input']), 'something else')}."
    said = plain(fault["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    found = f", and is {KINDS.get(type(fault['input']), 'something else')}" if said.startswith("should") else ""
    return f"{where} {said}{found}."


KINDS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    Decimal: "a number",
    dict: "keys with values",
    list: "a list",
    type(None): "nothing",
}
"""What is found in a file, in words."""
