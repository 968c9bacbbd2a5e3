from datetime import date
from pathlib import Path

import pytest

from tests.conftest import CORPUS, FIVE
from tests.support import write_corpus
from tiaowen.check import check
from tiaowen.errors import CorpusError, UsageError
from tiaowen.model import Issue

TODAY = date(2026, 11, 1)


def found(corpus: Path, identity: str | None = None) -> list[tuple[str, str, str]]:
    return [(name, issue.code, issue.level) for name, issue in check(corpus, identity, today=TODAY)]


def issues(corpus: Path, code: str) -> list[Issue]:
    return [issue for _, issue in check(corpus, today=TODAY) if issue.code == code]


def test_the_shipped_corpus_has_no_error_and_no_warning() -> None:
    assert [f for f in found(CORPUS) if f[2] != "note"] == []
    assert {f[0] for f in found(CORPUS)} == set(FIVE)


@pytest.mark.parametrize(("identity", "code", "words"), [
    ("hunan-measures-draft", "open_date", "2023年  月  日"), ("hunan-measures-draft", "residue", "非正文字符"), ("hunan-measures-draft", "slip", "未成年保护"),
    ("hunan-measures-draft", "status", "征求意见稿·已有正式文本"), ("jincheng-plan-2021", "residue", "分页"),
    ("rangtang-opinions-2022", "unit_repeated", "县委宣传部"), ("rangtang-opinions-2022", "lead_undetermined", "牵头"),
    ("rangtang-opinions-2022", "slip", "法制副校长"), ("rangtang-opinions-2022", "target_past", "2022"),
    ("rangtang-opinions-2022", "target_past", "2025"), ("yuexiu-plan-draft", "slip", "未成年入"), ("national-opinions-2021", "target_past", "2025"),
])
def test_what_the_doctor_says_of_the_five(identity: str, code: str, words: str) -> None:
    said = [issue.message for name, issue in check(CORPUS, identity, today=TODAY) if issue.code == code]
    assert any(words in message for message in said), said


def test_the_year_2035_is_not_past() -> None:
    assert not [m for _, m in check(CORPUS, today=TODAY) if m.code == "target_past" and "2035" in m.message]


def test_odd_documents(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {
        "a-gap": ('title = "甲"', "第一条 甲。\n第三条 乙。\n"), "b-twice": ('title = "乙"', "第一条 甲。\n第二条 乙。\n第二条 丙。\n"),
        "c-nothing": ('title = "丙"', "没有编号。\n"), "d-empty": ('title = "丁"', ""), "e-broken": ("title = ", "x"),
        "f-hash": (f'title = "己"\nsha256 = "{"0" * 64}"', "第一条 甲。\n第二条 乙。\n"),
        "g-title": ('title = "另一个题名"', "某市方案\n一、甲\n二、乙\n"),
    })
    by_code = {(name, code) for name, code, _ in found(corpus)}
    assert by_code >= {("a-gap", "number_gap"), ("b-twice", "number_repeated"), ("c-nothing", "no_provisions"), ("d-empty", "no_provisions"),
                       ("e-broken", "unreadable"), ("f-hash", "sha256_differs"), ("g-title", "meta_differs")}
    assert [f for f in found(corpus) if f[2] == "error"] == [("e-broken", "unreadable", "error")]
    assert issues(corpus, "number_gap")[0].eid == "art_3"


def test_one_document(tmp_path: Path) -> None:
    assert {name for name, _, _ in found(CORPUS, "yuexiu-plan-draft")} == {"yuexiu-plan-draft"}
    with pytest.raises(UsageError, match="nothing"):
        check(CORPUS, "nothing")
    with pytest.raises(CorpusError, match="--corpus"):
        check(tmp_path / "none")
