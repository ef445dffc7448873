"""The differences between two releases as an overview of changes, on a screen."""

from rich.console import Group, RenderableType
from rich.text import Text

from keten.standard.differences import Differences
from keten.standard.forms.sections import Section, releases, sections
from keten.standard.forms.sentences import CAME, CHANGED, WENT
from keten.standard.forms.text import table

STYLES = {CAME: "green", WENT: "red", CHANGED: "yellow"}


def render(found: Differences) -> RenderableType:
    """The overview, by kind of thing: messages, structures, classes, simple types."""
    old, new = releases(found)
    if not found:
        return f"{old.capitalize()} and {new} do not differ{f' in {found.message}' if found.message else ''}."
    subject = f"{found.message}, from" if found.message else "From"
    title = Text(f"{subject} {old} to {new}", "bold")
    return Group(title, *(_section(kind, section) for kind, section in sections(found).items()))


def _section(title: str, section: Section) -> RenderableType:
    made = table("", "", "")
    made.show_header = False
    for name, told in section.items():
        if name:
            made.add_row(name)
        for (sign, what, how), where in told:
            made.add_row(Text(f"  {sign} {what}", f"not bold {STYLES[sign]}"), how, Text(where, "dim"))
    return Group("", Text(title, "bold underline"), made)
