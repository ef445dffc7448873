"""Random messages made from the release data alone, right and wrong, and what libxml2 says of them.

Nothing here is shared with the reader under test: documents are built from the classes of a release, values are those
that libxml2 accepts for their type, and the verdict on a whole document is libxml2's too.
"""

from tests.generating.breaking import break_bytes, break_document
from tests.generating.documents import Part, document
from tests.generating.judging import accepts, accepts_value, content, message_definitions, schema_versions
from tests.generating.styles import PLAIN, Style, any_style, written
from tests.generating.values import good_values, ordinary_values, tempting_values

__all__ = [
    "PLAIN",
    "Part",
    "Style",
    "accepts",
    "accepts_value",
    "any_style",
    "break_bytes",
    "break_document",
    "content",
    "document",
    "good_values",
    "message_definitions",
    "ordinary_values",
    "schema_versions",
    "tempting_values",
    "written",
]
