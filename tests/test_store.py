import json
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from tests.conftest import CORPUS, TODAY
from tests.support import write_corpus
from tiaowen import build
from tiaowen.errors import CorpusError, IndexDamagedError, IndexMissingError
from tiaowen.index import store
from tiaowen.library import Library
from tiaowen.model import to_json

TEXT = "第一条 学校应当立即向公安机关报告。\n第二条 旅馆应当询问监护人的联系方式。\n第三条 学生欺凌由教育部门处理。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', TEXT)})


def generations(index: Path) -> list[str]:
    return sorted(p.name for p in index.iterdir() if p.is_dir())


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def test_a_generation_holds_what_it_says(index: Path) -> None:
    folder = index / (store.current(index) or "")
    generation = store.open_generation(folder)
    assert set(generation.manifest.channels) <= {"lexical", "vector"}
    assert set(generation.manifest.hashes) == {p.name for p in folder.iterdir()} - {"manifest.json"}
    assert generation.lexical.size == len(generation.passages)
    assert generation.vectors is None or generation.vectors.ntotal == len(generation.passages)
    assert {p.suffix for p in folder.iterdir()} <= {".json", ".jsonl", ".npy", ".faiss"}
    for passage in generation.passages:
        assert passage.start < passage.end
    assert all(share == 1.0 for share in generation.manifest.coverage.values())


def test_documents_come_back_as_they_went_in(index: Path, documents: dict[str, object]) -> None:
    kept = {d.meta.id: d for d in store.open_current(index)[0].documents}
    assert kept == documents


def test_no_pickle_anywhere() -> None:
    for path in (Path(build.__file__).parent).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import pickle" not in text, path
        assert "allow_pickle=True" not in text, path


def test_an_unchanged_corpus_does_nothing(corpus: Path, tmp_path: Path) -> None:
    first = build.ingest(corpus, tmp_path / "index")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "index").rglob("*")}
    second = build.ingest(corpus, tmp_path / "index")
    assert first.changed
    assert not second.changed
    assert second.generation == first.generation
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "index").rglob("*")} == before


@pytest.mark.parametrize("change", ["text", "meta", "new"])
def test_a_changed_corpus_is_stale_until_built_again(corpus: Path, tmp_path: Path, change: str) -> None:
    index = tmp_path / "index"
    build.ingest(corpus, index)
    if change == "text":
        (corpus / "a-doc" / "text.txt").write_text(TEXT.replace("立即", "及时"), encoding="utf-8")
    elif change == "meta":
        write_corpus(corpus, {"a-doc": ('title = "新名"', TEXT)})
    else:
        write_corpus(corpus, {"b-doc": ('title = "另一个"', TEXT)})
    old = Library(index=index, corpus=corpus).ask("第一条")
    assert old.stale
    assert "ingest.py" in (old.warning or "")
    assert old.answers[0].quote == "学校应当立即向公安机关报告。"
    assert build.ingest(corpus, index).changed
    assert not Library(index=index, corpus=corpus).ask("第一条").stale


