"""Text: the form for people. The numbers, then the findings by code with the first places of each."""

from keten.acceptance.codes import codes
from keten.acceptance.judgement import Judgement

SHOWN = 3
"""Findings shown per code; a person who needs more asks for another form."""


def render(judgement: Judgement) -> str:
    """The verdict, the numbers, and a block per code."""
    figures = judgement.figures
    clients, found = figures["clients"], figures["findings"]
    lines = [
        "accepted" if judgement.accepted else "not accepted",
        f"{clients['before']:,} clients before, {clients['to send']:,} to be sent, {clients['after']:,} found after.",
        f"{found['error']:,} errors, {found['differs']:,} differences to what was agreed.",
    ]
    skipped = {side: facts["not judged"] for side, facts in figures["messages"].items() if facts["not judged"]}
    lines += [f"{number:,} messages {side} could not be judged." for side, number in skipped.items()]
    for code, number in figures["codes"].items():
        lines += ["", f"{code} {codes()[code].title}: {number:,}", f"  {codes()[code].action}"]
        some = judgement.findings.filter(judgement.findings["code"] == code).head(SHOWN)
        for row in some.iter_rows(named=True):
            lines += [f"  - {row['text']}", *(f"    {where}" for where in _places(row))]
        if number > SHOWN:
            lines.append(f"  ... and {number - SHOWN:,} more; --format csv lists them.")
    return "\n".join(lines)


def _places(row: dict[str, object]) -> list[str]:
    """Where a finding stands, before and after."""
    before = [f"before {row['before_file']} {row['before_location']}"] if row["before_file"] else []
    files, paths = row["after_files"], row["after_locations"]
    assert isinstance(files, list)
    assert isinstance(paths, list)
    return before + [f"after  {file} {path}" for file, path in zip(files[:1], paths[:1], strict=False)]
