"""Content: judges anybody's conversion from 1.2 to 2.0 by the conversion rules; shares no code with those who convert."""

from keten.acceptance.codes import Code, codes
from keten.acceptance.judgement import Judgement, accept
from keten.acceptance.settings import Settings, with_file

__all__ = ["Code", "Judgement", "Settings", "accept", "codes", "with_file"]
