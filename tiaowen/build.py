"""The write side on one screen: corpus folders -> documents -> frames -> passages -> both channels -> a generation."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tiaowen.duty.frames import frames
from tiaowen.errors import CorpusError, EncoderError
from tiaowen.index import dense, lexical, store
from tiaowen.index.passages import passages
from tiaowen.index.tokens import tokens
from tiaowen.model import Document
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
    """What an ingest did: `changed` is False where the index was already up to date."""

    changed: bool
    rows: tuple[Row, ...]
    generation: str
    notes: tuple[str, ...] = ()


def ingest(corpus: Path, index: Path, *, progress: Progress = lambda paths: paths, force: bool = False) -> Outcome:
    """Build a new generation from `corpus` and make it current; does nothing when neither corpus nor encoder changed.

    Raises CorpusError, ReadError or EncoderError; the serving generation is untouched then.
    """
    found = folders(corpus)
    if not found:
        raise CorpusError(f"语料目录 {corpus} 里没有文件夹，请按 corpus/<文件编号>/ 放入文件和 meta.toml。")
    state = store.fingerprint(found)
    name = store.current(index)
    if name and not force and _up_to_date(index / name, state):
        return Outcome(False, (), name)
    documents, rows, covered = _read(progress(found))
    return _write(index, state, linked(documents), rows, covered)


def _up_to_date(folder: Path, state: str) -> bool:
    try:
        manifest = store.open_generation(folder).manifest
    except Exception:
        return False
    name = dense.chosen()
    encoder = None if name == str(dense.SHIPPED) and not dense.SHIPPED.is_dir() else dense.identity(name)
    return manifest.corpus == state and manifest.encoder == encoder and manifest.code == store.code_state()


def _read(paths: Iterable[Path]) -> tuple[tuple[Document, ...], tuple[Row, ...], dict[str, float]]:
    documents: list[Document] = []
    rows: list[Row] = []
    covered: dict[str, float] = {}
    for path in paths:
        began = time.perf_counter()
        source = load(path)
        document = parse(source)
        if any(d.meta.id == document.meta.id for d in documents):
            raise CorpusError(f"文件编号 {document.meta.id} 出现了两次，请改其中一个目录名。")
        documents.append(document)
        covered[document.meta.id] = coverage(source, document)
        warnings = sum(1 for issue in document.issues if issue.level != "note")
        rows.append(Row(document.meta.id, document.meta.status, len(document.provisions), warnings,
                        time.perf_counter() - began))
    return tuple(documents), tuple(rows), covered


def _write(index: Path, state: str, documents: tuple[Document, ...], rows: tuple[Row, ...],
           covered: dict[str, float]) -> Outcome:
    found = tuple(p for document in documents for p in passages(document))
    texts = [f"{p.path}\n{p.text}" for p in found]
    notes: tuple[str, ...] = ()
    vectors, encoder = None, None
    try:
        model = dense.load(dense.chosen())
        vectors, encoder = dense.build(model.encode(texts)), model.id
    except EncoderError as error:
        notes = (f"{error}本次只建了词面检索。",)
    manifest = store.Manifest(store.FORMAT, state, encoder, ("lexical", "vector") if encoder else ("lexical",), {},
                              covered, datetime.now(UTC).isoformat(timespec="seconds"), store.code_state())
    folder = store.write(index, manifest=manifest, documents=documents, passages=found,
                         duties=tuple(f for d in documents for f in frames(d)),
                         lexical=lexical.build([tokens(t) for t in texts]), vectors=vectors)
    return Outcome(True, rows, folder.name, notes)
