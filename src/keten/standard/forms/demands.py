"""The lines of a rule in words."""

from collections.abc import Iterable

from keten.standard.describing import enumerate_choices
from keten.standard.rules import Line, Test, Tests, is_day

STATES = {
    "present": "{} is there",
    "absent": "{} is not there",
    "filled": "{} is filled",
    "blank": "{} is empty",
    "some": "there is a {}",
    "none": "there is no {}",
}
ABOVE, HEADER = "../", "/Header/"


def line_in_words(line: Line) -> str:
    """What a line demands of the rows that it is about.

    >>> rule = {"in": ["AW33"], "on": "Contact", "if": {"Soort": ["01", "03"]}, "then": {"Adres/Postcode": "filled"}}
    >>> from keten.standard.rules import read_rules
    >>> read = read_rules({"rules": {"CD034": rule}, "structure": [], "unjudged": {}})
    >>> line_in_words(read.judged["CD034"].lines[0])
    'If Soort is 01 or 03, then Adres/Postcode is filled.'
    """
    clauses = [
        f"where {_all(line.when)}" if line.when else "",
        f"unless {_all(line.unless)}" if line.unless else "",
        f"if {_all(line.condition)}" if line.condition else "",
    ]
    then = f"then {_all(line.then)}" if line.condition else _all(line.then)
    otherwise = f"; otherwise {_all(line.otherwise)}" if line.otherwise else ""
    sentence = f"{', '.join([*filter(None, clauses), then])}{otherwise}."
    return sentence[0].upper() + sentence[1:]


def _all(tests: Tests) -> str:
    return " and ".join(_test(path, test) for path, test in tests)


def _test(path: str, test: Test) -> str:
    name = element_in_words(path)
    if test.state:
        return STATES[test.state].format(name)
    if test.values:
        return f"{name} is {'not ' if test.negated else ''}{_values(test.values)}"
    if test.pattern is not None:
        return f"{name} matches {test.pattern}"
    other = test.other if is_day(test.other) else element_in_words(test.other)
    return f"{name} is {test.relation} {other}"


def element_in_words(path: str) -> str:
    """An element as its path names it, from the row or elsewhere.

    >>> element_in_words("../Leveringsvorm"), element_in_words("/Header/Afzender")
    ('Leveringsvorm of what it belongs to', 'Afzender of the header')
    """
    if path.startswith(ABOVE):
        return f"{element_in_words(path.removeprefix(ABOVE))} of what it belongs to"
    if path.startswith(HEADER):
        return f"{path.removeprefix(HEADER).rpartition('/')[2]} of the header"
    return path


def _values(values: Iterable[str]) -> str:
    return enumerate_choices([value or "empty" for value in values])
