"""Only what changed is read, parsed, framed and encoded again, and the result is that of a full build."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import write_corpus
from tests.test_lexical import corpora
from tiaowen import build
from tiaowen.index import dense, lexical, pieces, store
from tiaowen.library import Library

A = "第一条 为了保护未成年人，制定本办法。\n第二条 学校应当依照《乙办法》第二条立即向公安机关报告。\n"
B = "第一条 为了预防欺凌，制定本办法。\n第二条 旅馆应当询问父母的联系方式，并立即报告。\n第三条 违反第二条的，处一万元罚款。\n"
C = "一、总体要求\n（一）要求。落实《甲办法》。\n（责任单位：民政局）\n"
DOCUMENTS = {"a-doc": ('title = "甲办法"', A), "b-doc": ('title = "乙办法"', B), "c-doc": ('title = "丙方案"', C),
             "_law/l-doc": ('title = "丁法"\nshelf = "law"', A.replace("乙办法", "丁法"))}


def artefacts(index: Path) -> dict[str, bytes]:
    """The files of the serving generation; of the manifest all but when it was made."""
    folder = index / (store.current(index) or "")
    out = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != "manifest.json"}
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["created"]
    return out | {"manifest.json": json.dumps(manifest).encode()}


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Which documents each costly stage was asked for."""
    seen: dict[str, list[str]] = {"load": [], "parse": [], "frames": [], "encode": []}

    def watch(module: object, name: str, label: str, of: Callable[[object], str]) -> None:
        inner = getattr(module, name)

        def outer(value: object, **more: object) -> object:
            seen[label].append(of(value))
            return inner(value, **more)

        monkeypatch.setattr(module, name, outer)

    watch(build, "load", "load", lambda path: path.name)  # type: ignore[attr-defined]
    watch(build, "parse", "parse", lambda source: source.meta.id)  # type: ignore[attr-defined]
    watch(pieces, "frames", "frames", lambda document: document.meta.id)  # type: ignore[attr-defined]
    inner = dense.StaticEncoder.encode

    def encode(self: dense.StaticEncoder, texts: Sequence[str], *, query: bool = False) -> dense.Floats:
        seen["encode"] += texts
        return inner(self, texts, query=query)

    monkeypatch.setattr(dense.StaticEncoder, "encode", encode)
    return seen


CHANGES: dict[str, dict[str, tuple[str, str]]] = {
    "text": {"b-doc": ('title = "乙办法"', B.replace("旅馆", "宾馆"))},
    "longer": {"b-doc": ('title = "乙办法"', B + "第四条 学校应当建立制度。\n")},
    "meta": {"b-doc": ('title = "新办法"', B)},
    "first": {"a-doc": ('title = "甲办法"', A + "第三条 另有规定的，从其规定。\n")},
    "new": {"aa-doc": ('title = "戊办法"', B)},
    "law": {"_law/l-doc": ('title = "丁法"\nshelf = "law"', B)},
    "empty": {"c-doc": ('title = "丙方案"', "没有编号。\n")},
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_changed_is_made_again_and_all_is_as_from_nothing(tmp_path: Path, watched: dict[str, list[str]],
                                                                    change: str) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", DOCUMENTS), tmp_path / "index"
    build.ingest(corpus, index)
    write_corpus(corpus, CHANGES[change])
    for calls in watched.values():
        calls.clear()
    outcome = build.ingest(corpus, index)
    changed = [name.removeprefix("_law/") for name in CHANGES[change]]
    assert outcome.kept == len(outcome.rows) - 1
    assert (watched["load"], watched["parse"], watched["frames"]) == (changed, changed, changed)
    own = [p for p in store.open_current(index)[0].passages if p.document == changed[0]]
    assert len(watched["encode"]) == len(own)
    build.ingest(corpus, tmp_path / "full")
    assert artefacts(index) == artefacts(tmp_path / "full")


def test_a_removed_document_leaves_nothing_behind(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", DOCUMENTS), tmp_path / "index"
    build.ingest(corpus, index)
    shutil.rmtree(corpus / "b-doc")
    assert build.ingest(corpus, index).kept == 3
    build.ingest(corpus, tmp_path / "full")
    assert artefacts(index) == artefacts(tmp_path / "full")


def test_a_reference_reaches_a_text_that_comes_later_and_loses_one_that_goes(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", {"a-doc": DOCUMENTS["a-doc"]}), tmp_path / "index"

    def targets() -> list[tuple[str, ...]]:
        build.ingest(corpus, index)
        return [c.targets for c in Library(index=index, corpus=corpus).references_of("a-doc") if c.title == "乙办法"]

    assert targets() == [()]
    write_corpus(corpus, {"b-doc": DOCUMENTS["b-doc"]})
    assert targets() == [("b-doc#art_2",)]
    shutil.rmtree(corpus / "b-doc")
    assert targets() == [()]


@pytest.mark.parametrize("name", ["manifest.json", "documents.jsonl", "counts.npy", "vectors.faiss"])
def test_a_damaged_generation_is_not_built_upon(tmp_path: Path, name: str) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", DOCUMENTS), tmp_path / "index"
    path = index / build.ingest(corpus, index).generation / name
    path.write_bytes(path.read_bytes()[:-9])
    write_corpus(corpus, CHANGES["text"])
    assert build.ingest(corpus, index).kept == 0
    build.ingest(corpus, tmp_path / "full")
    assert artefacts(index) == artefacts(tmp_path / "full")


def test_other_code_or_another_encoder_makes_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", DOCUMENTS), tmp_path / "index"
    build.ingest(corpus, index)
    write_corpus(corpus, CHANGES["text"])
    monkeypatch.setattr(store, "code_state", lambda: "another release")
    assert build.ingest(corpus, index).kept == 0
    write_corpus(corpus, CHANGES["longer"])
    monkeypatch.setattr(dense, "identity", lambda name: "static:another")
    assert build.ingest(corpus, index).kept == 0


def test_force_makes_everything_again(tmp_path: Path) -> None:
    corpus, index = write_corpus(tmp_path / "corpus", DOCUMENTS), tmp_path / "index"
    build.ingest(corpus, index)
    outcome = build.ingest(corpus, index, force=True)
    assert (outcome.changed, outcome.kept) == (True, 0)


@given(st.lists(corpora, min_size=1, max_size=4), st.data())
def test_joined_counts_are_those_of_one_count(parts: list[list[list[str]]], data: st.DataObject) -> None:
    places, kept = [], []
    for part in parts:
        here = []
        for passage in part:
            there = data.draw(st.booleans())
            here.append(len(kept) if there else -1)
            kept += [passage] * there
        places.append(np.array(here, dtype=np.int32))
    made = lexical.joined([(lexical.count(part), where) for part, where in zip(parts, places, strict=True)], len(kept))
    once = lexical.count(kept)
    assert made.vocabulary == once.vocabulary
    for name in ("indptr", "indices", "counts"):
        mine, theirs = getattr(made, name), getattr(once, name)
        assert mine.tolist() == theirs.tolist(), name
        assert mine.dtype == theirs.dtype, name
