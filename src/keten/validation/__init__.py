"""Judgement: structure (and rules) of a message -> findings; the forms of a report."""

from keten.validation.delivering import file_names, files_of, filing, hand_out, write_text
from keten.validation.findings import Finding
from keten.validation.reply_header import NoReply
from keten.validation.replying import NotAnswered, Reply, reply
from keten.validation.report import Report
from keten.validation.rules import Register, read_register
from keten.validation.validating import MOST_FINDINGS, Interrupted, validate, validate_all
from keten.validation.what_if import Refusal, Trial, WhatIf, what_if

__all__ = [
    "MOST_FINDINGS",
    "Finding",
    "Interrupted",
    "NoReply",
    "NotAnswered",
    "Refusal",
    "Register",
    "Reply",
    "Report",
    "Trial",
    "WhatIf",
    "file_names",
    "files_of",
    "filing",
    "hand_out",
    "read_register",
    "reply",
    "validate",
    "validate_all",
    "what_if",
    "write_text",
]
