from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import doc, eids, shown, tiling
from tests.test_clean import pieces
from tiaowen import eid
from tiaowen.model import Document
from tiaowen.numerals import to_chinese
from tiaowen.parse.citation import text_of
from tiaowen.parse.document import NUMBERED, is_unit, unit_of

STATUTE = """某省办法

第一章  总  则

第一条  【立法依据】  为了保护未成年人，制定本办法。
第二条  【职责】  县级以上人民政府履行下列职责：
（一）统筹协调；
1.协调教育；
2.协调公安；
（二）其他职责。
县级以上人民政府应当明确部门。
第二条之一  国家鼓励。
第二章  学校保护
第一节  一般规定
第三条  学校应当报告。
第二节  特别规定
第四条
（一）没有引语的项。
"""


@pytest.mark.parametrize(("text", "expected"), [
    (STATUTE, ["chp_1", "art_1", "art_1__para_1", "art_2", "art_2__para_1", "art_2__para_1__item_1",
               "art_2__para_1__item_1__point_1", "art_2__para_1__item_1__point_2", "art_2__para_1__item_2", "art_2__para_2",
               "art_2-1", "art_2-1__para_1", "chp_2", "chp_2__sec_1", "art_3", "art_3__para_1", "chp_2__sec_2", "art_4",
               "art_4__para_1"]),
    ("题\n一、甲\n1.甲一\n2.甲二\n二、乙\n1.乙一\n", ["l1_1", "l1_1__l3_1", "l1_1__l3_2", "l1_2", "l1_2__l3_1"]),
    ("题\n一、甲\n（一）乙。\n——丙。\n——丁。\n（二）戊。正文\n",
     ["l1_1", "l1_1__l2_1", "l1_1__l2_1__p_1", "l1_1__l2_1__p_2", "l1_1__l2_2"]),
    ("题\n一、甲\n(一)乙\n1.丙\n(1)丁\n(2)戊\n2.己\n(3)庚\n",
     ["l1_1", "l1_1__l2_1", "l1_1__l2_1__l3_1", "l1_1__l2_1__l3_1__l4_1", "l1_1__l2_1__l3_1__l4_2", "l1_1__l2_1__l3_2",
      "l1_1__l2_1__l3_2__l4_3"]),
    ("题\n一、甲\n1.一是建立制度。二是健全机制。\n责任单位:民政局,教育局\n", ["l1_1", "l1_1__l3_1"]),
    ("某县方案\n为了保护，如下。\n一、甲\n正文。\n抄送：各部门。\n2021年印发\n", ["preamble", "l1_1", "l1_1__p_1", "colophon"]),
    ("题\n没有编号的正文，只有一段。\n", ["preamble"]),
    ("", []),
    ("\n\n", []),
])
def test_eids(text: str, expected: list[str]) -> None:
    document = doc(text)
    assert eids(document) == expected, text
    assert not tiling(document), text


def test_own_words_full_words_and_headings() -> None:
    document = doc(STATUTE)
    assert document.cut(document.get("chp_1").heading or pytest.fail("no heading")) == "总  则"
    assert document.cut(document.get("art_1").heading or pytest.fail("no heading")) == "立法依据"
    assert text_of(document.get("art_2__para_1"), document).split("\n") == [
        "县级以上人民政府履行下列职责：", "（一）统筹协调；", "1.协调教育；", "2.协调公安；", "（二）其他职责。"]
    assert text_of(document.get("art_2__para_2"), document) == "县级以上人民政府应当明确部门。"
    assert text_of(document.get("chp_1"), document) == "第一章  总  则"
    assert document.get("art_3").parent == "chp_2__sec_1"
    assert document.get("art_2-1").parent == "chp_1"


