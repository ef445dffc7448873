"""Modules, functions and tests stay small enough to read at one sitting."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
MOST_MODULE, MOST_FUNCTION, MOST_TEST = 300, 40, 400


def too_long(folder: str, most: int) -> dict[str, int]:
    """The files of a folder with more lines than that, and their lines."""
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}
    return {str(path.relative_to(ROOT)): size for path, size in sizes.items() if size > most}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module by their full name, and their lines without the docstring."""
    module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield f"{module}.{node.name}", (node.end_lineno or 0) - first.lineno + 1


def test_no_module_is_too_long() -> None:
    """300 lines; the exceptions are named, with a reason."""
    assert set(too_long("src", MOST_MODULE)) == set(EXCEPTIONS["modules"])


def test_no_function_is_too_long() -> None:
    """40 lines; the exceptions are named, with a reason."""
    long = {name for path in (ROOT / "src").rglob("*.py") for name, size in functions(path) if size > MOST_FUNCTION}
    assert long == set(EXCEPTIONS["functions"])


def test_no_test_is_too_long() -> None:
    """400 lines a file; the exceptions are named, with a reason."""
    assert set(too_long("tests", MOST_TEST)) == set(EXCEPTIONS["tests"])
