"""Every row of rules/detect.toml, as the reader of heads applies it."""

import re
from typing import Any

import pytest

from tests.test_rules import sections, wrong
from tiaowen.parse.events import events
from tiaowen.parse.found import lines_of
from tiaowen.parse.own_title import furniture, kind_of, named
from tiaowen.parse.source import STATUSES
from tiaowen.rules import compiled, rows

Row = dict[str, Any]
LEVELS = {"法律", "行政法规", "监察法规", "司法解释", "地方性法规", "自治条例和单行条例", "部门规章", "地方政府规章", "行政规范性文件", "党内规范性文件", "工作文件", ""}
PROOFS = {"issuer", "adopter", "document_number", "title"}
SEARCHED = ("starts", "valid", "mark", "status", "body", "level")


@pytest.mark.parametrize(("section", "row"), [(s, r) for s, r in sections("detect") if s in SEARCHED], ids=lambda v: v if isinstance(v, str) else v["id"])
def test_rows_that_are_searched(section: str, row: Row) -> None:
    assert not wrong(lambda row, text: bool(compiled(row["pattern"]).search(text)), row), section


@pytest.mark.parametrize("row", [*rows("detect", "furniture"), *rows("detect", "label")], ids=lambda r: r["id"])
def test_lines_that_are_no_title(row: Row) -> None:
    assert not wrong(lambda row, line: bool(compiled(row["pattern"]).match(line)), row)
    assert all(furniture(line) for line in row["yes"])


def test_titles_end_in_a_kind() -> None:
    for row in rows("detect", "kind"):
        assert not wrong(lambda row, title: kind_of(title) == row["id"], row)


@pytest.mark.parametrize("row", rows("detect", "naming"), ids=lambda r: r["id"])
def test_covering_texts_name_the_text(row: Row) -> None:
    def found(row: Row, words: str) -> bool:
        return any(name.rule == row["id"] for name in named(words, tuple(lines_of(words))))

    assert not wrong(found, row)


@pytest.mark.parametrize("row", rows("detect", "event"), ids=lambda r: r["id"])
def test_events(row: Row) -> None:
    def found(row: Row, words: str) -> bool:
        text = f"（2020年10月17日{words}）"
        return [event.rule for event in events(text, tuple(lines_of(text)), 0, len(text))] == [row["id"]]

    assert not wrong(found, row)


def test_rows_say_what_whence_and_only_what_there_is() -> None:
    for section, row in sections("detect"):
        assert row["meaning"] and row["source"], f"{section}: {row['id']}"
    assert {row["level"] for row in rows("detect", "level")} == LEVELS
    assert {row["proof"] for row in rows("detect", "level")} <= PROOFS
    assert {row["status"] for row in rows("detect", "status")} <= set(STATUSES) - {"in_force"}
    assert not [row["id"] for row in rows("detect", "label") if not re.fullmatch(r"[a-z_]+", row["key"])]
