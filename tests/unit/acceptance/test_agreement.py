"""The judge and the conversion agree: they read the same law and share no code."""

from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keten.acceptance import Judgement, Settings
from keten.conversion import Settings as ConversionSettings
from keten.conversion import convert
from keten.conversion.settings import HomePreference
from keten.messages import find_sources
from keten.population import populate, standard_proportions
from keten.standard.tariffs import Tariffs, shipped_tariffs
from tests.unit.acceptance.judging import judged
from tests.unit.acceptance.mutating import spoil
from tests.unit.conversion.notation import Case, cases
from tests.unit.conversion.outcome import run
from tests.unit.conversion.outcome import settings_of as conversion_settings
from tests.unit.threads import threads

RARE = 0.02
"""The share that rare traits are given, so that a small population has them all."""


def settings_like(chosen: ConversionSettings) -> Settings:
    """The judge's settings that say what those of a conversion say."""
    return Settings(
        cutover=chosen.cutover,
        assigned=chosen.assigned,
        dagtekening=chosen.dagtekening,
        to=chosen.to,
        home_preference=chosen.home_preference,
        partners=chosen.partners,
        tariffs=chosen.tariffs,
    )


def told(judgement: Judgement) -> list[str]:
    """What was found, in a line each."""
    return [f"{row['code']} {row['before_file']}: {row['text']}" for row in judgement.findings.iter_rows(named=True)]


def _wishes(case: Case) -> str:
    """What a case wishes of the settings; a partner is named by the Bsn of one client only."""
    own = case.number if "partners" in case.raw.get("settings", {}) else ""
    return f"{own} {case.raw.get('options')} {case.raw.get('settings')} {case.raw.get('tariffs')}"


@pytest.mark.slow
def test_nothing_is_found_in_any_case_of_the_law(tmp_path: Path) -> None:
    """Every case of the conversion rules, converted: the judge has nothing to say."""
    for number, (_, some) in enumerate(groupby(sorted(cases(), key=_wishes), _wishes)):
        together, folder = list(some), tmp_path / str(number)
        chosen = conversion_settings(together[0])
        run(together, chosen, folder)
        assert told(judged(folder / "in", folder / "out", settings_like(chosen))) == []


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    clients=st.integers(1, 400),
    regions=st.integers(1, 4),
    home_preference=st.sampled_from(["list", "mpt"]),
    tariffs=st.sampled_from([None, *shipped_tariffs()]),
    to=st.sampled_from(["2.0", "2.0@1.4"]),
    spoiled=st.sampled_from([0.0, 0.1, 0.3]),
)
def test_nothing_is_found_in_what_the_conversion_made(  # noqa: PLR0917 hypothesis names them
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    clients: int,
    regions: int,
    home_preference: HomePreference,
    tariffs: Tariffs | None,
    to: str,
    spoiled: float,
) -> None:
    """For any population, with everything rare in it, also with what nobody would send, whatever the parties agreed."""
    folder = tmp_path_factory.mktemp("population")
    rare = {name: RARE for name, trait in standard_proportions().traits.items() if 0 < trait.share < RARE}
    chosen = ConversionSettings(to=to, home_preference=home_preference, tariffs=tariffs)
    with threads(1) as pool:
        proportions = standard_proportions().with_shares(rare)
        populate(folder / "in", clients, pool, _quiet, regions=regions, seed=seed, proportions=proportions)
        spoil(folder / "in", seed, spoiled)
        sources = list(find_sources([str(folder / "in")]))
        convert(sources, folder / "out", chosen, pool, _quiet)
    if not list(find_sources([str(folder / "out")])):
        return
    assert told(judged(folder / "in", folder / "out", settings_like(chosen))) == []


def _quiet(*_: object) -> None:
    """Tells nobody how far the work is."""
