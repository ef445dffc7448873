"""The lines of the release data as expressions: for each demand, which rows of a table offend against it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

import polars as pl

from keten.messages import Layout
from keten.standard import Line, SimpleType, Test, Tests
from keten.standard.rules import is_day
from keten.validation.rules.view import ABOVE, HEADER, date, value


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand on the rows of a table: where it is not met, and at what it then points."""

    code: str
    offends: pl.Expr
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """The elements that the rows of a table can name; `borrowed` are those named so far that stand in other tables."""

    layout: Layout
    table: str
    borrowed: set[str] = field(default_factory=set)

    def demands(self, code: str, line: Line) -> Iterator[Demand]:
        """What a line demands of the rows."""
        applies = self._all(line.when)
        if line.unless:
            applies = applies & ~self._all(line.unless)
        condition = self._all(line.condition)
        for tests, where in ((line.then, applies & condition), (line.otherwise, applies & ~condition)):
            for path, test in tests:
                yield Demand(code, where & ~self._holds(path, test), line.at or self._at(line, path, test))

    def _all(self, tests: Tests) -> pl.Expr:
        return reduce(and_, (self._holds(path, test) for path, test in tests), pl.lit(value=True))

    def _holds(self, path: str, test: Test) -> pl.Expr:
        """Whether a test holds; never null."""
        if test.state:
            return self._is(path, test.state)
        if test.pattern is not None:
            return self._text(path).fill_null("").str.contains(f"^(?:{test.pattern})$")
        if test.relation:
            return self._related(path, test)
        found = self._text(path, trimmed=True).is_in(list(test.values)).fill_null(value=False)
        return ~found if test.negated else found

    def _is(self, path: str, state: str) -> pl.Expr:
        if state in ("some", "none"):
            self.borrowed.add(path)
            return pl.col(path) if state == "some" else ~pl.col(path)
        if state in ("present", "absent"):
            return self._present(path) if state == "present" else ~self._present(path)
        filled = (self._text(path, trimmed=True) != "").fill_null(value=False)
        return filled if state == "filled" else ~filled

    def _related(self, path: str, test: Test) -> pl.Expr:
        """Whether an element, if it is there, stands in a relation to another, or to a day."""
        if test.relation == "equal to":
            one, other = (self._text(one, trimmed=True).fill_null("") for one in (path, test.other))
            return ~self._present(path) | (one == other)
        day = is_day(test.other)
        one = date(self._text(path))
        other = pl.lit(int(test.other.replace("-", ""))) if day else date(self._text(test.other))
        wrong = {"not before": other > one, "before": one >= other, "not after": one > other, "after": other >= one}
        misses = wrong[test.relation or ""].fill_null(value=False)
        if not day:
            misses = misses | ~self._present(test.other)
        return ~self._present(path) | ~misses

    def _text(self, path: str, *, trimmed: bool = False) -> pl.Expr:
        """An element as it was written, null where it is absent."""
        if path.startswith((HEADER, ABOVE)) or self._is_below(path):
            self.borrowed.add(path)
            text = pl.col(path)
        else:
            kind = self._types().get(path)
            if kind is None:
                return pl.lit(None, pl.String)
            return value(pl.col(path), kind) if trimmed else pl.col(path)
        return value(text) if trimmed else text

    def _present(self, path: str) -> pl.Expr:
        if path.startswith((HEADER, ABOVE)) or self._is_below(path):
            return self._text(path).is_not_null()
        columns = [column.name for column in self.layout.tables[self.table].columns]
        if path not in columns:
            columns = [column for column in columns if column.startswith(f"{path}/")]
            return (
                pl.any_horizontal(pl.col(column).is_not_null() for column in columns)
                if columns
                else pl.lit(value=False)
            )
        return pl.col(path).is_not_null()

    def _types(self) -> dict[str, SimpleType]:
        return {column.name: column.type for column in self.layout.tables[self.table].columns if column.type}

    def _is_below(self, path: str) -> bool:
        child = self.layout.tables.get(path.partition("/")[0])
        return "/" in path and child is not None and child.parent == self.table

    def _at(self, line: Line, path: str, test: Test) -> tuple[str, ...]:
        """What an offence points at: the elements of the condition and of the test, in document order."""
        paths = {path for path, _ in line.condition} | {path}
        if test.other and not is_day(test.other):
            paths.add(test.other)
        return tuple(sorted(paths, key=self._place))

    def _place(self, path: str) -> tuple[int, int, int]:
        """Where an element stands among those that a row can name."""
        if path.startswith(HEADER):
            return 0, 0, 0
        if path.startswith(ABOVE):
            return 1, 0, 0
        columns = [column.name for column in self.layout.tables[self.table].columns]
        first = next(
            (at for at, name in enumerate(columns) if name == path or name.startswith(f"{path}/")), len(columns)
        )
        return 2, first, len(path)
