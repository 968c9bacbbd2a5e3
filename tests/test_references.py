"""References printed in a text: what is found, what it reaches, and that nothing is guessed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import references as gold
from tests.support import doc, write_corpus
from tiaowen.check import check
from tiaowen.library import Library
from tiaowen.model import Citing, Document
from tiaowen.parse.cited import cited_by, cited_not_held, citing, references_of
from tiaowen.parse.document import parse
from tiaowen.parse.references import linked, resolve
from tiaowen.rules import compiled, rows, table

STATUTE = """第一章　总则
第一条　根据某法，制定本办法。
第二条　甲。
乙。
丙：
（一）丁；
（二）戊；
（三）己。
第三条　庚。
第三条之一　辛。
第四条　壬。
第二章　责任
第五条　癸。
子。
{words}
"""


def statute(words: str) -> Document:
    return doc(STATUTE.format(words=words), title="某省保护办法")


def read(document: Document) -> list[tuple[str, str]]:
    """What is found in the last provision with words of its own: words -> targets without the document."""
    last = document.provisions[-1].eid
    return [(c.words, " ".join(t.partition("#")[2] or "*" for t in c.targets)) for c in document.references if c.eid == last]


@pytest.mark.parametrize(("words", "found"), [
    ("违反第二条规定。", [("第二条", "art_2")]),
    ("违反本办法第二条、第三条、第四条规定。", [("本办法第二条、第三条、第四条", "art_2 art_3 art_4")]),
    ("违反本办法第二、三、四条规定。", [("本办法第二、三、四条", "art_2 art_3 art_4")]),
    ("违反第二条和第四条，第一条规定。", [("第二条和第四条", "art_2 art_4"), ("第一条", "art_1")]),
    ("违反第二条以及第三条之一。", [("第二条以及第三条之一", "art_2 art_3-1")]),
    ("第二条至第四条", [("第二条至第四条", "art_2 art_3 art_3-1 art_4")]),
    ("第二至四条", [("第二至四条", "art_2 art_3 art_4")]),
    ("第二条第一款", [("第二条第一款", "art_2__para_1")]),
    ("第二条第一款、第三款", [("第二条第一款、第三款", "art_2__para_1 art_2__para_3")]),
    ("第二条第一款至第三款", [("第二条第一款至第三款", "art_2__para_1 art_2__para_2 art_2__para_3")]),
    ("第二条第三款第（一）项、第（三）项", [("第二条第三款第（一）项、第（三）项", "art_2__para_3__item_1 art_2__para_3__item_3")]),
    ("第二条第（二）项", [("第二条第（二）项", "art_2__para_3__item_2")]),
    ("第二条第二项至第三项", [("第二条第二项至第三项", "art_2__para_3__item_2 art_2__para_3__item_3")]),
    ("第 2 条第1款", [("第 2 条第1款", "art_2__para_1")]),
    ("第一条、第二条第二款", [("第一条、第二条第二款", "art_1 art_2__para_2")]),
    ("前款", [("前款", "art_5__para_2")]), ("前两款", [("前两款", "art_5__para_1 art_5__para_2")]), ("前三款", [("前三款", "")]),
    ("前条", [("前条", "art_4")]), ("前两条", [("前两条", "art_3-1 art_4")]), ("前九条", [("前九条", "")]),
    ("本条第二款", [("本条第二款", "art_5__para_2")]), ("本条", [("本条", "art_5")]), ("本款", [("本款", "art_5__para_3")]),
    ("本条第一款和第二款", [("本条第一款和第二款", "art_5__para_1 art_5__para_2")]),
    ("第一款", [("第一款", "art_5__para_1")]), ("前款第三项", [("前款第三项", "")]),
    ("参照本章规定", [("本章", "chp_2")]), ("参照第一章", [("第一章", "chp_1")]), ("本节", [("本节", "")]),
    ("本办法自公布之日起施行", [("本办法", "*")]), ("第一条、第九十九条", [("第一条、第九十九条", "")]),
    ("违反第九十九条。", [("第九十九条", "")]), ("第四条至第二条", [("第四条至第二条", "")]),
    ("第二、三条第一款", [("第二、三条第一款", "")]), ("第二条第一款至第四条", [("第二条第一款至第四条", "")]),
    ("处罚；按照上述规定办理", [("上述规定", "art_5__para_3")]), ("按照上述规定办理", [("上述规定", "")]),
    ("第二条规定，同条第二款", [("第二条", "art_2"), ("同条第二款", "")]),
    ("前款规定的第三项", [("前款规定的第三项", "")]), ("除本办法第二条外", [("本办法第二条", "art_2")]), ("低成本节能", []), ("造成本条第一款规定的", [("本条第一款", "art_5__para_1")]),
    ("依照刑法第五条、第六条处罚，第三条", [("刑法第五条、第六条", ""), ("第三条", "")]),
    ("违反第三条，第一款", [("第三条", "art_3"), ("第一款", "")]),
    ("含有上述内容的，具有上述行为的", []), ("履行下列职责", []), ("本级政府、本省、本法院、本项目", []), ("第一项任务，第一节课", []),
])
def test_internal(words: str, found: list[tuple[str, str]]) -> None:
    assert read(statute(words)) == found


def test_from_an_item_and_between_repeated_numbers() -> None:
    document = doc("第一条　甲。\n乙：\n（一）丙；\n（二）前款和前项规定；\n（三）第一项规定。\n第二条　丁。\n第二条　戊。\n第三条　第二条。\n")
    assert [(c.words, c.targets) for c in document.references] == [
        ("前款", ("t#art_1__para_1",)), ("前项", ("t#art_1__para_2__item_1",)), ("第一项", ("t#art_1__para_2__item_1",)), ("第二条", ())]


def test_markers_and_headings_are_no_references() -> None:
    assert doc("第一章　总则\n第一条　甲。\n第二条　【乙】丙。\n").references == ()


def test_an_item_that_two_paragraphs_have_reaches_nothing() -> None:
    document = doc("第一条　甲：\n（一）乙。\n丙：\n（一）丁。\n第二条　第一条第一项。\n")
    assert [c.targets for c in document.references] == [()]


@pytest.mark.parametrize(("words", "found"), [
    ("依照《甲法》第十一条第二款", [("《甲法》第十一条第二款", "甲法", None, "第十一条第二款")]),
    ("依照《甲法》的第十一条、第十二条", [("《甲法》的第十一条、第十二条", "甲法", None, "第十一条、第十二条")]),
    ("《甲法》（2024年修正）第十一条", [("《甲法》（2024年修正）第十一条", "甲法", None, "第十一条")]),
    ("《关于乙的意见》（国办发〔2020〕1号）精神", [("《关于乙的意见》（国办发〔2020〕1号）", "关于乙的意见", "国办发〔2020〕1号", None)]),
    ("按照国办发〔2020〕1号要求", [("国办发〔2020〕1号", None, "国办发〔2020〕1号", None)]),
    ("国务院令第766号公布", [("国务院令第766号", None, "国务院令第766号", None)]),
    ("《实施〈甲法〉办法》", [("《实施〈甲法〉办法》", "实施〈甲法〉办法", None, None)]),
    ("《实施《甲法》办法》", [("《实施《甲法》办法》", "实施《甲法》办法", None, None)]),
    ("《甲条例》、《乙条例》", [("《甲条例》", "甲条例", None, None), ("《乙条例》", "乙条例", None, None)]),
    ("《甲条例》（以下简称《条例》）第三条，《条例》第四条",
     [("《甲条例》（以下简称《条例》）第三条", "甲条例", None, "第三条"), ("《条例》第四条", "甲条例", None, "第四条")]),
    ("《甲法》第三条，同法第五条", [("《甲法》第三条", "甲法", None, "第三条"), ("同法第五条", "甲法", None, "第五条")]),
    ("《甲法》和《乙法》，同法第五条", [("《甲法》", "甲法", None, None), ("《乙法》", "乙法", None, None), ("同法第五条", None, None, "第五条")]),
    ("依照未成年人保护法第十一条", [("未成年人保护法第十一条", "未成年人保护法", None, "第十一条")]),
    ("适用预防未成年人犯罪法规定的措施", [("预防未成年人犯罪法", "预防未成年人犯罪法", None, None)]),
    ("依照消防法第十六条", [("消防法第十六条", "消防法", None, "第十六条")]),
    ("参照有关条例第三条", [("第三条", None, None, "第三条")]),
    ("确保未成年人保护法规政策落实，某省未成年人保护条例", []), ("会同法院", []), ("“校园贷”", []), ("发给《卫生许可证》", []),
    ("依照刑法第八十九条甲罪、第九十三条", [("刑法第八十九条", "刑法", None, "第八十九条"), ("第九十三条", None, None, "第九十三条")]),
    ("《甲法》（以下简称甲保密法）、甲保密法律法规", [("《甲法》", "甲法", None, None)]), ("适用某某总则第九条", [("某某总则第九条", "某某总则", None, "第九条")]), ("《没有闭合", []),
])
def test_named_texts(words: str, found: list[Any]) -> None:
    references = [c for c in statute(words).references if c.eid == "art_5__para_3"]
    assert [(c.words, c.title, c.number, c.article) for c in references] == found
    assert all(c.kind == "external" and not c.targets for c in references)


@pytest.mark.parametrize(("text", "kinds"), [
    ("第一条　根据《甲法》和《乙条例》，制定本办法。\n第二条　《丙法》。\n", ["basis", "basis", "internal", "external"]),
    ("一、甲\n为贯彻《甲法》，现就加强工作提出如下意见：\n", ["basis"]),
    ("第一条　根据《甲法》制定实施细则。\n", ["external"]), ("一、甲\n贯彻《甲法》。制定本方案。\n", ["external", "internal"]),
])
def test_basis(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in doc(text).references] == kinds


def test_a_plan_has_no_articles_of_its_own() -> None:
    document = doc("某市方案\n一、甲\n第一项工作，第一章，本条，第三条，本方案第二部分。\n二、乙\n")
    assert [(c.words, c.kind, c.targets) for c in document.references] == [
        ("本条", "internal", ()), ("第三条", "external", ()), ("本方案第二部分", "internal", ("t#l1_2",))]


@pytest.mark.parametrize("row", [(s, r) for s, found in table("references").items() for r in found], ids=lambda r: f"{r[0]}-{r[1]['id']}")
def test_rows(row: tuple[str, dict[str, Any]]) -> None:
    pattern = compiled(row[1]["pattern"])
    assert all(pattern.search(e) for e in row[1]["yes"])
    assert not [e for e in row[1]["no"] if pattern.search(e)]
    assert row[1]["meaning"] and row[1]["source"]


def test_each_pattern_stands_under_a_sample() -> None:
    lines = (Path(__file__).parents[1] / "tiaowen" / "rules" / "references.toml").read_text(encoding="utf-8").splitlines()
    assert all(lines[i - 1].startswith("# ") for i, line in enumerate(lines) if line.startswith("[["))
    assert len(rows("references", "near")) == 9


# -- across documents

LAW = "甲法\n第一条　子。\n第二条　丑。\n寅。\n"


def held(**more: Document) -> list[Document]:
    law = parse_as("law", LAW, title="中华人民共和国甲法")
    return [law, *more.values()]


def parse_as(identity: str, text: str, **meta: object) -> Document:
    from tiaowen.model import Meta, SourceDocument

    return parse(SourceDocument(Meta(identity, "t.txt", **meta), text))  # type: ignore[arg-type]


def targets(text: str, documents: list[Document], **meta: object) -> list[tuple[str, ...]]:
    document = parse_as("citing", text, **{"title": "引用者", **meta})
    return [c.targets for c in resolve(document.references, documents, region=document.meta.region) if c.kind != "internal"]


@pytest.mark.parametrize(("words", "found"), [
    ("《中华人民共和国甲法》", ("law",)), ("《甲法》", ("law",)), ("《甲法》第二条第二款", ("law#art_2__para_2",)),
    ("《甲法》第一条、第二条", ("law#art_1", "law#art_2")), ("《甲法》第九条", ()), ("《甲法实施办法》", ()), ("《乙法》", ()), ("依照甲法第一条", ("law#art_1",)),
])
def test_titles_reach_held_documents(words: str, found: tuple[str, ...]) -> None:
    assert targets(f"一、题\n{words}。\n", held()) == [found]


def test_two_readings_reach_nothing() -> None:
    twice = held(other=parse_as("law2", LAW, title="甲法"))
    assert targets("一、题\n《甲法》\n", twice) == [()]
    numbered = [parse_as("a", "一、甲\n", title="关于丙的意见", document_number="甲政发〔2020〕1号"),
                parse_as("b", "一、甲\n", title="关于丙的意见", document_number="乙政发〔2020〕1号")]
    assert targets("一、题\n《关于丙的意见》，《关于丙的意见》（乙政发[2020]1号），按照甲政发〔2020〕1号\n", numbered) == [(), ("b",), ("a",)]


def test_a_draft_is_reached_only_as_a_draft() -> None:
    draft = [parse_as("draft", LAW, title="某省办法", stage="征求意见稿", status="draft")]
    assert targets("一、题\n《某省办法》，《某省办法》（征求意见稿）第一条\n", draft) == [(), ("draft#art_1",)]


def test_a_title_without_issuer_is_no_text_of_another_place() -> None:
    county = [parse_as("county", "一、甲\n", title="关于丙的意见", region="甲省/乙市/丙县")]
    text = "一、题\n《关于丙的意见》\n"
    assert targets(text, county, region="丁省") == [()]
    assert targets(text, county, region="甲省/乙市/丙县") == [("county",)]


def test_both_ways_and_not_held() -> None:
    measure = parse_as("measure", "第一条　根据《甲法》、《乙法》，制定本办法。\n第二条　《甲法》第二条第二款，前条，《中华人民共和国乙法》。\n", title="某办法")
    documents = linked(held(measure=measure))
    assert [c.words for c in references_of(documents[1], "art_2")] == ["《甲法》第二条第二款", "前条", "《中华人民共和国乙法》"]
    assert [(d, c.words) for d, c in cited_by(documents, "law", "art_2")] == [("measure", "《甲法》第二条第二款")]
    assert [c.words for _, c in cited_by(documents, "law")] == ["《甲法》", "《甲法》第二条第二款"]
    assert [c.words for _, c in cited_by(documents, "measure")] == ["本办法", "前条"]
    own, others = citing(documents, "measure", "art_1")
    assert [c.words for c in own] == ["《甲法》", "《乙法》", "本办法"]
    assert [c.words for _, c in others] == ["前条"]
    (missing,) = cited_not_held(documents)
    assert (missing.title, missing.basis, missing.mentions, missing.count) == (
        "中华人民共和国乙法", ("measure#art_1__para_1",), ("measure#art_2__para_1",), 2)


def test_the_index_links_and_the_doctor_tells(tmp_path: Path) -> None:
    from tiaowen.build import ingest

    corpus = write_corpus(tmp_path / "corpus", {
        "a": ('title = "甲方案"', "一、题\n落实《乙办法》第二条。\n"), "b": ('title = "乙办法"', "第一条 甲。\n第二条 违反第九条的。\n")})
    ingest(corpus, tmp_path / "index")
    library = Library(index=tmp_path / "index", corpus=corpus)
    assert [(d, c.eid) for d, c in library.cited_by("b", "art_2")] == [("a", "l1_1__p_1")]
    assert [c.targets for c in library.references_of("a")] == [("b#art_2",)]
    assert library.cited_not_held() == ()
    told = [(name, i.eid, i.message) for name, i in check(corpus) if i.code == "reference_unresolved"]
    assert told == [("b", "art_2__para_1", "未能确定所指的内部引用：第九条")]


# -- the five documents


def test_the_labels_made_by_hand() -> None:
    measured = gold.measure(gold.held())
    assert measured.wrong == ()
    assert measured.missed == ()
    assert len(measured.right) == len(gold.gold()) == 67


def test_labels_are_slices_of_their_provisions(documents: dict[str, Document]) -> None:
    for identity, eid, words, kind, reached, title, number, article in gold.gold():
        document = documents[identity]
        assert words in document.cut(document.get(eid).own)
        assert title in words and number in words and article in words
        assert kind in ("internal", "external", "basis")
        assert bool(reached) == (kind == "internal")


def test_what_the_five_cite_and_do_not_hold(library: Library) -> None:
    found = {entry.title: entry for entry in library.cited_not_held()}
    law = found["中华人民共和国未成年人保护法"]
    assert (law.count, len(law.basis), len(law.documents)) == (11, 4, 5)
    assert found["未成年人网络保护条例"].count == 2
    assert all(entry.count for entry in found.values())
    assert [c.eid for _, c in library.cited_by("hunan-measures-draft", "art_15")] == ["art_60__para_1"]


# -- whatever is printed

PIECES = st.sampled_from(["《", "》", "《甲法》", "第", "第一条", "第二条", "条", "款", "第一款", "第（一）项", "（一）", "至", "、", "和", "前款", "前两款", "本办法",
                          "本条", "本章", "同法", "该法", "上述规定", "国办发〔2020〕1号", "（以下简称《法》）", "\n", "\n第一条　", "\n第三条　", "\n（一）",
                          "\n一、", "；", "。", "根据", "制定本办法", "未成年人保护法", "第二章", "\n第二章　", "第九亿条", "第零条之一", "两", "〇"])


def sound(document: Document) -> None:
    text, known = document.clean.text, {f"{document.meta.id}#{p.eid}" for p in document.provisions} | {document.meta.id}
    end = 0
    for c in document.references:
        assert text[c.start : c.end] == c.words and c.words
        assert c.start >= end
        end = c.end
        assert set(c.targets) <= known
        assert len(set(c.targets)) == len(c.targets)
        holder = document.get(c.eid)
        assert any(s and s.start <= c.start < s.end for s in (holder.own, holder.unit_line))
        assert c.kind in ("internal", "external", "basis")
        assert c.article is None or c.article in c.words


@given(st.lists(PIECES, max_size=40))
def test_never_raises_and_keeps_its_promises(pieces: list[str]) -> None:
    document = doc("".join(pieces))
    sound(document)
    (other,) = linked([document])
    sound(other)
    cited_not_held([other])


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    sound(doc(text))


def test_the_five_keep_the_promises(documents: dict[str, Document]) -> None:
    for document in documents.values():
        sound(document)


def test_references_survive_the_way_to_json(documents: dict[str, Document]) -> None:
    from tiaowen.model import from_json, to_json

    one = documents["hunan-measures-draft"].references[0]
    assert from_json(to_json(one), Citing) == one


def test_the_section_of_the_report() -> None:
    assert "1.000 (67/67" in "\n".join(gold.report_lines())
