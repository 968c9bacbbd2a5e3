"""When a printed title or number names a held document: exactly, or not at all."""

import re

from tiaowen.model import Citing, Document

_WIDTH = str.maketrans("（）〔〕﹝﹞[]【】〈〉－—–～~：", "()()()()()《》-----:")


def fold(words: str) -> str:
    """A title or number as it is compared: without white space, brackets and dashes of one form."""
    return re.sub(r"\s", "", words).translate(_WIDTH)


def same_title(first: str, second: str) -> bool:
    """Tell whether two titles name one text: exactly, but for spaces, forms of brackets, and 中华人民共和国 of a law."""
    return folded_title(first) == folded_title(second)


def folded_title(title: str) -> str:
    """Return a title as it is compared."""
    return fold(title).removeprefix("中华人民共和国")


def names(citing: Citing, document: Document, region: str | None) -> bool:
    """Tell whether a reference of a text of `region` names this held document."""
    meta = document.meta
    numbers = [fold(n) for n in (citing.number, meta.document_number) if n]
    if citing.title is None:
        return len(numbers) == 2 and numbers[0] == numbers[1]
    if not same_title(citing.title, meta.title) or (len(numbers) == 2 and numbers[0] != numbers[1]):
        return False
    if meta.stage and meta.stage not in citing.words:
        return False
    return len(numbers) == 2 or not fold(citing.title).startswith("关于") or _reaches(meta.region, region)


def _reaches(of: str | None, at: str | None) -> bool:
    """A text of a place is cited there and below; unknown places do not speak against it."""
    return of is None or at is None or of == "全国" or at == of or at.startswith(of + "/")
