"""Ground: releases as data, in all their schema versions, and what is derived from a release alone."""

from keten.standard.loading import UnknownRelease, load, load_as_of, load_versions, release_ids, release_of_namespace
from keten.standard.model import Classes, Element, Message, Party, Period, Release, SimpleType
from keten.standard.rule_texts import text_of
from keten.standard.rules import Line, Rule, Rules, Test, Tests, return_code, rules_of

__all__ = [
    "Classes",
    "Element",
    "Line",
    "Message",
    "Party",
    "Period",
    "Release",
    "Rule",
    "Rules",
    "SimpleType",
    "Test",
    "Tests",
    "UnknownRelease",
    "load",
    "load_as_of",
    "load_versions",
    "release_ids",
    "release_of_namespace",
    "return_code",
    "rules_of",
    "text_of",
]
