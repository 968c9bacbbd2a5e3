"""A topic across documents: cells, silence with its nearest provision, the higher law, the command, the Excel file."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.compared import document, matrix_of
from tests.support import write_corpus
from tiaowen import wording
from tiaowen.build import ingest
from tiaowen.cli import main
from tiaowen.compare.comparison import Comparison
from tiaowen.compare.topics import find_topic, listed
from tiaowen.errors import UsageError
from tiaowen.library import Library, comparison_excel, comparison_json, gaps_excel
from tiaowen.rules import rows

NAMES = [topic.name for topic in listed()]


def units(text: str, topic: str) -> list[str]:
    matrix = matrix_of(document("one", text))
    return [matrix.view.places[on.number][1].eid for on in matrix.regulating(find_topic(topic), "one")]


@pytest.mark.parametrize(("text", "topic", "found"), [
    ("1.甲。建立学生欺凌报告制度。\n2.乙。严厉打击网络欺凌行为。", "学生欺凌", ["l1_1__l3_1"]),
    ("1.有效防范学生欺凌。开展教育。\n2.乙。开展教育。", "学生欺凌", ["l1_1__l3_1"]),
    ("1.甲。落实《学生欺凌防治办法》。\n2.乙。其他。", "学生欺凌", []),
    ("1.甲。围绕学生欺凌、交通安全等内容开展服务。", "学生欺凌", []),
    ("1.指导思想。防治学生欺凌。\n2.乙。其他。", "学生欺凌", []),
    ("1.甲。开展家庭走访。\n责任单位：儿童主任、民政局", "儿童主任", []),
    ("第一条 【欺凌的认定】 学生之间实施下列行为的，认定为学生欺凌：\n（一）殴打他人；\n（二）辱骂他人。\n第二条 其他。", "学生欺凌", ["art_1"]),
    ("第一条 学校应当配合：\n（一）做好学生欺凌防治；\n（二）做好食品安全。\n第二条 其他。", "学生欺凌", ["art_1"]),
    ("1.甲。推广使用儿童安全座椅。\n2.乙。开展交通安全教育。", "儿童安全座椅", ["l1_1__l3_1"]),
    ("1.甲。开展座椅消毒。\n2.乙。保障安全。", "儿童安全座椅", []),
    ("1.甲。残疾儿童入学。\n2.乙。残疾儿童的康复救助。", "残疾儿童康复", ["l1_1__l3_2"]),
])
def test_which_units_regulate_a_topic(text: str, topic: str, found: list[str]) -> None:
    assert units(text, topic) == found


def test_notice_preamble_and_colophon_fill_no_cell() -> None:
    text = "关于印发意见的通知\n各县：\n现将学生欺凌防治意见印发给你们。\n某市政府\n2021年1月1日\n意见\n为了防治学生欺凌，制定本意见。\n一、任务\n1.甲。加强管理。\n2.乙。学生欺凌由学校处置。\n抄送：学生欺凌防治办"
    matrix = matrix_of(document("one", text))
    found = [matrix.view.places[on.number][1].eid for on in matrix.regulating(find_topic("学生欺凌"), "one")]
    assert all(eid.startswith("l1_1") for eid in found)


@pytest.fixture(scope="module")
def every(library: Library) -> dict[str, Comparison]:
    return {name: library.compare(name) for name in NAMES}


def test_every_quote_is_a_slice_and_every_unit_stands_once(library: Library, every: dict[str, Comparison]) -> None:
    for found in every.values():
        for row in found.rows:
            text, held = library.document(row.document).clean.text, library.document(row.document)
            ids = [cited.id for cited in row.provisions]
            assert len(ids) == len(set(ids)) and row.silent == (not ids)
            for cited in row.provisions:
                assert cited.quote == text[slice(*cited.span)] and cited.quote.strip()
                assert held.get(cited.at) and library.view.number[row.document, cited.id.partition("#")[2]] is not None
                for more in cited.more:
                    assert more.quote == text[slice(*more.span)]
            if row.nearest:
                assert row.silent and row.nearest.quote == text[slice(*row.nearest.span)]


def test_no_cell_holds_what_is_no_unit(every: dict[str, Comparison]) -> None:
    for found in every.values():
        for row in found.rows:
            for cited in row.provisions:
                assert not cited.id.partition("#")[2].startswith(("notice", "preamble", "colophon"))


def test_a_row_for_every_local_document_the_nation_first(library: Library, every: dict[str, Comparison]) -> None:
    wanted = {d.meta.id for d in library.documents if d.meta.shelf == "local"}
    for found in every.values():
        assert {row.document for row in found.rows} == wanted and len(found.rows) == len(wanted)
        assert library.document(found.rows[0].document).meta.region == "全国"


def test_every_topic_is_regulated_somewhere_or_is_about_a_law_not_held(every: dict[str, Comparison]) -> None:
    nowhere = [name for name, found in every.items() if all(row.silent for row in found.rows)]
    assert set(nowhere) <= {"家庭暴力", "人身安全保护令", "儿童友好城市"}


def test_the_same_topic_gives_the_same_comparison(library: Library) -> None:
    assert library.compare("强制报告") == library.compare("强制报告")


def test_silence_is_said_with_the_nearest_provision_and_why(library: Library) -> None:
    found = library.compare("手机管理")
    silent = [row for row in found.rows if row.silent]
    assert silent and all(row.nearest and "手机管理" in row.nearest.why for row in silent)
    assert {law.law for row in silent for law in row.higher_law} == {"中华人民共和国未成年人保护法"}


def test_a_subject_of_nobody_is_silent_everywhere(library: Library) -> None:
    found = library.compare("火星移民补贴")
    assert all(row.silent for row in found.rows) and not found.differences and not found.curated


def test_documents_are_chosen_and_unknown_ones_named(library: Library) -> None:
    one = library.compared[0].meta.id
    assert [row.document for row in library.compare("强制报告", documents=(one,)).rows] == [one]
    with pytest.raises(UsageError):
        library.compare("强制报告", documents=("no-such",))


@pytest.mark.parametrize("words", ["", "   ", "长" * 101])
def test_a_topic_is_wanted(library: Library, words: str) -> None:
    with pytest.raises(UsageError):
        library.compare(words)


def test_gaps_agree_with_the_cells(library: Library, every: dict[str, Comparison]) -> None:
    for gap in library.gaps():
        silent = {row.document for row in every[gap.topic.name].rows if row.silent}
        assert set(gap.silent) == silent and set(gap.speaking) == {row.document for row in every[gap.topic.name].rows} - silent


def test_differences_of_a_topic_stand_in_its_cells(every: dict[str, Comparison]) -> None:
    for found in every.values():
        ids = {cited.id for row in found.rows for cited in row.provisions}
        assert all(side.id in ids for one in found.differences for side in one.sides)


def test_a_held_law_stands_in_no_row_and_is_quoted(tmp_path: Path) -> None:
    pointer = next(row for row in rows("pointers", "pointer") if row["id"] == "wcnr-57")
    law = "第一章 总则\n" + "".join(f"第{n}条 内容。\n" for n in ("五十六",)) + "第五十七条 旅馆接待未成年人入住，应当询问联系方式。\n"
    corpus = write_corpus(tmp_path / "corpus", {
        "a": ('title = "甲方案"\nshelf = "local"', "甲方案\n一、任务\n1.甲。落实未成年人入住核查制度。\n2.乙。其他。\n"),
        "_law/l": (f'title = "{pointer["law"]}"\nshelf = "law"', law),
    })
    ingest(corpus, tmp_path / "index")
    found = Library(index=tmp_path / "index", corpus=corpus).compare("住宿经营者")
    assert [row.document for row in found.rows] == ["a"]
    assert found.higher_law[0].quote and found.higher_law[0].pointer is None


KEYS = {"document", "provisions", "silent", "nearest", "higher_law"}


def test_the_command_prints_the_contract(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "强制报告", "--json", "--index", str(index)]) == 0
    out: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert out["topic"] == "强制报告" and {"rows", "differences"} <= set(out)
    for row in out["rows"]:
        assert set(row) >= KEYS
        for cited in row["provisions"]:
            assert set(cited) >= {"id", "citation", "quote", "duty"}
    for one in out["differences"]:
        assert set(one) >= {"aspect", "kind", "sides"} and one["aspect"] in wording.ASPECT and one["kind"] in wording.DIFFERENCE
        assert all(set(side) >= {"document", "id", "value", "quote"} for side in one["sides"])


def test_the_command_prints_text_and_refuses_nothing(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "手机管理", "--index", str(index)]) == 0
    assert wording.SILENT in capsys.readouterr().out
    assert main(["compare", " ", "--index", str(index)]) == 2
    assert wording.TOPIC_WANTED in capsys.readouterr().err


def cells_of(file: bytes) -> str:
    return ZipFile(BytesIO(file)).read("xl/sharedStrings.xml").decode("utf-8")


def test_the_excel_files_hold_the_quotes_and_the_gaps(library: Library) -> None:
    documents = {d.meta.id: d for d in library.documents}
    found = library.compare("强制报告")
    book = cells_of(comparison_excel(found, documents, date(2026, 11, 1)))
    assert all(cited.quote.split("“")[0][:20] in book for row in found.rows for cited in row.provisions)
    assert wording.SILENT in cells_of(comparison_excel(library.compare("手机管理"), documents, date(2026, 11, 1)))
    every = cells_of(gaps_excel(library.gaps(), library.differences() or (), library.compared, date(2026, 11, 1)))
    assert "学生欺凌" in every and wording.SILENT in every


def test_the_same_comparison_gives_the_same_json(library: Library) -> None:
    one = comparison_json(library.compare("学生欺凌"))
    assert json.dumps(one, ensure_ascii=False, default=str) == json.dumps(comparison_json(library.compare("学生欺凌")), ensure_ascii=False, default=str)


def test_the_differences_of_the_documentation_are_found(library: Library) -> None:
    page = (Path(__file__).parents[1] / "docs" / "comparison.md").read_text(encoding="utf-8")
    told = re.findall(r"^   - `([\w-]+#\w+)`: (.+)$", page, re.MULTILINE)
    found = {(side.id, side.quote) for one in library.differences() or () for side in one.sides}
    assert len(told) >= 20 and not [pair for pair in told if pair not in found]


def test_a_row_is_as_tall_as_its_words_and_a_formula_stays_words() -> None:
    from tiaowen.export.xlsx import Sheet, workbook

    book = ZipFile(BytesIO(workbook([Sheet("表", (("甲", 10), ("乙", 10)), [("短", "=1+1"), ("长" * 30, "")])])))
    page = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    heights = [float(found) for found in re.findall(r'<row r="[23]"[^>]* ht="([\d.]+)"', page)]
    assert (heights == [90.0] or heights[-1] == 90.0) and "<f>" not in page
