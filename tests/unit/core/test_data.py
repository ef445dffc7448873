"""Whatever stands in a data file, it is a value of the model or an error in words, in bounded time."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from keten.core import UsageError
from keten.core.data import MOST_TOLD, Given, as_json, from_json, read_json, read_plain, read_toml, read_yaml

DEEP = 100_000


class Thing(Given):
    """What the files of these tests hold."""

    name: str
    number: int = 1
    parts: dict[str, int] = Field(default_factory=dict)


READ: dict[str, Callable[[Path], Thing]] = {
    "json": lambda path: read_json(path, Thing, UsageError),
    "toml": lambda path: read_toml(path, Thing, UsageError),
    "yaml": lambda path: read_yaml(path, Thing, UsageError),
}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", '{"name": "Zorg", "parts": {"a": 2}}'),
        ("json", '\ufeff{"name": "Zorg", "parts": {"a": 2}, "number": 1}'),
        ("toml", 'name = "Zorg"\n[parts]\na = 2'),
        ("yaml", "name: Zorg\nparts:\n  a: 2"),
    ],
)
def test_what_is_right_is_read(form: str, text: str, tmp_path: Path) -> None:
    """In each form alike, with a mark of byte order or without."""
    (tmp_path / "file").write_text(text, encoding="utf-8")
    assert READ[form](tmp_path / "file") == Thing(name="Zorg", parts={"a": 2})


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("json", "{}", "name is missing"),
        ("json", '{"name": 1}', "name should be a valid string, and is a whole number"),
        ("json", '{"name": "x", "nmae": 1}', "nmae is not known"),
        ("json", '{"name": "x", "parts": {"a": "123456782"}}', "parts.a should be a valid integer, and is a text"),
        ("json", '{"name": "x", "name": "y"}', "the key 'name' stands twice"),
        ("json", '{"name": NaN}', "NaN is no number"),
        ("json", '{"name": ' + "9" * 5000 + "}", "no JSON"),
        ("json", "[" * DEEP, "deep within each other"),
        ("json", '{"name": ' * DEEP, "deep within each other"),
        ("json", "[]", "the file"),
        ("json", "", "no JSON"),
        ("toml", "name = " + "[" * DEEP, "deep within each other"),
        ("toml", ".".join("a" * DEEP) + " = 1", "more than 64 names"),
        ("toml", "[" + " . ".join("a" * DEEP) + "]", "more than 64 names"),
        ("toml", "name = 2018-13-01", "no TOML"),
        ("toml", "name = 2018-12-01", "name should be a valid string"),
        ("yaml", "[" * DEEP, "deep within each other"),
        ("yaml", "- " * DEEP, "deep within each other"),
        ("yaml", "name: &a [1]\nparts: *a", "refers from one place to another"),
        ("yaml", "&a [*a]", "refers from one place to another"),
        ("yaml", "name: 2018-99-99", "no YAML"),
        ("yaml", "? [1]\n: 2", "no YAML"),
        ("yaml", "name: !!python/object:os.system x", "no YAML"),
        ("yaml", "\x00", "no YAML"),
    ],
)
def test_what_is_wrong_is_told(form: str, text: str, said: str, tmp_path: Path) -> None:
    """With the file, the key and what is expected; a value, which may be of a person, is told by its kind alone."""
    (tmp_path / "file").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        READ[form](tmp_path / "file")
    assert said in str(refused.value)
    assert str(tmp_path / "file") in str(refused.value)
    assert "123456782" not in str(refused.value)
    assert len(str(refused.value)) < 1_000


def test_brackets_in_texts_are_none(tmp_path: Path) -> None:
    """Only what is nested counts as deep."""
    (tmp_path / "file").write_text('{"name": "' + "[" * DEEP + '"}', encoding="utf-8")
    assert len(READ["json"](tmp_path / "file").name) == DEEP


def test_the_first_faults_are_told_and_the_rest_counted() -> None:
    """Who repairs one should see the others."""
    with pytest.raises(UsageError) as refused:
        from_json(as_json({f"part{one}": 1 for one in range(20)}).encode(), Thing, "given", UsageError)
    assert str(refused.value).count("not known") + str(refused.value).count("missing") == MOST_TOLD
    assert "And 16 more." in str(refused.value)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom", "/", "/nowhere/at/all", "/" + "x" * 5_000, "a\0b"])
def test_only_plain_files_are_read(path: str) -> None:
    """What never ends, or waits for somebody, is refused at once."""
    with pytest.raises(UsageError):
        read_plain(Path(path), UsageError)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes to it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="no file, but a device"):
        read_plain(tmp_path / "pipe", UsageError)


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    """Before it is held in memory."""
    (tmp_path / "file").write_bytes(b"x" * 101)
    assert len(read_plain(tmp_path / "file", UsageError, 101)) == 101
    with pytest.raises(UsageError, match="larger than"):
        read_plain(tmp_path / "file", UsageError, 100)


@given(st.binary(max_size=200), st.sampled_from(sorted(READ)))
def test_any_bytes_are_a_value_or_an_error(content: bytes, form: str) -> None:
    """Nothing but our own error is raised."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"keten-test-{os.getpid()}"
    path.write_bytes(content)
    with suppress(UsageError):
        READ[form](path)
    path.unlink()