@pytest.mark.parametrize(("line", "heading"), [
    ("(一)指导思想", "指导思想"),
    ("9.有效落实强制报告制度。指导国家机关、村（居）民委员会有效履行义务。", "有效落实强制报告制度"),
    ("（1）团区委、妇联、民政、教育部门要动员和支持青少年事务社工机构，依托专业力量开展宣传。", None),
    ("11.积极指导村（居）民委员会履行法定职责。指导落实。", "积极指导村（居）民委员会履行法定职责"),
    ("1.", None),
    ("1.。", None),
])
def test_heading_of_a_numbered_unit(line: str, heading: str | None) -> None:
    document = doc(f"题\n一、甲\n{line}\n")
    found = document.provisions[-1].heading
    assert (document.cut(found) if found else None) == heading, line


def test_a_number_printed_twice_is_kept_with_an_issue() -> None:
    document = doc("题\n一、甲\n1.第一次\n2.其他\n1.第二次\n1.第三次\n")
    assert eids(document) == ["l1_1", "l1_1__l3_1", "l1_1__l3_2", "l1_1__l3_1~2", "l1_1__l3_1~3"]
    found = [i for i in document.issues if i.code == "number_repeated"]
    assert [i.eid for i in found] == ["l1_1__l3_1~2", "l1_1__l3_1~3"]
    assert document.cut(found[0].span or pytest.fail("no place")) == "1.第二次\n"


def test_a_repeated_unit_has_children_of_its_own() -> None:
    document = doc("题\n一、甲\n（一）乙\n1.丙\n（一）丁\n1.戊\n")
    assert eids(document) == ["l1_1", "l1_1__l2_1", "l1_1__l2_1__l3_1", "l1_1__l2_1~2", "l1_1__l2_1~2__l3_1"]
    assert document.get("l1_1__l2_1~2__l3_1").parent == "l1_1__l2_1~2"


def test_an_article_printed_twice() -> None:
    document = doc("第一条 甲。\n第二条 乙。\n第二条 丙。\n")
    assert eids(document) == ["art_1", "art_1__para_1", "art_2", "art_2__para_1", "art_2~2", "art_2~2__para_1"]


@pytest.mark.parametrize(("text", "gaps"), [
    ("题\n一、甲\n二、乙\n四、丁\n", ["l1_4"]),
    ("第一条 甲。\n第二条 乙。\n第四条 丁。\n", ["art_4"]),
    ("第一条 甲。\n第一条之一 乙。\n第二条 丁。\n", []),
    ("题\n一、甲\n1.x\n2.y\n二、乙\n3.z\n", []),
    ("题\n一、甲\n1.x\n2.y\n二、乙\n1.z\n", []),
    ("第一条 甲：\n（一）x；\n（二）y。\n第二条 乙：\n（一）x；\n（二）y；\n（三）z。\n", []),
])
def test_gaps_in_the_numbers_are_issues(text: str, gaps: list[str]) -> None:
    assert [i.eid for i in doc(text).issues if i.code == "number_gap"] == gaps, text


def test_text_without_numbers_is_held_with_an_issue() -> None:
    assert [i.code for i in doc("只有一句话。").issues] == ["no_provisions"]


def test_a_unit_line_after_children_belongs_to_the_task_not_to_the_child() -> None:
    document = doc("题\n一、甲\n1.乙。正文。\n——其一。\n——其二。\n责任单位:民政局,教育局\n2.丙。\n")
    task = document.get("l1_1__l3_1")
    assert task.unit_line is not None
    assert document.cut(task.unit_line) == "责任单位:民政局,教育局\n"
    assert [p.eid for p in document.provisions if p.units] == ["l1_1__l3_1"]
    assert not tiling(document)
    assert text_of(task, document).endswith("责任单位:民政局,教育局")


# -- the five documents: the hand counts

COUNTS = {"national-opinions-2021": (3, 42, 33), "jincheng-plan-2021": (3, 37, 28), "rangtang-opinions-2022": (3, 52, 41),
          "yuexiu-plan-draft": (4, 38, 27)}


@pytest.mark.parametrize("identity", COUNTS)
def test_hand_counts_of_official_documents(documents: dict[str, Document], identity: str) -> None:
    document = documents[identity]
    numbered = [p for p in document.provisions if p.level in NUMBERED]
    top = sum(1 for p in numbered if p.level == "l1")
    leaves = [p for p in numbered if is_unit(p, document)]
    assert (top, len(numbered), len(leaves)) == COUNTS[identity], [p.eid for p in leaves]


