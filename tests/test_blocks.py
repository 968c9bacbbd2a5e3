import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_clean import pieces
from tiaowen.model import Document
from tiaowen.parse.blocks import blocks, scheme_of
from tiaowen.rules.markers import OFFICIAL, STATUTE, marker


def roles(text: str) -> list[tuple[str, str]]:
    return [(b.role, text[b.start : b.end].strip()) for b in blocks(text) if b.role != "blank"]


@pytest.mark.parametrize(("line", "scheme", "expected"), [
    ("第五十五条  【性侵害行为的发现】  密切接触", STATUTE, ("art", "55", "第五十五条")),
    ("第十四条之一　国家保护", STATUTE, ("art", "14-1", "第十四条之一")),
    ("第５条 为了", STATUTE, ("art", "5", "第５条")),
    ("　　第三条  县级", STATUTE, ("art", "3", "第三条")),
    ("第十四条规定的行为，处罚款。", STATUTE, None),
    ("第一章  总  则", STATUTE, ("chp", "1", "第一章")),
    ("第一节课", STATUTE, None),
    ("（十二）其他", STATUTE, ("item", "12", "（十二）")),
    ("(三)严格", OFFICIAL, ("l2", "3", "(三)")),
    ("（27）严厉", OFFICIAL, ("l4", "27", "（27）")),
    ("1. 强化", OFFICIAL, ("l3", "1", "1.")),
    ("１．完善", OFFICIAL, ("l3", "1", "１．")),
    ("    5.加强", OFFICIAL, ("l3", "5", "5.")),
    ("2025年,相关", OFFICIAL, None),
    ("0.5个百分点", OFFICIAL, None),
    ("12345政务热线", OFFICIAL, None),
    ("一是建立", OFFICIAL, None),
    ("（征求意见稿）", OFFICIAL, None),
    ("（2021-2025年）", OFFICIAL, None),
    ("", OFFICIAL, None),
    ("第5十条 甲", STATUTE, ("art", "50", "第5十条")),
    ("12345.政务热线", OFFICIAL, None),
    ("第123456789条 甲", STATUTE, None),
    ("第" + "9" * 5000 + "条 甲", STATUTE, None),
])
def test_marker(line: str, scheme: str, expected: tuple[str, str, str] | None) -> None:
    found = marker(line, scheme=scheme)
    assert (found and (found.kind, found.number, found.label)) == expected, line
    assert found is None or line[: found.end].strip() == found.label


@pytest.mark.parametrize(("text", "scheme"), [
    ("第一条 甲\n第二条 乙\n", STATUTE), ("第一条 只有一条\n", STATUTE), ("一、总则\n（一）甲\n", OFFICIAL), ("没有编号\n", OFFICIAL),
    ("一、总则\n第三条 引文\n", OFFICIAL), ("", OFFICIAL),
    ("第一条 甲\n第二条 乙\n一、附表\n", STATUTE),
])
def test_scheme(text: str, scheme: str) -> None:
    assert scheme_of(text) == scheme, text


@pytest.mark.parametrize(("text", "expected"), [
    ("某市未成年人保护实施方案\n（征求意见稿）\n为了保护，制定本方案。\n一、目标\n",
     [("title", "某市未成年人保护实施方案"), ("mark", "（征求意见稿）"), ("preamble", "为了保护，制定本方案。"), ("unit", "一、目标")]),
    ("某府〔2022〕4号\n关于印发《某县实施方案》的通知\n各乡镇：\n现印发你们。\n某县人民政府\n2022年9月7日\n某县实施方案\n为了保护，如下。\n一、目标\n",
     [("notice", "某府〔2022〕4号"), ("notice", "关于印发《某县实施方案》的通知"), ("notice", "各乡镇："), ("notice", "现印发你们。"),
      ("notice", "某县人民政府"), ("notice", "2022年9月7日"), ("title", "某县实施方案"), ("preamble", "为了保护，如下。"), ("unit", "一、目标")]),
    ("某市方案\n一、目标\n责任单位:民政局,教育局\n正文。\n抄送：市委各部门。\n2021年1月1日印发\n",
     [("title", "某市方案"), ("unit", "一、目标"), ("unit_line", "责任单位:民政局,教育局"), ("text", "正文。"), ("colophon", "抄送：市委各部门。"),
      ("colophon", "2021年1月1日印发")]),
    ("某办法\n目　录\n第一章　总则\n第二章　附则\n第一章　总则\n第一条　甲\n第二章　附则\n第二条　乙\n",
     [("title", "某办法"), ("toc", "目　录"), ("toc", "第一章　总则"), ("toc", "第二章　附则"), ("unit", "第一章　总则"), ("unit", "第一条　甲"),
      ("unit", "第二章　附则"), ("unit", "第二条　乙")]),
])
def test_roles(text: str, expected: list[tuple[str, str]]) -> None:
    assert roles(text) == expected


def test_titles_of_the_five(documents: dict[str, Document]) -> None:
    for identity, document in documents.items():
        text = document.clean.text
        title = "".join("".join(text[b.start : b.end].split()) for b in document.blocks if b.role == "title")
        assert title.strip("《》") == document.meta.title or title[1:-1] == document.meta.title, f"{identity}: {title}"


def test_blocks_of_the_five_tile(documents: dict[str, Document]) -> None:
    for identity, document in documents.items():
        assert "".join(document.clean.text[b.start : b.end] for b in document.blocks) == document.clean.text, identity


@given(st.one_of(pieces, st.text(max_size=80)))
def test_blocks_tile_any_text(text: str) -> None:
    position = 0
    for block in blocks(text):
        assert block.start == position < block.end, repr(text)
        position = block.end
    assert position == len(text), repr(text)
