"""The check of the pointer table against held laws, on made-up texts under a law's title."""

from pathlib import Path

import pytest

from eval.check_law import articles, corpus_with, disagreements, newest, verbatim, words
from tests.support import write_corpus
from tiaowen.ask import higher
from tiaowen.build import ingest
from tiaowen.library import Library
from tiaowen.model import HigherLaw
from tiaowen.rules import rows

LAW = """# 某示例法

## 第一章 总则

第九条 县级以上人民政府教育行政部门应当协调。

第十条之一 学校应当做到：

（一）及时通知父母；

（二）在五日内向公安机关报告。

任何人都可以举报。

附则

第十一条 本法自公布之日起施行。
"""
ROW = {"id": "x", "law": "某示例法", "article": "第十条之一第一款第二项", "who": "学校", "duty": "五日内报告", "to_whom": "公安机关", "limit": "五日内"}


@pytest.mark.parametrize(("printed", "expected"), [
    ("第九条", "县级以上人民政府教育行政部门应当协调。"),
    ("第十条之一第一款", "学校应当做到：（一）及时通知父母；（二）在五日内向公安机关报告。"),
    ("第十条之一第一款第二项", "（二）在五日内向公安机关报告。"),
    ("第十条之一第二款", "任何人都可以举报。"),
    ("第十条之一第三款", None), ("第十条之一第一款第三项", None), ("第十二条", None),
])
def test_the_second_reader(printed: str, expected: str | None) -> None:
    assert words(printed, articles(LAW)) == expected


@pytest.mark.parametrize(("change", "expected"), [
    ({}, []),
    ({"article": "第九条", "who": "县级教育行政部门", "duty": "协调", "to_whom": "", "limit": ""}, []),
    ({"limit": "立即"}, ["limit 立即"]),
    ({"duty": "十日内报告"}, ["figure 十日"]),
    ({"to_whom": "公安机关、民政部门"}, ["to_whom 民政部门"]),
])
def test_facts_that_the_article_does_not_print(change: dict[str, str], expected: list[str]) -> None:
    assert disagreements(ROW | change, articles(LAW)) == expected


def test_a_quote_that_differs_is_found() -> None:
    row = {"article": "第九条"}

    def problem(quote: str | None, pointer: str | None = None) -> str | None:
        return verbatim(row, HigherLaw("某示例法", "第九条", quote, pointer, "issued", None), articles(LAW))

    assert problem("第九条 县级以上人民政府教育行政部门应当协调。") is None
    assert problem("第九条 县级以上人民政府教育行政部门可以协调。") == "quote differs from the article"
    assert problem(None, "教育行政部门：协调") == "no quote"
    assert verbatim({"article": "第九十条"}, HigherLaw("", "", "x", None, "", None), articles(LAW)) == "no such place in the law"


def test_the_newest_version_is_held_and_its_words_replace_the_pointers(tmp_path: Path) -> None:
    table = rows("pointers", "pointer")
    row = next(r for r in table if r["article"] == "第十一条第二款")
    text = f"# {row['law']}\n\n第十条 甲。\n\n第十一条 旧。\n\n%s应当立即报告。\n\n第十二条 乙。\n"
    archive = tmp_path / "archive" / "社会法"
    archive.mkdir(parents=True)
    (archive / "某(2020-01-01).md").write_text(text % "旧单位", encoding="utf-8")
    (archive / "某(2024-01-01).md").write_text(text % "新单位", encoding="utf-8")
    laws = newest(archive.parent)
    assert [law.title for law in laws] == [row["law"]]
    local = write_corpus(tmp_path / "local", {"a-doc": ('title = "某办法"', "第一条 学校应当立即报告公安机关。\n第二条 旅馆应当询问。\n")})
    corpus = corpus_with(laws, local, tmp_path)
    ingest(corpus, tmp_path / "index")
    library = Library(index=tmp_path / "index", corpus=corpus)
    shelf = [d for d in library.documents if d.meta.shelf == "law"]
    made = higher.shown(row, shelf)
    assert (made.quote, made.pointer, made.provision) == ("新单位应当立即报告。", None, "law-1#art_11__para_2")
    missing = higher.shown(row | {"article": "第五十条"}, shelf)
    assert missing.quote is None
    assert missing.pointer is not None
    assert missing.provision is None
    result = library.ask("老师发现学生被打要向谁报告")
    assert {a.provision.split("#")[0] for a in result.answers} <= {"a-doc"}
    assert {r.provision.split("#")[0] for r in result.related} <= {"a-doc"}
    assert "新单位应当立即报告。" in [one.quote for one in result.higher_law]
    asked = library.ask("新单位应当立即报告什么", shelf="law")
    assert {r.provision.split("#")[0] for r in asked.related} == {"law-1"}


def test_what_only_the_shelf_speaks_of_is_not_held_for_who_did_not_ask_it(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {
        "a-doc": ('title = "某办法"', "第一条 学校应当保护学生。\n第二条 学校应当立即报告公安机关。\n"),
        "_law/l-doc": ('title = "某法"\nshelf = "law"', "第一条 学校不得让学生放孔明灯。\n第二条 违反的，处罚款。\n")})
    ingest(corpus, tmp_path / "index")
    library = Library(index=tmp_path / "index", corpus=corpus)
    question = "学校能不能让学生放孔明灯"
    assert "孔明灯" in library.ask(question).message
    assert library.ask(question).reason == "not_in_corpus"
    assert library.ask(question, shelf="law").answers[0].provision == "l-doc#art_1"
