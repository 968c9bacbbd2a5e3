import json
import os
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import CORPUS, ENCODER
from tests.support import write_corpus
from tiaowen import build
from tiaowen.errors import EncoderError
from tiaowen.index import dense
from tiaowen.index.passages import passages
from tiaowen.index.tokens import tokens
from tiaowen.library import Library
from tiaowen.model import Document

shipped = pytest.mark.skipif(not ENCODER.is_dir(), reason="models/encoder is missing")
QUESTIONS = ("发现孩子被打，要向谁报告？", "网吧让未成年人进", "未成年人", "旅馆入住", "ABC", "", "12345热线", "崽", "的")


@pytest.mark.xdist_group("torch")
@shipped
def test_numpy_gives_the_vectors_of_sentence_transformers(documents: dict[str, Document]) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = [*QUESTIONS, *(p.text for p in passages(documents["hunan-measures-draft"])[:40])]
    ours = dense.load(str(ENCODER)).encode(texts)
    model = sentence_transformers.SentenceTransformer(str(ENCODER), device="cpu")
    known = dense.load(str(ENCODER)).vocabulary  # type: ignore[attr-defined]
    rows = [i for i, t in enumerate(texts) if any(token in known for token in tokens(t))]
    theirs = model.encode([" ".join(tokens(texts[i])) for i in rows], normalize_embeddings=True, show_progress_bar=False)
    assert len(rows) > 40
    assert np.abs(ours[rows] - theirs).max() < 1e-5


@shipped
def test_vectors_have_length_one_or_are_zero() -> None:
    vectors = dense.load(str(ENCODER)).encode(QUESTIONS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(QUESTIONS), json.loads((ENCODER / "encoder.json").read_text("utf-8"))["dim"])
    for text, length in zip(QUESTIONS, np.linalg.norm(vectors, axis=1), strict=True):
        assert abs(length - 1) < 1e-5 or length == 0, text
    assert np.linalg.norm(vectors[QUESTIONS.index("")]) == 0


