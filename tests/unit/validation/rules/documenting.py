"""The table of docs/rules.md, as the release data make it. Run as a module, it writes the table into the page."""

from collections.abc import Iterator
from pathlib import Path

from keten.standard import load, release_ids, rules_of, text_of

PAGE = Path(__file__).parents[4] / "docs" / "rules.md"
HEAD = "| Rule | What to do when it is broken, or why it is not judged | Messages | Releases |\n|---|---|---|---|\n"


def table() -> str:
    """A row per rule: its text, the messages it is about in any release, the releases in which it is judged."""
    codes = sorted({code for release in release_ids() for code in rules_of(release).codes})
    return HEAD + "".join(f"| {code} | {_text(code)} | {_messages(code)} | {_releases(code)} |\n" for code in codes)


def _text(code: str) -> str:
    if any(code in rules_of(release).judged for release in release_ids()):
        return text_of(code)
    if any(code in rules_of(release).structure for release in release_ids()):
        return "The schemas enforce it: a finding about structure."
    return f"Not judged: it needs {next(need for release in release_ids() for need in _needs(release, code))}."


def _needs(release: str, code: str) -> Iterator[str]:
    if code in rules_of(release).unjudged:
        yield rules_of(release).unjudged[code][0]


def _messages(code: str) -> str:
    found: set[str] = set()
    for release in release_ids():
        rules = rules_of(release)
        found |= rules.judged[code].messages if code in rules.judged else rules.unjudged.get(code, ("", frozenset()))[1]
    order = [message for release in release_ids() for message in load(release).messages]
    return " ".join(sorted(found, key=order.index)) or "all"


def _releases(code: str) -> str:
    judged = [one for one in release_ids() if code in rules_of(one).judged or code in rules_of(one).structure]
    return " ".join(judged) or "none"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page[: page.index(HEAD.splitlines()[0])] + table(), encoding="utf-8")