def test_hand_counts_of_hunan(documents: dict[str, Document]) -> None:
    levels = Counter(p.level for p in documents["hunan-measures-draft"].provisions)
    assert (levels["chp"], levels["art"], levels["para"], levels["item"]) == (10, 64, 120, 27)
    assert [p.number for p in documents["hunan-measures-draft"].provisions if p.level == "art"] == [str(n) for n in range(1, 65)]
    assert all(p.heading for p in documents["hunan-measures-draft"].provisions if p.level == "art")


@pytest.mark.parametrize(("identity", "level", "numbers"), [
    ("national-opinions-2021", "l3", list(range(1, 26))),
    ("jincheng-plan-2021", "l3", list(range(1, 25))),
    ("rangtang-opinions-2022", "l4", list(range(1, 28))),
    ("rangtang-opinions-2022", "l3", [*range(1, 7), *range(1, 7)]),
    ("yuexiu-plan-draft", "l3", [1, 2, *range(1, 7), 1, 2, 3]),
])
def test_running_numbers(documents: dict[str, Document], identity: str, level: str, numbers: list[int]) -> None:
    assert [int(p.number) for p in documents[identity].provisions if p.level == level] == numbers


@pytest.mark.parametrize(("identity", "there", "words"), [
    ("jincheng-plan-2021", "l1_3__l2_3", "(三)严格督促检查。"),
    ("jincheng-plan-2021", "l1_2__l2_2__l3_4", "4. 加大家庭支持力度。指导各县（市、区）及时将符合条件的家庭和儿童"),
    ("jincheng-plan-2021", "l1_2__l2_5__l3_12", "12. 夯实工作基础。依托 12345 政务热线"),
    ("jincheng-plan-2021", "colophon", "抄送：市委各部门"),
    ("yuexiu-plan-draft", "l1_3__l2_2__l3_3__l4_1", "（1）团区委、妇联、民政、教育部门要动员"),
    ("yuexiu-plan-draft", "l1_3__l2_1__l3_2", "2.推动建立未成年人保护责任机制。一是建立"),
    ("rangtang-opinions-2022", "l1_2__l2_1__l3_1__l4_1", "(1)加强家庭监护指导帮助。"),
    ("rangtang-opinions-2022", "l1_2__l2_3__p_1", "以未成年人保护工作议事协调机制为统领"),
    ("rangtang-opinions-2022", "notice", "壤塘县人民政府办公室关于印发"),
    ("national-opinions-2021", "l1_1__l2_2__p_1", "——坚持党对未成年人保护工作的领导。"),
    ("national-opinions-2021", "l1_2__l2_3", "（三）加大社会保护力度。"),
    ("hunan-measures-draft", "art_55__para_1__item_3", "（三）未成年人遭受或者疑似遭受性侵害的；"),
    ("hunan-measures-draft", "art_4__para_2", "县级以上人民政府应当明确相关部门"),
    ("hunan-measures-draft", "art_64__para_1", "本办法自2023年  月  日起施行。"),
])
def test_what_stands_where(documents: dict[str, Document], identity: str, there: str, words: str) -> None:
    document = documents[identity]
    assert text_of(document.get(there), document).startswith(words), shown(document, there)


def test_the_last_item_of_an_article_is_not_a_new_paragraph(documents: dict[str, Document]) -> None:
    document = documents["hunan-measures-draft"]
    several = {p.eid: len([c for c in p.children if "__para_" in c]) for p in document.provisions if p.level == "art"}
    assert several["art_55"] == 1
    assert several["art_4"] == 2
    assert several["art_59"] == 4


def test_invariants_of_the_five(documents: dict[str, Document]) -> None:
    for identity, document in documents.items():
        check(document)
        for p in document.provisions:
            assert unit_of(p.eid, document), f"{identity}#{p.eid}"


# -- any text


