"""What an index holds of one document: made anew, or taken from the last generation where nothing changed.

Guarantees: a generation joined from kept and new pieces equals one that is built from nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tiaowen.duty.frames import frames
from tiaowen.index import dense
from tiaowen.index.dense import Encoder, Floats
from tiaowen.index.lexical import Counts, count, joined
from tiaowen.index.passages import passages
from tiaowen.index.store import Generation
from tiaowen.index.tokens import tokens
from tiaowen.model import Document, DutyFrame, Passage


@dataclass(frozen=True, eq=False)
class Piece:
    """A document with its passages and frames; `counts` and `vectors` where made anew, else `kept`, its first row in the
    last generation.
    """

    document: Document
    covered: float
    passages: tuple[Passage, ...]
    duties: tuple[DutyFrame, ...]
    counts: Counts | None = None
    vectors: Floats | None = None
    kept: int = -1


def made(document: Document, covered: float, *, encoder: Encoder | None) -> Piece:
    """Return the piece of a parsed document: frames, passages, token counts, vectors."""
    found = passages(document)
    texts = [f"{p.path}\n{p.text}" for p in found]
    vectors = encoder.encode(texts) if encoder else None
    return Piece(document, covered, found, frames(document), count([tokens(t) for t in texts]), vectors)


def kept(generation: Generation, states: dict[str, str]) -> dict[str, Piece]:
    """Return the pieces of the documents whose folder is as it was when `generation` was built, by id."""
    rows: dict[str, tuple[int, tuple[Passage, ...]]] = {}
    start = 0
    for identity, group in groupby(generation.passages, key=lambda p: p.document):
        found = tuple(group)
        rows[identity] = (start, found)
        start += len(found)
    duties = {identity: tuple(group) for identity, group in groupby(generation.duties, key=lambda f: f.document)}
    same = [d for d in generation.documents if states.get(d.meta.id) == generation.manifest.parts.get(d.meta.id, "")]
    return {d.meta.id: Piece(d, generation.manifest.coverage[d.meta.id], rows.get(d.meta.id, (0, ()))[1],
                             duties.get(d.meta.id, ()), kept=rows.get(d.meta.id, (0, ()))[0]) for d in same}


def counts_of(pieces: Sequence[Piece], last: Generation | None) -> Counts:
    """Return the token counts of all pieces in their order."""
    size = sum(len(piece.passages) for piece in pieces)
    parts: list[tuple[Counts, np.ndarray[tuple[int, ...], np.dtype[np.int32]]]] = []
    old = np.full(last.lexical.size if last else 0, -1, dtype=np.int32)
    start = 0
    for piece in pieces:
        places = np.arange(start, start + len(piece.passages), dtype=np.int32)
        if piece.counts is not None:
            parts.append((piece.counts, places))
        else:
            old[piece.kept : piece.kept + len(places)] = places
        start += len(places)
    if last and (old >= 0).any():
        parts.insert(0, (last.lexical.counted(), old))
    return joined(parts, size)


def vectors_of(pieces: Sequence[Piece], last: Generation | None) -> Floats | None:
    """Return the vectors of all pieces in their order, None where there is none."""
    old = dense.vectors_of(last.vectors) if last and last.vectors is not None else None
    found = [piece.vectors if piece.counts is not None else
             None if old is None else old[piece.kept : piece.kept + len(piece.passages)] for piece in pieces]
    there = [vectors for vectors in found if vectors is not None and vectors.ndim == 2]
    return np.vstack(there) if there else None
