"""Form: any message of any release as tables, and back; chunks of whole clients; limits against hostile input."""

from keten.messages.chunks import Batch
from keten.messages.defects import Defect
from keten.messages.keeping import twice
from keten.messages.layout import CLIENT, HEADER, Column, Layout, Node, Table, layout_of
from keten.messages.limits import LIMITS, Limits
from keten.messages.looks import MESSAGE, SHEET
from keten.messages.reading import Reading, read
from keten.messages.sources import Aside, Found, Source, find_sources, told_aside
from keten.messages.tables import Tables
from keten.messages.walking import UnreadablePath
from keten.messages.writing import clients_xml, headers_xml, write, write_xml

__all__ = [
    "CLIENT",
    "HEADER",
    "LIMITS",
    "MESSAGE",
    "SHEET",
    "Aside",
    "Batch",
    "Column",
    "Defect",
    "Found",
    "Layout",
    "Limits",
    "Node",
    "Reading",
    "Source",
    "Table",
    "Tables",
    "UnreadablePath",
    "clients_xml",
    "find_sources",
    "headers_xml",
    "layout_of",
    "read",
    "told_aside",
    "twice",
    "write",
    "write_xml",
]
