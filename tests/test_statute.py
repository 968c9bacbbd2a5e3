"""Lists, headings and annexes of statutes: what law archives print and the five documents do not."""

import pytest

from tests.support import doc, eids, tiling
from tiaowen.parse.citation import citation, path, text_of
from tiaowen.parse.document import is_unit

HEAD = "某条例\n第一条 为了保护，制定本条例。\n第二条 本条例所称未成年人，是指公民。\n"
A1, A2, A3 = "art_1__para_1", "art_2__para_1", "art_3__para_1"


@pytest.mark.parametrize(("text", "expected"), [
    # headings without 编章节
    (HEAD + "网络素养\n第三条 学校应当教育。\n", ["art_1", A1, "art_2", A2, "head_1", "art_3", A3]),
    ("某解释\n一、管辖\n第一条 甲。\n二、诉讼时效\n第二条 乙。\n", ["head_1", "art_1", A1, "head_2", "art_2", A2]),
    ("某解释\n一、担保\n（一）合同\n第一条 甲。\n（二）责任\n第二条 乙。\n二、附则\n第三条 丙。\n",
     ["head_1", "head_1__head_1", "art_1", A1, "head_1__head_2", "art_2", A2, "head_2", "art_3", A3]),
    ("某法\n总 则\n第一条 甲。\n第二条 乙。\n", ["head_1", "art_1", A1, "art_2", A2]),
    ("某法\n第一章 人民法院、\n人民检察院的报告\n第一条 甲。\n第二条 乙。\n", ["chp_1", "art_1", A1, "art_2", A2]),
    ("某法\n第一章 甲\n第一条 甲。\n附则\n第二条 乙。\n", ["chp_1", "art_1", A1, "head_1", "art_2", A2]),
    # no headings: the last 项 without its stop, a formula, a sentence
    ("某法\n第一条 有下列情形：\n（一）甲；\n（二）其他情形\n第二条 乙。\n",
     ["art_1", A1, f"{A1}__item_1", f"{A1}__item_2", "art_2", A2]),
    ("某法\n第一条 计算公式为。\n税额＝销售额×税率\n第二条 乙。\n", ["art_1", A1, "art_1__para_2", "art_2", A2]),
    # ways of numbering under one 款
    ("某法\n第一条 包括：\n一、甲；\n二、乙。\n第二条 丙。\n", ["art_1", A1, f"{A1}__item_1", f"{A1}__item_2", "art_2", A2]),
    ("某法\n第一条 包括：\n1.甲；\n2.乙。\n丙。\n第二条 丁。\n",
     ["art_1", A1, f"{A1}__item_1", f"{A1}__item_2", "art_1__para_2", "art_2", A2]),
    ("某法\n第一条 包括：\n一、甲：\n（一）子；\n1.丑；\n（二）寅。\n二、乙。\n第二条 丁。\n",
     ["art_1", A1, f"{A1}__item_1", f"{A1}__item_1__point_1", f"{A1}__item_1__point_2", f"{A1}__item_2", "art_2", A2]),
    # words between （一） and （二） belong to （一）
    ("某法\n第一条 包括：\n（一）甲。\n甲的说明：\n1.子；\n2.丑。\n（二）乙。\n丙。\n第二条 丁。\n",
     ["art_1", A1, f"{A1}__item_1", f"{A1}__item_2", "art_1__para_2", "art_2", A2]),
    # annexes
    (HEAD + "附件\n一、甲\n（一）乙\n", ["art_1", A1, "art_2", A2, "att_1", "att_1__p_1", "att_1__p_2"]),
    (HEAD + "附件：1.名录\n2.式样\n附件1\n名录\n附件2：式样\n图。\n",
     ["art_1", A1, "art_2", A2, "colophon", "att_1", "att_1__p_1", "att_2", "att_2__p_1"]),
    (HEAD + "附件的格式由部门规定。\n", ["art_1", A1, "art_2", A2, "art_2__para_2"]),
])
def test_eids(text: str, expected: list[str]) -> None:
    document = doc(text)
    assert eids(document) == expected, text
    assert not tiling(document), text


def test_a_list_that_goes_on_is_no_gap_and_its_words_stay() -> None:
    document = doc("某法\n第一条 包括：\n（一）甲。\n甲的说明。\n（二）乙。\n第二条 丁。\n")
    assert text_of(document.get(f"{A1}__item_1"), document) == "（一）甲。\n甲的说明。"
    assert not [issue for issue in document.issues if issue.code.startswith("number")]


def test_a_heading_is_the_context_of_its_articles() -> None:
    document = doc("某解释\n一、担保\n（一）合同\n第一条 甲。\n二、附则\n第二条 乙。\n", title="某解释")
    assert path("art_1", document) == ("担保", "合同")
    assert path("art_2", document) == ("附则",)
    assert citation("head_1__head_1", document) == "《某解释》“（一）合同”部分"
    broken = doc("某法\n第一章 人民法院、\n人民检察院的报告\n第一条 甲。\n第二条 乙。\n")
    assert "".join(path("art_1", broken)[0].split()) == "人民法院、人民检察院的报告"


def test_an_annex_is_one_unit_apart_from_the_last_article() -> None:
    document = doc(HEAD + "附件二：名录\n甲类物品。\n", title="某条例")
    annex = document.get("att_2")
    assert is_unit(annex, document)
    assert text_of(annex, document) == "附件二：名录\n甲类物品。"
    assert text_of(document.get("art_2"), document) == "第二条 本条例所称未成年人，是指公民。"
    assert citation("att_2", document) == "《某条例》附件二"
    assert citation("att_2__p_1", document) == "《某条例》附件二第1段"


def test_lines_of_adoption_are_no_preamble() -> None:
    document = doc("某法\n1991年9月4日 某委员会第二十一次会议通过\n2020年10月17日 修订\n2021年6月1日 施行\n"
                   "为了保护，现公布如下：\n第一条 甲。\n第二条 乙。\n")
    assert text_of(document.get("preamble"), document) == "为了保护，现公布如下："
    assert not tiling(document)
