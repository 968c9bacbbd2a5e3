"""The register: areas, groups of limits, filters, duties of a role, Excel."""

import io
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from tiaowen.export.xlsx import Sheet, workbook
from tiaowen.library import FILTERS, Library, excel
from tiaowen.register import area_of, frequency_of, limit_of
from tiaowen.rules import rows

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.mark.parametrize("row", rows("areas", "area"), ids=lambda r: r["id"])
def test_areas(row: dict[str, Any]) -> None:
    assert [area_of(h) for h in row["yes"]] == [row["id"]] * len(row["yes"])
    assert row["id"] not in [area_of(h) for h in row["no"]]


@pytest.mark.parametrize("row", rows("register", "limit"), ids=lambda r: r["id"])
def test_limits(row: dict[str, Any]) -> None:
    assert {limit_of(words, row["kinds"][0]) for words in row["yes"]} == {row["id"]}
    assert row["id"] not in {limit_of(words, row["kinds"][0]) for words in row["no"]}


@pytest.mark.parametrize("row", rows("register", "frequency"), ids=lambda r: r["id"])
def test_frequencies(row: dict[str, Any]) -> None:
    assert {frequency_of(words) for words in row["yes"]} == {row["id"]}
    assert row["id"] not in {frequency_of(words) for words in row["no"]}


def test_every_option_selects_its_rows(library: Library) -> None:
    register = library.register
    assert len(register.rows) == len(library.generation.duties)
    for name in FILTERS:
        for value, count in register.options[name]:
            assert len(register.select({name: value})) == count > 0, (name, value)
    assert register.select({"role": "village", "modality": "不得", "area": "special"}) == ()
    assert register.select({}) == register.rows


def test_mine_keeps_what_is_mine_apart(library: Library) -> None:
    register = library.register
    for role in register.page_roles():
        mine = register.mine(role, None)
        own = {r.frame.id for _, groups in mine.own for g in groups for r in g.rows}
        assert own == {r.frame.id for r in register.select({"role": role})}
        assert not own & {r.frame.id for _, found in mine.maybe for r in found}
        assert own or mine.guided or mine.maybe, role
    assert register.mine("village", None).maybe == () and register.mine("school-kinder", None).maybe
    places = [name for name, _ in register.mine("police", "湖南省/长沙市").own]
    assert places == ["nationwide", "local", "elsewhere"]


def test_the_immediate_report_stands_beside_every_reporting_role(library: Library) -> None:
    for role in ("village", "school-kinder", "medical", "police", "civil", "lodging"):
        assert library.register.pointers(role)[0].article == "第十一条第二款", role


def test_penalties_stand_beside_their_duties(library: Library) -> None:
    tattoo = [row for row in library.register.select({"role": "tattoo"}) if library.register.penalties(row)]
    assert [p.eid for row in tattoo for p in library.register.penalties(row)] == ["art_62"]
    assert any("一万元以上三万元以下" in amount for row in tattoo for p in library.register.penalties(row) for amount in p.amounts)


def cells(data: bytes, sheet: int) -> list[list[str]]:
    """The strings of a sheet; a formula or a number would have no shared string."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        strings = ["".join(t.text or "" for t in si.iter(f"{{{NS['x']}}}t"))
                   for si in ElementTree.fromstring(file.read("xl/sharedStrings.xml")).findall("x:si", NS)]
        page = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{sheet}.xml"))
        assert page.find(".//x:pane[@state='frozen']", NS) is not None and page.find("x:cols", NS) is not None
        assert page.find(".//x:f", NS) is None
        return [[strings[int(v.text or "")] for c in r.findall("x:c", NS) if c.get("t") == "s" and (v := c.find("x:v", NS)) is not None]
                for r in page.findall(".//x:row", NS)]


def test_cells_are_text_as_given() -> None:
    wild = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=2", "http://a.example", "007", "《甲》"]
    data = workbook([Sheet("表", [("列", 10)] * len(wild), [wild])])
    assert cells(data, 1)[1] == wild
    assert b"quotePrefix" in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")


def test_excel_holds_the_rows_and_their_documents(library: Library) -> None:
    found = library.register.select({"role": "village"})
    data = excel(found, date(2026, 11, 1))
    duties, documents = cells(data, 1), cells(data, 2)
    assert len(duties) == len(found) + 1 and len(documents) == len({r.document.meta.id for r in found}) + 1
    assert found[0].citation in duties[1] and "征求意见稿·已有正式文本" in documents[1] and "2026-11-01" in documents[1]
    assert excel(found, date(2026, 11, 1)) == data
