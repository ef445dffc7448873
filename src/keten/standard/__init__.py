"""Ground: releases as data, in all their schema versions, and what is derived from a release alone."""

from keten.standard.loading import UnknownRelease, load, load_as_of, load_versions, release_ids, release_of_namespace
from keten.standard.model import Classes, Element, Message, Party, Period, Release, SimpleType

__all__ = [
    "Classes",
    "Element",
    "Message",
    "Party",
    "Period",
    "Release",
    "SimpleType",
    "UnknownRelease",
    "load",
    "load_as_of",
    "load_versions",
    "release_ids",
    "release_of_namespace",
]
