"""Two texts -> what was kept, deleted and added, cut between words and never inside one.

Guarantees: the ranges of each side tile what they cover in order, white space between them aside; ranges that are kept read the
same on both sides once width and white space are left aside; the same texts give the same ranges.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tiaowen.index.segment import segmenter
from tiaowen.index.tokens import fold
from tiaowen.model import Span

KEPT, DELETED, ADDED = "kept", "deleted", "added"
_ISLAND = 1  # characters: a shorter kept piece between two changes is read as changed (的, a comma)

Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A range of one of two texts: kept, deleted (of the one before) or added (of the one after)."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of both texts: either side is None where the other stands alone."""

    kind: str
    before: Span | None
    after: Span | None


def changes(before: str, one: Sequence[Span], after: str, other: Sequence[Span]) -> tuple[Change, ...]:
    """Return the stretches that lead from ranges of one text to ranges of another, in order; offsets are of the texts."""
    first, second = _tokens(before, one), _tokens(after, other)
    matcher = SequenceMatcher(None, [t[0] for t in first], [t[0] for t in second], autojunk=False)
    out: list[Change] = []
    for kind, a, b, c, d in _joined(matcher.get_opcodes(), first):
        out.append(Change(KEPT if kind == "equal" else "changed", _range(first, a, b), _range(second, c, d)))
    return tuple(out)


def parts(found: Sequence[Change], *, after: bool) -> tuple[Part, ...]:
    """Return one side of the changes: kept and deleted of the text before, or kept and added of the text after."""
    changed = ADDED if after else DELETED
    sides = [(c.kind, c.after if after else c.before) for c in found]
    return tuple(Part(KEPT if kind == KEPT else changed, span) for kind, span in sides if span)


def share_kept(found: Sequence[Change]) -> float:
    """Return the share of the text after that is kept, in characters of its ranges; 0 where it is empty."""
    sides = [(c.kind, c.after.end - c.after.start) for c in found if c.after]
    return sum(n for kind, n in sides if kind == KEPT) / max(1, sum(n for _, n in sides))


def _tokens(text: str, spans: Sequence[Span]) -> list[Token]:
    """Words, numbers and marks of some ranges, folded, with their places; white space is none."""
    out: list[Token] = []
    for span in spans:
        start = span.start
        for word in segmenter().lcut(text[span.start : span.end]):
            if word.strip():
                out.append((fold(word), start, start + len(word)))
            start += len(word)
    return out


def _range(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    return Span(tokens[start][1], tokens[end - 1][2]) if end > start else None


def _joined(codes: Sequence[tuple[str, int, int, int, int]], first: Sequence[Token]) -> Iterator[tuple[str, int, int, int, int]]:
    """The stretches with changes joined across a kept island of one character: what is left would not read as kept."""
    held: tuple[str, int, int, int, int] | None = None
    for n, (kind, a, b, c, d) in enumerate(codes):
        island = kind == "equal" and sum(t[2] - t[1] for t in first[a:b]) <= _ISLAND and 0 < n < len(codes) - 1
        if kind == "equal" and not island:
            if held:
                yield held
                held = None
            yield kind, a, b, c, d
        else:
            held = ("replace", held[1], b, held[3], d) if held else ("replace", a, b, c, d)
    if held:
        yield held
