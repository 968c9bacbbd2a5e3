"""Penalties and what they sanction: by number, by the same act, and nothing guessed."""

import pytest

from tests.support import doc
from tiaowen.duty.frames import frames
from tiaowen.duty.penalties import by_duty, by_penalty, links, without_duty, without_penalty
from tiaowen.model import Document, from_json, to_json
from tiaowen.model import PenaltyLink as Link


def text(breach: str) -> Document:
    return doc("第一章  保护\n第一条  【规范】\n学校不得公开未成年学生的考试成绩；应当保证休息时间。\n学校不得随意处分学生。\n"
               "第二条  【文身】\n任何组织或者个人不得向未成年人提供文身服务；未经监护人同意，不得向未成年人提供医疗美容服务。\n"
               f"第二章  法律责任\n第三条  【责任】\n{breach}\n")


def pairs(breach: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(link.kind, link.duty, link.duties) for link in links(text(breach))]


@pytest.mark.parametrize(("breach", "expected"), [
    ("学校违反本办法第一条、第二条规定的，由教育部门责令改正。",
     [("reference", "t#art_1", ("t#art_1/1", "t#art_1/2", "t#art_1/3")), ("reference", "t#art_2", ("t#art_2/1", "t#art_2/2"))]),
    ("学校违反本办法第一条第二款规定的，由教育部门责令改正。", [("reference", "t#art_1__para_2", ("t#art_1/3",))]),
    ("违反本办法规定，向未成年人提供文身服务的，由市场监督管理部门责令改正。", [("prohibition", "t#art_2__para_1", ("t#art_2/1",))]),
    ("未经监护人同意，向未成年人提供医疗美容服务的，由卫生健康部门责令改正。", [("prohibition", "t#art_2__para_1", ("t#art_2/2",))]),
    ("向未成年人提供医疗美容服务的，由卫生健康部门责令改正。", []),
    ("学校不依法履行职责的，由教育部门责令改正。", []),
    ("学校违反本办法第九条规定的，由教育部门责令改正。", []),
    ("违反《中华人民共和国未成年人保护法》第一条规定的，由公安机关给予警告。", []),
])
def test_links(breach: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert pairs(breach) == expected


def test_shipped_links(documents: dict[str, Document]) -> None:
    document = documents["hunan-measures-draft"]
    found = [(link.penalty.partition("#")[2], link.duty.partition("#")[2], link.kind) for link in links(document)]
    assert found == [
        ("art_60", "art_14", "reference"), ("art_60", "art_15", "reference"), ("art_60", "art_16", "reference"),
        ("art_61", "art_30__para_1", "prohibition"), ("art_62", "art_30__para_1", "prohibition")]
    assert without_duty(document) == ("hunan-measures-draft#art_59", "hunan-measures-draft#art_63")
    open_ = without_penalty(document)
    assert "hunan-measures-draft#art_28/5" in open_ and not [f for f in open_ if "#art_30/" in f or "#art_14/" in f]


def test_every_link_holds_and_works_both_ways(documents: dict[str, Document]) -> None:
    for document in documents.values():
        made = frames(document)
        found, ids = links(document, made), {f.id for f in made}
        for link in found:
            for slot in (link.evidence, link.counterpart):
                assert slot is None or document.clean.text[slot.start : slot.end] == slot.text, link
            assert document.get(link.penalty.partition("#")[2]) and document.get(link.duty.partition("#")[2])
            assert {*link.duties, *link.penalties} <= ids and link.duties and link.penalties
            assert all(link in by_duty(found)[f] for f in link.duties)
            assert all(link in by_penalty(found)[f] for f in link.penalties)
            assert from_json(to_json(link), Link) == link


def test_a_text_without_penalties_lists_nothing(documents: dict[str, Document]) -> None:
    for identity in ("jincheng-plan-2021", "national-opinions-2021"):
        assert not links(documents[identity]) and not without_penalty(documents[identity]) and not without_duty(documents[identity])
