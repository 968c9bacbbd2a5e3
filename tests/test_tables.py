"""The three tables of the drafters: rows of the draft, words of the sources, fonts for every script."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pdfplumber
import pytest

from tests.drafts import DRAFT
from tiaowen import wording
from tiaowen.compare.draft import read_draft
from tiaowen.compare.rows import words_of
from tiaowen.export.docx import document as word_file
from tiaowen.export.table_xlsx import table_book
from tiaowen.export.tables import STYLES, Cell, Table, Words
from tiaowen.library import Library, place, title, units
from tiaowen.model import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TODAY = date(2026, 11, 1)
HUNAN, NATION, LOCAL = "hunan-measures-draft", "national-opinions-2021", "rangtang-opinions-2022"


@pytest.fixture(scope="module")
def draft() -> Document:
    return read_draft(DRAFT)


@pytest.fixture(scope="module")
def tables(library: Library, draft: Document) -> dict[str, Table]:
    comparing = library.comparing
    hunan, nation, local = (library.document(i) for i in (HUNAN, NATION, LOCAL))
    return {"basis": comparing.basis(draft, [hunan, nation], today=TODAY), "changes": comparing.changed(nation, local, today=TODAY),
            "elsewhere": comparing.elsewhere(draft, [nation, local], today=TODAY)}


def lines_of(cell: Cell) -> list[str]:
    return ["".join(w.text for w in paragraph) for paragraph in cell]


def source_lines(document: Document, eid: str) -> list[str]:
    return [line.strip() for line in document.cut(words_of(document.get(eid), document)).splitlines() if line.strip()]


def test_rows_stand_in_the_order_of_the_draft_and_remarks_are_empty(tables: dict[str, Table], draft: Document) -> None:
    names = [place(p.eid, draft) for p in units(draft)]
    assert [lines_of(row[1])[0] for row in tables["basis"].rows] == names
    assert [lines_of(row[0])[0] for row in tables["elsewhere"].rows] == names
    for table in tables.values():
        assert table.columns[-1][0] == "说明" and all(row[-1] == () for row in table.rows)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert {w.style for row in table.rows for cell in row for p in cell for w in p} <= set(STYLES)


def test_every_quote_is_the_source(tables: dict[str, Table], library: Library, draft: Document) -> None:
    for row, provision in zip(tables["basis"].rows, units(draft), strict=True):
        assert lines_of(row[1])[1:] == source_lines(draft, provision.eid)
    local, nation = library.document(LOCAL), library.document(NATION)
    seen: list[str] = []
    for before, after, _ in tables["changes"].rows:
        for cell, document in ((before, nation), (after, local)):
            if cell:
                name, *lines = lines_of(cell)
                eid = next(p.eid for p in units(document) if place(p.eid, document) == name)
                assert lines == source_lines(document, eid)
                seen.append(f"{document.meta.id}#{eid}")
    assert sorted(seen) == sorted(f"{d.meta.id}#{p.eid}" for d in (local, nation) for p in units(d))
    quoted = [lines_of(row[2]) for row in tables["basis"].rows]
    assert quoted[3] == [wording.NO_COUNTERPART]
    assert quoted[2][0] == title(library.document(HUNAN).meta) + "第五十五条" and quoted[2][1:2] == source_lines(library.document(HUNAN), "art_55")[:1]


def test_changes_are_marked(tables: dict[str, Table]) -> None:
    row = next(r for r in tables["changes"].rows if lines_of(r[1])[:1] == ["二（一）3（9）"])
    struck = [w.text for p in row[0] for w in p if w.style == "deleted"]
    bold = [w.text for p in row[1] for w in p if w.style == "added"]
    assert struck[0] == "事件" and bold[0] == "案件"
    assert not [w for p in row[0] for w in p if w.style == "added"]
    assert tables["changes"].legend == "（黑体字为新增，删除线为删去）" and tables["basis"].legend is None


def test_relations_are_proposals(tables: dict[str, Table]) -> None:
    words = ["\n".join(lines_of(row[3])) for row in tables["basis"].rows]
    assert "不一致（建议）" in words[2] and "要求变弱：草案“可以”，上位文件“应当”" in words[2] and words[3] == "创设（建议）"


def test_sources_stand_at_the_end(tables: dict[str, Table]) -> None:
    assert [source[0] for source in tables["basis"].sources] == ["《某某市未成年人保护条例（草案）》",
        "《湖南省实施〈中华人民共和国未成年人保护法〉办法（征求意见稿）》", "《国务院未成年人保护工作领导小组关于加强未成年人保护工作的意见》"]
    assert tables["basis"].sources[2][1] == "国未保组〔2021〕1号" and tables["basis"].sources[1][2] == wording.STATUS["draft_superseded"]
    assert {source[4] for source in tables["basis"].sources} == {"2026-11-01"}


# -- Word


@pytest.mark.parametrize("kind", ["basis", "changes", "elsewhere"])
def test_every_run_names_its_east_asian_font(tables: dict[str, Table], kind: str) -> None:
    data = word_file(tables[kind])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        pages = [ElementTree.fromstring(file.read(name)) for name in file.namelist() if name.startswith(("word/document", "word/footer"))]
    found = [run for page in pages for run in page.iter(f"{W}r")]
    fonts = [run.find(f"{W}rPr/{W}rFonts") for run in found]
    assert len(found) > 40 and {None if f is None else f.get(f"{W}eastAsia") for f in fonts} <= {"宋体", "黑体", "仿宋"}


def test_the_page_is_landscape_and_the_head_row_comes_again(tables: dict[str, Table]) -> None:
    file: Any = docx.Document(io.BytesIO(word_file(tables["basis"])))
    section = file.sections[0]
    assert section.page_width > section.page_height and abs(section.page_width.cm - 29.7) < 0.1
    for grid in file.tables:
        assert grid.rows[0]._tr.find(f".//{W}tblHeader") is not None and grid.rows[1]._tr.find(f".//{W}tblHeader") is None
    assert file.paragraphs[0].text == "上位法依据对照表" and file.core_properties.author == ""


def test_the_word_file_holds_the_words_of_the_table(tables: dict[str, Table]) -> None:
    for table in tables.values():
        file: Any = docx.Document(io.BytesIO(word_file(table)))
        grid, sources = file.tables
        assert len(grid.rows) == len(table.rows) + 1 and len(sources.rows) == len(table.sources) + 1
        for row, cells in zip(grid.rows[1:], table.rows, strict=True):
            assert [cell.text for cell in row.cells] == ["\n".join(lines_of(cell)) for cell in cells]


def test_added_words_are_bold_in_heiti_and_deleted_ones_struck(tables: dict[str, Table]) -> None:
    file: Any = docx.Document(io.BytesIO(word_file(tables["changes"])))
    runs = [run for row in file.tables[0].rows[1:] for cell in row.cells[:2] for p in cell.paragraphs for run in p.runs]
    struck = [r.text for r in runs if r.font.strike]
    assert "事件" in struck and not any(r.font.bold for r in runs if r.font.strike)
    added = next(r for r in runs if r.text == "案件" and r.font.bold)
    assert added._element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "黑体"


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_opens_the_files(tables: dict[str, Table], kind: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice（apt install libreoffice-writer libreoffice-calc）")
    path = tmp_path / f"table.{kind}"
    path.write_bytes(word_file(tables["changes"]) if kind == "docx" else table_book(tables["changes"]))
    subprocess.run([office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(path)], check=True, capture_output=True, timeout=300)
    with pdfplumber.open(tmp_path / "table.pdf") as paper:
        first, last = paper.pages[0], paper.pages[1].extract_text() if kind == "docx" else ""
        assert first.width > first.height and "修改前后对照表" in first.extract_text() and "（黑体字为新增，删除线为删去）" in first.extract_text()
        assert kind == "xlsx" or "修改前：" in last, "the head row comes again"


# -- Excel


def strings(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        shared = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            assert ElementTree.fromstring(file.read(name)).find(".//x:f", NS) is None
    return ["".join(t.text or "" for t in si.iter(f"{{{NS['x']}}}t")) for si in shared.findall("x:si", NS)]


def test_the_excel_file_holds_the_words_and_no_formula(tables: dict[str, Table]) -> None:
    for table in tables.values():
        found = strings(table_book(table))
        for row in table.rows:
            assert not [cell for cell in row if cell and "\n".join(lines_of(cell)) not in found]
        assert not [source[0] for source in table.sources if source[0] not in found]


def test_wild_words_stay_words() -> None:
    wild = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=2", "http://a.example", "007")
    table = Table("basis", "=2", (("甲", 50), ("说明", 50)), tuple(((((Words(w),),), (), ())[:2]) for w in wild), (("=3", "", "", "", ""),))
    data = table_book(table)
    assert set(wild) | {"=2", "=3"} <= set(strings(data))
    assert b"quotePrefix" in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")


def test_the_same_table_gives_the_same_excel_file(tables: dict[str, Table]) -> None:
    assert table_book(tables["basis"]) == table_book(tables["basis"])
