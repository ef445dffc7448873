"""keten blind: the books of two parties compared, without either handing its book over."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from keten.cli.compare import (
    BOOK,
    PARTIES,
    Form,
    Instelling,
    Out,
    Zorgkantoor,
    between_of,
    parties_of,
    show,
)
from keten.comparison import hand_over, open_book
from keten.comparison.blind import (
    LAST_TURN,
    Message,
    Party,
    answer,
    conclude,
    demand_answer,
    load_key,
    load_message,
    new_key,
    offer,
    save_key,
    save_message,
    sealed,
)

app = typer.Typer(help="Compare two books blind: only keyed digests are exchanged, in turns.", no_args_is_help=True)

Mine = Annotated[str, typer.Argument(metavar="BOOK", help=f"Your own book: {BOOK}.")]
Theirs = Annotated[Path, typer.Argument(metavar="MESSAGE", help="The message that came from the other side.")]
KeyFile = Annotated[Path, typer.Option("--key", help="The key file of the campaign.")]
As = Annotated[str, typer.Option("--as", help="The parties, yourself first: zorgkantoor,zorgaanbieder.")]
After = Annotated[
    Path | None,
    typer.Option(help="Your own last message, which this one answers; else it is looked for in their folders."),
]
ToSend = Annotated[Path, typer.Option(help="The message to write, for the other side.")]


@app.command()
def key(
    campaign: Annotated[str, typer.Option(help="The name of the campaign: letters, digits, dots and hyphens.")],
    out: Annotated[Path, typer.Option(help="The key file to write; it must not exist.")],
) -> None:
    """Make the key of a campaign. Both sides need it, and nobody else may have it."""
    save_key(new_key(campaign), out)
    _say(f"The key of campaign {campaign} stands in {out}. Hand it to the other side by another way than the messages.")


@app.command("offer")
def offer_comparison(
    book: Mine,
    *,
    key: KeyFile,
    out: ToSend,
    parties: As = PARTIES,
    instelling: Instelling = None,
    zorgkantoor: Zorgkantoor = None,
) -> None:
    """Begin: write the first message, turn 1."""
    side = _party(book, key, parties, instelling, zorgkantoor)
    _send(offer(side), side, out, [key, Path(book)])


@app.command("answer")
def answer_message(
    book: Mine,
    message: Theirs,
    *,
    key: KeyFile,
    out: ToSend,
    parties: As = PARTIES,
    most: Annotated[int, typer.Option(min=0, max=100, help="Tell of at most this percentage of your clients.")] = 50,
    after: After = None,
    instelling: Instelling = None,
    zorgkantoor: Zorgkantoor = None,
) -> None:
    """Answer a message of the other side with the next turn."""
    side = _party(book, key, parties, instelling, zorgkantoor)
    given = load_message(message, side.key)
    told = answer(side, given, most)
    demand_answer(given, side.key, (message.parent, out.parent), after)
    _send(told, side, out, [key, Path(book), message, *([after] if after else [])])


@app.command()
def report(
    book: Mine,
    message: Theirs,
    *,
    key: KeyFile,
    parties: As = PARTIES,
    after: After = None,
    out: Out = None,
    form: Form = "text",
    instelling: Instelling = None,
    zorgkantoor: Zorgkantoor = None,
) -> int:
    """Report how your own records differ, from turn 4 or 5. Exit code 0: the books are equal; 1: they differ."""
    side = _party(book, key, parties, instelling, zorgkantoor)
    given = load_message(message, side.key)
    comparison = conclude(side, given)
    demand_answer(given, side.key, (message.parent, Path()), after)
    figures = hand_over(comparison, out)
    show(figures, form, out)
    return 0 if comparison.equal else 1


def _party(book: str, key: Path, parties: str, instelling: list[str] | None, zorgkantoor: list[str] | None) -> Party:
    """This side, with its book opened."""
    pair, secret = parties_of(parties), load_key(key)
    return Party(open_book([book], pair.left, pair, between_of(instelling, zorgkantoor)), pair, secret)


def _send(message: Message, side: Party, out: Path, inputs: list[Path]) -> None:
    """Write a message, and say what to do with it."""
    save_message(sealed(message, side.key), out, inputs)
    after = ", and make your own report" if message.turn == LAST_TURN else ""
    _say(f"Turn {message.turn} of {LAST_TURN} stands in {out}: send it to the {message.receiver}{after}.")


def _say(text: str) -> None:
    Console(highlight=False, soft_wrap=True, markup=False).print(text)
