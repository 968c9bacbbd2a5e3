"""Topics: the rows and their examples, which row words name, and where a text speaks of a topic."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.compare.topics import Part, find_topic, hits, listed, part_of, readable, speaks
from tiaowen.index.tokens import fold
from tiaowen.rules import rows, table

Row = dict[str, Any]
TOPICS = rows("topics", "topic")


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["id"])
def test_the_examples_of_a_topic(row: Row) -> None:
    part = part_of(row["id"])
    assert not [f"silent: {e}" for e in row["yes"] if not speaks(part, fold(e))]
    assert not [f"fires: {e}" for e in row["no"] if speaks(part, fold(e))]


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["id"])
def test_a_topic_says_what_and_whence_and_points_to_rows_that_exist(row: Row) -> None:
    known = {pointer["id"] for pointer in rows("pointers", "pointer")}
    assert row["meaning"] and row["source"] and row["area"]
    assert row.get("any") or row.get("under")
    assert not set(row.get("pointers", ())) - known
    for pattern in (*row.get("any", ()), *row.get("under", ()), *row.get("not", ()), *row.get("near", ())):
        assert not re.search("[，（）]", pattern), f"{row['id']}: folded text has half width marks: {pattern}"


def test_names_belong_to_one_topic() -> None:
    seen: dict[str, str] = {}
    for row in TOPICS:
        for name in (row["name"], *row.get("also", ())):
            assert name not in seen, f"{name}: {seen.get(name)} and {row['id']}"
            seen[name] = row["id"]


def test_there_are_the_six_protections_and_forty_topics() -> None:
    assert len([t for t in listed() if t.area == "六大保护"]) == 6
    assert len(listed()) >= 46


@pytest.mark.parametrize("row", TOPICS, ids=lambda row: row["id"])
def test_every_name_finds_its_row(row: Row) -> None:
    for name in (row["name"], *row.get("also", ())):
        topic = find_topic(name)
        assert [part.row for part in topic.parts] == [row["id"]] and topic.curated, name


@pytest.mark.parametrize(("said", "found"), [
    ("强制报告", ["mandatory-report"]), ("强制报告制度", ["mandatory-report"]), ("“强制报告”", ["mandatory-report"]),
    ("学生手机管理", ["phones"]), ("未成年人文身治理工作", ["tattoo"]), ("住宿经营者接待未成年人", ["lodging"]),
    ("向未成年人销售烟酒彩票", ["tobacco-alcohol"]), ("１２３４５热线", ["hotline"]),
    ("校外培训和课后、假期托管", ["tutoring", "after-school"]), ("孤儿/事实无人抚养儿童", ["orphans"]),
    ("法律援助、司法救助", ["legal-aid", "judicial-aid"]), ("交通/溺水安全", ["traffic-safety", "drowning"]),
    ("互联网上网服务营业场所（网吧）", ["net-bars"]), ("社会救助（低保、特困、临时救助）", ["social-assistance"]),
    ("性侵害的预防和处置", ["sexual-abuse"]), ("残疾儿童康复救助和随迁子女教育", ["disabled", "migrant-children"]), ("强制报告、强制报告", ["mandatory-report"]), ("强制报告 儿童主任", ["mandatory-report", "child-director"]),
    ("强制报告的时限", ["mandatory-report"]),
])
def test_words_name_rows(said: str, found: list[str]) -> None:
    assert [part.row for part in find_topic(said).parts] == found


@pytest.mark.parametrize(("said", "needs"), [
    ("明厨亮灶", ["明厨", "亮灶"]), ("儿童安全座椅", ["安全座椅"]), ("盲道", ["盲道"]), ("陪餐", ["陪餐"]),
])
def test_words_that_no_row_knows_are_needed_as_they_are(said: str, needs: list[str]) -> None:
    topic = find_topic(said)
    assert not topic.curated
    assert [group[0] for group in topic.parts[0].needs] == needs


def test_an_association_fills_no_cell_but_lies_near() -> None:
    part = find_topic("儿童安全座椅").parts[0]
    assert not speaks(part, "开展交通安全教育。") and speaks(part, "推广使用安全座椅。")
    assert any(pattern.search("交通安全") for pattern in part.near)


def test_a_single_character_stays_with_its_word() -> None:
    assert ("保护令",) in find_topic("人身安全保护令", curated=False).parts[0].needs


@pytest.mark.parametrize("said", ["", "  ", "？！", "、、"])
def test_no_words_are_no_topic(said: str) -> None:
    assert find_topic(said).parts == ()


def test_titles_and_mentions_are_blank_and_offsets_stay() -> None:
    text = "落实《未成年人学校保护规定》,围绕家庭教育、安全教育等内容开展服务。"
    seen = readable(text)
    assert len(seen) == len(text) and "学校保护" not in seen and "家庭教育" not in seen and "开展服务" in seen


def test_masks_take_words_that_only_look_alike() -> None:
    part = part_of("bullying")
    assert [text for text in ("开展欺凌防治。", "打击网络欺凌。") if next(hits(part, text), None)] == ["开展欺凌防治。"]


@pytest.mark.parametrize("pattern", table("topics")["mention"])
def test_mentions_compile(pattern: str) -> None:
    assert re.compile(pattern)


def test_a_part_without_patterns_speaks_of_nothing() -> None:
    assert not speaks(Part("空"), "任何文字。")


def test_words_beside_a_name_narrow_its_row() -> None:
    part = find_topic("残疾儿童康复").parts[0]
    assert part.row == "disabled" and speaks(part, "落实残疾儿童康复救助制度。") and not speaks(part, "保障残疾儿童受教育权利。")


@given(st.text(max_size=60) | st.text("学生欺凌强制报告、和/（）《》的未成年人保护工作12345 ", max_size=30))
def test_any_words_are_a_topic_or_none(said: str) -> None:
    topic = find_topic(said)
    assert topic.said == said and len(set(topic.parts)) == len(topic.parts)
    for part in topic.parts:
        assert not part.needs or all(word for group in part.needs for word in group)
        assert list(hits(part, "建立学生欺凌报告制度。")) is not None
