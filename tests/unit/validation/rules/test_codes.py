"""The codes of the rules: the same set in the data of the releases, the code, the texts, the cases and the documentation."""

import re
from pathlib import Path

from keten.messages import layout_of
from keten.standard import load, release_ids, rules_of
from keten.standard.rule_texts import texts
from keten.validation.rules.judges import JUDGES
from keten.validation.rules.plan import knows, tables_of
from tests.unit.validation.rules.documenting import PAGE, table

ROOT = Path(__file__).parents[4]
CASES = ROOT / "tests" / "cases" / "rules"


def judged() -> set[str]:
    """The rules that are judged in any release."""
    return {code for release in release_ids() for code in rules_of(release).judged}


def test_every_judged_rule_has_cases_and_a_text() -> None:
    """And nothing else has."""
    assert judged() == {path.stem for path in CASES.glob("*.yaml")} == set(texts())


def test_what_no_line_says_has_a_module() -> None:
    """And only that: a module per rule without lines."""
    without = {c for release in release_ids() for c, rule in rules_of(release).judged.items() if not rule.lines}
    folder = ROOT / "src" / "keten" / "validation" / "rules"
    modules = {path.stem.upper() for path in folder.glob("*.py") if re.fullmatch("(tr|cd|cs)[0-9]{3}", path.stem)}
    assert without == set(JUDGES) == modules


def test_the_documentation_lists_every_rule() -> None:
    """docs/rules.md ends with the table of all rules, as `python -m tests.unit.validation.rules.documenting` writes it."""
    assert PAGE.read_text(encoding="utf-8").endswith(table())


def test_every_line_is_about_elements_that_exist() -> None:
    """In the latest schema, each class that a line names is one of each of its messages, or of another of them."""
    for release in map(load, release_ids()):
        for rule in rules_of(release.id).judged.values():
            for line in rule.lines:
                layouts = [layout_of(release, message) for message in line.messages]
                assert all(tables_of(layout, line) for layout in layouts), (release.id, rule.code)
                named = {layout.tables[name].element for layout in layouts for name in tables_of(layout, line)}
                assert named == set(line.on), (release.id, rule.code)


def test_every_key_is_made_of_elements_that_exist() -> None:
    """Each element of a key of TR101 and TR106 is one of its class, in a message of some schema version."""
    for release_id in release_ids():
        latest = load(release_id)
        releases = [load(f"{release_id}@{version}") for version in latest.schemas]
        layouts = [
            layout_of(release, name) for release in releases for name in rules_of(release_id).judged["TR101"].messages
        ]
        for code in ("TR101", "TR106"):
            rule = rules_of(release_id).judged.get(code)
            for element, key in rule.settings["keys"].items() if rule else ():
                for path in key:
                    tables = [
                        (one, name) for one in layouts for name in one.tables if one.tables[name].element == element
                    ]
                    assert any(knows(layout, name, path) for layout, name in tables), (release_id, code, element, path)
