"""The commands: exit codes, one clear line on standard error, JSON keys as the contract lists them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CORPUS, FIVE
from tests.support import write_corpus
from tiaowen.cli import ingest_main, main

Run = Callable[..., tuple[int, str, str]]

ANSWER = {"provision", "at", "citation", "document_status", "successor", "applicability", "quote", "span", "evidence", "duty", "duties"}
RESULT = {"id", "question", "status", "message", "notes", "reason", "answers", "related", "higher_law", "safety", "understood", "stale"}
DUTY = {"bearer", "modality", "modality_word", "action", "recipients", "recipient_bodies", "recipients_open", "trigger", "time_limit",
        "frequency", "figures", "lead_units", "units", "unit_mode", "mediated_by", "hedges", "amount", "target", "inherited"}
PROVISION = {"id", "document", "eid", "parent", "level", "label", "heading", "text", "units", "lead_units", "unit_mode"}
DOCUMENT = {"id", "title", "document_number", "issuer", "date", "stage", "status", "successor", "level", "region", "shelf", "provisions",
            "coverage", "issues"}


@pytest.fixture
def run(index: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(command: str, *rest: str, corpus: Path = CORPUS, where: Path = index) -> tuple[int, str, str]:
        try:
            code = main([command, "--corpus", str(corpus), "--index", str(where), *rest])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_ask_prints_one_object_with_the_keys_of_the_contract(run: Run) -> None:
    code, out, err = run("ask", "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告，多久之内？", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    result = json.loads(out)
    assert set(result) >= RESULT
    assert set(result["understood"]) >= {"place", "slots", "words"}
    for answer in result["answers"]:
        assert set(answer) >= ANSWER
        assert set(answer["duty"]) >= DUTY
        assert set(answer["evidence"][0]) >= {"slot", "quote", "span", "at"}
        assert answer["successor"] is None or set(answer["successor"]) >= {"title", "in_force"}
        assert isinstance(answer["span"], list)
    assert set(result["related"][0]) >= {"provision", "citation", "quote", "score"}
    assert set(result["higher_law"][0]) >= {"law", "article", "quote", "pointer", "status", "checked_on"}
    assert all(isinstance(phrase, str) for phrase in result["safety"])
    assert result["stale"] is False


def test_ask_prints_text(run: Run) -> None:
    code, out, _ = run("ask", "密切接触未成年人的单位发现孩子疑似被性侵，要向谁报告？")
    assert code == 0
    assert "第五十五条" in out
    assert "应当立即向教育、公安、民政等部门报告" in out
    assert "110" in out


def test_ask_keeps_to_documents_and_region(run: Run) -> None:
    _, out, _ = run("ask", "学校发现学生欺凌要怎么做", "--document", "jincheng-plan-2021", "--document", "yuexiu-plan-draft", "--region",
                    "山西省/晋城市", "--json")
    assert {r["provision"].split("#")[0] for r in json.loads(out)["related"]} <= {"jincheng-plan-2021", "yuexiu-plan-draft"}


@pytest.mark.parametrize("rest", [
    ("ask",), ("ask", "问", "--document", "nothing"), ("ask", "问", "--batch", "x.jsonl"), ("ask", "--batch", "nowhere.jsonl"), ("ask", "问", "--shelf", "x"),
    ("provisions", "nothing"), ("check", "nothing"), ("duties", "--document", "nothing"), ("nonsense",), ("ask", "问", "--nonsense"),
])
def test_bad_usage_is_two(run: Run, rest: tuple[str, ...]) -> None:
    code, out, err = run(*rest)
    assert code == 2, (rest, err)
    assert out == ""
    assert err.strip()


@pytest.mark.parametrize("rest", [("ask", "问"), ("provisions",), ("documents",), ("duties",)])
def test_no_index_is_one_line_that_says_how_to_build_it(run: Run, tmp_path: Path, rest: tuple[str, ...]) -> None:
    code, out, err = run(*rest, where=tmp_path / "none")
    assert (code, out) == (1, "")
    assert err.strip().count("\n") == 0
    assert "ingest.py" in err


@pytest.mark.parametrize("rest", [("ingest",), ("check",)])
def test_no_corpus_is_one_line(run: Run, tmp_path: Path, rest: tuple[str, ...]) -> None:
    code, _, err = run(*rest, corpus=tmp_path / "none", where=tmp_path / "index")
    assert code == 1
    assert err.strip().count("\n") == 0
    assert "--corpus" in err


def test_batch_answers_in_order_and_goes_on_after_a_bad_line(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join([
        '{"id": "a", "question": "湖南办法第五条", "scope": null, "region": null}', "not json", '{"id": "c"}', '["list"]', "",
        '{"id": "e", "question": "第五十五条", "scope": ["nothing"]}', '{"id": "f", "question": "", "scope": null}',
        '{"id": 7, "question": "晋城方案第9项", "scope": ["jincheng-plan-2021"], "region": "山西省/晋城市"}',
        '{"id": "h", "question": "第五条", "scope": "hunan-measures-draft"}', '{"id": "i", "question": 5}',
    ]), encoding="utf-8")
    code, out, _ = run("ask", "--batch", str(batch), "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line["id"] for line in lines][:7] == ["a", None, "c", None, "e", "f", "7"]
    assert [set(line) == {"id", "error"} for line in lines[:7]] == [False, True, True, True, True, False, False]
    assert lines[0]["answers"][0]["provision"] == "hunan-measures-draft#art_5"
    assert lines[5]["reason"] == "empty_question"
    assert lines[6]["answers"][0]["provision"] == "jincheng-plan-2021#l1_2__l2_4__l3_9"
    assert len(lines) == 9


def test_batch_with_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "a", "question": "第五条"}\n', encoding="utf-8-sig")
    _, out, _ = run("ask", "--batch", str(batch), "--json")
    assert "error" not in json.loads(out)


def test_the_evaluation_file_is_read_as_it_is(run: Run, tmp_path: Path) -> None:
    rows = (CORPUS.parent / "eval" / "questions.jsonl").read_text("utf-8").splitlines()[:5]
    (tmp_path / "q.jsonl").write_text("\n".join(rows), encoding="utf-8")
    _, out, _ = run("ask", "--batch", str(tmp_path / "q.jsonl"), "--json")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [json.loads(row)["id"] for row in rows]


def test_provisions(run: Run) -> None:
    code, out, _ = run("provisions", "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert all(set(p) >= PROVISION for p in found)
    by_id = {p["id"]: p for p in found}
    assert len(by_id) == len(found) == 414
    assert by_id["hunan-measures-draft#art_55"]["label"] == "第五十五条"
    assert by_id["hunan-measures-draft#art_55"]["heading"] == "性侵害行为的发现"
    assert by_id["hunan-measures-draft#art_55__para_1"]["label"] == ""
    assert by_id["hunan-measures-draft#art_55__para_1__item_3"]["label"] == "（三）"
    assert by_id["hunan-measures-draft#art_55"]["parent"] == "chp_8"
    assert by_id["rangtang-opinions-2022#l1_2__l2_1__l3_3__l4_9"]["label"] == "(9)"
    assert by_id["rangtang-opinions-2022#l1_2__l2_1__l3_3__l4_9"]["lead_units"] == ["县检察院"]
    assert by_id["rangtang-opinions-2022#l1_2__l2_1__l3_3__l4_9"]["unit_mode"] == "lead"
    assert by_id["rangtang-opinions-2022#l1_2__l2_1__l3_6__l4_26"]["lead_units"] == []
    assert by_id["national-opinions-2021#l1_2__l2_3__l3_9"]["label"] == "9."
    assert by_id["national-opinions-2021#l1_2__l2_3__l3_9"]["unit_mode"] is None
    assert by_id["yuexiu-plan-draft#l1_3__l2_2__l3_3__l4_1"]["heading"] is None


def test_provisions_of_one_document(run: Run) -> None:
    _, out, _ = run("provisions", "yuexiu-plan-draft", "--json")
    assert {json.loads(line)["document"] for line in out.splitlines()} == {"yuexiu-plan-draft"}


def test_documents(run: Run) -> None:
    code, out, _ = run("documents", "--json")
    found = {d["id"]: d for d in map(json.loads, out.splitlines())}
    assert code == 0
    assert tuple(sorted(found)) == FIVE
    assert all(set(d) >= DOCUMENT for d in found.values())
    assert all(d["coverage"] == 1.0 for d in found.values())
    assert found["jincheng-plan-2021"]["date"] == "2021-10-14"
    assert found["hunan-measures-draft"]["date"] is None
    assert found["hunan-measures-draft"]["document_number"] is None
    assert found["hunan-measures-draft"]["successor"]["in_force"] == "2024-07-01"
    assert found["national-opinions-2021"]["successor"] is None
    for d in found.values():
        for issue in d["issues"]:
            assert set(issue) >= {"code", "message", "eid", "span"}


def test_duties(run: Run) -> None:
    code, out, _ = run("duties", "--document", "hunan-measures-draft", "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert found
    for duty in found:
        assert set(duty) >= DUTY | {"id", "provision", "at", "citation", "document_status", "quote", "span", "rules"}, duty["id"]
        assert duty["id"].startswith("hunan-measures-draft#")
    _, out, _ = run("duties", "--bearer", "住宿经营者", "--json")
    assert {json.loads(line)["provision"] for line in out.splitlines()} >= {"hunan-measures-draft#art_28"}


def test_check_of_the_shipped_corpus(run: Run) -> None:
    code, out, _ = run("check")
    assert code == 0, out
    assert "错误 0 条" in out


def test_check_finds_an_error(run: Run, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ("title = ", "第一条 甲。\n")})
    code, out, _ = run("check", corpus=corpus)
    assert code == 1
    assert "a-doc" in out


def test_ingest_twice(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', "第一条 甲。\n第二条 乙。\n")})
    code, out, _ = run("ingest", corpus=corpus, where=tmp_path / "index")
    assert code == 0
    assert "a-doc" in out
    assert ingest_main(["--corpus", str(corpus), "--index", str(tmp_path / "index")]) == 0
    assert "没有变化" in capsys.readouterr().out
    code, out, _ = run("ingest", "--force", corpus=corpus, where=tmp_path / "index")
    assert "没有变化" not in out


def test_a_broken_document_stops_the_ingest_with_one_line(run: Run, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ("title = ", "第一条 甲。\n")})
    code, _, err = run("ingest", corpus=corpus, where=tmp_path / "index")
    assert code == 1
    assert [line for line in err.splitlines() if line.startswith("a-doc：")]
    assert "Traceback" not in err


def test_a_stale_index_says_so(run: Run, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"a-doc": ('title = "某办法"', "第一条 甲。\n第二条 乙。\n")})
    run("ingest", corpus=corpus, where=tmp_path / "index")
    (corpus / "a-doc" / "text.txt").write_text("第一条 丙。\n第二条 乙。\n", encoding="utf-8")
    _, out, _ = run("ask", "第一条", "--json", corpus=corpus, where=tmp_path / "index")
    assert json.loads(out)["stale"] is True


def test_both_ways_to_call(index: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "tiaowen", "documents", "--corpus", str(CORPUS), "--index", str(index), "--json"],
                          capture_output=True, text=True, encoding="utf-8", check=False, cwd=CORPUS.parent)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 5), done.stderr
