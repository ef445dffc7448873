"""Teams: every client belongs to one, none is too large, and regions get their share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.core import UsageError
from keten.population import standard_proportions
from keten.population.teams import CLIENTS_PER_TEAM, divided, first_regions, regions, teams


@given(st.integers(0, 10_000), st.lists(st.integers(1, 90), min_size=1, max_size=40))
def test_a_division_adds_up(total: int, weights: list[int]) -> None:
    """Each part is the exact one, rounded down or up."""
    parts = divided(total, [float(weight) for weight in weights])
    exact = [total * weight / sum(weights) for weight in weights]
    assert sum(parts) == total
    assert all(abs(part - one) < 1 for part, one in zip(parts, exact, strict=True))


@given(st.integers(0, 300_000), st.integers(1, 32))
def test_every_client_belongs_to_one_team(clients: int, count: int) -> None:
    """Teams follow each other without gaps, numbered in all and in their region, and none is too large."""
    found = list(teams(clients, first_regions(count), standard_proportions().regions))
    assert [team.number for team in found] == list(range(len(found)))
    assert [team.first for team in found] == [
        sum(team.clients for team in found[:place]) for place in range(len(found))
    ]
    assert sum(team.clients for team in found) == clients
    assert all(0 < team.clients <= CLIENTS_PER_TEAM for team in found)
    assert len({(team.region.code, team.number_in_region) for team in found}) == len(found)


def test_regions_come_in_the_order_of_the_code_list() -> None:
    """The first one is Groningen."""
    assert first_regions(2) == ["5501", "5502"]
    assert first_regions(32) == sorted(regions())


@pytest.mark.parametrize("count", [0, 33])
def test_there_are_32_regions(count: int) -> None:
    """Fewer than one or more than there are is refused."""
    with pytest.raises(UsageError, match=f"There are 32 regions, not {count}"):
        first_regions(count)
