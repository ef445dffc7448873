"""One look for every page and report: a base to extend, and charts drawn without scripts or network."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def render(package: str, template: str, **values: Any) -> str:  # noqa: ANN401 templates take what they need
    """Render a template of a package (its folder `pages`); it may extend `base.html` and use `charts.html`."""
    return _environment(package).get_template(template).render(**values)


@cache
def _environment(package: str) -> Environment:
    loaders = [PackageLoader(package, "pages"), PackageLoader("keten.core", "pages")]
    environment = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = _number
    environment.filters["share"] = _share
    environment.globals["style"] = (files("keten.core") / "pages" / "style.css").read_text(encoding="utf-8")
    return environment


def _number(value: int) -> str:
    """A number with thin spaces between thousands, so that long columns can be read."""
    return f"{value:,}".replace(",", "\u202f")


def _share(part: int, whole: int) -> str:
    """A share in percents with one decimal; a dash where there is no whole."""
    return f"{100 * part / whole:.1f}%" if whole else "-"
