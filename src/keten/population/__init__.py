"""Content: synthetic people, and the messages that zorgkantoren would have sent about them."""

from keten.population.accounting import ACCOUNT, Population
from keten.population.populating import populate
from keten.population.proportions import Proportions, read_proportions, standard_proportions

__all__ = ["ACCOUNT", "Population", "Proportions", "populate", "read_proportions", "standard_proportions"]
