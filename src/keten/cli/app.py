"""The program: its commands, and what happens when one fails."""

import os
import sys

import click
import typer
from rich.console import Console

from keten.cli import standard, validate
from keten.core import KetenError

app = typer.Typer(
    name="keten",
    help="Runs the iWlz care message standard and moves its chain from one release to the next.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("validate")(validate.command)
app.add_typer(standard.app, name="standard")

COULD_NOT_JUDGE = 3
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run a command. Bad input never ends in a traceback; set KETEN_DEBUG to see one for an internal fault."""
    try:
        code = app(standalone_mode=False)
    except KetenError as error:
        errors.print(f"[red]{error}[/red]\n{error.hint}", markup=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        errors.print("Interrupted: there is no verdict.")
        code = COULD_NOT_JUDGE
    except Exception as error:
        if os.environ.get("KETEN_DEBUG"):
            raise
        errors.print(f"An internal fault: {type(error).__name__}. There is no verdict.\n{KetenError.hint}")
        code = COULD_NOT_JUDGE
    sys.exit(code)
