"""A population as a whole: valid, consistent, repeatable, and in the proportions that were asked."""

import json
from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import polars as pl
import pytest
from stdnum.nl import bsn

from keten.bootstrap import executor
from keten.core import UsageError
from keten.messages import Batch, Source, find_sources, read
from keten.population import ACCOUNT, Population, populate, standard_proportions
from keten.standard import load
from keten.validation import validate
from tests.unit.population.telling import GIVEN, KEY, Told, make, plain, told
from tests.unit.threads import threads

HEADER = {"record", "message", "sender", "receiver", "day", "identificatie"}
"""What may differ between two copies of one version of an item."""

SIGMAS = 5
"""Standard deviations that a share may be off: one in a million populations is, for each trait."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """A population of two regions with everything in it, in a folder, and what its messages tell."""

    folder: Path
    population: Population
    told: Told


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """As keten's own proportions have it, but with the rare made less rare."""
    folder = tmp_path_factory.mktemp("mixed")
    rare = {name: 0.01 for name, trait in standard_proportions().traits.items() if 0 < trait.share < 0.001}
    population = make(folder, 3000, standard_proportions().with_shares(rare), seed=11, regions=2)
    return Mixed(folder, population, told(folder))


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_message_is_valid(mixed: Mixed) -> None:
    """By the latest schema version of 1.2, with everything in the population."""
    verdicts = {source.name: validate(source, rules=False).verdict for source in find_sources([str(mixed.folder)])}
    assert len(verdicts) == sum(filed.files for filed in mixed.population.messages.values())
    assert set(verdicts.values()) == {"valid"}


def test_rules_are_broken_only_where_a_trait_says_so(mixed: Mixed) -> None:
    """By as many clients as have such a trait, and no others."""
    planted: dict[str, int] = {}
    for name, trait in mixed.population.proportions.traits.items():
        for rule in trait.breaks:
            planted[rule] = planted.get(rule, 0) + mixed.population.traits[name].clients
    assert {rule: len(people) for rule, people in _breaches(mixed.folder).items()} == planted


def _breaches(folder: Path) -> dict[str, set[str]]:
    """The rules that are broken, each with the Bsn of whom it is broken for."""
    people: dict[str, set[str]] = defaultdict(set)
    for source in find_sources([str(folder)]):
        numbers = [number for batch in _batches(source) for number in batch.tables["Client"]["Bsn"]]
        for finding in validate(source, max_findings=0).findings:
            people[finding.code].add(numbers[(finding.client or 1) - 1])
    return people


def _batches(source: Source) -> list[Batch]:
    """The content of a message, all of whose clients are valid."""
    with source.open() as stream:
        return list(read(stream).batches())


def test_every_client_is_told_of_and_is_nobody(mixed: Mixed) -> None:
    """BSNs are of the test range, pass the elfproef, and are each of one person."""
    people = mixed.told.clients.select("Bsn", "Geslacht", "Geboortedatum/Datum").unique()
    assert people.height == mixed.population.clients == len(mixed.told.everyone)
    assert all(bsn.is_valid(number) and number.startswith("9999") for number in people["Bsn"])


def test_children_are_children(mixed: Mixed) -> None:
    """Younger than 18 they never had a partner, and parents stand for them: no mentor, curator or bewindvoerder."""
    children = mixed.told.clients.filter(pl.col("Geboortedatum/Datum") > "2000-04-01")
    assert set(children["BurgerlijkeStaat"].drop_nulls()) == {"1"}
    theirs = mixed.told.of("Relatie").filter(pl.col("Bsn").is_in(children["Bsn"].implode()))
    assert "10" in theirs["Soort"]
    assert not {"03", "12", "14", "15", "16"} & set(theirs["Soort"])


def test_who_has_adl_is_handicapped_and_of_an_age_to_live_on_his_own(mixed: Mixed) -> None:
    """Without a ZZP that says what people they are, the plan does: those of LG, an adult of at most 75."""
    theirs = mixed.told.items.filter(kind="functie", code="91")["Bsn"].unique().implode()
    known = mixed.told.clients.filter(pl.col("Bsn").is_in(theirs), pl.col("Geboortedatum/DatumGebruik").is_null())
    assert known["Bsn"].n_unique() > 20
    assert known["Geboortedatum/Datum"].is_between("1943-04-01", "2000-04-01").all()
    assert set(mixed.told.of("Indicatie").filter(pl.col("Bsn").is_in(theirs))["Grondslagen/Grondslag01"]) == {"04"}


def test_a_provider_belongs_to_one_region(mixed: Mixed) -> None:
    """Only one zorgkantoor sends to it, and its code has the region's number."""
    sent = mixed.told.clients.filter(pl.col("message") == "AW33").select("sender", "receiver").unique()
    assert sent["receiver"].is_unique().all()
    assert (sent["receiver"].str.slice(2, 2) == sent["sender"].str.slice(2)).all()


