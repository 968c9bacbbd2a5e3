"""Vector channel: an encoder in SentenceTransformer's own format, and a faiss index over its vectors.

The encoder that ships is a static one over our tokens, read here by numpy alone; any other folder or hub model named in
TIAOWEN_ENCODER goes through sentence-transformers.
"""

import hashlib
import json
import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tiaowen.errors import EncoderError
from tiaowen.index.late import Late
from tiaowen.index.late import load as load_late
from tiaowen.index.tokens import tokens

Floats = npt.NDArray[np.float32]
SHIPPED = Path(__file__).resolve().parents[2] / "models" / "encoder"
_DTYPES = {"F16": np.float16, "F32": np.float32}


class Encoder(Protocol):
    """What turns texts into unit vectors; `id` says which one built an index."""

    @property
    def id(self) -> str:
        """Return what an index records of the encoder that built it."""
        ...

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Floats:
        """Return vectors of shape (len(texts), dim), each of length 1 or all zero."""
        ...


@dataclass(frozen=True, eq=False)
class StaticEncoder:
    """A token table and its mean: what StaticEmbedding + Normalize compute, without torch."""

    id: str
    vocabulary: dict[str, int]
    rows: npt.NDArray[Any]

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Floats:
        """Return the normalised mean of the rows of each text's known tokens."""
        out = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        for i, text in enumerate(texts):
            found = [row for token in tokens(text) if (row := self.vocabulary.get(token)) is not None]
            if found:
                vector = self.rows[found].astype(np.float32).mean(axis=0)
                length = float(np.linalg.norm(vector))
                out[i] = vector / length if length else vector
        return out

    def numbers(self, found: Iterable[str]) -> npt.NDArray[np.int64]:
        """Return the row numbers of the known tokens, each once, in order."""
        known = dict.fromkeys(row for token in found if (row := self.vocabulary.get(token)) is not None)
        return np.fromiter(known, dtype=np.int64, count=len(known))

    @cached_property
    def late(self) -> Late | None:
        """Return the rows for late interaction that were made for this encoder; None where there are none."""
        return load_late(self.id)


class ModelEncoder:
    """Any SentenceTransformer model, by folder or hub name."""

    def __init__(self, name: str, settings: dict[str, Any]) -> None:
        """Load the model; raises EncoderError with what to do."""
        try:
            from sentence_transformers import SentenceTransformer

            self.model = SentenceTransformer(name)
        except Exception as error:
            raise EncoderError(f"向量模型 {name} 无法加载（{type(error).__name__}），请检查 TIAOWEN_ENCODER。") from error
        self.id = f"model:{name}"
        self.tokens = settings.get("input") == "tokens"
        self.prompt: str = settings.get("query_prompt", "")

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Floats:
        """Return normalised vectors; a query gets the model's query prompt."""
        ready = [" ".join(tokens(t)) if self.tokens else (self.prompt + t if query else t) for t in texts]
        out = self.model.encode(ready, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(out, dtype=np.float32)


def chosen() -> str:
    """Return the encoder's folder or hub name: TIAOWEN_ENCODER, else the one that ships."""
    return os.environ.get("TIAOWEN_ENCODER") or str(SHIPPED)


@cache
def load(name: str) -> Encoder:
    """Return the encoder of a folder or hub name; raises EncoderError."""
    folder = Path(name)
    settings = _settings(folder)
    if folder.is_dir() and settings.get("input") == "tokens" and not settings.get("transformer"):
        return _static(folder, settings)
    if folder.is_absolute() and not folder.is_dir():
        raise EncoderError(f"找不到向量模型目录 {name}，请检查 TIAOWEN_ENCODER。")
    if folder.is_dir() and not any((folder / known).is_file() for known in ("modules.json", "config.json")):
        raise EncoderError(f"{name} 里没有向量模型，请检查 TIAOWEN_ENCODER。")
    return ModelEncoder(name, settings)


def identity(name: str) -> str:
    """Return the id of an encoder without loading it."""
    folder = Path(name)
    settings = _settings(folder)
    if folder.is_dir() and settings.get("input") == "tokens" and not settings.get("transformer"):
        return f"static:{settings.get('sha256', '')[:16]}"
    return f"model:{name}"


def _settings(folder: Path) -> dict[str, Any]:
    path = folder / "encoder.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
    except (OSError, ValueError):
        raise EncoderError(f"{path} 不是有效的 JSON，请重新取得向量模型。") from None


def _static(folder: Path, settings: dict[str, Any]) -> StaticEncoder:
    weights = next(iter(sorted(folder.rglob("*.safetensors"))), None)
    vocabulary = next(iter(sorted(folder.rglob("tokenizer.json"))), None)
    if weights is None or vocabulary is None:
        raise EncoderError(f"向量模型目录 {folder} 不完整，请重新取得。")
    try:
        model = json.loads(vocabulary.read_text(encoding="utf-8"))["model"]
        known = {token: row for token, row in model["vocab"].items() if token != model.get("unk_token")}
        table = _read_table(weights)
    except (OSError, ValueError, KeyError, StopIteration, struct.error) as error:
        raise EncoderError(f"向量模型目录 {folder} 的文件已损坏，请重新取得。") from error
    return StaticEncoder(f"static:{settings.get('sha256', '')[:16]}", known, table)


def _read_table(path: Path) -> npt.NDArray[Any]:
    """Return the one matrix of a safetensors file, memory mapped (header: 8 bytes length, JSON)."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    entry = next(v for k, v in header.items() if k != "__metadata__" and len(v["shape"]) == 2)
    start = 8 + length + entry["data_offsets"][0]
    return np.memmap(path, dtype=_DTYPES[entry["dtype"]], mode="r", offset=start, shape=tuple(entry["shape"]))


def file_hash(path: Path) -> str:
    """Return the sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build(vectors: Floats) -> Any:
    """Return an exact inner-product faiss index over vectors of shape (n, dim)."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def vectors_of(index: Any) -> Floats:
    """Return the vectors of an index, shape (n, dim), as they were added."""
    return np.asarray(index.reconstruct_n(0, index.ntotal), dtype=np.float32).reshape(index.ntotal, index.d)


def scores(index: Any, vector: Floats) -> Floats:
    """Return the cosine of one query vector with every passage, shape (n,).

    The sums are those of the flat index's own search, to the bit, without its sorting of all passages.
    """
    import faiss

    out = np.zeros(index.ntotal, dtype=np.float32)
    query = np.ascontiguousarray(vector, dtype=np.float32)
    if index.ntotal:
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            faiss.swig_ptr(out), faiss.swig_ptr(query), index.get_xb(), index.d, index.ntotal)
    return out
