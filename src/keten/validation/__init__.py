"""Judgement: structure (and rules) of a message -> findings; the forms of a report."""

from keten.validation.delivering import file_names, hand_out, writing_whole
from keten.validation.findings import Finding
from keten.validation.heading import NoReply
from keten.validation.replying import NotAnswered, Reply, reply
from keten.validation.report import Report
from keten.validation.tallying import Tally, tally_all
from keten.validation.validating import MOST_FINDINGS, Interrupted, validate, validate_all

__all__ = [
    "MOST_FINDINGS",
    "Finding",
    "Interrupted",
    "NoReply",
    "NotAnswered",
    "Reply",
    "Report",
    "Tally",
    "file_names",
    "hand_out",
    "reply",
    "tally_all",
    "validate",
    "validate_all",
    "writing_whole",
]