@shipped
def test_the_default_path_loads_no_torch(index: Path) -> None:
    import subprocess
    import sys

    code = ("import sys; from pathlib import Path; from tiaowen.library import Library\n"
            f"r = Library(index=Path({str(index)!r}), corpus=None).ask('学生欺凌怎么认定')\n"
            "assert r.answers and 'vector' in r.channels\n"
            "print([m for m in ('torch', 'sentence_transformers', 'streamlit', 'pdfplumber') if m in sys.modules])")
    environment = {k: v for k, v in os.environ.items() if k != "TIAOWEN_ENCODER"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_scores_are_those_of_the_index_s_own_search_to_the_bit(tmp_path: Path) -> None:
    import faiss

    vectors = np.random.default_rng(1).standard_normal((501, 256), dtype=np.float32)
    faiss.write_index(dense.build(vectors), str(tmp_path / "vectors.faiss"))
    for index in (dense.build(vectors), faiss.read_index(str(tmp_path / "vectors.faiss"))):
        similarity, order = index.search(vectors[7:8], 501)
        assert dense.scores(index, vectors[7])[order[0]].tolist() == similarity[0].tolist()
    assert dense.scores(dense.build(vectors[:0]), vectors[7]).shape == (0,)


def test_scores_are_cosines() -> None:
    vectors = np.eye(3, dtype=np.float32)
    found = dense.scores(dense.build(vectors), np.array([0.6, 0.8, 0.0], dtype=np.float32))
    assert np.allclose(found, [0.6, 0.8, 0.0])


@pytest.mark.parametrize(("make", "word"), [
    (lambda folder: None, "找不到"), (lambda folder: folder.mkdir(), "TIAOWEN_ENCODER"),
    (lambda folder: (folder.mkdir(), (folder / "encoder.json").write_text("{")), "JSON"),
    (lambda folder: (folder.mkdir(), (folder / "encoder.json").write_text('{"input": "tokens"}')), "不完整"),
])
def test_a_broken_encoder_is_one_clear_sentence(tmp_path: Path, make: object, word: str) -> None:
    make(tmp_path / "encoder")  # type: ignore[operator]
    with pytest.raises(EncoderError) as caught:
        dense.load(str(tmp_path / "encoder"))
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


@shipped
def test_a_damaged_table_is_one_clear_sentence(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ENCODER, tmp_path / "encoder")
    (tmp_path / "encoder" / "model.safetensors").write_bytes(b"\x10\x00\x00\x00\x00\x00\x00\x00nothing")
    with pytest.raises(EncoderError, match=r"^[^\n]+。$"):
        dense.load(str(tmp_path / "encoder"))


def test_an_index_of_another_encoder_is_refused(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIAOWEN_ENCODER", str(tmp_path / "other"))
    with pytest.raises(EncoderError) as caught:
        Library(index=index, corpus=CORPUS)
    assert str(tmp_path / "other") in str(caught.value)
    assert "ingest.py" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_an_encoder_the_words_alone_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', "第一条 学校应当立即报告。\n第二条 幼儿园应当报告。\n")})
    monkeypatch.setattr(dense, "SHIPPED", tmp_path / "gone")
    outcome = build.ingest(corpus, tmp_path / "index")
    assert len(outcome.notes) == 1
    library = Library(index=tmp_path / "index", corpus=corpus)
    assert library.ask("学校要报告吗").channels == ("lexical",)
    assert library.ask("第一条").answers[0].provision == "a-doc#art_1"


def test_without_an_encoder_an_unchanged_corpus_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', "第一条 学校应当立即报告。\n第二条 幼儿园应当报告。\n")})
    monkeypatch.setattr(dense, "SHIPPED", tmp_path / "gone")
    build.ingest(corpus, tmp_path / "index")
    assert not build.ingest(corpus, tmp_path / "index").changed


@pytest.mark.xdist_group("torch")
def test_any_other_model_takes_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny random transformer stands in for a model of the hub."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    models = pytest.importorskip("sentence_transformers.models")
    sentence_transformers = pytest.importorskip("sentence_transformers")
    torch.manual_seed(0)
    plain = tmp_path / "plain"
    plain.mkdir()
    characters = sorted(set("学校应当立即报告公安机关幼儿园及时第一二条。，？要向谁"))
    (plain / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]), encoding="utf-8")
    transformers.BertTokenizer(vocab_file=str(plain / "vocab.txt")).save_pretrained(plain)
    config = transformers.BertConfig(vocab_size=len(characters) + 5, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                                     intermediate_size=16, max_position_embeddings=64)
    transformers.BertModel(config).save_pretrained(plain)
    word = models.Transformer(str(plain), max_seq_length=64)
    folder = tmp_path / "encoder"
    sentence_transformers.SentenceTransformer(modules=[word, models.Pooling(16)], device="cpu").save(str(folder))
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', "第一条 学校应当立即报告公安机关。\n第二条 幼儿园应当及时报告。\n")})
    monkeypatch.setenv("TIAOWEN_ENCODER", str(folder))
    outcome = build.ingest(corpus, tmp_path / "index")
    assert outcome.notes == ()
    library = Library(index=tmp_path / "index", corpus=corpus)
    assert library.generation.manifest.encoder == f"model:{folder}"
    result = library.ask("学校要向谁报告？")
    assert result.channels == ("lexical", "vector")
    assert result.answers[0].provision == "a-doc#art_1"
    assert np.allclose(np.linalg.norm(dense.load(str(folder)).encode(["学校"], query=True), axis=1), 1, atol=1e-5)
    monkeypatch.delenv("TIAOWEN_ENCODER")
    with pytest.raises(EncoderError, match=r"ingest\.py"):
        Library(index=tmp_path / "index", corpus=corpus)
    assert build.ingest(corpus, tmp_path / "index").changed or not ENCODER.is_dir()
