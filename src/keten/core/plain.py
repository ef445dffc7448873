"""Texts from outside, made harmless for who reads them: on a screen, in a page, in a spreadsheet."""


def plain(text: str) -> str:
    r"""A text with nothing in it that a screen or a parser would act on: what cannot be printed is spelled out.

    >>> plain("a\x1b[31m.xml")
    'a\\x1b[31m.xml'
    """
    return text if text.isprintable() else "".join(one if one.isprintable() else _spelled(one) for one in text)


def _spelled(one: str) -> str:
    return one.encode("unicode_escape").decode()
