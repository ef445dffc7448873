"""Proportions: groups add up, other shares can be asked, and the figures come out as their sources have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core import UsageError
from keten.population import read_proportions, standard_proportions
from keten.population.drawing.catalogue import catalogue
from keten.population.teams import regions
from keten.standard import load

STANDARD = standard_proportions()
EXCLUSIVE = {name: group for name, group in STANDARD.groups.items() if group.rest is not None}

FAMILIES = {
    "stay": ["verblijf*", "partner_stay"],
    "vpt": ["vpt", "vpt_and_functies"],
    "mpt": [
        "mpt_one",
        "mpt_two",
        "mpt_three",
        "mpt_and_treatment",
        "mpt_profile*",
        "indiceerbaar",
        "indiceerbaar_adl*",
    ],
    "pgb": ["pgb", "indiceerbaar_pgb"],
    "combination": ["mpt_and_pgb", "vpt_and_pgb"],
}
"""Plans by the totals of their source; a star stands for any ending."""

TEMPLATE = """
groups: {{care: {{one: {one}, traits: {{secret: {{share: {share}, source: x, means: y}}}}}}}}
sources: {sources}
regions: {{weights: {{}}}}
"""

MLZ2 = {"stay": 199_655, "vpt": 12_090, "mpt": 26_535, "pgb": 26_235}
COMBINATIONS_2017 = 4_520 / 320_030
MLZ1 = {"VV": 123_615, "GHZ": 73_505, "GGZ": 4_600}
HANDICAPPED = ("LVG", "VG", "LG", "ZG")


def family(name: str) -> float:
    """The share of all clients whose plan is of a family."""
    traits = STANDARD.groups["plan"].traits
    patterns = FAMILIES[name]
    exact = {one for one in patterns if not one.endswith("*")}
    begins = tuple(one[:-1] for one in patterns if one.endswith("*"))
    return sum(
        trait.share for trait in traits.values() if trait.name in exact or (begins and trait.name.startswith(begins))
    )


def test_plans_are_as_the_monitor_counts_them() -> None:
    """Each form of delivery within one percentage point, of all who have one."""
    everyone = sum(family(name) for name in FAMILIES)
    single = sum(MLZ2.values())
    for name, count in MLZ2.items():
        assert family(name) / everyone == pytest.approx(count / single * (1 - COMBINATIONS_2017), abs=0.01)
    assert family("combination") / everyone == pytest.approx(COMBINATIONS_2017, abs=0.01)


def test_sectors_are_as_the_monitor_counts_them() -> None:
    """The ZZPs of a sector together within half a percentage point."""
    shares = dict.fromkeys(MLZ1, 0.0)
    for code, sector in catalogue().codes.select("code", "sector").iter_rows():
        shares["GHZ" if sector in HANDICAPPED else sector] += STANDARD.traits[f"zzp_{code}"].share
    for sector, count in MLZ1.items():
        assert shares[sector] == pytest.approx(count / sum(MLZ1.values()), abs=0.005)


def test_every_plan_course_code_and_region_is_defined_and_has_a_share() -> None:
    """proportions.yaml, care.yaml, regions.yaml and the standard speak of the same things."""
    assert set(STANDARD.groups["plan"].traits) == set(catalogue().items["plan"]) == set(catalogue().units["plan"])
    assert set(STANDARD.groups["course"].traits) == set(catalogue().courses["course"])
    codes = set(load("1.2").types["LDT_ZzpCode"].codes)
    assert {name.removeprefix("zzp_") for name in STANDARD.groups["zzp"].traits} == codes - {"997", "999"}
    assert set(STANDARD.regions) == set(regions()) == set(load("1.2").types["LDT_ZorgkantoorCode"].codes)
    assert all(near in regions() for region in regions().values() for near in region.near)


@pytest.mark.parametrize("name", EXCLUSIVE)
def test_shares_of_a_group_add_up(name: str) -> None:
    """To one, where a client has exactly one of them."""
    assert sum(trait.share for trait in EXCLUSIVE[name].traits.values()) == pytest.approx(1)


@given(st.data())
def test_other_shares_leave_a_group_whole(data: st.DataObject) -> None:
    """What is asked is got, the rest gives way, and the group still adds up to one."""
    group = data.draw(st.sampled_from(list(EXCLUSIVE.values())))
    names = data.draw(st.lists(st.sampled_from(list(group.traits)), min_size=1, max_size=3, unique=True))
    asked = {name: data.draw(st.integers(0, 30)) / 100 for name in names}
    if set(names) == set(group.traits):
        asked[names[0]] += 1 - sum(asked.values())
    got = STANDARD.with_shares(asked).groups[group.name]
    assert sum(trait.share for trait in got.traits.values()) == pytest.approx(1)
    assert {name: got.traits[name].share for name in names} == asked


def test_without_exceptions() -> None:
    """No trait is left that the conversion cannot convert; all others stay, but for what gains their room."""
    without = STANDARD.without_exceptions().traits
    assert all(trait.share == 0 for trait in without.values() if trait.exception)
    assert without["secret"] == STANDARD.traits["secret"]


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({"happy": 0.5}, "There is no trait 'happy'"),
        ({"secret": 1.5}, "The share of 'secret' is not between 0 and 1"),
        ({"pgb": 0.6, "vpt": 0.6}, "The shares of group 'plan' add up to more than 1"),
    ],
)
def test_impossible_shares(shares: dict[str, float], message: str) -> None:
    """What cannot be asked is said."""
    with pytest.raises(UsageError, match=message):
        STANDARD.with_shares(shares)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: [", "is no YAML: while parsing"),
        ("bsn,instelling", "the file should be keys with values, and is a text"),
        ("groups: {}", "sources is missing"),
        (
            TEMPLATE.format(one="false", share="much", sources="{x: y}"),
            "groups.care.traits.secret.share should be a number from 0 to 1, or rest",
        ),
        (TEMPLATE.format(one="true", share="1", sources="{x: y}"), "needs one trait with share 'rest'"),
        (TEMPLATE.format(one="false", share="1", sources="{}"), "names a source that is not listed"),
        (TEMPLATE.format(one="false", share=".nan", sources="{x: y}"), "should be a number from 0 to 1"),
        (TEMPLATE.format(one="false", share="1e400", sources="{x: y}"), "should be a number from 0 to 1"),
        (TEMPLATE.format(one="false", share="1", sources="{x: y}"), "Trait .* of group .* is missing there"),
        ("[" * 100_000, "deep within each other"),
        ("a: &a [*a]", "refers from one place to another"),
    ],
)
def test_files_that_are_no_proportions(tmp_path: Path, text: str, said: str) -> None:
    """Named, with what is wrong; a trait without a source is wrong too. What to start from is named by its path."""
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=rf"mine\.yaml.*{said}") as refused:
        read_proportions(file)
    assert str(Path("keten/population/proportions.yaml")) in refused.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is not called YAML."""
    with pytest.raises(UsageError, match=r"mine\.yaml cannot be read: No such file or directory\."):
        read_proportions(tmp_path / "mine.yaml")


def test_proportions_of_ones_own(tmp_path: Path) -> None:
    """A file with other shares counts instead of keten's."""
    source = Path(__file__).parents[3] / "src" / "keten" / "population" / "proportions.yaml"
    text = source.read_text(encoding="utf-8").replace("secret: { share: 0.008", "secret: { share: 0.5")
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    assert read_proportions(file) == STANDARD.with_shares({"secret": 0.5})
