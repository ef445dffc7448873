"""keten standard: the releases, their messages and schemas, and how they differ."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console, Group, RenderableType

from keten.cli.options import day
from keten.core import UsageError
from keten.core.plain import plain
from keten.standard import Release, load, load_versions, release_ids, rules_of
from keten.standard.browsing import types_of_elements
from keten.standard.deadlines import reply_due
from keten.standard.describing import enumerate_choices
from keten.standard.differences import concerning, differences
from keten.standard.forms import json, overview, text
from keten.standard.forms.site import START, write_pages
from keten.standard.xsd import write_schemas

app = typer.Typer(help="The standard: its releases, what they consist of and how they differ.", no_args_is_help=True)

REFERENCE = "A release, 2.0, or one of its schema versions, 2.0@1.3."
Reference = Annotated[str, typer.Argument(metavar="R", help=REFERENCE)]
Form = Annotated[Literal["text", "json"], typer.Option("--format", help="Text for people, JSON for programs.")]

WIDTH_OF_FILES = 140
"""Characters on a line where the output is no screen."""


@app.command("list")
def list_releases(form: Form = "text") -> None:
    """The releases there are: their schema versions, when each counts and how many messages they have."""
    releases = [load_versions(release_id) for release_id in release_ids()]
    _print(form, lambda: text.listing(releases), lambda: json.listing(releases))


@app.command()
def show(
    release: Reference,
    name: Annotated[str | None, typer.Argument(metavar="MESSAGE", help="A message, structure or type.")] = None,
    form: Form = "text",
    sent: Annotated[
        str | None, typer.Option(metavar="DATE", help="Also say by which day a MESSAGE sent on this day is answered.")
    ] = None,
) -> None:
    """The messages of a release; or the elements of one message or structure, or the codes of one type."""
    shown, sent_on = load(release), day(sent)
    if name is None:
        if sent_on is not None:
            raise UsageError("--sent is about one message.", hint=f"Name it: keten standard show {release} AW33.")
        _print(form, lambda: text.release(shown), lambda: json.release(shown))
        return
    known, (_, as_text, as_json) = _look_up(shown, name)
    if sent_on is None:
        _print(form, lambda: as_text(shown, known), lambda: as_json(shown, known))
    else:
        due = reply_due(shown, known, sent_on)
        _print(
            form,
            lambda: Group(as_text(shown, known), "", text.due(due)),
            lambda: {**as_json(shown, known), **json.due(due)},
        )


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="R1", help=REFERENCE)],
    new: Annotated[str, typer.Argument(metavar="R2", help=REFERENCE)],
    message: Annotated[str | None, typer.Argument(metavar="MESSAGE", help="Only what concerns this message.")] = None,
    form: Form = "text",
) -> int:
    """What changes from one release or schema version to another. Exit code 0: nothing; 1: something."""
    found = differences(load(old), load(new))
    if message is not None:
        found = concerning(
            found, _find(message, [*found.new.messages, *found.old.messages], "Neither release has a message")
        )
    _print(form, lambda: overview.render(found), lambda: json.overview(found))
    return 1 if found else 0


@app.command()
def xsd(release: Reference, out: Annotated[Path, typer.Option(help="The folder to write to.")]) -> None:
    """Write the XML schemas of a release: one for the common types, one per message."""
    written = write_schemas(load(release), out)
    print(f"{len(written)} schemas of {load(release).reference} written to {plain(str(out))}")


@app.command()
def docs(release: Reference, out: Annotated[Path, typer.Option(help="The folder to write to.")]) -> None:
    """Write pages to read about a release: its messages, code lists and rules, and what changed. They need no network."""
    written = write_pages(load(release), out)
    start = plain(str(out / START))
    print(f"{len(written)} pages about {load(release).reference} written to {plain(str(out))}; begin with {start}")


def _print(
    form: Literal["text", "json"],
    as_text: Callable[[], RenderableType],
    as_json: Callable[[], json.Data | list[json.Data]],
) -> None:
    if form == "json":
        print(json.write(as_json()))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    console.print(as_text())


Kind = tuple[Iterable[str], Callable[[Release, str], RenderableType], Callable[[Release, str], json.Data]]
"""The names of a kind of thing, and its two forms."""


def _look_up(shown: Release, name: str) -> tuple[str, Kind]:
    """The name as the release writes it, and what kind of thing bears it. Raises UsageError."""
    kinds: list[Kind] = [
        (shown.messages, text.message, json.message),
        (shown.structures, text.structure, json.structure),
        (shown.types, text.simple_type, json.simple_type),
    ]
    known = {each: kind for kind in kinds for each in kind[0]}
    found = _find(name, known, f"Release {shown.id} has no message, structure or type", _other_kind(shown, name))
    return found, known[found]


def _other_kind(shown: Release, name: str) -> str:
    """What a name stands for that is no message, structure or type, if it is an element or a rule."""
    if name.upper() in rules_of(shown.id).codes:
        return f"{name.upper()} is a rule; `keten standard docs {shown.reference} --out DIR` shows the rules."
    types = types_of_elements(shown, name)
    words = [f"{kind} in {' '.join(messages) or 'structures'}" for kind, messages in types.items()]
    return f"There are elements of that name, of type {enumerate_choices(words)}." if words else ""


def _find(name: str, known: Iterable[str], missing: str, hint: str = "") -> str:
    """A name as the standard writes it, however it was typed. Raises UsageError."""
    names = {each.casefold(): each for each in known}
    if name.casefold() in names:
        return names[name.casefold()]
    near = [names[match] for match in get_close_matches(name.casefold(), names)]
    nearest = (
        f"Did you mean {enumerate_choices(near)}?" if near else "`keten standard show R` names what a release has."
    )
    raise UsageError(f"{missing} {name!r}.", hint=hint or nearest)