def test_an_identificatie_is_used_once_by_a_sender(mixed: Mixed) -> None:
    """And fits the type of the standard."""
    files = mixed.told.clients.select("file", "sender", "identificatie").unique()
    assert files.select("sender", "identificatie").is_unique().all()
    assert files["identificatie"].str.len_chars().max() <= 12  # type: ignore[operator]


def test_versions_do_not_contradict_each_other_unless_that_was_asked(mixed: Mixed) -> None:
    """Copies with the same key and the same moments are equal in all elements, whoever sent them to whom."""
    items = mixed.told.items
    cells = [column for column in items.columns if column not in HEADER]
    versions = items.select(cells).unique()
    clashing = versions.filter(versions.select(*KEY, *GIVEN).is_duplicated())
    assert clashing["Bsn"].n_unique() == mixed.population.traits["ex01_contradiction"].clients > 0


def test_a_provider_is_told_all_that_is_valid(tmp_path: Path) -> None:
    """An AW33 shows every assignment, of whichever provider, that its sender told of before and that still runs."""
    make(tmp_path, 400, standard_proportions().with_shares({"narrow_view": 0, "ex01_contradiction": 0, "mpt_two": 0.4}))
    found = told(tmp_path)
    sent = found.items.filter(pl.col("message") == "AW33")
    item = ["sender", *KEY]
    known = sent.join(sent.select(*item, *GIVEN, told_on="day"), on=item).filter(pl.col("told_on") <= pl.col("day"))
    known = (
        known.select("sender", "Bsn", "Besluitnummer", "day")
        .unique()
        .join(sent.rename({"day": "told_on"}), on=["sender", "Bsn", "Besluitnummer"])
    )
    newest = (
        known.filter(pl.col("told_on") <= pl.col("day")).sort(*GIVEN, "told_on").unique([*item, "day"], keep="last")
    )
    ended = pl.col("Einddatum") < pl.col("day")
    withdrawn = pl.col("RedenIntrekking").is_not_null() & (
        pl.col("Einddatum").is_null() | (pl.col("Einddatum") <= pl.col("Ingangsdatum"))
    )
    valid = newest.filter(~ended.fill_null(value=False) & ~withdrawn)
    records = sent.select("record", "sender", "Bsn", "Besluitnummer", "day").unique()
    expected = records.join(valid.select(*item, "day"), on=["sender", "Bsn", "Besluitnummer", "day"])
    missing = expected.join(sent, on=["record", *item], how="anti")
    assert expected.height > 400
    assert missing.height == 0


def test_what_is_forwarded_was_told_the_day_before(mixed: Mixed) -> None:
    """What a zorgkantoor shows of another's came to it by ZK33; only those without that ZK33 lack it."""
    items = mixed.told.items
    copies = items.filter((pl.col("message") == "AW33") & (pl.col("sender") != pl.col("Zorgkantoor")))
    zk33 = items.filter(pl.col("message") == "ZK33").select(*KEY, *GIVEN, at="receiver", told_on="day")
    found = copies.join(zk33, left_on=[*KEY, *GIVEN, "sender"], right_on=[*KEY, *GIVEN, "at"])
    day_after = found.filter(pl.col("day").str.to_date() == pl.col("told_on").str.to_date().dt.offset_by("1d"))
    lacking = copies.join(day_after, on="record", how="anti")
    assert day_after.height > 0
    assert lacking["Bsn"].n_unique() == mixed.population.traits["ex10_no_zk33"].clients > 0


def test_messages_go_on_workdays(mixed: Mixed) -> None:
    """Monday to Friday, and before 1.2 was closed down."""
    days = mixed.told.clients["day"].str.to_date()
    assert days.dt.weekday().max() <= 5  # type: ignore[operator]
    assert load("1.2").in_use.end is not None
    assert days.max() <= load("1.2").in_use.end  # type: ignore[operator]


def test_messages_are_of_all_sizes(mixed: Mixed) -> None:
    """From one client to more than fifty."""
    sizes = mixed.told.clients.group_by("file").len()["len"]
    assert sizes.min() == 1
    assert sizes.max() > 50  # type: ignore[operator]


def test_shares_are_those_asked(tmp_path: Path) -> None:
    """Of 5,000 clients, within what chance allows. A course that is told later brings a second round by itself."""
    population = make(tmp_path, 5000, standard_proportions(), seed=21)
    assert population.regions == {"5501": 5000}
    off = {}
    for group in standard_proportions().groups.values():
        for name, trait in group.traits.items():
            count = population.traits[name]
            if name == group.rest or group.name == "rounds":
                continue
            spread = sqrt(count.among * trait.share * (1 - trait.share))
            if abs(count.clients - count.among * trait.share) > SIGMAS * spread + 1:
                off[name] = (count, trait.share)
    assert off == {}


