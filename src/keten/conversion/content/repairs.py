"""The closed list of repairs: values of 1.2 that 2.0 refuses (rule K3), and the preference that changed (Z4).

Each repair is a function; REPAIRS gives their order. What none of them mends is EX04.
"""

from collections.abc import Callable

import polars as pl

from keten.conversion.content.carry_over import ROW, Content, carried, refuse_misfits
from keten.messages import Layout, Tables
from keten.messages.joining import keep_rows
from keten.messages.values import is_blank

NAMED = ("Client", "Relatie")
CONTACTS = ("Client/Contact", "Relatie/Contact")
PARTNER = "12"
CAPITALS_AND_DIGITS = "([A-Z0-9])+"

SURNAME = "Naam/Geslachtsnaam/Achternaam"
PARTNER_NAME = ("Naam/Partnernaam/Achternaam", "Naam/Partnernaam/Voorvoegsel")
HOUSE_ADDITION = "Adres/Huis/HuisnummerToevoeging"


def convert_content(source: Layout, target: Layout, tables: Tables) -> Content:
    """Content of 1.2 as content of 2.0: renamed, dropped, repaired, or a failure where that cannot be."""
    content = carried(source, tables)
    for repair in REPAIRS:
        content = repair(content, target)
    return refuse_misfits(content, source, target)


def house_additions(content: Content, target: Layout) -> Content:
    """HuisnummerToevoeging becomes capitals and digits, where the target schema demands that; lossy within a text."""
    text = pl.col(HOUSE_ADDITION)
    cleaned = text.str.replace_all("[^a-zA-Z0-9]", "").str.to_uppercase()
    lossy = text.str.contains("[a-zA-Z0-9][^a-zA-Z0-9]+[a-zA-Z0-9]")
    for table in CONTACTS:
        kind = next(column.type for column in target.tables[table].columns if column.name == HOUSE_ADDITION)
        if kind is not None and CAPITALS_AND_DIGITS in kind.patterns:
            content = content.changed(table, {HOUSE_ADDITION: _unless_empty(cleaned)}, lossy)
    return content


def given_names(content: Content, _: Layout) -> Content:
    """Voorletters lose characters that are no letters; blank Voornamen go."""
    initials, given = pl.col("Naam/Voorletters"), pl.col("Naam/Voornamen")
    for table in NAMED:
        letters = _unless_empty(initials.str.replace_all("[^a-zA-ZÀ-ỳ]", ""))
        content = content.changed(
            table, {"Naam/Voorletters": letters, "Naam/Voornamen": _unless(is_blank(given), given)}
        )
    return content


def partner_names(content: Content, _: Layout) -> Content:
    """A Partnernaam with a blank name goes, and the client or relation uses the own name."""
    nameless = is_blank(pl.col(PARTNER_NAME[0])).fill_null(value=False)
    absent = {column: _unless(nameless, pl.col(column)) for column in PARTNER_NAME}
    own_name = pl.when(nameless).then(pl.lit("1")).otherwise(pl.col("Naam/NaamGebruik"))
    for table in NAMED:
        content = content.changed(table, {**absent, "Naam/NaamGebruik": own_name})
    return content


def telephones(content: Content, _: Layout) -> Content:
    """A telephone with a blank Landnummer goes and the second moves up; EX04 if the contact then breaks TR006."""
    first, second = ([f"Telefoon/Telefoon0{n}/{part}" for part in ("Telefoonnummer", "Landnummer")] for n in (1, 2))
    no_first, no_second = (is_blank(pl.col(columns[1])).fill_null(value=False) for columns in (first, second))
    changes = {}
    for one, two in zip(first, second, strict=True):
        changes[one] = pl.when(no_first).then(_unless(no_second, pl.col(two))).otherwise(pl.col(one))
        changes[two] = _unless(no_first | no_second, pl.col(two))
    addressed = pl.all_horizontal(pl.col("Adres/Huis/Huisnummer", "Adres/Postcode").is_not_null())
    for table in CONTACTS:
        had_one = content.tables[table][first[0]].is_not_null()
        content = content.changed(table, changes)
        unreachable = pl.lit(had_one) & pl.col(first[0]).is_null() & ~addressed
        content = content.failed(
            table, first[1], unreachable, "without a telephone the contact cannot be reached (TR006)"
        )
    return content


def preferences(content: Content, _: Layout) -> Content:
    """The preference for care in functies, gone in 2.0, becomes that for a package at home (Z4)."""
    preference = pl.col("VoorkeurClient")
    home = pl.when(preference == "1").then(pl.lit("7")).otherwise(preference)
    return content.changed("GeindiceerdZorgzwaartepakket", {"VoorkeurClient": home})


def blank_surnames(content: Content, _: Layout) -> Content:
    """A client or partner without a name is beyond repair."""
    blank = is_blank(pl.col(SURNAME))
    content = content.failed("Client", SURNAME, blank, "the client has no name")
    return content.failed("Relatie", SURNAME, blank & (pl.col("Soort") == PARTNER), "the partner has no name")


def empty_rows(content: Content, target: Layout) -> Content:
    """A Stoornis with an empty ZiektebeeldStoornis goes, and a Relatie with a blank name that is no partner."""
    disease = pl.col("ZiektebeeldStoornis")
    content = _without(content, target, "Stoornis", "ZiektebeeldStoornis", disease == "")
    return _without(content, target, "Relatie", SURNAME, is_blank(pl.col(SURNAME)) & (pl.col("Soort") != PARTNER))


def relation_numbers(content: Content, _: Layout) -> Content:
    """A relation with a blank Nummer gets the first number, from 1, that no other relation of the client has."""
    relations = content.tables["Relatie"]
    blank = relations.select(blank=is_blank(pl.col("Nummer")))["blank"]
    numbers = relations["Nummer"].to_list()
    for client in relations.filter(blank)["parent"].unique(maintain_order=True):
        rows = (relations["parent"] == client).arg_true().to_list()
        taken = {numbers[row] for row in rows if not blank[row]}
        free = (str(number) for number in range(1, len(rows) + len(taken) + 1) if str(number) not in taken)
        for row in rows:
            numbers[row] = next(free) if blank[row] else numbers[row]
    return content.changed("Relatie", {"Nummer": pl.lit(pl.Series(numbers, dtype=pl.String))})


Repair = Callable[[Content, Layout], Content]
REPAIRS: tuple[Repair, ...] = (
    blank_surnames,
    empty_rows,  # before the others: what is wrong in a row that goes does no harm
    house_additions,
    given_names,
    partner_names,
    telephones,
    preferences,
    relation_numbers,
)


def _without(content: Content, target: Layout, table: str, column: str, gone: pl.Expr) -> Content:
    """Content without some rows of a table and what hangs on them; each is recorded by the column that decided."""
    frame = content.tables[table]
    mask = frame.select(gone=gone)["gone"]
    if not mask.any():
        return content
    note = frame.filter(mask).select(pl.lit(table).alias("table"), ROW, pl.lit(column).alias("column"), before=column)
    note = note.with_columns(after=pl.lit(None, pl.String), lossy=pl.lit(value=False))
    present = {name: one for name, one in target.client_tables.items() if name in content.tables}
    return Content(keep_rows(present, content.tables, table, ~mask), (*content.repairs, note), content.failures)


def _unless(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(~condition).then(value)


def _unless_empty(text: pl.Expr) -> pl.Expr:
    return _unless(text == "", text)
