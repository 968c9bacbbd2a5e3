"""Writes the encoder as a folder of stock sentence-transformers modules."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from training.lexical import Floats

UNKNOWN = "[UNK]"  # row 0, all zeros: an unknown token adds nothing to the sum, and the length is normalised away


def tokenizer(names: Sequence[str]) -> Tokenizer:
    """Return the tokenizer of blank-joined tokens: row i + 1 belongs to names[i]."""
    vocabulary = {UNKNOWN: 0} | {name: i + 1 for i, name in enumerate(names)}
    built = Tokenizer(WordLevel(vocabulary, unk_token=UNKNOWN))
    built.pre_tokenizer = WhitespaceSplit()
    return built


def scaled(rows: Floats) -> npt.NDArray[np.float16]:
    """Return the rows in float16, scaled to a mean length of 4: far from both ends of the format."""
    rows = rows.copy()
    rows[0] = 0
    return np.asarray(rows * (4 / np.linalg.norm(rows[1:], axis=1).mean()), np.float16)


def save(rows: Floats, names: Sequence[str], out: Path, facts: dict[str, object]) -> None:
    """Write the folder beside its place, then move it there: a reader never meets half a model."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".encoder-", dir=out.parent))
    module = StaticEmbedding(tokenizer(names), embedding_weights=torch.from_numpy(rows))
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    model.save(str(fresh), create_model_card=False)
    weights = fresh / "model.safetensors"
    # The file says "embeddings" (float16) and "weights" (ones): the module then computes in float32. A single float16
    # table would be summed in float16, and a text without known tokens would come out as NaN instead of zeros.
    weights.unlink()
    save_file({"embeddings": scaled(rows), "weights": np.ones(len(rows), np.float32)}, weights)
    weights.chmod(0o644)
    note = facts | {"sha256": hashlib.sha256(weights.read_bytes()).hexdigest()}
    (fresh / "encoder.json").write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.chmod(fresh, 0o755)
    old = out.with_name(out.name + ".old")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)