def test_the_account_adds_up(mixed: Mixed) -> None:
    """population.json says what was asked, what came of it, where shares come from, and that nobody exists."""
    account = json.loads((mixed.folder / ACCOUNT).read_text(encoding="utf-8"))
    assert account["statement"].startswith("Fictitious")
    assert (account["seed"], account["clients"], sum(account["regions"].values())) == (11, 3000, 3000)
    assert account["messages"]["AW33"]["records"] == mixed.told.clients.filter(message="AW33").height
    assert account["messages"]["ZK33"]["files"] == mixed.told.clients.filter(message="ZK33")["file"].n_unique()
    assert {trait["source"] for trait in account["traits"].values()} <= set(account["sources"])
    plans = [trait["clients"] for trait in account["traits"].values() if trait["group"] == "plan"]
    assert sum(plans) == 3000


@pytest.mark.slow
def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """Whether teams work one after another, side by side, or in other processes."""
    with threads(1) as one, threads(3) as three, executor(2) as processes:
        for name, pool in (("one", one), ("three", three), ("processes", processes)):
            populate(tmp_path / name, 5100, pool, lambda *_: None, regions=3, seed=5, proportions=plain())
    first = contents(tmp_path / "one")
    assert len(first) > 100
    assert first == contents(tmp_path / "three") == contents(tmp_path / "processes")


def test_another_seed_another_population(tmp_path: Path) -> None:
    """Not a single message is the same."""
    make(tmp_path / "a", 50, standard_proportions(), seed=1)
    make(tmp_path / "b", 50, standard_proportions(), seed=2)
    ours, theirs = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert set(ours.values()).isdisjoint(theirs.values())


@pytest.mark.slow
def test_the_country_has_all_regions(tmp_path: Path) -> None:
    """As many zorgkantoren send as the code list has, each about its own clients."""
    population = make(tmp_path, 1000, plain(), regions=32)
    assert set(population.regions) == set(load("1.2").types["LDT_ZorgkantoorCode"].codes)
    assert {folder.name for folder in tmp_path.iterdir() if folder.is_dir()} == set(population.regions)


def test_a_client_that_cannot_be_read(tmp_path: Path) -> None:
    """EX06: the client records are not valid, and nothing else is."""
    population = make(tmp_path, 40, plain().with_shares({"ex06_client": 0.5}))
    reports = [validate(source, rules=False) for source in find_sources([str(tmp_path)])]
    wrong = {location for report in reports for finding in report.findings for location in finding.locations}
    assert sum(report.total for report in reports) == population.traits["ex06_client"].clients > 0
    assert all(location.endswith("/Geslacht") for location in wrong)


def test_a_message_that_cannot_be_read(tmp_path: Path) -> None:
    """EX06: the header is not valid; the clients of such a message are in no other."""
    population = make(tmp_path, 40, plain().with_shares({"ex06_message": 0.5}))
    reports = [validate(source, rules=False) for source in find_sources([str(tmp_path)])]
    bad = [report for report in reports if report.verdict == "invalid"]
    assert sum(report.clients for report in bad) == population.traits["ex06_message"].clients > 0
    assert {finding.locations for report in bad for finding in report.findings} == {
        ("/Bericht/Header/BerichtSubversie",)
    }


def test_an_earlier_population_gives_way(tmp_path: Path) -> None:
    """No message of it stays behind."""
    make(tmp_path, 60, plain(), seed=1)
    make(tmp_path, 20, plain(), seed=2)
    assert told(tmp_path).clients["Bsn"].n_unique() == 20


def test_what_an_interrupted_one_left_gives_way(tmp_path: Path) -> None:
    """Nothing: whoever stops it half-way can run the same command again."""

    def stop(step: str, done: int, _: int) -> None:
        if step == "make" and done:
            raise KeyboardInterrupt

    with threads(1) as pool, pytest.raises(KeyboardInterrupt):
        populate(tmp_path, 6000, pool, stop, proportions=plain())
    assert not list(tmp_path.iterdir())
    make(tmp_path, 20, plain(), seed=2)
    assert told(tmp_path).clients["Bsn"].n_unique() == 20


def test_what_is_no_population_stays(tmp_path: Path) -> None:
    """A folder with something else in it is refused, and left as it is."""
    (tmp_path / "precious.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(UsageError, match="holds something that is no population"):
        make(tmp_path, 10, plain())
    assert [file.name for file in tmp_path.iterdir()] == ["precious.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"release": "2.0"}, "in release 1.2 only, not in 2.0"),
        ({"release": "9"}, "There is no release '9'"),
        ({"regions": 33}, "There are 32 regions, not 33"),
    ],
)
def test_what_there_is_not(tmp_path: Path, arguments: dict[str, object], message: str) -> None:
    """What cannot be made is refused before anything is written."""
    with threads(1) as pool, pytest.raises(UsageError, match=message):
        populate(tmp_path / "out", 10, pool, lambda *_: None, **arguments)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()
