"""Misspelt, dictated and traditional questions: what is put right, what stays as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.ask.spelling import Spelling, simplified
from tiaowen.library import Library

HELD = ["强制报告", "报告", "欺凌", "留守儿童", "留守", "性侵害", "社区矫正", "市妇联", "保障", "管护", "办法", "把握", "我市", "网络"]
SPELLING = Spelling(HELD, names=["晋城", "越秀", "网格员"], known=["观护", "网隔员"])


@pytest.mark.parametrize(("written", "meant"), [
    ("强治报告向谁报", "强制报告向谁报"),
    ("看到欺林怎么办", "看到欺凌怎么办"),
    ("流守儿童谁管", "留守儿童谁管"),
    ("疑似性青害", "疑似性侵害"),
    ("进成的方案", "晋城的方案"),
    ("社区娇正", "社区矫正"),
])
def test_put_right(written: str, meant: str) -> None:
    assert SPELLING.mend(written)[0] == meant


@pytest.mark.parametrize("written", [
    "是妇联管还是学校管",       # 是 before a word is no 市
    "观护和帮教",               # an everyday word that the tables know
    "我是老师",                 # 我市 sounds alike
    "网格员要做什么",           # stands as it is, 网隔员 is the slip
    "帮我把关",
    "abc 123 ？",
])
def test_left_alone(written: str) -> None:
    assert SPELLING.mend(written) == (written, ())


def test_every_change_is_told() -> None:
    assert SPELLING.mend("强治报告和欺林") == ("强制报告和欺凌", (("强治报告", "强制报告"), ("欺林", "欺凌")))


@given(st.text(alphabet="强治制报告欺林凌留流守儿童是我市的网格员，？a1", max_size=30))
def test_length_stays_and_mending_twice_changes_nothing(text: str) -> None:
    mended, _ = SPELLING.mend(text)
    assert len(mended) == len(text)
    assert SPELLING.mend(mended)[0] == mended


@pytest.mark.parametrize(("written", "read"), [
    ("學校發現兒童遭受性侵", "学校发现儿童遭受性侵"),
    ("網吧放未成年人進去", "网吧放未成年人进去"),
    ("学校发现欺凌", "学校发现欺凌"),
    ("㐀 ok", "㐀 ok"),
])
def test_traditional_characters(written: str, read: str) -> None:
    assert simplified(written) == read


@pytest.mark.parametrize(("written", "meant"), [("兽续怎么办", "手续怎么办"), ("处峰学生", "处分学生"), ("上户抠要什么", "上户口要什么"), ("脱已服", "脱已服")])
def test_everyday_words_are_mended_where_the_written_character_is_rare(library: Library, written: str, meant: str) -> None:
    assert library.view.spelling.mend(written)[0] == meant


@pytest.mark.parametrize("written", ["屋里大人都不管", "家里大人打工去了", "坏了谁赔", "要赔多少", "捡到一个娃", "发多少钱", "撕了同学的本子", "啥人能当儿童主任"])
def test_everyday_talk_stands(library: Library, written: str) -> None:
    assert library.view.spelling.mend(written) == (written, ())