def check(document: Document) -> None:
    """The invariants of every document."""
    text = document.clean.text
    found = eids(document)
    assert len(found) == len(set(found)), found
    assert not tiling(document), repr(text)
    known = {p.eid: p for p in document.provisions}
    for p in document.provisions:
        assert p.full.start == p.own.start <= p.own.end <= p.full.end <= len(text), shown(document, p.eid)
        assert (p.parent is None) == (p.parent not in known)
        for child in p.children:
            assert known[child].parent == p.eid
            assert p.full.start <= known[child].full.start <= known[child].full.end <= p.full.end, shown(document, child)
        assert eid.split(p.eid)
        if p.heading:
            assert p.own.start <= p.heading.start < p.heading.end <= p.own.end, shown(document, p.eid)


unruly = st.lists(st.sampled_from([
    "第一章 总则\n", "第一节 甲\n", "第一编 乙\n", "第一条 甲。\n", "第二条\n", "第二条之一 丙\n", "（一）项；\n", "1.目；\n", "正文。\n", "\n",
    "一、甲\n", "二、乙\n", "（二）丙\n", "1.丁\n", "(1)戊\n", "责任单位:民政局,教育局\n", "——己\n", "目录\n", "抄送：各部门\n", "（征求意见稿）\n",
    "（市民政局负责）\n", "责任单位:", "附件\n", "《某办法》\n", "2021年1月1日\n", "关于印发《某方案》的通知\n", "某方案\n", "第5十条 x\n",
    "第万万条 x\n", "第0条 x\n", "（零）x\n", "第一〇条 x\n", "十万、x\n", "第三条 【】  甲\n", "0、。",
]), max_size=30).map("".join)


@given(st.one_of(unruly, pieces, st.text(max_size=60)))
def test_no_text_is_refused(text: str) -> None:
    check(doc(text))


@st.composite
def statutes(draw: st.DrawFn) -> tuple[str, list[str]]:
    lines, expected, article = ["某办法"], [], 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        lines.append(f"第{to_chinese(chapter)}章　甲")
        expected.append(f"chp_{chapter}")
        for _ in range(draw(st.integers(1 if chapter > 1 else 2, 4))):
            article += 1
            name = f"第{to_chinese(article)}条"
            expected.append(f"art_{article}")
            for para in range(1, draw(st.integers(1, 3)) + 1):
                lines.append((f"{name}　" if para == 1 else "") + "县级人民政府应当履行下列职责：")
                expected.append(f"art_{article}__para_{para}")
                for item in range(1, draw(st.integers(0, 3)) + 1):
                    lines.append(draw(st.sampled_from(["（{}）", "({})"])).format(to_chinese(item)) + "统筹协调；")
                    expected.append(f"art_{article}__para_{para}__item_{item}")
    return draw(st.sampled_from(["\n", "\n\n", "\r\n"])).join(lines) + "\n", expected


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, list[str]]:
    lines, expected, running = ["某方案"], [], draw(st.booleans())
    third = 0
    half = draw(st.booleans())
    left, right = "()" if half else "（）"
    for one in range(1, draw(st.integers(1, 3)) + 1):
        lines.append(f"{to_chinese(one)}、甲")
        expected.append(f"l1_{one}")
        for two in range(1, draw(st.integers(0, 3)) + 1):
            lines.append(f"{left}{to_chinese(two)}{right}乙。")
            expected.append(f"l1_{one}__l2_{two}")
            third = third if running else 0
            for _ in range(draw(st.integers(0, 3))):
                third += 1
                lines.append(f"{third}. 丙。" if draw(st.booleans()) else f"{third}．丙。正文。")
                expected.append(f"l1_{one}__l2_{two}__l3_{third}")
                if draw(st.booleans()):
                    lines.append("——另起一段的话。")
                    expected.append(expected[-1] + "__p_1")
                if draw(st.booleans()):
                    lines.append("责任单位：民政局，教育局、公安局")
    return "\n".join(lines) + "\n", expected


@given(st.one_of(statutes(), plans()))
def test_documents_built_from_markers(built: tuple[str, list[str]]) -> None:
    text, expected = built
    document = doc(text)
    assert eids(document) == expected, text
    check(document)
