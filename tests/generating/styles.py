"""The many ways to write one document: prefixes, references, CDATA, comments, line ends, empty elements."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from keten.standard import Release
from tests.generating.documents import Part

DECLARATIONS = (
    "",
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<?xml version='1.0' encoding='utf-8'?>",
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>',
)
PREFIXES = (("m", "b"), ("", "b"), ("m", ""), ("aw", "iwlz"), ("b", "m"), ("ns2", "ns3"), ("é", "x-1.y"))
FOREIGN = (
    ("xmlns:foreign", "http://example.org/foreign"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
)
NOISE = (
    "<!-- -->",
    "<!--<m:Client></m:Client>-->",
    "<!-- </Client> ]]> & -->",
    "<?go <m:Client> ?>",
    "<?xml-stylesheet type='text/css'?>",
    "<!---->",
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is written.

    Prefixes of the message and the common types ("" is the default namespace); `local`: the common prefix is declared
    where it is used; `second`: the chance that a client bears another prefix than the others. Then the chances of noise
    (a comment or instruction) between elements and within text, of CDATA, of needless references, of a self-closing empty
    element, of space in tags; `odd`: the chance that a client is written oddly at all.
    """

    message: str = "m"
    common: str = "b"
    local: bool = False
    second: float = 0.0
    declaration: str = DECLARATIONS[1]
    line_end: str = "\n"
    indent: str = "  "
    noise: float = 0.0
    cdata: float = 0.0
    references: float = 0.0
    self_closing: float = 0.0
    roomy: float = 0.0
    odd: float = 1.0


PLAIN = Style()


def any_style(random: Random, *, plain: bool = False) -> Style:
    """A style at random; `plain`: without what the kernel leaves to the exact path."""
    message, common = random.choice(PREFIXES)
    oddness = [0.0] * 4 if plain else [random.choice((0.0, 0.0, 0.05, 0.5)) for _ in range(4)]
    return Style(
        message=message,
        common=common,
        local=not plain and random.random() < 0.15,
        second=0.0 if plain else random.choice((0.0, 0.0, 0.0, 0.5)),
        declaration=random.choice(DECLARATIONS),
        line_end=random.choice(("\n", "\r\n", "\r", "", "\n\n")),
        indent=random.choice(("", "  ", "\t")),
        references=random.choice((0.0, 0.05, 0.5)),
        noise=oddness[0],
        cdata=oddness[1],
        self_closing=oddness[2],
        roomy=oddness[3],
        odd=random.choice((0.2, 0.5, 1.0)),
    )


def written(release: Release, document: Part, style: Style, random: Random) -> bytes:
    """A document in a style, as bytes."""
    lines = [style.declaration] if style.declaration else []
    writer = _Writer(release, document.namespace, style, random)
    text = style.line_end.join([*lines, *writer.around(), *writer.element(document, 0, odd=True), *writer.around()])
    return text.encode()


class _Writer:
    """Writes the elements of one document."""

    def __init__(self, release: Release, message: str, style: Style, random: Random) -> None:
        self.style, self.random = style, random
        self.prefixes = {message: style.message, release.namespace: style.common}
        self.message, self.common = message, release.namespace

    def around(self) -> Iterator[str]:
        """Noise outside the root element."""
        if self.chance(self.style.noise):
            yield self.random.choice(NOISE[:4])

    def chance(self, share: float) -> bool:
        return share > 0 and self.random.random() < share

    def element(self, part: Part, depth: int, *, odd: bool, declared: bool = False) -> Iterator[str]:
        """The lines of an element; within a client that is not `odd` only line ends and references vary."""
        if part.name == "Client":
            odd = self.chance(self.style.odd)
            self.prefixes[self.message] = "second" if self.chance(self.style.second) else self.style.message
        space = self.style.indent * depth
        declares = self.style.local and part.namespace == self.common and not declared
        opening = self.name(part) + self.spaces(declares=declares, root=depth == 0) + part.attributes
        room = " " if odd and self.chance(self.style.roomy) else ""
        closing = f"</{self.name(part)}{room}>"
        if not part.parts and not part.loose and not part.text and odd and self.chance(self.style.self_closing):
            yield f"{space}<{opening}{room}/>"
        elif part.text is not None and not part.parts:
            yield f"{space}<{opening}{room}>{self.text(part.text, odd=odd)}{part.loose}{closing}"
        else:
            yield f"{space}<{opening}{room}>"
            for inner in part.parts:
                yield from self.element(inner, depth + 1, odd=odd, declared=declared or declares)
                if odd and self.chance(self.style.noise):
                    yield self.random.choice(NOISE)
            if part.name == "Clienten":
                self.prefixes[self.message] = self.style.message
            yield f"{part.loose}{space}{closing}"

    def name(self, part: Part) -> str:
        prefix = self.prefixes.get(part.namespace, "foreign")
        return f"{prefix}:{part.name}" if prefix else part.name

    def spaces(self, *, declares: bool, root: bool) -> str:
        """The namespaces that an element declares."""
        uris = list(self.prefixes) if root and not self.style.local else []
        if root and self.style.local:
            uris = [uri for uri in self.prefixes if uri != self.common]
        uris += [self.common] if declares else []
        attributes = [(f"xmlns:{self.prefixes[uri]}" if self.prefixes[uri] else "xmlns", uri) for uri in uris]
        attributes += [("xmlns:second", self.message), *FOREIGN] if root else []
        return "".join(f' {name}="{uri}"' for name, uri in attributes)

    def text(self, text: str, *, odd: bool) -> str:
        """A text, with references where they must or may stand, in CDATA, or cut by noise."""
        if not odd:
            return self.escaped(text)
        if "]]>" not in text and "\r" not in text and self.chance(self.style.cdata):
            return f"<![CDATA[{text}]]>"
        if self.chance(self.style.noise):
            cut = self.random.randint(0, len(text))
            return self.escaped(text[:cut]) + self.random.choice(NOISE) + self.escaped(text[cut:])
        return self.escaped(text)

    def escaped(self, text: str) -> str:
        return "".join(map(self.character, text)).replace("]]>", "]]&gt;")

    def character(self, char: str) -> str:
        """A character, or a reference to it."""
        needed = {"&": "&amp;", "<": "&lt;", "\r": "&#13;"}
        if not self.chance(self.style.references):
            return needed.get(char, char)
        named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;"}
        return self.random.choice(
            (named.get(char, f"&#{ord(char)};"), f"&#{ord(char)};", f"&#x{ord(char):x};", f"&#x{ord(char):X};")
        )