def test_the_last_good_generation_serves_when_the_new_one_is_damaged(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = build.ingest(corpus, index).generation
    (corpus / "a-doc" / "text.txt").write_text(TEXT + "第四条 附则。\n", encoding="utf-8")
    second = build.ingest(corpus, index).generation
    for name in sorted(p.name for p in (index / second).iterdir()):
        kept = (index / second / name).read_bytes()
        damage(index / second / name)
        generation, warning = store.open_current(index)
        assert generation.name == first, name
        assert warning is not None
        assert first in warning
        assert name in warning
        assert "\n" not in warning
        (index / second / name).write_bytes(kept)
    os.remove(index / second / "passages.jsonl")
    library = Library(index=index, corpus=corpus)
    assert library.ask("第一条").answers[0].quote == "学校应当立即向公安机关报告。"
    assert first in (library.ask("第一条").warning or "")


def test_building_again_heals_a_damaged_index(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    damage(index / build.ingest(corpus, index).generation / "passages.jsonl")
    assert build.ingest(corpus, index).changed
    assert store.open_current(index)[1] is None


def test_all_generations_damaged_is_one_sentence(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    damage(index / build.ingest(corpus, index).generation / "idf.npy")
    with pytest.raises(IndexDamagedError, match=r"^[^\n]*idf\.npy[^\n]*ingest\.py$"):
        store.open_current(index)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\xfe"])
def test_a_broken_manifest(corpus: Path, tmp_path: Path, content: bytes) -> None:
    index = tmp_path / "index"
    (index / build.ingest(corpus, index).generation / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"ingest\.py"):
        store.open_current(index)


def test_a_missing_file_with_a_forged_manifest_is_not_opened(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    folder = index / build.ingest(corpus, index).generation
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["hashes"].pop("duties.jsonl")
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    os.remove(folder / "duties.jsonl")
    with pytest.raises(IndexDamagedError, match=r"ingest\.py"):
        store.open_current(index)


@pytest.mark.parametrize("exists", [False, True])
def test_a_missing_index_says_how_to_build_it(tmp_path: Path, exists: bool) -> None:
    if exists:
        (tmp_path / "index").mkdir()
        (tmp_path / "index" / "README.md").write_text("x", encoding="utf-8")
    with pytest.raises(IndexMissingError, match=r"^[^\n]*python ingest\.py$"):
        store.open_current(tmp_path / "index")


@pytest.mark.parametrize("pointer", [b"gen-000009-nothing\n", b"", b"\xff\xff", b"../elsewhere"])
def test_a_pointer_to_nothing_falls_back(corpus: Path, tmp_path: Path, pointer: bytes) -> None:
    index = tmp_path / "index"
    name = build.ingest(corpus, index).generation
    (index / "CURRENT").write_bytes(pointer)
    generation, _ = store.open_current(index)
    assert generation.name == name


def test_the_switch_is_one_step(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    first = build.ingest(corpus, index).generation
    (corpus / "a-doc" / "text.txt").write_text(TEXT + "第四条 附则。\n", encoding="utf-8")

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "set_current", power_cut)
    with pytest.raises(KeyboardInterrupt):
        build.ingest(corpus, index)
    monkeypatch.undo()
    assert store.current(index) == first
    assert store.open_current(index)[0].name == first
    monkeypatch.setattr(store, "_write_lines", power_cut)
    with pytest.raises(KeyboardInterrupt):
        build.ingest(corpus, index)
    assert store.current(index) == first
    assert not list(index.glob(".building-*"))


def test_a_broken_document_leaves_the_index_alone(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = build.ingest(corpus, index).generation
    write_corpus(corpus, {"b-doc": ("title = ", "第一条 甲。\n")})
    with pytest.raises(CorpusError, match=r"^b-doc："):
        build.ingest(corpus, index)
    assert store.current(index) == first
    assert Library(index=index, corpus=corpus).ask("第一条").stale


def test_old_generations_are_cleared_away(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    for n in range(4):
        (corpus / "a-doc" / "text.txt").write_text(TEXT + f"第四条 附则{n}。\n", encoding="utf-8")
        last = build.ingest(corpus, index).generation
    assert len(generations(index)) == store.KEPT_GENERATIONS
    assert store.current(index) == last == generations(index)[-1]


QUESTIONS = ("密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？", "湖南办法第九十条", "旅馆接待未成年人要做什么", "网吧", "酒驾")


def test_the_same_answers_after_deleting_the_index(tmp_path: Path, library: Library) -> None:
    def answers(read: Library) -> list[str]:
        return [to_json(read.ask(q, today=TODAY)) for q in QUESTIONS] + [json.dumps(list(read.provisions()), ensure_ascii=False)]

    index = tmp_path / "index"
    build.ingest(CORPUS, index)
    first = {p.name: store.file_hash(p) for p in (index / (store.current(index) or "")).iterdir() if p.name != "manifest.json"}
    assert answers(Library(index=index, corpus=CORPUS)) == answers(library)
    shutil.rmtree(index)
    build.ingest(CORPUS, index)
    again = {p.name: store.file_hash(p) for p in (index / (store.current(index) or "")).iterdir() if p.name != "manifest.json"}
    assert first == again


def test_a_model_value_comes_back_from_json(library: Library) -> None:
    from tiaowen.model import AskResult, from_json

    for question in QUESTIONS:
        result = library.ask(question, today=TODAY)
        assert from_json(to_json(result), AskResult) == result, question
    with pytest.raises(msgspec.ValidationError):
        from_json("{}", AskResult)
