"""The modal word of a piece: 应当, 不得, 可以, 鼓励 and their classes.

Guarantees: the word is a slice; one that opens a clause (鼓励, 禁止) counts only where its verb stands.
"""

import re
from dataclasses import dataclass

from tiaowen.duty.patterns import leading, possible
from tiaowen.model import Span

MUST, MUST_NOT, MAY, ENCOURAGE, BARE = "应当", "不得", "可以", "鼓励", "任务"
_OTHER = re.compile(r"其他$")


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal word, its class and its row; the flags are those of the table."""

    span: Span
    kind: str
    rule: str
    opens: bool = False
    keeps: bool = False
    yields: bool = False


def modal(text: str, piece: Span, *, governed: bool = False, statute: bool = True) -> Modal | None:
    """Return the first modal word of a piece; words that open a clause count at its start only.

    `governed` (an item under 应当履行下列职责) leaves out 鼓励, 支持 and 负责, and what stands inside (迫使应当…的).
    Some words set a modality in a `statute` only: 倡导 is a plain task of a plan.
    """
    rows = possible("duty_modality", "modal", text, piece.start, piece.end)
    if not rows:
        return None
    skip = leading().match(text, piece.start, piece.end)
    start = skip.end() if skip else piece.start
    best: Modal | None = None
    for row in rows:
        opens = bool(row.values.get("opens"))
        if (opens and governed) or (row.values.get("statute") and not statute):
            continue
        at_start = opens or governed
        match = (row.pattern.match(text, start, piece.end) if at_start
                 else row.pattern.search(text, piece.start, piece.end))
        if match is None or _OTHER.search(text[piece.start : match.start()]):
            continue
        one = Modal(Span(match.start(), match.end()), str(row.values["class"]), row.id, opens,
                    bool(row.values.get("keeps")), bool(row.values.get("yields")))
        if best is None or one.span.start < best.span.start:
            best = one
    return best
