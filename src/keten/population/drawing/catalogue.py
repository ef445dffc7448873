"""What care.yaml defines, as tables: the rows of each plan, the courses, and the lists they draw from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from keten.population.drawing.moments import day_number, moment_columns, moment_schema

Facts = Mapping[str, Any]

FIRST, SECOND = 1, 2
"""Numbers of a client's indications; an earlier one has number 0."""

UNIT = {
    "plan": pl.String(),
    "nr": pl.Int32(),
    "kind": pl.String(),
    "code": pl.String(),
    "wish": pl.String(),
    "financing": pl.String(),
    "chance": pl.Float64(),
    **moment_schema("start"),
    **moment_schema("end"),
}
ITEM = {
    "plan": pl.String(),
    "nr": pl.Int32(),
    "kind": pl.String(),
    "code": pl.String(),
    "form": pl.String(),
    "sort": pl.String(),
    "slot": pl.String(),
    "plan_soort": pl.String(),
    "chance": pl.Float64(),
    **moment_schema("start"),
    **moment_schema("end"),
}
COURSE_MOMENTS = (
    "start",
    "end",
    "before_end",
    "twin_start",
    "twin_end",
    "indication_start",
    "indication_end",
    "earlier_end",
    "earlier_items_end",
)
COURSE = {
    "course": pl.String(),
    "sorts": pl.List(pl.String()),
    "reden": pl.List(pl.String()),
    **dict.fromkeys(("klasse", "before_klasse", "twin_klasse"), pl.String()),
    **dict.fromkeys(
        ("every", "later", "destination", "away_zk", "away", "twin", "twin_other", "twin_away", "outlasts", "earlier"),
        pl.Boolean(),
    ),
    **{column: kind for name in COURSE_MOMENTS for column, kind in moment_schema(name).items()},
}


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The definitions of care.

    `units` (what is indicated) and `items` (what is assigned) have a row per row of a plan, `courses` a row per course,
    `days` a row per plan or course with the range its day is drawn from, `codes` a row per ZZP code of a sector.
    `people` names the sector that the clients of a plan are like, where that is not the one of their ZZP.
    """

    units: pl.DataFrame
    items: pl.DataFrame
    courses: pl.DataFrame
    days: pl.DataFrame
    codes: pl.DataFrame
    allows: Mapping[str, tuple[str, ...]]
    with_partner: tuple[str, ...]
    people: Mapping[str, str]
    slots: Mapping[str, Facts]
    kinds: Mapping[str, Facts]
    sectors: Mapping[str, Facts]
    klassen: Mapping[str, Sequence[str]]
    with_opslag: tuple[str, ...]
    with_vervoer: tuple[str, ...]
    sending: Facts


@cache
def catalogue() -> Catalogue:
    """The definitions that come with keten."""
    text = (files("keten.population.drawing") / "care.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    plans, courses = data["plans"], data["courses"]
    return Catalogue(
        units=pl.DataFrame([row for name in plans for row in _units(name, plans[name])], schema=UNIT, orient="row"),
        items=pl.DataFrame([row for name in plans for row in _items(name, plans[name])], schema=ITEM, orient="row"),
        courses=pl.DataFrame([_course(name, courses[name]) for name in courses], schema=COURSE, orient="row"),
        days=_days(plans, courses),
        codes=_codes(data["sectors"]),
        allows={name: tuple(plan.get("allows", ("course", "soort", "route"))) for name, plan in plans.items()},
        with_partner=tuple(name for name, plan in plans.items() if plan.get("partner")),
        people={name: plan["people"] for name, plan in plans.items() if "people" in plan},
        slots=data["slots"],
        kinds=data["kinds"],
        sectors=data["sectors"],
        klassen=data["klassen"],
        with_opslag=tuple(data["opslag"]),
        with_vervoer=tuple(data["vervoer"]),
        sending=data["sending"],
    )


def _indications(plan: Facts) -> Iterator[tuple[int, Facts]]:
    yield FIRST, plan
    if "second" in plan:
        yield SECOND, plan["second"]


def _units(name: str, plan: Facts) -> Iterator[dict[str, Any]]:
    for nr, part in _indications(plan):
        for row in part["indicated"]:
            yield {
                "plan": name,
                "nr": nr,
                **_kind_and_code(row),
                "wish": row.get("wish"),
                "financing": row.get("financing", "1"),
                "chance": row.get("chance", 1.0),
                **moment_columns("start", row, "indication"),
                **moment_columns("end", row, "indication"),
            }


def _items(name: str, plan: Facts) -> Iterator[dict[str, Any]]:
    for nr, part in _indications(plan):
        for row in part["items"]:
            yield {
                "plan": name,
                "nr": nr,
                **_kind_and_code(row),
                "form": row.get("form"),
                "sort": row.get("form", "F"),
                "slot": row["at"],
                "plan_soort": row.get("soort", "1"),
                "chance": row.get("chance", 1.0),
                **moment_columns("start", row, "past"),
                **moment_columns("end", row, "open"),
            }


def _kind_and_code(row: Facts) -> dict[str, str]:
    return {"kind": "zzp", "code": row["zzp"]} if "zzp" in row else {"kind": "functie", "code": row["functie"]}


def _course(name: str, facts: Facts) -> dict[str, Any]:
    """The row of a course: what is said of its parts stands in columns named after them."""
    flat = dict(facts)
    for part in ("before", "twin", "indication", "earlier"):
        flat |= {f"{part}_{key}": value for key, value in facts.get(part, {}).items()}
    row = {
        "course": name,
        "sorts": facts["sorts"],
        "reden": facts.get("reden"),
        "klasse": facts.get("klasse"),
        "before_klasse": flat.get("before_klasse"),
        "twin_klasse": flat.get("twin_klasse"),
        "every": facts.get("which") == "all",
        "later": facts.get("told") == "later",
        "destination": facts.get("destination", False),
        "away_zk": facts.get("zk") == "neighbour",
        "away": facts.get("place") == "neighbour",
        "twin": "twin" in facts,
        "twin_other": flat.get("twin_at") == "other",
        "twin_away": flat.get("twin_place") == "neighbour",
        "outlasts": flat.get("indication_outlasts", False),
        "earlier": "earlier" in facts,
    }
    for moment in COURSE_MOMENTS:
        row |= moment_columns(moment, flat)
    return row


def _days(plans: Facts, courses: Facts) -> pl.DataFrame:
    ranges = {name: facts["day"] for group in (plans, courses) for name, facts in group.items() if "day" in facts}
    rows = [(name, *map(day_number, limits)) for name, limits in ranges.items()]
    return pl.DataFrame(rows, schema={"of": pl.String, "low": pl.Int32, "high": pl.Int32}, orient="row")


def _codes(sectors: Facts) -> pl.DataFrame:
    """ZZP codes with their sector, and the code that follows in it (after the last: the first)."""
    rows = [
        {"code": code, "sector": name, "next": facts["codes"][(place + 1) % len(facts["codes"])]}
        for name, facts in sectors.items()
        for place, code in enumerate(facts["codes"])
    ]
    return pl.DataFrame(rows)
