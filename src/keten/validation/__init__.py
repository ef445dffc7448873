"""Judgement: structure (and rules) of a message -> findings; the forms of a report."""

from keten.validation.findings import Finding
from keten.validation.report import Report
from keten.validation.tallying import Tally, tally_all
from keten.validation.validating import MOST_FINDINGS, Interrupted, validate

__all__ = ["MOST_FINDINGS", "Finding", "Interrupted", "Report", "Tally", "tally_all", "validate"]
