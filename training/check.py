"""Reads the encoder with numpy alone and checks that it equals SentenceTransformer's."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]
_TYPES = {"F16": np.float16, "F32": np.float32}


def read_rows(folder: Path) -> Rows:
    """Return the weights as a read-only memory map, tokens × dimensions.

    A safetensors file is the length of a JSON header (8 bytes, little endian), the header, then the tensors.
    Beside the float16 "embeddings" it holds "weights", all ones: they only make the stock module compute in float32.
    """
    path = folder / "model.safetensors"
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(size))
    told = header["embeddings"]
    offset, shape = 8 + size + told["data_offsets"][0], tuple(told["shape"])
    return np.memmap(path, dtype=_TYPES[told["dtype"]], mode="r", offset=offset, shape=shape)


def read_vocabulary(folder: Path) -> dict[str, int]:
    """Return token -> row."""
    told = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = told["model"]["vocab"]
    return vocabulary


def encode(rows: Rows, vocabulary: dict[str, int], texts: Iterable[list[str]]) -> Floats:
    """Return one unit vector a list of tokens; a list without known tokens gives zeros."""
    picked = [[vocabulary[t] for t in text if t in vocabulary] for text in texts]
    sums = np.array([rows[ids].astype(np.float32).sum(axis=0) for ids in picked], np.float32)
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(length > 0, length, 1), np.float32)


def difference(folder: Path, texts: list[list[str]]) -> tuple[float, float]:
    """Return the largest difference and the smallest cosine between numpy's and SentenceTransformer's vectors."""
    from sentence_transformers import SentenceTransformer

    ours = encode(read_rows(folder), read_vocabulary(folder), texts)
    theirs = SentenceTransformer(str(folder), device="cpu").encode([" ".join(text) for text in texts])
    theirs = np.asarray(theirs, np.float32)
    full = np.linalg.norm(ours, axis=1) > 0
    if np.abs(theirs[~full]).sum() > 0:
        raise SystemExit("a text without known tokens does not give zeros")
    return float(np.abs(ours - theirs).max()), float((ours * theirs).sum(axis=1)[full].min())


def main() -> None:
    """Print the differences for some texts, long, short, unknown and empty; fail where they are too large."""
    from tiaowen.index.tokens import tokens

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("models/encoder"))
    folder = parser.parse_args().folder
    article = "学校应当建立学生欺凌防控工作制度,对教职员工、学生等开展防治学生欺凌的教育和培训。"
    texts = [tokens(article), tokens(article) * 40, tokens("老师打学生怎么办"), tokens("未成年人"), ["齉龘"], []]
    names = [name for name in read_vocabulary(folder) if name != "[UNK]"]
    picked = np.random.default_rng(0).choice(len(names), (200, 50))
    texts += [[names[i] for i in row] for row in picked]
    largest, cosine = difference(folder, texts)
    print(f"largest difference {largest:.2e}, smallest cosine {cosine:.6f}")
    if largest > 1e-3 or cosine < 0.9999:
        raise SystemExit("numpy and SentenceTransformer differ")


if __name__ == "__main__":
    main()
