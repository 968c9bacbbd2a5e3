"""Generations on disk: built beside the serving one, switched in one step, opened only when every hash matches.

index/<generation>/  manifest.json, documents.jsonl, passages.jsonl, duties.jsonl, vocabulary.json, *.npy, vectors.faiss
index/CURRENT        the name of the generation that serves
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from tiaowen.errors import IndexDamagedError, IndexMissingError
from tiaowen.index.dense import file_hash
from tiaowen.index.lexical import Lexical
from tiaowen.model import Document, DutyFrame, Passage

FORMAT = 2
ARRAYS = ("indptr", "indices", "impacts", "idf", "counts")
KEPT_GENERATIONS = 2
HOW_TO_BUILD = "还没有索引，请先运行：python ingest.py"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and was built from; `channels` names the search channels that are there, `parts` the
    state of each document's folder, in order.
    """

    format: int
    corpus: str
    encoder: str | None
    channels: tuple[str, ...]
    hashes: dict[str, str]
    coverage: dict[str, float] = field(default_factory=dict)
    created: str = ""
    code: str = ""
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Generation:
    """An opened generation: everything the read side needs, in memory."""

    name: str
    manifest: Manifest
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    duties: tuple[DutyFrame, ...]
    lexical: Lexical
    vectors: Any | None


def fingerprint(folders: Iterable[Path]) -> str:
    """Return one hash over the bytes of every file in the document folders: the state of a corpus."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.is_file()):
            digest.update(f"{folder.name}/{path.name}:{file_hash(path)}\n".encode())
    return digest.hexdigest()


def code_state() -> str:
    """Return one hash over the code and tables that turn a corpus into an index: a new release builds anew."""
    package = Path(__file__).resolve().parents[1]
    rooms = ("rules", "read", "parse", "duty", "index")
    files = [p for room in rooms for p in sorted((package / room).iterdir()) if p.suffix in (".py", ".toml", ".txt")]
    return hashlib.sha256("".join(file_hash(p) for p in files).encode()).hexdigest()


def write(index: Path, *, manifest: Manifest, documents: tuple[Document, ...], passages: tuple[Passage, ...],
          duties: tuple[DutyFrame, ...], lexical: Lexical, vectors: Any | None) -> Path:
    """Write a generation beside the others, verify it, make it current; returns its folder."""
    index.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=index))
    try:
        _write_lines(work / "documents.jsonl", documents)
        _write_lines(work / "passages.jsonl", passages)
        _write_lines(work / "duties.jsonl", duties)
        (work / "vocabulary.json").write_text(json.dumps(list(lexical.vocabulary), ensure_ascii=False), "utf-8")
        for name in ARRAYS:
            np.save(work / f"{name}.npy", getattr(lexical, name), allow_pickle=False)
        if vectors is not None:
            import faiss

            faiss.write_index(vectors, str(work / "vectors.faiss"))
        hashes = {path.name: file_hash(path) for path in sorted(work.iterdir())}
        full = replace(manifest, hashes=hashes)
        (work / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(full), indent=1))
        name = _name(index, hashes, full)
        final = index / name
        os.chmod(work, 0o755)
        os.replace(work, final)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    set_current(index, final.name)
    _prune(index)
    return final


def _name(index: Path, hashes: dict[str, str], manifest: Manifest) -> str:
    """Name a generation by a running number and its content."""
    taken = [int(p.name.split("-")[1]) for p in index.glob("gen-*-*") if p.name.split("-")[1].isdigit()]
    content = hashlib.sha256(json.dumps(hashes, sort_keys=True).encode() + manifest.corpus.encode()).hexdigest()
    return f"gen-{max(taken, default=0) + 1:06d}-{content[:8]}"


def set_current(index: Path, name: str) -> None:
    """Make a generation the serving one, in one atomic step."""
    pointer = index / ".CURRENT.new"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, index / "CURRENT")


def current(index: Path) -> str | None:
    """Return the name of the serving generation, None when there is none."""
    try:
        return (index / "CURRENT").read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def read_manifest(folder: Path) -> Manifest:
    """Return a generation's manifest; raises IndexDamagedError."""
    try:
        manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise IndexDamagedError(f"索引 {folder.name} 已损坏（manifest.json），请重新运行：python ingest.py") from error
    if manifest.format != FORMAT:
        raise IndexDamagedError(f"索引 {folder.name} 是旧格式，请重新运行：python ingest.py")
    return manifest


def open_generation(folder: Path) -> Generation:
    """Return an opened generation; raises IndexDamagedError when a file is missing or does not match its hash."""
    manifest = read_manifest(folder)
    for name, expected in manifest.hashes.items():
        path = folder / name
        if not path.is_file() or file_hash(path) != expected:
            raise IndexDamagedError(f"索引 {folder.name} 的文件 {name} 已损坏，请重新运行：python ingest.py")
    try:
        return _opened(folder, manifest)
    except (OSError, ValueError, RuntimeError, msgspec.MsgspecError) as error:
        raise IndexDamagedError(f"索引 {folder.name} 的文件已损坏，请重新运行：python ingest.py") from error


def _opened(folder: Path, manifest: Manifest) -> Generation:
    vocabulary = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    passages = tuple(_read_lines(folder / "passages.jsonl", Passage))
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
              for name in ARRAYS}
    lexical = Lexical({t: i for i, t in enumerate(vocabulary)}, arrays["indptr"], arrays["indices"],
                      arrays["impacts"], arrays["idf"], len(passages), arrays["counts"])
    vectors = None
    if "vector" in manifest.channels:
        import faiss

        vectors = faiss.read_index(str(folder / "vectors.faiss"))
    return Generation(folder.name, manifest, tuple(_read_lines(folder / "documents.jsonl", Document)), passages,
                      tuple(_read_lines(folder / "duties.jsonl", DutyFrame)), lexical, vectors)


def open_current(index: Path) -> tuple[Generation, str | None]:
    """Return the serving generation, or the newest good one with a sentence that says so.

    Raises IndexMissingError when there is none at all, IndexDamagedError when none can be opened.
    """
    name = current(index)
    others = sorted((p.name for p in index.glob("gen-*-*") if p.is_dir()), reverse=True) if index.is_dir() else []
    candidates = [n for n in dict.fromkeys([name, *others]) if n]
    if not candidates:
        raise IndexMissingError(HOW_TO_BUILD)
    first_error: IndexDamagedError | None = None
    for candidate in candidates:
        try:
            generation = open_generation(index / candidate)
        except IndexDamagedError as error:
            first_error = first_error or error
            continue
        return generation, f"{first_error}；现用上一份完好的索引 {candidate} 作答" if first_error else None
    raise first_error or IndexMissingError(HOW_TO_BUILD)


def _write_lines(path: Path, values: Iterable[object]) -> None:
    with path.open("wb") as file:
        for value in values:
            file.write(msgspec.json.encode(value) + b"\n")


def _read_lines(path: Path, kind: type[Any]) -> Iterable[Any]:
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for line in file:
            yield decoder.decode(line)


def _prune(index: Path) -> None:
    keep = current(index)
    found = sorted((p for p in index.glob("gen-*-*") if p.is_dir()), key=lambda p: p.name, reverse=True)
    for folder in [p for p in found if p.name != keep][KEPT_GENERATIONS - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
