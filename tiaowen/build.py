"""The write side on one screen: corpus folders -> documents -> frames -> passages -> both channels -> a generation.

A document whose folder did not change since the last generation is taken from it: not read, parsed, framed or encoded.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tiaowen.errors import CorpusError, EncoderError, IndexDamagedError
from tiaowen.index import dense, lexical, store
from tiaowen.index.dense import Encoder
from tiaowen.index.pieces import Piece, counts_of, kept, made, vectors_of
from tiaowen.parse.document import coverage, parse
from tiaowen.parse.references import linked
from tiaowen.parse.source import folders, load

Progress = Callable[[Iterable[Path]], Iterable[Path]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table that an ingest ends with."""

    id: str
    status: str
    provisions: int
    warnings: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingest did: `changed` is False where the index was already up to date, `kept` counts unchanged documents."""

    changed: bool
    rows: tuple[Row, ...]
    generation: str
    notes: tuple[str, ...] = ()
    kept: int = 0


def ingest(corpus: Path, index: Path, *, progress: Progress = lambda paths: paths, force: bool = False) -> Outcome:
    """Build a new generation from `corpus` and make it current; does nothing when neither corpus nor encoder changed.

    Raises CorpusError, ReadError or EncoderError; the serving generation is untouched then.
    """
    found = folders(corpus)
    if not found:
        raise CorpusError(f"语料目录 {corpus} 里没有文件夹，请按 corpus/<文件编号>/ 放入文件和 meta.toml。")
    _check_ids(found)
    states = {path.name: store.fingerprint([path]) for path in found}
    state = store.fingerprint(found)
    last = None if force else _last(index)
    if last and last.manifest.corpus == state:
        return Outcome(False, (), last.name)
    encoder, notes = _encoder()
    pieces, rows = _pieces(progress(found), kept(last, states) if last else {}, encoder)
    name = _write(index, state, states, pieces, last, encoder)
    return Outcome(True, rows, name, notes, sum(piece.counts is None for piece in pieces))


def _check_ids(found: Iterable[Path]) -> None:
    seen: set[str] = set()
    for path in found:
        if path.name in seen:
            raise CorpusError(f"文件编号 {path.name} 出现了两次，请改其中一个目录名。")
        seen.add(path.name)


def _last(index: Path) -> store.Generation | None:
    """The serving generation where it is whole, and made by this code and this encoder."""
    name = store.current(index)
    if not name:
        return None
    chosen = dense.chosen()
    encoder = None if chosen == str(dense.SHIPPED) and not dense.SHIPPED.is_dir() else dense.identity(chosen)
    try:
        manifest = store.read_manifest(index / name)
        if (manifest.code, manifest.encoder) != (store.code_state(), encoder):
            return None
        return store.open_generation(index / name)
    except IndexDamagedError:
        return None


def _encoder() -> tuple[Encoder | None, tuple[str, ...]]:
    try:
        return dense.load(dense.chosen()), ()
    except EncoderError as error:
        return None, (f"{error}本次只建了词面检索。",)


def _pieces(paths: Iterable[Path], unchanged: dict[str, Piece], encoder: Encoder | None) -> tuple[list[Piece], tuple[Row, ...]]:
    pieces: list[Piece] = []
    rows: list[Row] = []
    for path in paths:
        began = time.perf_counter()
        piece = unchanged.get(path.name) or _made(path, encoder)
        pieces.append(piece)
        document = piece.document
        warnings = sum(1 for issue in document.issues if issue.level != "note")
        rows.append(Row(document.meta.id, document.meta.status, len(document.provisions), warnings,
                        time.perf_counter() - began))
    return pieces, tuple(rows)


def _made(path: Path, encoder: Encoder | None) -> Piece:
    source = load(path)
    document = parse(source)
    return made(document, coverage(source, document), encoder=encoder)


def _write(index: Path, state: str, states: dict[str, str], pieces: list[Piece], last: store.Generation | None,
           encoder: Encoder | None) -> str:
    documents = linked([piece.document for piece in pieces])
    found = vectors_of(pieces, last)
    vectors = dense.build(found) if found is not None else None
    manifest = store.Manifest(
        store.FORMAT, state, encoder.id if encoder else None, ("lexical", "vector") if encoder else ("lexical",), {},
        {piece.document.meta.id: piece.covered for piece in pieces}, datetime.now(UTC).isoformat(timespec="seconds"),
        store.code_state(), states)
    folder = store.write(index, manifest=manifest, documents=documents,
                         passages=tuple(p for piece in pieces for p in piece.passages),
                         duties=tuple(f for piece in pieces for f in piece.duties),
                         lexical=lexical.weighed(counts_of(pieces, last)), vectors=vectors)
    return folder.name
