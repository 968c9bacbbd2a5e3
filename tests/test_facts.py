from datetime import date

import pytest

from tests.support import doc
from tiaowen.model import Document, Meta
from tiaowen.parse.blocks import blocks
from tiaowen.parse.facts import differences, open_dates, stated, target_years

NOTICE = ("某府办函〔2022〕74号\n某县人民政府办公室关于印发《某县实施意见》的通知\n各乡镇:\n现印发你们,请认真抓好落实。\n"
          "某县人民政府办公室\n2022年9月27日\n某县实施意见\n为了保护,如下。\n一、目标\n")


@pytest.mark.parametrize(("text", "expected"), [
    (NOTICE, {"title": "某县实施意见", "document_number": "某府办函〔2022〕74号", "issuer": "某县人民政府办公室",
              "issued": date(2022, 9, 27)}),
    ("某区行动方案\n（征求意见稿）\n一、目标\n", {"title": "某区行动方案", "stage": "征求意见稿"}),
    ("《某省办法》\n（草案）\n第一条 甲\n第二条 乙\n", {"title": "某省办法", "stage": "草案"}),
    ("某省条例\n（草案修改稿）\n第一条 甲\n第二条 乙\n", {"title": "某省条例", "stage": "草案修改稿"}),
    ("某省条例\n第一条 甲\n第二条 乙\n", {"title": "某省条例"}),
    ("一、目标\n", {}),
])
def test_stated(text: str, expected: dict[str, object]) -> None:
    assert stated(text, blocks(text)) == expected


@pytest.mark.parametrize(("identity", "expected"), [
    ("jincheng-plan-2021", {"document_number": "晋市政发〔2021〕21号", "issuer": "晋城市人民政府", "issued": date(2021, 10, 14)}),
    ("rangtang-opinions-2022", {"document_number": "壤府办函〔2022〕74号", "issuer": "壤塘县人民政府办公室", "issued": date(2022, 9, 27)}),
    ("national-opinions-2021", {"document_number": "国未保组〔2021〕1号", "issuer": "国务院未成年人保护工作领导小组",
                                "issued": date(2021, 6, 6)}),
    ("yuexiu-plan-draft", {"stage": "征求意见稿"}),
    ("hunan-measures-draft", {"stage": "征求意见稿"}),
])
def test_what_the_five_state(documents: dict[str, Document], identity: str, expected: dict[str, object]) -> None:
    document = documents[identity]
    assert stated(document.clean.text, document.blocks) == {"title": document.meta.title, **expected}
    assert [i for i in document.issues if i.code == "meta_differs"] == []


def test_meta_wins_and_a_difference_is_an_issue() -> None:
    document = doc(NOTICE, title="另一个题名", issuer="某县人民政府办公室")
    assert document.meta.title == "另一个题名"
    assert [i.message for i in document.issues if i.code == "meta_differs"] == ["meta.toml 的 title 是“另一个题名”，正文写的是“某县实施意见”"]


def test_what_meta_leaves_open_is_no_difference() -> None:
    assert differences(Meta("t", "t.txt", "某"), {"title": "某", "issuer": "某局"}) == ()


@pytest.mark.parametrize(("text", "found"), [
    ("本办法自2023年  月  日起施行。", ["2023年  月  日"]), ("自2023年　月　日起", ["2023年　月　日"]), ("自2023年1月1日起施行", []),
])
def test_open_dates(text: str, found: list[str]) -> None:
    issues = open_dates(text)
    assert [i.span.cut(text) for i in issues if i.span] == found, text


def test_the_open_date_of_hunan_is_noted(documents: dict[str, Document]) -> None:
    assert [i.message for i in documents["hunan-measures-draft"].issues if i.code == "open_date"] == ["日期未填写：2023年  月  日"]


@pytest.mark.parametrize(("text", "years"), [
    ("到2025年，基本形成。到2035年，全面建立。", [2025, 2035]), ("至2030年底完成", [2030]), ("2021年印发", []), ("（2021-2025年）", []),
])
def test_target_years(text: str, years: list[int]) -> None:
    assert [year for year, _ in target_years(text)] == years, text


@pytest.mark.parametrize(("identity", "years"), [
    ("national-opinions-2021", [2025, 2035, 2025]), ("rangtang-opinions-2022", [2022, 2025, 2035, 2025, 2025]),
    ("jincheng-plan-2021", []), ("yuexiu-plan-draft", []), ("hunan-measures-draft", []),
])
def test_target_years_of_the_five(documents: dict[str, Document], identity: str, years: list[int]) -> None:
    assert [year for year, _ in target_years(documents[identity].clean.text)] == years
